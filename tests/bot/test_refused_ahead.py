"""What Slack would refuse later is refused now, offline and by its name: manifests, tokens, Socket Mode."""

import pytest

from bot.app import running
from bot.doctor import examine
from bot.rate_limits import RateLimits
from bot.settings import Settings, SettingsTrouble
from tests.between import Said, between
from tests.terminal import rainmaker

NOBODY = "http://127.0.0.1:9/api/"  # nothing listens there: what is known offline is known without Slack
BOT, APP, USER = "xoxb-1-2-abc", "xapp-1-A0APP-1-abc", "xoxp-1-2-abc"


@pytest.mark.processes
@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param(("--prefix", "Rain-"), id="capitals"),
        pytest.param(("--prefix", "my app "), id="spaces"),
        pytest.param(("--prefix", "/rm-"), id="slash"),
        pytest.param(("--prefix", "@rm"), id="mark"),
        pytest.param(("--prefix", "x" * 33), id="too long"),
        pytest.param(("--prefix", "é-"), id="accent"),
        pytest.param(("--http", "http://rain.example"), id="http"),
        pytest.param(("--http", "rain.example"), id="no scheme"),
        pytest.param(("--http", "https://"), id="no host"),
        pytest.param(("--http", "https://rain.example/a b"), id="space in it"),
        pytest.param(("--http", "https://rain.example/" + "x" * 3000), id="long address"),
        pytest.param(("--http", "https://user:secret@rain.example"), id="password in it"),
    ],
)
def test_a_manifest_that_slack_would_refuse_is_refused_in_one_line(tmp_path, arguments):
    code, said = rainmaker(tmp_path, "manifest", *arguments)
    assert (code in (1, 2), said.count("\n") <= 2, "Traceback" in said) == (True, True, False), said
    assert arguments[0].removeprefix("--") in said


@pytest.mark.processes
@pytest.mark.parametrize("arguments", [("--prefix", "rm-"), ("--http", "https://rain.example/bots")])
def test_a_manifest_that_slack_takes_is_printed(tmp_path, arguments):
    code, said = rainmaker(tmp_path, "manifest", *arguments)
    assert code == 0
    assert arguments[1] in said


def settings(folder, **given) -> Settings:
    values = {
        "slack_bot_token": BOT,
        "slack_app_token": APP,
        "slack_api_url": NOBODY,
        "slack_signing_secret": "a" * 32,
    }
    return Settings(
        _env_file=None, database_url=f"sqlite+aiosqlite:///{folder}/other.db", **{**values, **given}
    )


SWAPPED = [
    pytest.param({"slack_bot_token": APP, "slack_app_token": BOT}, ["SLACK_BOT_TOKEN", "xoxb-"], id="swapped"),
    pytest.param({"slack_bot_token": USER}, ["SLACK_BOT_TOKEN", "xoxb-"], id="a person's"),
    pytest.param({"slack_app_token": BOT}, ["SLACK_APP_TOKEN", "xapp-"], id="a bot's for the app"),
    pytest.param({"slack_app_token": "secret"}, ["SLACK_APP_TOKEN", "xapp-"], id="no app token"),
    pytest.param({"slack_bot_token": "a" * 32}, ["SLACK_BOT_TOKEN", "xoxb-"], id="the signing secret"),
    pytest.param({"slack_bot_token": ""}, ["SLACK_BOT_TOKEN"], id="empty"),
    pytest.param({"slack_bot_token": " "}, ["SLACK_BOT_TOKEN"], id="blank"),
]  # fmt: skip


@pytest.mark.parametrize(("given", "named"), SWAPPED)
async def test_a_wrong_kind_of_token_is_named_without_asking_slack(tmp_path, given, named):
    with pytest.raises(SettingsTrouble) as refused:
        async with running(settings(tmp_path, **given), gates=RateLimits(unlimited=True)):
            pass
    said = str(refused.value)
    assert [part for part in named if part not in said] == []
    assert "\n" not in said
    assert "abc" not in said, "no secret is shown"


@pytest.mark.parametrize(("given", "named"), SWAPPED)
async def test_the_doctor_names_a_wrong_kind_of_token_too(tmp_path, given, named):
    found = [f"{one.found} {one.mend}" async for one in examine(settings(tmp_path, **given)) if one.mend]
    assert any(all(part in line for part in named) for line in found), found


async def mends(given) -> dict[str, str]:
    return {one.what: f"{one.found} {one.mend}" async for one in examine(given)}


def at(town, folder, url) -> Settings:
    return settings(
        folder,
        slack_bot_token=town.server.bot_token,
        slack_app_token=town.server.app_token,
        slack_api_url=url,
    )


@pytest.mark.engines("sqlite")
async def test_without_a_word_of_slack_on_scopes_the_doctor_says_so(town, tmp_path):
    async with between(town.server) as slack:
        slack.always["auth.test"] = Said.of(
            user="rainmaker", user_id="U0BOT", bot_id="B0BOT", team="Northwind", team_id="T1"
        )
        found = await mends(at(town, tmp_path, slack.api_url))
    assert any("scope" in what.casefold() for what in found)
    assert "all granted" not in str(found)


@pytest.mark.engines("sqlite")
@pytest.mark.parametrize(
    "error",
    [
        pytest.param("internal_error", id="internal_error"),
        pytest.param("service_unavailable", id="service_unavailable"),
        pytest.param("missing_scope", id="missing_scope"),
        pytest.param("socket_mode_disabled", id="socket_mode_disabled"),
    ],
)
async def test_a_slack_that_refuses_socket_mode_is_not_called_a_bad_token(town, tmp_path, error, monkeypatch):
    monkeypatch.setattr(
        "bot.installation.LONGEST_PAUSE", 0.05
    )  # that it pauses is held by test_start_hiccups
    async with between(town.server) as slack:
        slack.always["apps.connections.open"] = Said(b'{"ok":false,"error":"%s"}' % error.encode())
        found = (await mends(at(town, tmp_path, slack.api_url)))["App token"]
        with pytest.raises(SettingsTrouble) as refused:
            async with running(
                at(town, tmp_path, slack.api_url), town.clock.now, gates=RateLimits(unlimited=True)
            ):
                pass
    for said in (str(refused.value), found):
        assert "Check SLACK_APP_TOKEN" not in said
        assert "Make an app-level token" not in said or error == "missing_scope"
    expected = {"missing_scope": "connections:write", "socket_mode_disabled": "Socket Mode"}.get(error, error)
    assert expected in str(refused.value)


@pytest.mark.parametrize(
    "url",
    [
        "postgresql+asyncpg://rain@db/rain?password=hunter2",
        "postgresql+asyncpg://db/rain?user=rain&password=hunter2",
        "postgresql+asyncpg://rain:hunter2@db/rain?password=hunter2",
    ],
)
async def test_the_doctor_masks_a_password_wherever_it_stands(tmp_path, url):
    given = settings(tmp_path).model_copy(update={"database_url": url.replace("db/", "127.0.0.1:9/")})
    found = [f"{one.found} {one.mend}" async for one in examine(given)]
    assert "hunter2" not in "\n".join(found)
    assert any("127.0.0.1" in line for line in found)
