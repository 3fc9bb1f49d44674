"""The inspector's traffic, and the transcript: what went over the wire, and what people read."""

import pytest

from playground.traffic import KEPT
from tests.playground.test_page_api import ask, page, plain, tell  # noqa: F401 (a fixture)
from tests.playground.test_web_api import refusal

BUTTON = {"type": "button", "action_id": "go", "text": plain("Go"), "value": "7"}
BLOCKS = [{"type": "actions", "block_id": "row", "elements": [BUTTON]}]


@pytest.fixture
async def spoken(page, app, client):  # noqa: F811
    """Ana asked, the app answered her and her channel, and she pressed its button."""

    @app.command("/goal")
    async def goal(ack):
        await ack(text="Only *you* & I.")

    @app.action("go")
    async def went(ack):
        await ack()

    await tell(page, "page/say", **{"as": "U1", "channel": "D1", "text": "/goal"})
    posted = await client.chat_postMessage(channel="D1", text="Press", blocks=BLOCKS)
    await client.chat_postMessage(channel="C1", text="Hello <@U1>")
    await refusal(client.chat_postMessage(channel="C404", text="x"))
    where = {"kind": "message", "channel": "D1", "ts": posted["ts"]}
    await tell(page, "page/click", **{"as": "U1", "where": where, "block_id": "row", "action_id": "go"})
    return posted["ts"]


async def test_each_call_and_payload_is_a_line_newest_first(page, spoken):  # noqa: F811
    lines = (await ask(page, "page/traffic?as=U2"))["exchanges"]
    ours = [
        one
        for one in lines
        if one["kind"] != "events_api" and one["name"] not in ("auth.test", "apps.connections.open")
    ]
    assert [(one["direction"], one["name"], one["outcome"]) for one in ours][:6] == [
        ("to the app", "go", "acknowledged"),
        ("from the app", "chat.postMessage", "channel_not_found"),
        ("from the app", "chat.postMessage", "ok"),
        ("from the app", "chat.postMessage", "ok"),
        ("to the app", "/goal", "acknowledged"),
    ]
    assert [one["number"] for one in lines] == sorted((one["number"] for one in lines), reverse=True)


async def test_lines_are_found_by_person_and_by_message(page, spoken):  # noqa: F811
    hers = (await ask(page, "page/traffic?as=U2&who=U1"))["exchanges"]
    assert {one["person"] for one in hers} == {"U1"}
    assert {"/goal", "go", "chat.postMessage"} <= {one["name"] for one in hers}
    about = (await ask(page, f"page/traffic?as=U2&ts={spoken}"))["exchanges"]
    assert {one["ts"] for one in about} == {spoken}
    assert {one["name"] for one in about} >= {"go", "chat.postMessage"}


async def test_an_exchange_shows_both_sides_and_no_secret(page, spoken):  # noqa: F811
    lines = (await ask(page, f"page/traffic?as=U1&ts={spoken}"))["exchanges"]
    shown = {
        one["name"]: (await ask(page, f"page/exchange?as=U1&number={one['number']}"))["exchange"]
        for one in lines
    }
    posted, pressed = shown["chat.postMessage"], shown["go"]
    assert posted["sent"]["blocks"][0]["elements"][0]["value"] == "7"
    assert posted["answered"]["ts"] == spoken
    assert pressed["sent"]["actions"][0]["action_id"] == "go"
    for one in shown.values():
        assert not {"token", "trigger_id", "response_url"} & set(one["sent"])
    gone = await ask(page, "page/exchange?as=U1&number=999999")
    assert gone == {"ok": False, "error": "That exchange is no longer kept."}


async def test_the_oldest_give_way_and_looking_adds_nothing(page, client, server):  # noqa: F811
    for _ in range(KEPT + 5):
        await client.team_info()
    before = [one.number for one in server.double.traffic.newest()]
    await ask(page, "page/traffic?as=U1")
    assert [one.number for one in server.double.traffic.newest()] == before
    assert (len(before), before[-1]) == (KEPT, 6)


async def test_the_transcript_reads_as_its_readers_read_it(page, spoken, server):  # noqa: F811
    said = (await ask(page, "page/said?as=U1"))["said"]
    assert [(one["time"], one["where"], one["who"], one["text"]) for one in said] == [
        ("16:30", "Ana Kovač", "Rainmaker", "Only you & I."),
        ("16:30", "Ana Kovač", "Rainmaker", "[Go]"),
        ("16:30", "#sales", "Rainmaker", "Hello @Ana Kovač"),
    ]
    await server.clock.jump("+1d")
    since = (await ask(page, "page/state?as=U1"))["now"]
    await server.visitor("U1").says("Thanks & good night", channel="sales")
    later = (await ask(page, f"page/said?as=U1&since={since}"))["said"]
    assert [one["text"] for one in later] == ["Thanks & good night"]
    async with page.get("page/said.markdown?as=U1") as response:
        assert response.headers["Content-Disposition"] == 'attachment; filename="transcript.markdown"'
        text = await response.text()
    assert text.startswith("# What was said at Northwind\n\nTimes are Ana Kovač’s (Europe/Ljubljana).\n\n")
    assert text.count("## Wednesday 20 September 2017") == text.count("## Thursday 21 September 2017") == 1
    assert "**16:30 · #sales · Ana Kovač**\n\n> Thanks & good night\n" in text


async def test_a_workspace_that_nobody_can_open_anew_says_so(page, server):  # noqa: F811
    refused = await tell(page, "page/reset", **{"as": "U1"})
    assert refused["error"] == "This workspace cannot be made anew from here. Stop it and start it again."
    asked = []
    server.made_anew = lambda: asked.append(True)
    assert (await ask(page, "page/state"))["workspace"]["renewable"] is True
    assert await tell(page, "page/reset", **{"as": "U1"}) == {"ok": True, "born": server.born}
    assert asked == [True]


async def test_a_link_may_name_a_person_by_handle(page):  # noqa: F811
    assert (await ask(page, "page/state?as=ben"))["me"] == {"id": "U2"}
    assert (await ask(page, "page/state?as=rainmaker"))["me"] == {"id": "U1"}
