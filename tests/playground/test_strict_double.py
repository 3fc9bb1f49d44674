"""Where the double was kinder than Slack: what real Slack refuses, hides or sends, it refuses, hides and sends too."""

import asyncio

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from playground.box import Server
from playground.clock import Clock
from playground.limits import view_faults
from playground.rates import MethodRates
from tests.playground.conftest import bolt, connected, small_workspace
from tests.playground.moments import WEDNESDAY
from tests.playground.test_socket_mode import connection
from tests.playground.test_views import modal, text
from tests.playground.test_web_api import refusal

# 1: what people type


@pytest.mark.parametrize(
    ("said", "sent"),
    [
        pytest.param("deal acme.com 24k", "deal <http://acme.com|acme.com> 24k", id="domain"),
        pytest.param("see acme.co.uk/roi", "see <http://acme.co.uk/roi|acme.co.uk/roi>", id="path"
        ),
        pytest.param("ask dana@acme.com", "ask <mailto:dana@acme.com|dana@acme.com>", id="mail"),
        pytest.param("tell @emea", "tell <!subteam^S1>", id="group"),
        pytest.param("see https://acme.com/roi", "see <https://acme.com/roi>", id="link"),
        pytest.param("5.5 calls, e.g. on Fri 3.30pm", "5.5 calls, e.g. on Fri 3.30pm", id="no domain"),
        pytest.param("log 2 calls.then nothing", "log 2 calls.then nothing", id="no space after a full stop"),
    ],
)  # fmt: skip
async def test_typed_domains_addresses_and_groups_are_tagged(server, workspace, ana, said, sent):
    workspace.add_group("S1", "emea", "EMEA", ["U1"])
    await ana.says(said)
    assert workspace.dm("U1").messages[-1].text.replace("|@emea", "") == sent


# 2: a modal opened from a modal


async def opens_from(app, how):
    again = {"type": "actions", "elements": [{"type": "button", "action_id": "again", "text": text("Again")}]}

    @app.command("/open")
    async def open_it(ack, body, client):
        await client.views_open(trigger_id=body["trigger_id"], view=modal(blocks=[again]))
        await ack()

    @app.action("again")
    async def click(ack, body, client):
        call = client.views_push if how == "pushed" else client.views_open
        await call(trigger_id=body["trigger_id"], view=modal("Second"))
        await ack()

    @app.view("m")
    async def submitted(ack, body, client):
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=modal("Second"))


@pytest.mark.parametrize("how", ["clicked", "submitted"])
async def test_a_modal_opened_with_a_modals_trigger_is_a_problem(app, server, ana, how):
    await opens_from(app, how)
    await ana.says("/open")
    await (ana.clicks("Again") if how == "clicked" else ana.submits())
    assert any("views.open" in problem.text for problem in server.problems)
    if how == "submitted":
        assert "Second" not in str(ana.modal())


async def test_a_modal_pushed_from_a_modal_is_none(app, server, ana):
    await opens_from(app, "pushed")
    await ana.says("/open")
    await ana.clicks("Again")
    assert server.problems == []
    assert ana.modal().startswith("Second")


# 3: scopes of events, and the tabs


def declared(*scopes, events=(), **app_home):
    return {
        "oauth_config": {"scopes": {"bot": ["chat:write", "im:write", *scopes]}},
        "settings": {"event_subscriptions": {"bot_events": list(events)}},
        "features": {"app_home": {"home_tab_enabled": True, "messages_tab_enabled": True, **app_home}},
    }


@pytest.mark.parametrize(
    ("event", "scope"),
    [
        pytest.param("message.im", "im:history", id="words"),
        pytest.param("app_mention", "app_mentions:read", id="mention"),
        pytest.param("message.channels", "channels:history", id="channel"),
        pytest.param("user_change", "users:read", id="person"),
        pytest.param("channel_archive", "channels:read", id="archive"),
        pytest.param("member_joined_channel", "channels:read", id="joined"),
    ],
)
async def test_an_event_comes_only_with_its_scope(event, scope):
    assert await comes(event, scope)
    assert not await comes(event)


