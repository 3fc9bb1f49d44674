"""The doctor against the double: what is well, and the mend beside what is not."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.doctor import clock_beside, examine, masked
from bot.settings import Settings, SettingsTrouble, read_settings
from tests.story_workspace import StoryWorkspace


def settings(town: StoryWorkspace, folder: Path, **changed) -> Settings:
    values = {
        "slack_bot_token": town.server.bot_token,
        "slack_app_token": town.server.app_token,
        "slack_api_url": town.server.api_url,
        "database_url": f"sqlite+aiosqlite:///{folder}/other.db",
    }
    return Settings(_env_file=None, **{**values, **changed})


async def mends(given: Settings) -> dict[str, str]:
    return {finding.what: finding.mend async for finding in examine(given) if finding.mend}


async def test_a_good_installation_has_nothing_to_mend_and_shows_no_secret(town, tmp_path):
    given = settings(town, tmp_path)
    found = [finding async for finding in examine(given)]
    assert [finding for finding in found if finding.mend] == []
    assert not any(town.server.bot_token in finding.found for finding in found)
    assert any(finding.what == "Bot token" and "works" in finding.found for finding in found)


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
