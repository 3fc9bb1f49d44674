"""Requests that Slack signed and that say nothing, or are meant for others: refused, and nothing is stored."""

import pytest

from playground.webhook import signed
from tests.bot.test_http import over_http, post
from tests.double import stored
from tests.forged import (
    OTHER_APP,
    OTHER_TEAM,
    a_click,
    a_command,
    an_event,
    as_request,
    faults,
    without,
)
from tests.known import WORKSPACE
from tests.listener import heard
from tests.story_workspace import StoryWorkspace

pytestmark = pytest.mark.engines("sqlite")

REFUSED = {400, 401, 403}
DEEP = 200_000
SPOKEN = {"type": "message", "channel": "D1", "channel_type": "im", "ts": "1.0", "text": "logged 2 calls"}


# What Slack signed, and still says nothing: (which payload, what it is)
SENSELESS = {
    "deep": b"[" * DEEP,
    "deep objects": b'{"a":' * DEEP,
    "event null": an_event(None),
    "event a list": an_event([]),
    "event a word": an_event("message"),
    "event without a type": an_event({"user": "U1"}),
    "no event": without(an_event(None), "event"),
    "nobody's event": an_event({**SPOKEN, "user": ""}),
    "event without a workspace": without(an_event({**SPOKEN, "user": "U1"}), "team_id"),
    "a user who is a number": an_event({**SPOKEN, "user": 7}),
    "a user who is a list": an_event({**SPOKEN, "user": ["U1"]}),
    "a message without a channel": an_event(without({**SPOKEN, "user": "U1"}, "channel")),
    "no person told of": an_event({"type": "user_change", "user": None}),
    "a person without an id": an_event({"type": "user_change", "user": {"profile": {}}}),
    "tokens of no kind": an_event({"type": "tokens_revoked", "tokens": ["U0BOT"]}),
    "payload null": {"payload": "null"},
    "payload a list": {"payload": "[]"},
    "payload deep": {"payload": "[" * DEEP},
    "no actions": a_click(actions=[]),
    "actions null": a_click(actions=None),
    "actions missing": without(a_click(), "actions"),
    "action null": a_click(actions=[None]),
    "action without an id": a_click(actions=[{"type": "button"}]),
    "no user": a_click(user=None),
    "user missing": without(a_click(), "user"),
    "a user without an id": a_click(user={}),
    "a click of nobody": a_click(user={"id": "", "team_id": WORKSPACE}),
    "no workspace": a_click(team=None, user={"id": "U1"}),
    "a submission of nothing": without(a_click(type="view_submission", view=None), "actions"),
    "a submission without a state": a_click(type="view_submission", view={"callback_id": "followup.save"}),
    "a shortcut without a message": a_click(type="message_action", callback_id="followup.from_message"),
    "a command of nobody": a_command(user_id=""),
    "a command without a person": without(a_command(), "user_id"),
    "a command without a workspace": without(a_command(), "team_id"),
    "a command without a name": a_command(command=""),
    "a person of spaces": a_command(user_id="   "),
}
# Slack may send these one day for a reason of its own, so that an answer without effect will do.
EITHER = {
    "event without a type",
    "nobody's event",
    "a user who is a number",
    "a user who is a list",
    "a message without a channel",
    "no person told of",
    "a person without an id",
    "tokens of no kind",
    "a shortcut without a message",
}


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        pytest.param(said, REFUSED | ({200, 404} if name in EITHER else set()), id=name)
        for name, said in SENSELESS.items()
    ],
)
async def test_what_says_nothing_is_refused_and_stores_nothing(database_url, said, expected, caplog):
    async with over_http(database_url) as (server, bot, session):
        before = await stored(StoryWorkspace(server, server.clock, bot))
        body, kind = as_request(said)
        with heard() as logs:
            status, _ = await post(session, server, body, signed(server.signing_secret, body) | kind)
        await server.settled()
        assert status in expected
        assert faults(logs, caplog) == []
        assert await stored(StoryWorkspace(server, server.clock, bot)) == before
        assert server.problems == []  # nothing was asked of Slack about nobody


REMOVED = {"type": "app_uninstalled"}
REVOKED = {"type": "tokens_revoked", "tokens": {"oauth": [], "bot": ["U0BOT"]}}
GONE = {"type": "user_change", "user": {"id": "U1", "deleted": True, "profile": {}}}
FOREIGN = {
    "uninstall of another workspace": an_event(REMOVED, team_id=OTHER_TEAM),
    "revoked in another workspace": an_event(REVOKED, team_id=OTHER_TEAM),
    "a person of another workspace left": an_event(GONE, team_id=OTHER_TEAM),
    "words of another workspace": an_event({**SPOKEN, "user": "U1", "team": OTHER_TEAM}, team_id=OTHER_TEAM),
    "uninstall of another app": an_event(REMOVED, api_app_id=OTHER_APP),
    "revoked for another app": an_event(REVOKED, api_app_id=OTHER_APP),
    "words to another app": an_event({**SPOKEN, "user": "U1"}, api_app_id=OTHER_APP),
    "a command of another app": a_command(api_app_id=OTHER_APP),
    "a command of another workspace": a_command(team_id=OTHER_TEAM),
    "a click in another app": a_click(api_app_id=OTHER_APP),
}


@pytest.mark.parametrize(
    "said",
    [pytest.param(said, id=name) for name, said in FOREIGN.items()],
)
async def test_what_is_meant_for_others_changes_nothing_here(database_url, said, caplog):
    async with over_http(database_url) as (server, bot, session):
        ana = server.visitor("ana")
        await ana.says("/log 1 call", channel="C1")
        before = await stored(StoryWorkspace(server, server.clock, bot))
        body, kind = as_request(said)
        with heard() as logs:
            status, told = await post(session, server, body, signed(server.signing_secret, body) | kind)
        await server.settled()
        assert status < 500
        if OTHER_APP in str(said):
            assert status in REFUSED
        assert "2 calls" not in told
        assert faults(logs, caplog) == []
        assert await stored(StoryWorkspace(server, server.clock, bot)) == before
        [answer] = await ana.says("/log 3 calls", channel="C1")
        assert "3 calls" in answer


async def test_our_own_words_with_our_own_names_are_taken(database_url):
    """The same requests as above with nothing wrong in them: what is refused is refused for what is wrong."""
    async with over_http(database_url) as (server, _, session):
        for said in (a_command(), a_click()):
            body, kind = as_request(said)
            status, _ = await post(session, server, body, signed(server.signing_secret, body) | kind)
            assert status == 200
