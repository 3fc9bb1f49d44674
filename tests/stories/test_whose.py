"""Whose it is: people and channels from outside, payloads whose wrapper names others, installations of another kind."""

import json
from datetime import time

import pytest

from bot.app import running
from bot.rate_limits import RateLimits
from bot.settings import Settings, SettingsTrouble
from playground.webhook import signed
from tests import forged
from tests.between import Said, between
from tests.bot.test_http import over_http, post
from tests.double import click_on, stored
from tests.forged import (
    MISSING,
    OTHER_TEAM,
    add_described,
    describe_channel,
    hears,
    send,
    spoken,
)
from tests.known import WORKSPACE
from tests.listener import heard
from tests.setup_story import clock_of, found_team, sets_up

pytestmark = pytest.mark.engines("sqlite")

HERE = "Europe/Ljubljana"
OUTSIDERS = {
    "another team": {"team_id": OTHER_TEAM, "is_stranger": False},
    "another team, nothing said of strangers": {"team_id": OTHER_TEAM},
    "another organisation": {"team_id": OTHER_TEAM, "enterprise_user": {"enterprise_id": "E9", "id": "W9"}},
    "by the profile alone": {"team_id": OTHER_TEAM, "profile": {"real_name": "Otto Out", "team": OTHER_TEAM}},
}
CHANNELS = {
    "shared outside": {"is_ext_shared": True},
    "shared": {"is_shared": True, "is_ext_shared": True, "connected_team_ids": [OTHER_TEAM]},
    "invited, not yet accepted": {"is_pending_ext_shared": True, "pending_connected_team_ids": [OTHER_TEAM]},
}


@pytest.mark.parametrize("role", ["rep", "manager"])
@pytest.mark.parametrize("said", OUTSIDERS.values(), ids=OUTSIDERS)
async def test_somebody_of_another_workspace_is_not_taken_into_a_team_without_a_word(town, role, said):
    add_described(town, "U8", "otto", "Otto Out", **said)
    mia = town.person("mia")
    if role == "rep":
        await sets_up(mia, "Field", ["ana", "Otto Out"])
    else:
        await sets_up(mia, "Field", ["ana"], managers=["mia", "Otto Out"])
    assert "Otto Out" in str(mia.modal_errors()) or "another workspace" in mia.modal()


async def test_a_stranger_is_refused_by_name(town):
    add_described(town, "U8", "otto", "Otto Out", is_stranger=True)
    mia = town.person("mia")
    await sets_up(mia, "Field", ["ana", "Otto Out"])
    assert "Otto Out (from another workspace)" in mia.modal_errors()["Reps"]
    assert await found_team(town, "Field") is None


@pytest.mark.parametrize("said", CHANNELS.values(), ids=CHANNELS)
async def test_a_digest_channel_that_others_read_is_not_taken_without_a_word(town, said):
    describe_channel(town, "C1", **said)
    mia = town.person("mia")
    await sets_up(mia, "Field", ["ana"], channel="sales")
    told = str(mia.modal_errors().get("Digest channel", "")) + str(mia.modal())
    assert "outside" in told or "shared" in told or "other compan" in told


# what the wrapper says, and what our installation is


def authorized(team_id, enterprise_id=None, **more):
    made = {"enterprise_id": enterprise_id, "team_id": team_id, "user_id": "U0BOT", "is_bot": True}
    return {"authorizations": [{**made, "is_enterprise_install": False, **more}]}


@pytest.mark.parametrize(
    "wrapper",
    [
        pytest.param({"team_id": OTHER_TEAM, **authorized(WORKSPACE)}, id="foreign wrapper"),
        pytest.param({"team_id": "E1", **authorized(WORKSPACE, "E1")}, id="enterprise"),
        pytest.param({"team_id": None, **authorized(WORKSPACE, "E1")}, id="no wrapper"),
        pytest.param(
            {"team_id": OTHER_TEAM, "context_team_id": WORKSPACE, **authorized(WORKSPACE)},
            id="shared channel",
        ),
        pytest.param({"enterprise_id": "E1", **authorized(WORKSPACE, "E1")}, id="in an organisation"),
    ],
)
async def test_words_that_our_own_installation_hears_are_answered(team, wrapper):
    said = spoken(team, "ana", "log 5 calls")
    assert "5 calls" in "\n".join(await hears(team, "ana", said, **wrapper))


async def test_words_that_only_others_hear_are_left_alone(team):
    before = await stored(team)
    said = spoken(team, "ana", "log 5 calls")
    assert await hears(team, "ana", said, **authorized(OTHER_TEAM)) == []
    assert await stored(team) == before


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"team": None, "enterprise": {"id": "E1", "name": "North"}}, id="team null"),
        pytest.param({"team": {"id": "E1", "domain": "north"}}, id="enterprise as team"),
        pytest.param({"enterprise": {"id": "E1", "name": "North"}}, id="in an organisation"),
    ],
)
async def test_a_click_is_taken_whatever_its_wrapper_says(team, changes, caplog):
    ana = team.person("ana")
    await ana.says("/followup Acme Fri call Dana", channel="sales")
    with heard() as logs:
        ack = await send(team, "interactive", click_on(team, ana, "followup.menu", option="Done") | changes)
    assert ack.ok
    assert forged.faults(logs, caplog) == []
    assert "Nothing is open" in "\n".join(await ana.says("/followup", channel="sales"))