async def comes(event, *scopes) -> bool:
    """Whether an app with these scopes hears of an event of which there is a cause."""
    heard = []
    made = declared(*scopes, events=[event])
    async with Server(small_workspace(), clock=Clock(WEDNESDAY), manifest=made, rates=None) as server:
        app = bolt(server)

        @app.event(event.partition(".")[0])
        async def hear(body):
            heard.append(body["event"]["type"])

        async with connected(server, app):
            ana = server.visitor("ana")
            await ana.says("hello @rainmaker", channel="C1")
            await ana.says("hello")
            await server.change_person("U2", title="Rep")
            server.workspace.add_person("U5", "eva", "Eva New")
            server.double.join(server.workspace.channels["C1"], "U5")
            await server.settled()
            await ana.archives("sales")
    return bool(heard)


async def test_tabs_that_are_switched_off_are_refused(workspace):
    made = declared(home_tab_enabled=False, messages_tab_enabled=False)
    async with Server(workspace, clock=Clock(WEDNESDAY), manifest=made, rates=None) as server:
        client = AsyncWebClient(token=server.bot_token, base_url=server.api_url, retry_handlers=[])
        home = {"type": "home", "blocks": [{"type": "divider"}]}
        assert await refusal(client.views_publish(user_id="U1", view=home)) == "not_enabled"
        assert await refusal(client.chat_postMessage(channel="U1", text="x")) == "messages_tab_disabled"
        await client.chat_postMessage(channel="C1", text="x")


# 4: patience


async def test_an_answer_that_takes_over_two_seconds_is_a_problem(workspace):
    async with Server(workspace, clock=Clock(WEDNESDAY), rates=None, ack_timeout=30.0) as server:
        app = bolt(server)

        @app.command("/slow")
        async def slow(ack):
            await asyncio.sleep(2.5)
            await ack("done")

        async with connected(server, app):
            assert await server.visitor("ana").says("/slow") == ["Rainmaker (only visible to you): done"]
        assert any("/slow" in problem.text for problem in server.problems)


# 10, 11: people, and what they keep on the screen


@pytest.mark.parametrize("field", ["is_restricted", "is_ultra_restricted", "is_stranger", "is_owner"])
async def test_guests_strangers_and_owners_are_described(client, workspace, field):
    workspace.add_person("U7", "guest", "Gus Guest", **{field: True})
    assert (await client.users_info(user="U7"))["user"][field] is True


async def test_people_of_another_workspace_are_described(client, workspace):
    workspace.add_person("U7", "otto", "Otto Out", team_id="T2")
    found = (await client.users_info(user="U7"))["user"]
    assert (found["team_id"], found["profile"]["team"]) == ("T2", "T2")


async def test_ephemeral_messages_are_gone_after_a_reload(client, ana):
    await client.chat_postMessage(channel="C1", text="for all")
    await client.chat_postEphemeral(channel="C1", user="U1", text="psst")
    ana.reloads()
    assert ana.sees("C1") == ["Rainmaker: for all"]


# 12 to 15: names and places


def test_a_container_is_no_block_for_home():
    block = {"type": "container", "title": text("T"), "child_blocks": [{"type": "divider"}]}
    refused = view_faults({"type": "home", "blocks": [block]})
    assert any("unsupported type: container" in fault for fault in refused), refused


async def test_after_an_uninstall_the_account_is_inactive(client, server):
    await server.uninstall()
    assert await refusal(client.auth_test()) == "account_inactive"


async def test_an_edit_in_an_archived_channel_is_refused_as_inactive(client, workspace):
    posted = await client.chat_postMessage(channel="C1", text="draft")
    workspace.channels["C1"].archived = True
    assert await refusal(client.chat_update(channel="C1", ts=posted["ts"], text="x")) == "is_inactive"
    assert await refusal(client.chat_postMessage(channel="C1", text="x")) == "is_archived"


async def test_connections_are_opened_once_a_minute(client, server):
    server.rates = MethodRates(monotonic=lambda: 1000.0)
    await client.apps_connections_open(app_token=server.app_token)
    assert await refusal(client.apps_connections_open(app_token=server.app_token)) == "ratelimited"


async def test_an_eleventh_connection_is_told_that_there_are_too_many(server):
    opened = [await connection(server) for _ in range(10)]
    try:
        client = AsyncWebClient(token=server.bot_token, base_url=server.api_url)
        url = (await client.apps_connections_open(app_token=server.app_token))["url"]
        socket = await opened[0][0].ws_connect(url)
        async with asyncio.timeout(2):
            said = [await socket.receive_json()]
            while said[-1]["type"] == "hello":
                said.append(await socket.receive_json())
        assert (said[-1]["type"], said[-1]["reason"]) == ("disconnect", "too_many_websockets")
    finally:
        for session, _ in opened:
            await session.close()
