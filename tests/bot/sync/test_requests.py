"""Requests to a CRM: what is tried again, what is not, and what people read of it."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from aiohttp import web

from bot.sync.requests import (
    FIRST_PAUSE,
    SILENT_TRIES,
    TIMES,
    CrmReply,
    CrmRequests,
    RequestPace,
    instant,
    retry_after,
)
from sales.imports.sync.port import CrmBusy, CrmSilent, WriteUnknown
from sales.imports.sync.record import Vendor
from tests.bot.sync.crm import AT_ONCE, Pauses

HEADERS = {"Authorization": "Bearer a-token-nobody-reads"}
Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]


@asynccontextmanager
async def serving(*answers: Answer) -> AsyncIterator[tuple[str, list[web.Request]]]:
    """A server that answers with one after the other, and with the last from then on."""
    asked: list[web.Request] = []

    async def handle(request: web.Request) -> web.StreamResponse:
        asked.append(request)
        return await answers[min(len(asked), len(answers)) - 1](request)

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", handle)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}", asked
    finally:
        await runner.cleanup()


def says(status: int = 200, text: str = "{}", **headers: str) -> Answer:
    async def answer(_: web.Request) -> web.StreamResponse:
        return web.Response(
            status=status, text=text, headers={k.replace("_", "-"): v for k, v in headers.items()}
        )

    return answer


async def drops(request: web.Request) -> web.StreamResponse:
    assert request.transport is not None
    request.transport.abort()
    return web.Response()


async def asked_of(address: str, pauses: Pauses, method: str = "GET", **how: bool) -> CrmReply:
    async with CrmRequests(Vendor.HUBSPOT, address, pause=pauses, times=AT_ONCE) as requests:
        return await requests.ask(method, "/x", headers=HEADERS, **how)


@pytest.mark.parametrize(
    "trouble", [says(500), says(502, "<html>"), says(429), says(423), says(200, "<html>"), drops]
)
async def test_reading_is_tried_again(trouble):
    """A moment of trouble is over with the next try, and nobody hears of it."""
    pauses = Pauses()
    async with serving(trouble, says(200, '{"a": 18400.50}', Date="Mon, 14 Sep 2026 09:00:00 GMT")) as (
        url,
        asked,
    ):
        reply = await asked_of(url, pauses, "POST")  # aiohttp by itself repeats a GET
    assert (reply.status, reply.at) == (200, datetime(2026, 9, 14, 9, tzinfo=UTC))
    assert reply.body == {"a": Decimal("18400.50")}
    assert isinstance(reply.body["a"], Decimal)
    assert (len(asked), len(pauses)) == (2, 1)


async def test_pauses_grow():
    pauses = Pauses()
    async with serving(says(503)) as (url, asked):
        with pytest.raises(CrmSilent, match="trouble of its own"):
            await asked_of(url, pauses)
    assert (len(asked), pauses) == (4, [0.5, 1.0, 2.0])


async def test_a_pause_it_asks_for_is_kept():
    pauses = Pauses()
    async with serving(says(429, Retry_After="2"), says()) as (url, _):
        await asked_of(url, pauses)
    assert pauses == [2.0]


async def test_a_long_pause_is_for_whoever_asks():
    """Nobody waits an hour inside a request."""
    pauses = Pauses()
    async with serving(says(429, Retry_After="3600")) as (url, asked):
        with pytest.raises(CrmBusy) as busy:
            await asked_of(url, pauses)
    assert (busy.value.pause, len(asked), pauses) == (timedelta(hours=1), 1, [])


async def test_who_does_not_answer_is_asked_twice():
    async def hangs(_: web.Request) -> web.StreamResponse:
        await asyncio.sleep(10)
        return web.Response()

    pauses = Pauses()
    async with serving(hangs) as (url, asked):
        with pytest.raises(CrmSilent, match="does not answer"):
            await asked_of(url, pauses)
    assert (len(asked), len(pauses)) == (2, 1)


async def test_nobody_is_there():
    with pytest.raises(CrmSilent, match="does not answer"):
        await asked_of("http://127.0.0.1:9", Pauses(), "PATCH", writes=True)


@pytest.mark.parametrize("trouble", [says(500), says(504, "<html>"), drops, says(200, '{"half": ')])
async def test_a_write_whose_answer_is_lost_is_not_sent_again(trouble):
    pauses = Pauses()
    async with serving(trouble, says()) as (url, asked):
        with pytest.raises(WriteUnknown):
            await asked_of(url, pauses, "PATCH", writes=True)
    assert (len(asked), pauses) == (1, [])


async def test_a_write_that_was_refused_for_the_moment_is_sent_again():
    async with serving(says(429), says(200)) as (url, asked):
        assert (await asked_of(url, Pauses(), "PATCH", writes=True)).ok
    assert len(asked) == 2


@pytest.mark.parametrize("status", [400, 401, 403, 404])
async def test_what_was_asked_wrongly_is_not_asked_again(status):
    async with serving(says(status, "<html>no json</html>")) as (url, asked):
        reply = await asked_of(url, Pauses())
    assert (reply.status, reply.body, len(asked)) == (status, None, 1)


async def test_it_is_not_led_elsewhere():
    """A redirect, and an address in an answer, are not followed to another host."""
    async with serving(says(302, "", Location="http://127.0.0.1:9/steal")) as (url, asked):
        assert not (await asked_of(url, Pauses())).ok
        requests = CrmRequests(Vendor.HUBSPOT, url)
        assert requests.path_of(f"{url}/next?after=a%2Fb") == "/next?after=a%2Fb"
        assert requests.path_of("/next?x=1") == "/next?x=1"
        for other in ("http://evil.example/next", "//evil.example/next", url.replace("http", "https")):
            with pytest.raises(CrmSilent):
                requests.path_of(other)
    assert len(asked) == 1


async def test_too_much_is_no_answer(monkeypatch):
    monkeypatch.setattr("bot.sync.requests.LARGEST", 10)
    async with serving(says(200, json.dumps({"a": "b" * 100}))) as (url, _):
        with pytest.raises(CrmSilent):
            await asked_of(url, Pauses())


@pytest.mark.parametrize("text", ['{"a": NaN}', '{"a": Infinity}', "[" * 100_000])
async def test_what_is_no_json_is_no_answer(text):
    async with serving(says(200, text)) as (url, _):
        with pytest.raises(CrmSilent):
            await asked_of(url, Pauses())


def test_retry_after_is_seconds_or_a_time():
    at = datetime(2026, 9, 14, 9, tzinfo=UTC)
    for said, pause in (
        ("7", timedelta(seconds=7)),
        ("Mon, 14 Sep 2026 09:00:30 GMT", timedelta(seconds=30)),
        ("Mon, 14 Sep 2026 08:00:00 GMT", timedelta(0)),
        ("soon", None),
        ("", None),
    ):
        assert retry_after(CrmReply(429, None, {"Retry-After": said}, at)) == pause, said
    assert instant("Thu, 99 Foo") is None


async def test_a_pace_is_kept():
    pauses = Pauses()
    pace = RequestPace(4, pauses)
    for _ in range(3):
        await pace.turn()
    assert len(pauses) == 2
    assert pauses == [pytest.approx(0.25, abs=0.05), pytest.approx(0.5, abs=0.05)]


def test_the_timeout_ends_within_a_lease():
    assert (TIMES.total or 0) * SILENT_TRIES + FIRST_PAUSE < 60