ME = {"url": "https://north.slack.com/", "user": "rainmaker", "user_id": "U0BOT", "bot_id": "B0BOT"}
INSTALLED = {
    "org-wide": Said.of(**ME, team="North", team_id="E1", enterprise_id="E1", is_enterprise_install=True),
    "org-wide, without a team": Said.of(**ME, enterprise_id="E1", is_enterprise_install=True),
    "a person's token": Said.of(
        team="North", team_id=WORKSPACE, user="ana", user_id="U1", is_enterprise_install=False
    ),
}


@pytest.mark.parametrize("me", INSTALLED.values(), ids=INSTALLED)
async def test_an_installation_of_another_kind_is_refused_in_one_sentence(town, tmp_path, me):
    async with between(town.server) as slack:
        slack.always["auth.test"] = me
        settings = Settings(
            _env_file=None,
            slack_bot_token=town.server.bot_token,
            slack_app_token=town.server.app_token,
            slack_api_url=slack.api_url,
            database_url=f"sqlite+aiosqlite:///{tmp_path}/other.db",
        )
        with pytest.raises(SettingsTrouble) as refused:
            async with running(settings, town.clock.now, gates=RateLimits(unlimited=True)):
                pass
    said = str(refused.value)
    assert "\n" not in said
    assert "org" in said.casefold() or "bot" in said.casefold()


# a zone that Slack does not name


@pytest.mark.parametrize(
    "tz",
    [
        pytest.param(None, id="null"),
        pytest.param("", id="empty"),
        pytest.param(MISSING, id="missing"),
    ],
)
async def test_a_rep_without_a_zone_has_the_teams(town, tz):
    add_described(town, "U8", "zoe", "Zoe Nowhere", tz=tz)
    mia = town.person("mia")
    await sets_up(mia, "Field", ["ana", "Zoe Nowhere"])
    assert (await clock_of(town, "U8"))[:2] == (HERE, time(16, 30))


# what we know no name for


@pytest.mark.parametrize("kind", ["hologram", "app_rate_limited", "interactive", "events_api"])
async def test_what_we_know_no_name_for_is_acknowledged_over_the_socket(team, kind, caplog):
    team.server.sockets.ack_timeout = 2.0
    said = {
        "interactive": forged.a_click(type="hologram"),
        "events_api": forged.event(team, {"type": "hologram_shown", "user": "U1"}),
    }
    payload = said.get(
        kind, {"type": kind, "team_id": WORKSPACE, "api_app_id": "A0APP", "minute_rate_limited": 1}
    )
    with heard() as logs:
        acks = [await team.server.sockets.deliver(kind, payload) for _ in range(3)]
    assert all(ack.ok for ack in acks)
    assert len(logs) == 1
    assert forged.faults([], caplog) == []


@pytest.mark.parametrize("said", ["app_rate_limited", "hologram"])
async def test_what_we_know_no_name_for_is_acknowledged_over_http(database_url, said):
    async with over_http(database_url) as (server, _, session):
        payload = {
            "type": said,
            "team_id": WORKSPACE,
            "api_app_id": "A0APP",
            "minute_rate_limited": 1518467820,
        }
        body = json.dumps(payload).encode()
        with heard() as logs:
            for _ in range(3):
                headers = signed(server.signing_secret, body) | forged.JSON
                assert (await post(session, server, body, headers))[0] == 200
        assert len(logs) == 1


async def test_a_manager_sees_a_reps_deals_and_finds_one_by_its_name(team):
    ben, mia, ana = team.person("ben"), team.person("mia"), team.person("ana")
    await ben.says('/deal "Stark" 20k')
    (said,) = await mia.says("/deal @ben")
    assert "None of Ben" in said
    assert "Stark · $20,000 · suspect [Show]" in said
    (said,) = await mia.says("/deal @ben stark")
    assert "[Won] [Lost…] [Edit…]" in said
    (said,) = await mia.says("/deal stark")
    assert "Stark · $20,000 · suspect" in said  # the only one of that name among those they lead
    assert "[Won] [Lost…] [Edit…]" in said
    assert "has no deal called “zork”" in (await mia.says("/deal @ben zork"))[0]
    assert "for their managers" in (await ana.says("/deal @ben"))[0]
    assert "You have no deal called “Stark”." in (await ana.says("/deal stark"))[0]
    assert "Stark" in (await ben.says("/deal @ben stark"))[0]


async def test_a_deal_is_not_deleted_and_the_answer_says_what_is_meant_instead(team):
    (said,) = await team.person("ana").says("/deal delete acme")
    assert "A deal is not deleted" in said
    assert "Try /deal lost" in said
