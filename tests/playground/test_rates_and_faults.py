"""429 as Slack gives it, and faults on purpose."""

import asyncio
import json

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError

from playground.faults import Fault
from playground.rates import MethodRates


class RealTime:
    def __init__(self):
        self.at = 1000.0

    def __call__(self):
        return self.at


async def post(server, method="chat.postMessage", **arguments):
    """One call, by hand: (status, headers, body as text)."""
    headers = {"Authorization": f"Bearer {server.bot_token}"}
    url = server.api_url + method
    async with (
        aiohttp.ClientSession() as session,
        session.post(url, json=arguments, headers=headers) as response,
    ):
        return response.status, response.headers, await response.text()


async def test_a_channel_takes_a_burst_of_five_then_one_a_second(server, ana):
    real = RealTime()
    server.rates = MethodRates(monotonic=real)
    for _ in range(5):
        assert (await post(server, channel="C1", text="x"))[0] == 200
    status, headers, body = await post(server, channel="C1", text="x")
    assert (status, headers["Retry-After"], json.loads(body)) == (
        429,
        "1",
        {"ok": False, "error": "ratelimited"},
    )
    assert (await post(server, channel="D1", text="x"))[0] != 429  # another channel has its own share
    real.at += 1
    assert (await post(server, channel="C1", text="x"))[0] == 200
    assert len(ana.sees("C1")) == 6
    assert "called too often" in server.problems[-2].text or "called too often" in server.problems[-1].text


async def test_the_workspace_has_a_limit_of_its_own(server, workspace):
    for number in range(30):
        workspace.add_channel(f"C9{number}", f"c{number}")
    server.rates = MethodRates(monotonic=RealTime())
    statuses = [(await post(server, channel=f"C9{number}", text="x"))[0] for number in range(22)]
    assert statuses == [200] * 20 + [429] * 2


async def test_tiers_count_by_method(server):
    real = RealTime()
    server.rates = MethodRates(monotonic=real)
    statuses = [(await post(server, "users.list"))[0] for _ in range(21)]
    assert statuses == [200] * 20 + [429]
    assert (await post(server, "users.info", user="U1"))[0] == 200
    status, headers, _ = await post(server, "users.list")
    assert (status, headers["Retry-After"]) == (429, "3")
    real.at += 3
    assert (await post(server, "users.list"))[0] == 200


async def test_thirty_prompts_get_through_by_waiting_as_told(server, workspace):
    for number in range(30):
        workspace.add_person(f"U9{number}", f"rep{number}", f"Rep {number}")
    real = RealTime()
    server.rates = MethodRates(monotonic=real)
    for number in range(30):
        while (answer := await post(server, channel=f"U9{number}", text="How was today?"))[0] == 429:
            real.at += int(answer[1]["Retry-After"])
    assert len(server.log.accepted) == 30


@pytest.mark.parametrize("kind", ["lost", "dropped"])
async def test_a_connection_ends_before_or_after_the_message_was_taken(client, server, ana, kind):
    server.faults.plan("chat.postMessage", Fault(kind))
    with pytest.raises(aiohttp.ClientError):
        await client.chat_postMessage(channel="C1", text="x")
    assert len(server.log.accepted) == len(ana.sees("C1")) == (1 if kind == "dropped" else 0)
    assert (await client.chat_postMessage(channel="C1", text="y"))["ok"] is True


@pytest.mark.parametrize("kind", ["failed", "failed_after"])
async def test_a_server_error_may_hide_an_accepted_message(server, kind):
    server.faults.plan("chat.postMessage", Fault(kind, status=503))
    status, _, body = await post(server, channel="C1", text="x")
    assert status == 503
    with pytest.raises(ValueError, match="Expecting value"):
        json.loads(body)
    assert len(server.log.accepted) == (1 if kind == "failed_after" else 0)


async def test_a_planned_429_names_its_seconds(server):
    server.faults.plan("chat.postMessage", Fault("ratelimited", seconds=7))
    status, headers, _ = await post(server, channel="C1", text="x")
    assert (status, headers["Retry-After"]) == (429, "7")
    assert server.log.accepted == []


async def test_a_delayed_answer_was_accepted_before_the_caller_gave_up(server):
    server.faults.plan("chat.postMessage", Fault("delayed", seconds=30))
    taken = asyncio.Event()
    server.workspace.watchers.append(lambda change: taken.set())
    waiting = asyncio.create_task(post(server, channel="C1", text="x"))
    await taken.wait()
    assert not waiting.done()
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    assert len(server.log.accepted) == 1


async def test_a_decider_sees_every_call(client, server):
    seen = []

    def every_other(call):
        seen.append((call.method, call.number, call.arguments.get("text")))
        return Fault("ratelimited") if call.number % 2 else None

    server.faults.decide = every_other
    with pytest.raises(SlackApiError):
        await client.chat_postMessage(channel="C1", text="one")
    await client.chat_postMessage(channel="C1", text="two")
    assert seen == [("chat.postMessage", 1, "one"), ("chat.postMessage", 2, "two")]
    server.faults.clear()
    await client.chat_postMessage(channel="C1", text="three")
    assert [entry.text for entry in server.log.accepted] == ["two", "three"]
