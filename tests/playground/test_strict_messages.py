"""Messages as Slack takes them: how much text, an edit that is echoed, one that is repeated."""

import pytest

from playground.faults import Fault
from tests.playground.conftest import bolt, connected
from tests.playground.test_views import text
from tests.playground.test_web_api import refusal


def section(characters: int) -> dict:
    return {"type": "section", "text": {"type": "mrkdwn", "text": "x" * characters}}


def of_text(characters: int) -> list[dict]:
    """Sections that hold so many characters together."""
    return [section(min(3000, characters - done)) for done in range(0, characters, 3000)]


@pytest.mark.parametrize(
    ("characters", "error"),
    [
        pytest.param(11_000, "", id="11,000"),
        pytest.param(11_001, "msg_blocks_too_long", id="11,001"),
        pytest.param(11_341, "msg_blocks_too_long", id="11,341"),
        pytest.param(13_201, "msg_blocks_too_long", id="13,201"),
    ],
)
async def test_blocks_above_eleven_thousand_characters_are_refused(client, characters, error):
    call = client.chat_postMessage(channel="C1", text="x", blocks=of_text(characters))
    assert (await refusal(call) if error else (await call)["ok"] and "") == error


async def test_blocks_above_thirteen_thousand_characters_of_json_are_a_problem(client, server):
    button = {"type": "button", "text": text("Done"), "value": "v" * 1900}
    rows = [{"type": "actions", "elements": [{**button, "action_id": f"a{n}"}]} for n in range(7)]
    await client.chat_postMessage(channel="C1", text="x", blocks=rows)
    assert server.problems != []


@pytest.mark.parametrize(
    ("method", "characters", "error"),
    [
        pytest.param("chat_postMessage", 40_000, "", id="post 40,000"),
        pytest.param("chat_update", 4_000, "", id="update 4,000"),
        pytest.param("chat_update", 4_001, "msg_too_long", id="update 4,001"),
    ],
)
async def test_each_method_has_its_own_limit_of_text(client, method, characters, error):
    posted = await client.chat_postMessage(channel="C1", text="draft")
    where = {"ts": posted["ts"]} if method == "chat_update" else {}
    call = getattr(client, method)(channel="C1", text="x" * characters, **where)
    assert (await refusal(call) if error else (await call)["ok"] and "") == error


async def test_a_repeated_client_msg_id_can_be_refused(client, server, ana):
    first = {"channel": "C1", "text": "hi", "client_msg_id": "0-1"}
    await client.chat_postMessage(**first)
    server.faults.plan("chat.postMessage", Fault("duplicate"))
    assert await refusal(client.chat_postMessage(**first)) == "duplicate_message_not_found"
    assert ana.sees("C1") == ["Rainmaker: hi"]


async def test_an_edit_comes_back_as_an_event(server, client):
    """Bolt keeps what an app did itself from its listeners, this too, unless it is told not to."""
    heard = []
    app = bolt(server, hears_itself=True)

    @app.event({"type": "message", "subtype": "message_changed"})
    async def hear(body):
        heard.append(body["event"])

    async with connected(server, app):
        posted = await client.chat_postMessage(channel="U1", text="draft")
        await client.chat_update(channel=posted["channel"], ts=posted["ts"], text="final")
        await server.settled()
    assert [(one["message"]["text"], one["previous_message"]["text"]) for one in heard] == [
        ("final", "draft")
    ]


async def test_an_update_with_text_alone_is_a_problem_without_a_claim(client, server):
    posted = await client.chat_postMessage(channel="C1", text="Open", blocks=[section(3)])
    await client.chat_update(channel="C1", ts=posted["ts"], text="Closed")
    assert "chat.update" in server.problems[-1].text
    assert "hide it" not in server.problems[-1].text
