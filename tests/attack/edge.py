"""Attacks over HTTP: garbage of every kind, with and without Slack's signature, and connections that say nothing."""

import asyncio
import logging
import time

from bot.app import Bot
from bot.http import EVENTS
from playground.box import Server
from playground.webhook import signed
from tests.attack.outcome import SLACK_WAITS, AttackGround, Outcome
from tests.bot.test_http import over_http, post
from tests.bot.test_http_edge import UNSIGNED, everything, raw
from tests.bot.test_http_payloads import EITHER, FOREIGN, REFUSED, SENSELESS
from tests.double import stored
from tests.forged import as_request
from tests.listener import heard
from tests.story_workspace import StoryWorkspace

SLOW = 400  # connections
LET_GO = 15.0  # seconds after which none of them is held any more
WHILE_SLOW = 10  # commands


async def unsigned_garbage(ground: AttackGround) -> Outcome:
    """What nobody signed is refused, stores nothing and looks like nobody's fault."""
    found = Outcome("HTTP garbage, unsigned")
    async with over_http(ground.file()) as (server, bot, _):
        before = await everything(server, bot)
        for case in UNSIGNED:
            headers, body = case.values
            head = f"POST {EVENTS} HTTP/1.1\r\nHost: rain.example\r\n"
            head += "".join(f"{name}: {value}\r\n" for name, value in headers.items())
            with heard() as logs:
                status = await raw(bot, head.encode(), body)
            loud = [one for one in logs if one.get("exc_info") or one["log_level"] == "error"]
            found.check(status in REFUSED and not loud, f"{case.id}: {status}, {loud}")
        found.check(await everything(server, bot) == before, "something was stored")
    return found


async def signed_garbage(ground: AttackGround) -> Outcome:
    """What Slack signed and says nothing, or is meant for others, changes nothing."""
    found = Outcome(
        "HTTP garbage and foreign requests, signed", note=f"{len(SENSELESS) + len(FOREIGN)} kinds"
    )
    async with over_http(ground.file()) as (server, bot, session):
        town = StoryWorkspace(server, server.clock, bot)
        await server.visitor("ana").says("/log 1 call", channel="C1")
        before = await stored(town)
        for name, said in {**SENSELESS, **FOREIGN}.items():
            allowed = REFUSED | ({200, 404} if name in EITHER or name in FOREIGN else set())
            body, kind = as_request(said)
            with heard() as logs:
                status, told = await post(session, server, body, signed(server.signing_secret, body) | kind)
            await server.settled()
            loud = [one for one in logs if one.get("exc_info") or one["log_level"] == "error"]
            right = status in allowed and not loud and "2 calls" not in told
            found.check(right and await stored(town) == before, f"{name}: {status}, {loud}")
    return found


async def slow_connections(ground: AttackGround) -> Outcome:
    """Connections that never finish what they say keep nobody from being answered, and are let go."""
    found = Outcome(f"{SLOW} slow connections", tried=SLOW)
    async with over_http(ground.file()) as (server, bot, _):
        assert bot.address is not None
        begun = [
            b"",
            b"POST /slack/events HT",
            b"POST /slack/events HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nx",
        ]
        held = [await asyncio.open_connection(bot.address.host, bot.address.port) for _ in range(SLOW)]
        since = time.monotonic()
        for number, (_, writer) in enumerate(held):
            writer.write(begun[number % len(begun)])
        slowest = await answered_meanwhile(server, bot, found)
        left = max(0.0, LET_GO - (time.monotonic() - since))
        _, open_still = await asyncio.wait(
            [asyncio.create_task(reader.read()) for reader, _ in held], timeout=left
        )
        for task in open_still:
            task.cancel()
        for _, writer in held:
            writer.close()
        if open_still:
            found.broken.append(f"{len(open_still)} connections are held longer than {LET_GO:g} s")
        found.note = (
            f"slowest answer meanwhile {slowest:.2f} s; {SLOW - len(open_still)} let go within {LET_GO:g} s"
        )
    return found


async def answered_meanwhile(server: Server, bot: Bot, found: Outcome) -> float:
    slowest = 0.0
    for number in range(WHILE_SLOW):
        since = time.monotonic()
        said = "\n".join(await server.visitor("ana").says(f"/log {number + 1} calls", channel="C1"))
        took = time.monotonic() - since
        slowest = max(slowest, took)
        found.check("call" in said and took < SLACK_WAITS, f"command {number}: {took:.2f} s, {said}")
    return slowest


logging.getLogger("asyncio").setLevel(logging.CRITICAL)  # it tells of each connection that was cut
