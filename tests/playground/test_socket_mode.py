"""Socket Mode: acks, what people see without one, refresh, events again."""

import asyncio

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient

from playground.box import Server
from playground.clock import Clock
from tests.playground.conftest import SOON, bolt, connected, small_workspace
from tests.playground.moments import WEDNESDAY


async def connection(server):
    """A bare Socket Mode connection: (session, websocket), its hello already read."""
    client = AsyncWebClient(token=server.bot_token, base_url=server.api_url)
    url = (await client.apps_connections_open(app_token=server.app_token))["url"]
    session = aiohttp.ClientSession()
    socket = await session.ws_connect(url)
    hello = await socket.receive_json()
    assert hello["type"] == "hello"
    return session, socket


async def test_a_command_nobody_acks_shows_slacks_sentence(server, app, ana, ben):
    @app.command("/slow")
    async def slow(command):
        """Never acks."""

    server.sockets.ack_timeout = SOON
    answer = await ana.says("/slow", channel="C1")
    assert answer == ["Slackbot (only visible to you): /slow failed because the app did not respond"]
    assert ben.sees("C1") == []
    assert server.problems[-1].text == "/slow failed because the app did not respond"


async def test_without_an_app_a_command_fails_at_once(server, ana):
    answer = await ana.says("/goal")
    assert answer == ["Slackbot (only visible to you): /goal failed with the error “dispatch_failed”"]


async def test_a_command_the_manifest_does_not_declare_is_unknown():
    manifest = {"features": {"slash_commands": [{"command": "/goal", "description": "Set a goal"}]}}
    async with Server(small_workspace(), clock=Clock(WEDNESDAY), manifest=manifest) as server:
        answer = await server.visitor("ana").says("/gaol set")
    assert "“/gaol” is not a valid command" in answer[0]


async def test_mentions_in_a_command_are_resolved_only_with_should_escape():
    commands = [{"command": "/plain"}, {"command": "/resolved", "should_escape": True}]
    heard = []
    async with Server(
        small_workspace(), manifest={"features": {"slash_commands": commands}}, rates=None
    ) as server:
        app = bolt(server)

        @app.command("/plain")
        @app.command("/resolved")
        async def hear(ack, command):
            heard.append(command["text"])
            await ack()

        async with connected(server, app):
            ana = server.visitor("ana")
            await ana.says("/plain @ben in #sales")
            await ana.says("/resolved @ben in #sales, @nobody")
    assert heard == ["@ben in #sales", "<@U2> in <#C1|sales>, @nobody"]


async def test_an_answer_slack_cannot_read_is_an_invalid_command_response(server, app, ana):
    @app.command("/bad")
    async def bad(ack):
        await ack(text="x", blocks=[{"type": "hologram"}])

    answer = await ana.says("/bad")
    assert answer == ["Slackbot (only visible to you): /bad failed with the error “invalid_command_response”"]
    assert "unsupported type: hologram" in "".join(problem.text for problem in server.problems)


async def test_a_click_nobody_acks_warns_on_the_message(client, server, app, ana):
    blocks = [
        {
            "type": "actions",
            "elements": [
                {"type": "button", "action_id": "x", "text": {"type": "plain_text", "text": "Done"}}
            ],
        }
    ]
    await client.chat_postMessage(channel="U1", text="Ready?", blocks=blocks)
    server.sockets.ack_timeout = SOON
    await ana.clicks("Done")
    assert ana.sees()[-1].endswith("⚠ Operation timed out. Apps need to respond within 3 seconds.")


async def test_an_unacked_event_comes_again_at_once_then_by_the_workspaces_clock(server, ana):
    server.sockets.ack_timeout = SOON
    session, socket = await connection(server)
    async with session:
        tries = []

        async def next_try():
            envelope = await socket.receive_json()
            tries.append(
                (envelope["retry_attempt"], envelope["retry_reason"], envelope["payload"]["event_id"])
            )
            return envelope

        await ana.says("hello")
        first, second = await next_try(), await next_try()
        await server.settled()
        await server.clock.jump("+30s")
        await server.clock.jump("+31s")
        third = await next_try()
        await server.clock.jump("+5m")
        fourth = await next_try()
        await server.clock.jump("+1d")
        assert [number for number, _, _ in tries] == [0, 1, 2, 3]
        assert {reason for _, reason, _ in tries[1:]} == {"http_timeout"}
        assert len({event_id for _, _, event_id in tries}) == 1
        assert first["payload"] == second["payload"] == third["payload"] == fourth["payload"]
        assert "gave up after 3 retries" in server.problems[-1].text
        await socket.close()


async def test_an_acked_event_does_not_come_again(server, ana):
    session, socket = await connection(server)
    async with session:
        act = asyncio.create_task(ana.opens_home())
        envelope = await socket.receive_json()
        await socket.send_json({"envelope_id": envelope["envelope_id"]})
        await act
        await server.clock.jump("+1d")
        assert envelope["payload"]["event"]["type"] == "app_home_opened"
        assert envelope["accepts_response_payload"] is False
        assert [problem.text for problem in server.problems] == []
        await socket.close()


async def test_a_ping_is_answered_with_its_own_words(server):
    client = AsyncWebClient(token=server.bot_token, base_url=server.api_url)
    url = (await client.apps_connections_open(app_token=server.app_token))["url"]
    async with aiohttp.ClientSession() as session, session.ws_connect(url, autoping=False) as socket:
        await socket.receive_json()
        await socket.ping(b"sdk-ping-pong:1")
        pong = await socket.receive()
        assert (pong.type, pong.data) == (aiohttp.WSMsgType.PONG, b"sdk-ping-pong:1")


async def test_a_ticket_opens_one_connection(server):
    client = AsyncWebClient(token=server.bot_token, base_url=server.api_url)
    url = (await client.apps_connections_open(app_token=server.app_token))["url"]
    async with aiohttp.ClientSession() as session, session.ws_connect(url) as socket:
        await socket.receive_json()
        async with session.get(url.replace("ws://", "http://")) as again:
            assert again.status == 403


async def test_several_connections_share_the_payloads(server, ana):
    heard = []

    def counting(name):
        app = bolt(server)

        @app.command("/who")
        async def who(ack):
            heard.append(name)
            await ack()

        return app

    async with connected(server, counting("one")), connected(server, counting("two")):
        await server.sockets.wait_opened(2)
        for _ in range(4):
            await ana.says("/who")
    assert sorted(heard) == ["one", "one", "two", "two"]


async def test_a_refreshed_app_comes_back_and_works(server, app, ana):
    @app.command("/hi")
    async def hi(ack):
        await ack("Hello.")

    opened = server.sockets.opened
    await server.sockets.refresh()
    await server.sockets.wait_opened(opened + 1)
    assert await ana.says("/hi") == ["Rainmaker (only visible to you): Hello."]


async def test_events_about_people_channels_and_the_app(server, app, ana):
    heard = []

    @app.event("user_change")
    @app.event("member_joined_channel")
    @app.event("app_uninstalled")
    @app.event("tokens_revoked")
    async def hear(event):
        heard.append(event)

    await server.change_person("U1", tz="America/New_York")
    await ana.joins("C1")  # already inside: nothing happens
    await ana.invites_bot("random")
    await server.uninstall()
    kinds = [event["type"] for event in heard]
    assert kinds == ["user_change", "member_joined_channel", "tokens_revoked", "app_uninstalled"]
    assert heard[0]["user"]["tz"] == "America/New_York"
    assert (heard[1]["user"], heard[1]["inviter"], heard[1]["channel"]) == ("U0BOT", "U1", "C2")
