"""The HTTP edge: whatever is thrown at it is refused in one line, stores nothing and never looks like our fault."""

import asyncio

import pytest

from bot.http import EVENTS
from playground.webhook import signed
from tests.bot.test_http import over_http, post
from tests.double import stored
from tests.forged import FORM, faults
from tests.listener import heard
from tests.story_workspace import StoryWorkspace

pytestmark = pytest.mark.engines("sqlite")

REFUSED = {400, 401, 403}
DEEP = 200_000
PATIENCE = 10.0  # seconds for a request to arrive in full; Slack sends each in one go and waits for three


async def everything(server, bot):
    return await stored(StoryWorkspace(server, server.clock, bot))


async def raw(bot, head: bytes, body: bytes) -> int:
    """Send these very bytes, and return the status of the answer."""
    reader, writer = await asyncio.open_connection(bot.address.host, bot.address.port)
    try:
        writer.write(head + b"Content-Length: %d\r\nConnection: close\r\n\r\n" % len(body) + body)
        await writer.drain()
        async with asyncio.timeout(PATIENCE):
            return int((await reader.read()).split(b" ", 2)[1])
    finally:
        writer.close()


def unsigned(**headers: str) -> dict[str, str]:
    """Headers with a signature that is none; a name that is given stands for itself."""
    made = {"X-Slack-Request-Timestamp": "1789376400", "X-Slack-Signature": "v0=" + "0" * 64, **FORM}
    return made | {name.replace("_", "-"): value for name, value in headers.items()}


UNSIGNED = [
    pytest.param(unsigned(X_Slack_Request_Timestamp="9" * 400), b"x=1", id="400 digits"),
    pytest.param(unsigned(X_Slack_Request_Timestamp="-" + "9" * 400), b"x=1", id="minus 400"),
    pytest.param(unsigned(X_Slack_Request_Timestamp="9" * 5000), b"x=1", id="5000 digits"),
    pytest.param(unsigned(X_Slack_Request_Timestamp=""), b"x=1", id="empty timestamp"),
    pytest.param(unsigned(X_Slack_Request_Timestamp="nan"), b"x=1", id="nan"),
    pytest.param(unsigned(X_Slack_Request_Timestamp="1e999"), b"x=1", id="1e999"),
    pytest.param(unsigned(X_Slack_Signature=""), b"x=1", id="empty signature"),
    pytest.param(unsigned(X_Slack_Signature="v1=abc"), b"x=1", id="another version"),
    pytest.param(unsigned(Content_Encoding="gzip"), b"garbage", id="gzip"),
    pytest.param(unsigned(Content_Encoding="deflate"), b"garbage", id="deflate"),
    pytest.param(unsigned(Content_Encoding="identity"), b"garbage", id="identity"),
    pytest.param(unsigned(Content_Encoding="rot13"), b"garbage", id="an encoding nobody knows"),
    pytest.param(unsigned(Content_Type="application/json; charset=klingon"), b"{}", id="charset"),
    pytest.param(unsigned(Content_Type="multipart/form-data"), b"--", id="multipart without a boundary"),
    pytest.param(unsigned(), b"\x00\xff" * 50, id="bytes that are no text"),
    pytest.param(unsigned(Content_Type="application/json"), b"[" * DEEP, id="deep, and not parsed"),
]


@pytest.mark.parametrize(("headers", "body"), UNSIGNED)
async def test_whoever_is_not_slack_is_refused_and_it_is_no_fault_of_ours(
    database_url, headers, body, caplog
):
    async with over_http(database_url) as (server, bot, _):
        before = await everything(server, bot)
        head = f"POST {EVENTS} HTTP/1.1\r\nHost: rain.example\r\n"
        head += "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        with heard() as logs:
            found = {await raw(bot, head.encode(), body) for _ in range(2)}
        assert found <= REFUSED
        assert faults(logs, caplog) == []
        assert await everything(server, bot) == before


async def test_garbage_that_slack_signed_but_nobody_can_unpack_is_refused(database_url, caplog):
    async with over_http(database_url) as (server, bot, _):
        body = b"not gzip at all"
        lines = signed(server.signing_secret, body) | FORM | {"Content-Encoding": "gzip"}
        head = f"POST {EVENTS} HTTP/1.1\r\nHost: rain.example\r\n"
        head += "".join(f"{name}: {value}\r\n" for name, value in lines.items())
        with heard() as logs:
            assert await raw(bot, head.encode(), body) == 400
        assert faults(logs, caplog) == []


async def test_a_flood_of_refused_requests_is_told_in_a_few_lines(database_url):
    async with over_http(database_url) as (server, _, session):
        with heard() as logs:
            for number in range(40):
                status, _ = await post(session, server, b"x=1", unsigned(X_Slack_Signature=f"v0={number}"))
                assert status == 401
        assert 1 <= len(logs) <= 8


@pytest.mark.large
@pytest.mark.parametrize(
    "sent", [b"", b"POST /slack/events HT", b"half a body"], ids=["nothing", "head", "body"]
)
async def test_a_connection_that_sends_nothing_more_is_let_go(database_url, sent):
    async with over_http(database_url) as (_, bot, _):
        reader, writer = await asyncio.open_connection(bot.address.host, bot.address.port)
        if sent == b"half a body":
            sent = f"POST {EVENTS} HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nhalf".encode()
        writer.write(sent)
        await writer.drain()
        try:
            async with asyncio.timeout(PATIENCE):
                await reader.read()  # until the other side ends it, with or without a word
        finally:
            writer.close()
