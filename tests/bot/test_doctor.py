"""The doctor against the double: what is well, and the mend beside what is not."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.doctor import clock_beside, examine, hooks_of, masked, shown
from bot.manifest import SCOPES
from bot.settings import Settings, SettingsTrouble, read_settings
from handlers.nudges.app_manifest import note_start
from sales.nudges.app_manifest import AppManifest
from storage.database import Database
from storage.nudges.app_manifest import note_manifest
from storage.people.workspace import install_workspace
from tests.story_workspace import StoryWorkspace

NOW = datetime(2026, 10, 5, 9, 0, tzinfo=UTC)


def settings(town: StoryWorkspace, folder: Path, **changed) -> Settings:
    values = {
        "slack_bot_token": town.server.bot_token,
        "slack_app_token": town.server.app_token,
        "slack_api_url": town.server.api_url,
        "database_url": f"sqlite+aiosqlite:///{folder}/other.db",
    }
    return Settings(_env_file=None, **{**values, **changed})


ME = {"ok": True, "user": "rainmaker", "team": "Northwind", "team_id": "T1", "bot_id": "B1", "user_id": "U1"}


@asynccontextmanager
async def slack_that(says: Mapping[str, dict], headers: Mapping[str, str]) -> AsyncIterator[str]:
    """A Slack that gives these answers with these headers, and the address of its Web API."""

    async def answer(request: web.Request) -> web.Response:
        return web.json_response(says[request.match_info["method"]], headers=headers)

    app = web.Application()
    app.router.add_route("*", "/api/{method}", answer)
    async with TestServer(app) as server:
        yield str(server.make_url("/api/"))


async def findings(tmp_path: Path, says: Mapping[str, dict], **changed) -> dict[str, tuple[str, str]]:
    """What the doctor finds at a Slack that names no scopes unless told to."""
    headers = {"X-OAuth-Scopes": changed.pop("scopes")} if "scopes" in changed else {}
    async with slack_that(says, headers) as url:
        given = Settings(
            _env_file=None,
            **{
                "slack_bot_token": "xoxb-1",
                "slack_app_token": "xapp-1",
                "slack_api_url": url,
                "database_url": f"sqlite+aiosqlite:///{tmp_path}/other.db",
                **changed,
            },
        )
        return {one.what: (one.found, one.mend) async for one in examine(given)}


async def mends(given: Settings) -> dict[str, str]:
    return {finding.what: finding.mend async for finding in examine(given) if finding.mend}


async def test_a_good_installation_has_nothing_to_mend_and_shows_no_secret(town, tmp_path):
    given = settings(town, tmp_path)
    found = [finding async for finding in examine(given, town.clock.now)]
    assert [finding for finding in found if finding.mend] == []
    assert not any(town.server.bot_token in finding.found for finding in found)
    assert any(finding.what == "Bot token" and "works" in finding.found for finding in found)


async def test_what_a_new_version_offers_is_named_until_somebody_says_that_slack_has_it(tmp_path):
    url = f"sqlite+aiosqlite:///{tmp_path}/other.db"
    database = await Database.open(url)
    async with database.write_ledger() as ledger:
        await install_workspace(ledger, "T1", "Northwind", "UBOT", NOW)
        scope = ledger.workspace("T1")
        await note_manifest(scope, AppManifest(known=["/goal"], since=NOW))
        await note_start(scope, ("/goal", "/plan"), NOW)
    await database.close()
    said, mend = (
        await findings(tmp_path, {"auth.test": ME, "apps.connections.open": {"ok": True, "url": "wss://x"}})
    )["App manifest"]
    assert said == "Northwind waits since 2026-10-05 for /plan"
    assert "rainmaker manifest" in mend


async def test_wrong_tokens_an_unusable_database_and_no_network_each_say_their_mend(town, tmp_path):
    wrong = await mends(settings(town, tmp_path, slack_bot_token="xoxb-wrong", slack_app_token=""))
    assert "OAuth & Permissions" in wrong["Bot token"]
    assert "connections:write" in wrong["App token"]
    lost = await mends(
        settings(town, tmp_path, database_url=f"sqlite+aiosqlite:///{tmp_path}/no/such/folder/x.db")
    )
    assert "folder exists" in lost["Database"]
    alone = await mends(settings(town, tmp_path, slack_api_url="http://127.0.0.1:9/"))
    assert "SLACK_API_URL" in alone["Slack"]
    town.expected += town.server.problems


def test_a_clock_that_is_off_is_told():
    now = datetime(2026, 9, 14, 9, 0, tzinfo=UTC)
    assert clock_beside("Mon, 14 Sep 2026 09:00:20 GMT", now).mend == ""
    assert "NTP" in clock_beside("Mon, 14 Sep 2026 09:07:00 GMT", now).mend


def test_secrets_are_masked():
    assert "1234" not in masked("xoxb-111111-1234")
    assert masked("") == "(empty)"


def test_missing_settings_are_named_in_one_line(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SLACK_BOT_TOKEN", raising=False)
    with pytest.raises(SettingsTrouble, match=r"SLACK_BOT_TOKEN: field required\. Set it in the environment"):
        read_settings()


def test_a_user_id_among_the_admins_is_read_and_anything_else_is_named(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-1")
    assert read_settings().admins == frozenset()
    monkeypatch.setenv("ADMINS", " U024BE7LH,<@W012AB>, ,U024BE7LH")
    assert read_settings().admins == {"U024BE7LH", "W012AB"}
    for wrong in ("ana", "U1;U2", "@U1", "u024be7lh"):
        monkeypatch.setenv("ADMINS", wrong)
        with pytest.raises(
            SettingsTrouble, match=rf"^ADMINS: {wrong} is no Slack user id; they look like U024"
        ):
            read_settings()


async def test_scopes_that_slack_does_not_name_are_not_called_granted(tmp_path):
    says = {"auth.test": ME, "apps.connections.open": {"ok": True, "url": "wss://x"}}
    found = await findings(tmp_path, says)
    assert found["Scopes"][0].startswith("not checked, as the answer does not name them")
    found = await findings(tmp_path, says, scopes=", ".join(SCOPES))
    assert found["Scopes"] == ("all granted", "")
    found = await findings(tmp_path, says, scopes="commands")
    assert "Scopes" not in found
    assert "is missing" in found["Scope"][0]


async def test_swapped_and_missing_tokens_are_named_without_asking_slack(tmp_path):
    found = await findings(tmp_path, {}, slack_bot_token="xapp-1", slack_app_token="xoxb-1")
    assert found["Bot token"][0] == "begins with xapp-: that is the app-level token"
    assert "OAuth & Permissions" in found["Bot token"][1]
    assert found["App token"][0] == "begins with xoxb-: that is the bot token"
    assert "connections:write" in found["App token"][1]
    found = await findings(tmp_path, {}, slack_bot_token="", slack_app_token=" ")
    assert (found["Bot token"][0], found["App token"][0]) == ("is empty", "is empty")


@pytest.mark.parametrize("error", ["not_allowed_token_type", "link_disabled", "forbidden_team"])
async def test_a_slack_that_refuses_socket_mode_is_not_called_a_bad_token(tmp_path, error):
    found = await findings(
        tmp_path, {"auth.test": ME, "apps.connections.open": {"ok": False, "error": error}}
    )
    assert found["App token"][0] == "cannot be used for Socket Mode"
    assert found["App token"][1].startswith(f"Slack refuses Socket Mode ({error}). Switch Socket Mode on")
    found = await findings(
        tmp_path, {"auth.test": ME, "apps.connections.open": {"ok": False, "error": "invalid_auth"}}
    )
    assert found["App token"][0] == "refused: invalid_auth"


@pytest.mark.parametrize(
    "url",
    [
        "postgresql+asyncpg://me:hush@host/name",
        "postgresql+asyncpg://me@host/name?password=hush",
        "postgresql+asyncpg://me@host/name?ssl=require&sslpassword=hush&PassWord=hush",
        "postgresql+asyncpg://me@host/name?password=a&password=hush",
    ],
)
def test_a_password_is_masked_wherever_it_stands_in_the_address(url):
    said = shown("database_url", url)
    assert "hush" not in said
    assert "***" in said
    assert said.startswith("postgresql+asyncpg://me")
    assert ("ssl=require" in said) is ("ssl=require" in url)


@pytest.mark.parametrize(
    ("hooks", "found", "is_well"),
    [
        ("", "taken with --http, or where HOOKS says; it is empty", True),
        ("3001", "taken at http://127.0.0.1:3001/hooks/content/…", True),
        ("0.0.0.0:3001", "taken at http://0.0.0.0:3001/hooks/content/…", True),
        ("somewhere", "nowhere", False),
    ],
)
def test_where_content_events_come_in_is_said(hooks, found, is_well):
    """Mechanism 41: beside Socket Mode they need an address of their own."""
    said = hooks_of(Settings(_env_file=None, slack_bot_token="xoxb-1", hooks=hooks))
    assert said.found.startswith(found)
    assert (said.mend == "") is is_well
