"""What the web page asks and tells."""

import aiohttp
import pytest

from playground.box import Server
from playground.clock import Clock
from tests.playground.conftest import PATIENCE, SOON, bolt, connected, small_workspace
from tests.playground.moments import WEDNESDAY

MANIFEST = {
    "features": {
        "slash_commands": [{"command": "/goal", "description": "Set a goal", "usage_hint": "set"}],
        "app_home": {"home_tab_enabled": True, "messages_tab_enabled": True},
        "shortcuts": [{"name": "Follow up", "callback_id": "follow", "type": "message", "description": "x"}],
    },
    "oauth_config": {"scopes": {"bot": ["commands", "chat:write", "im:write", "im:history"]}},
    "settings": {"event_subscriptions": {"bot_events": ["app_home_opened", "message.im"]}},
}


def plain(words):
    return {"type": "plain_text", "text": words}


@pytest.fixture
async def server():
    clock = Clock(WEDNESDAY, frozen=True)
    async with Server(
        small_workspace(), clock=clock, manifest=MANIFEST, rates=None, ack_timeout=PATIENCE
    ) as running:
        yield running


@pytest.fixture
async def app(server):
    app = bolt(server)
    async with connected(server, app):
        yield app


@pytest.fixture
async def page(server):
    async with aiohttp.ClientSession(f"{server.url}/") as session:
        yield session


async def ask(page, path):
    async with page.get(path) as response:
        return await response.json()


async def tell(page, path, **body):
    async with page.post(path, json=body) as response:
        return await response.json()


async def test_the_state_around_a_person(page, server):
    state = await ask(page, "page/state?as=U1")
    assert state["ok"] is True
    assert (state["now"], state["zone_now"]) == ("2017-09-20T14:30:00.000Z", "Wed 20 Sep 2017, 16:30")
    assert (state["me"], state["workspace"]["name"]) == ({"id": "U1"}, "Northwind")
    assert state["bot"] == {"id": "U0BOT", "name": "Rainmaker", "initials": "R"}
    assert [one["id"] for one in state["channels"]] == ["C1", "C2", "D1"]
    assert state["channels"][-1] | {"last_ts": None} == {
        "id": "D1",
        "name": "Rainmaker",
        "kind": "dm",
        "with": "U0BOT",
        "unread": 0,
        "last_ts": None,
    }
    assert state["commands"] == [{"command": "/goal", "description": "Set a goal", "usage_hint": "set"}]
    assert state["shortcuts"] == [{"callback_id": "follow", "name": "Follow up"}]
    assert state["app_connected"] is False
    ana = next(one for one in state["people"] if one["id"] == "U1")
    assert (ana["initials"], ana["tz"], ana["is_bot"]) == ("AK", "Europe/Ljubljana", False)
    assert (await ask(page, "page/state"))["me"] == {"id": "U1"}
    assert (await ask(page, "page/state?as=U404"))["me"] == {"id": "U1"}


async def test_every_refusal_is_a_sentence(page):
    nobody = await ask(page, "page/home?as=U404")
    assert nobody == {"ok": False, "error": "Nobody here has that id. Choose somebody from the list."}
    closed = await ask(page, "page/messages?as=U1&channel=G1")
    assert closed == {"ok": False, "error": "That conversation is not open to this person."}
    empty = await tell(page, "page/say", **{"as": "U1", "channel": "D1", "text": " "})
    assert empty == {"ok": False, "error": "There is nothing to send yet."}
    async with page.post("page/say", data=b"{") as response:
        assert await response.json() == {"ok": False, "error": "The page sent something unreadable."}


async def test_another_sites_page_may_not_act(page):
    async with page.post(
        "page/say", json={"as": "U1"}, headers={"Origin": "https://elsewhere.example"}
    ) as response:
        assert (await response.json())["error"] == "Only the playground's own page may do that."


async def test_a_command_its_modal_and_a_submission(page, app):
    block = {
        "type": "input",
        "block_id": "t",
        "label": plain("Target"),
        "element": {"type": "plain_text_input", "action_id": "a"},
    }
    view = {
        "type": "modal",
        "callback_id": "g",
        "title": plain("Goal"),
        "submit": plain("Save"),
        "blocks": [block],
    }

    @app.command("/goal")
    async def goal(ack, body, client):
        await client.views_open(trigger_id=body["trigger_id"], view=view)
        await ack()

    @app.view("g")
    async def saved(ack, view, client):
        amount = view["state"]["values"]["t"]["a"]["value"]
        if amount != "120":
            await ack(response_action="errors", errors={"t": "120, please."})
        else:
            await ack()
            await client.chat_postMessage(channel="U1", text="Saved.")

    assert await tell(page, "page/say", **{"as": "U1", "channel": "D1", "text": "/goal set"}) == {
        "ok": True,
        "warning": None,
    }
    shown = await ask(page, "page/modal?as=U1")
    assert (shown["depth"], shown["errors"], shown["view"]["title"]["text"]) == (1, {}, "Goal")
    id_ = shown["view"]["id"]
    values = {"t": {"a": {"type": "plain_text_input", "value": "1"}}}
    await tell(page, "page/modal/submit", **{"as": "U1", "view_id": id_, "values": values})
    wrong = await ask(page, "page/modal?as=U1")
    assert wrong["errors"] == {"t": "120, please."}
    assert wrong["view"]["state"]["values"]["t"]["a"]["value"] == "1"
    values["t"]["a"]["value"] = "120"
    await tell(page, "page/modal/submit", **{"as": "U1", "view_id": id_, "values": values})
    assert (await ask(page, "page/modal?as=U1"))["view"] is None
    said = (await ask(page, "page/messages?as=U1&channel=D1"))["messages"]
    assert [(one["user"], one["text"], one["ephemeral"]) for one in said] == [("U0BOT", "Saved.", False)]
    gone = await tell(page, "page/modal/close", **{"as": "U1", "view_id": id_, "all": False})
    assert gone["error"] == "That has been closed or replaced in the meantime."


