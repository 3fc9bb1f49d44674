"""One attempt over a real socket: what certainly never left, what may have arrived, and what is stopped in time."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot import slack_calls
from messages.blocks import Message
from sales.nudges.ledger import Answer, PostOutcome, Timing, classify, delivery_id
from storage.nudges.ledger.rows import DeliveryRow
from tests.known import T0, WORKSPACE

QUICK = Timing(
    post_timeout=timedelta(seconds=0.6), connect_timeout=timedelta(seconds=0.3), lease=timedelta(seconds=30)
)
ROW = DeliveryRow(
    id=delivery_id("one"), occurrence_key="one", workspace_id=WORKSPACE, kind="test", intent={}, why="",
    not_before=T0, created_at=T0,
)  # fmt: skip


class Peer:
    """Something that listens where Slack should be, and answers with these bytes; None never answers."""

    def __init__(self, answer: bytes | None) -> None:
        self.answer = answer
        self.heard = b""
        self.closed = asyncio.Event()

    async def meet(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while not self.closed.is_set():
                piece = await reader.read(65_536)
                if not piece:
                    break
                self.heard += piece
                if self.answer is not None:
                    writer.write(self.answer)
                    await writer.drain()
                    break
        except ConnectionError:
            pass
        finally:
            writer.close()


@asynccontextmanager
async def peer(answer: bytes | None) -> AsyncIterator[tuple[Peer, str]]:
    met = Peer(answer)
    server = await asyncio.start_server(met.meet, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    try:
        yield met, f"http://127.0.0.1:{port}/api/"
    finally:
        met.closed.set()
        server.close()
        await server.wait_closed()


async def posted(url: str, *traces: aiohttp.TraceConfig, may=lambda: True) -> tuple[Answer, str]:
    async with slack_calls.session(QUICK, traces) as session:
        slack = AsyncWebClient(token="xoxb-test", base_url=url, session=session, retry_handlers=[])
        return await slack_calls.post(slack, ROW, "D1", Message("Hello."), may)


def http(status: str, body: str, *headers: str) -> bytes:
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", "Connection: close", *headers, "", body]
    return "\r\n".join(lines).encode()


JSON = "Content-Type: application/json"
ANSWERS = {
    "nothing at all": (b"", PostOutcome.AMBIGUOUS),
    "half an answer": (b'HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n{"ok"', PostOutcome.AMBIGUOUS),
    "no HTTP": (b"\x00\x01\x02\r\n\r\n", PostOutcome.AMBIGUOUS),
    "silence": (None, PostOutcome.AMBIGUOUS),
    "a broken body": (http("200 OK", "{no json", JSON), PostOutcome.AMBIGUOUS),
    "a proxy's page": (http("502 Bad Gateway", "<html>", "Content-Type: text/html"), PostOutcome.AMBIGUOUS),
    "a page that says all is well": (http("200 OK", "fine", "Content-Type: text/plain"), PostOutcome.AMBIGUOUS),
    "no timestamp": (http("200 OK", '{"ok": true}', JSON), PostOutcome.AMBIGUOUS),
    "an error of Slack's": (http("500 Oops", '{"ok": false, "error": "fatal_error"}', JSON), PostOutcome.AMBIGUOUS),
    "not now": (http("429 Wait", "<html>", "Content-Type: text/html", "Retry-After: 7"), PostOutcome.THROTTLED),
    "not now, unclear": (http("429 Wait", "{no", JSON, "Retry-After: soon"), PostOutcome.THROTTLED),
    "no such channel": (http("200 OK", '{"ok": false, "error": "channel_not_found"}', JSON), PostOutcome.TARGET_BROKEN),
    "posted": (http("200 OK", '{"ok": true, "ts": "1.2"}', JSON), PostOutcome.SENT),
}  # fmt: skip


@pytest.mark.parametrize("name", ANSWERS)
async def test_what_comes_back_once_it_left(name) -> None:
    answer, outcome = ANSWERS[name]
    async with peer(answer) as (met, url):
        told, ts = await posted(url)
    assert (classify(told), ts) == (outcome, "1.2" if name == "posted" else "")
    assert (b"chat.postMessage" in met.heard, told.left) == (True, True)
    assert told.retry_after == (7.0 if name == "not now" else 0.0)


async def test_nobody_there_means_it_never_left() -> None:
    async with peer(b"") as (_, url):
        pass
    told, _ = await posted(url)
    assert (told.left, classify(told)) == (False, PostOutcome.NOT_SENT)


async def test_a_name_nobody_knows_means_it_never_left() -> None:
    told, _ = await posted("http://slack.invalid/api/")
    assert (told.left, classify(told)) == (False, PostOutcome.NOT_SENT)


async def test_no_tls_means_it_never_left() -> None:
    async with peer(b"I speak no TLS.") as (met, url):
        told, _ = await posted(url.replace("http:", "https:"))
    assert (told.left, classify(told)) == (False, PostOutcome.NOT_SENT)
    assert b"chat.postMessage" not in met.heard


async def test_a_connection_that_takes_too_long_means_it_never_left() -> None:
    async with peer(None) as (met, url):  # it takes the connection and never says a word of TLS
        told, _ = await posted(url.replace("http:", "https:"))
    assert (told.left, classify(told)) == (False, PostOutcome.NOT_SENT)
    assert b"chat.postMessage" not in met.heard


@pytest.mark.parametrize(
    "moment", ["on_connection_create_end", "on_request_headers_sent", "on_request_chunk_sent"]
)
async def test_a_process_that_was_frozen_on_the_way_writes_nothing(moment) -> None:
    frozen = asyncio.Event()

    async def freeze(*_: object) -> None:
        frozen.set()

    trace = aiohttp.TraceConfig()
    getattr(trace, moment).append(freeze)
    async with peer(http("200 OK", '{"ok": true, "ts": "1.2"}', JSON)) as (met, url):
        with pytest.raises(slack_calls.TooLate):
            await posted(url, trace, may=lambda: not frozen.is_set())
    assert met.heard == b""


async def test_a_connection_that_is_used_again_asks_too() -> None:
    said = http("200 OK", '{"ok": true, "ts": "1.2"}', JSON)
    kept = said.replace(b"Connection: close", b"Connection: keep-alive")
    met = Peer(kept)

    async def answering(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while piece := await reader.read(65_536):
            met.heard += piece
            writer.write(kept)
            await writer.drain()
        writer.close()

    server = await asyncio.start_server(answering, "127.0.0.1", 0)
    url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/api/"
    reused: list[bool] = []

    async def reuse(*_: object) -> None:
        reused.append(True)

    trace = aiohttp.TraceConfig()
    trace.on_connection_reuseconn.append(reuse)
    async with slack_calls.session(QUICK, [trace]) as session:
        slack = AsyncWebClient(token="xoxb-test", base_url=url, session=session, retry_handlers=[])
        await slack_calls.post(slack, ROW, "D1", Message("Hello."), lambda: True)
        once = met.heard
        with pytest.raises(slack_calls.TooLate):
            await slack_calls.post(slack, ROW, "D1", Message("Hello."), lambda: False)
        answer, ts = await slack_calls.post(slack, ROW, "D1", Message("Hello."), lambda: True)
    server.close()
    await server.wait_closed()
    assert (reused, answer.ok, ts) == ([True], True, "1.2")
    assert met.heard == once * 2


@pytest.mark.parametrize(
    ("header", "asked"),
    [
        ("30", 30.0),
        ("0.5", 0.5),
        ("-3", 0.0),
        ("nan", 0.0),
        ("inf", 0.0),
        ("", 0.0),
        ("soon", 0.0),
        ("999999", 600.0),
    ],
)
def test_retry_after_is_read_whatever_it_says(header, asked) -> None:
    assert slack_calls.seconds(header) == asked


async def test_a_look_reads_the_keys_and_where_the_next_page_is() -> None:
    body = (
        '{"ok": true, "messages": [{"ts": "3.0", "metadata": {"event_payload": {"key": "one"}}}, {"ts": "2.0"}],'
        ' "has_more": true, "response_metadata": {"next_cursor": "next"}}'
    )
    async with peer(http("200 OK", body, JSON)) as (met, url), slack_calls.session(QUICK) as session:
        slack = AsyncWebClient(token="xoxb-test", base_url=url, session=session, retry_handlers=[])
        answer, found, cursor = await slack_calls.look(slack, "D1", datetime(2026, 9, 14, tzinfo=UTC))
    assert (answer.ok, found, cursor) == (True, {"one": "3.0"}, "next")
    assert b"oldest=1789343995" in met.heard