async def test_clicks_on_messages_and_home(page, app, server):
    heard = []
    menu = {
        "type": "static_select",
        "action_id": "menu",
        "options": [{"text": plain(word), "value": word} for word in ("a", "b")],
    }
    button = {"type": "button", "action_id": "go", "text": plain("Go"), "value": "7"}
    blocks = [{"type": "actions", "block_id": "row", "elements": [menu, button]}]

    @app.event("app_home_opened")
    async def home(event, client):
        await client.views_publish(user_id=event["user"], view={"type": "home", "blocks": blocks})
        await client.chat_postMessage(channel=event["user"], text="x", blocks=blocks)

    @app.action("go")
    @app.action("menu")
    async def act(ack, action, body):
        heard.append((body["container"]["type"], action.get("value") or action["selected_option"]["value"]))
        await ack()

    await tell(page, "page/home/open", **{"as": "U1"})
    home_view = (await ask(page, "page/home?as=U1"))["view"]
    message = (await ask(page, "page/messages?as=U1&channel=D1"))["messages"][0]
    on_home = {"kind": "home", "view_id": home_view["id"]}
    on_message = {"kind": "message", "channel": "D1", "ts": message["ts"]}
    for where, action_id, value in (
        (on_home, "go", {"value": "7"}),
        (on_message, "go", {}),
        (on_message, "menu", {"selected_option": menu["options"][1]}),
    ):
        done = await tell(
            page,
            "page/click",
            **{"as": "U1", "where": where, "block_id": "row", "action_id": action_id, "value": value},
        )
        assert done == {"ok": True, "warning": None}
    assert heard == [("view", "7"), ("message", "7"), ("message", "b")]
    # What was on the screen before an edit gave its block another id is still what is pressed.
    before = {"where": on_message, "block_id": "an earlier row", "action_id": "go"}
    assert (await tell(page, "page/click", **{"as": "U1", **before}))["ok"]
    assert heard[3:] == [("message", "7")]
    again = (await ask(page, "page/messages?as=U1&channel=D1"))["messages"][0]
    assert again["state"]["values"]["row"]["menu"]["selected_option"]["value"] == "b"
    stale = await tell(
        page, "page/click", **{"as": "U1", "where": on_home, "block_id": "row", "action_id": "gone"}
    )
    assert stale["error"] == "That control has changed in the meantime. Look again and retry."


async def test_a_silent_app_is_a_warning_and_a_problem(server, page, app):
    server.sockets.ack_timeout = SOON
    warned = await tell(page, "page/say", **{"as": "U1", "channel": "D1", "text": "/goal"})
    assert warned["warning"] == "/goal failed because the app did not respond"
    state = await ask(page, "page/state?as=U1")
    assert state["app_connected"] is True
    assert state["problems"][-1]["text"] == warned["warning"]
    last = (await ask(page, "page/messages?as=U1&channel=D1"))["messages"][-1]
    assert (last["user"], last["ephemeral"], last["warning"]) == ("USLACKBOT", True, warned["warning"])


async def test_the_clock_moves_in_the_persons_zone_or_says_what_it_knows(page):
    assert (await tell(page, "page/clock", **{"as": "U2", "to": "16:30"}))[
        "now"
    ] == "2017-09-20T20:30:00.000Z"
    refused = await tell(page, "page/clock", **{"as": "U2", "to": "teatime"})
    assert refused["error"].startswith("“teatime” is not a time I know. Try “16:30”")


async def test_reading_clears_the_count(page, server, app):
    ben = server.visitor("ben")
    await ben.says("hello", channel="C1")
    unread = {one["id"]: one["unread"] for one in (await ask(page, "page/state?as=U1"))["channels"]}
    assert unread["C1"] == 1
    await tell(page, "page/read", **{"as": "U1", "channel": "C1"})
    unread = {one["id"]: one["unread"] for one in (await ask(page, "page/state?as=U1"))["channels"]}
    assert unread["C1"] == 0


async def test_the_stream_tells_what_became_stale_and_nothing_of_others(page, server):
    double, workspace = server.double, server.workspace
    async with page.ws_connect("page/stream?as=U1") as stream:
        board = workspace.channels["G1"]
        workspace.post(board, "U2", "for the board", server.clock.now())
        double.slackbot_says(workspace.channels["C1"], "U2", "for Ben")
        double.slackbot_says(workspace.channels["C1"], "U1", "for Ana")
        pushed = [await stream.receive_json(), await stream.receive_json()]
        assert {one["channel"]: one["what"] for one in pushed} == {"C1": ["messages"], None: ["state"]}
        assert pushed[0]["kind"] == "changed"
        assert pushed[0]["now"] == "2017-09-20T14:30:00.000Z"
        await server.clock.jump("+1h")
        moved = await stream.receive_json()
        assert (moved["what"], moved["channel"]) == (["messages", "state"], None)


async def test_the_page_itself_is_served_and_nothing_beside_it(page):
    async with page.get("") as response:
        assert response.status == 200
        assert "default-src 'self'" in response.headers["Content-Security-Policy"]
        assert "<html" in await response.text()
    async with page.get("page/static/app.js") as response:
        assert response.status == 200
    async with page.get("page/static/..%2Fserver.py") as response:
        assert response.status == 404
