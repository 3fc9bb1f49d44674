"""How fast the ledger drains: 10,000 prompts are due at once, claimed, rendered as they are now, posted and settled.

They are end-of-day prompts of as many reps with two follow-ups due each. Slack is the double, without rate
limits and in a process of its own, as is each replica: on two cores a single replica has one, and Slack the other.
A figure is what was accepted within `SECONDS`, or until all of it was.
"""

import asyncio
import tempfile
import time
from contextlib import AsyncExitStack
from pathlib import Path

from rig.child import Child, child
from rig.engines import SQLITE, engines
from rig.evening import EVENING, prepare, prompt
from rig.report import line
from slack_sdk.web.async_client import AsyncWebClient

from bot import slack_calls
from handlers.registry import REGISTRY
from messages.blocks import Message
from sales.nudges.ledger import TIMING
from sales.surfaces.evening import END_OF_DAY
from storage.database import Database
from storage.nudges.ledger.lookup import delivery_by_key
from storage.nudges.ledger.rows import DeliveryRow

REPS = 10_000
SECONDS = 12.0
AT_ONCE = 20  # posts on their way, as many as a deliverer has
FLOOR_POSTS = 1_000
RIG = Path(__file__).parent / "rig"


async def rendered(address: str, name: str) -> list[tuple[DeliveryRow, Message]]:
    """Return the prompts of some reps as they are sent, beside their rows."""
    database = await Database.open(address, declared=REGISTRY.declared)
    render = REGISTRY.kinds[END_OF_DAY].render
    assert render is not None
    made = []
    for number in range(200):
        async with database.read("T1") as scope:
            row = await delivery_by_key(scope, prompt(name, number).key)
            assert row is not None
            message = await render(scope, row, EVENING)
            assert isinstance(message, Message), message
            made.append((row, message))
    await database.close()
    return made


async def floor(prompts: list[tuple[DeliveryRow, Message]], api_url: str, token: str) -> float:
    """Return messages a second for bare posts of the same messages by the same client."""
    async with slack_calls.session(TIMING) as session:
        slack = AsyncWebClient(token=token, base_url=api_url, session=session, retry_handlers=[])

        async def posts(first: int) -> None:
            for number in range(first, FLOOR_POSTS, AT_ONCE):
                row, message = prompts[number % len(prompts)]
                await slack.chat_postMessage(
                    channel=f"D{row.user_id[1:]}", text=message.text, blocks=message.blocks,
                    metadata={"event_type": "floor", "event_payload": {"key": f"floor:{number}", "d": row.id}},
                    unfurl_links=False, unfurl_media=False, client_msg_id=f"floor-{number}",
                )  # fmt: skip

        started = time.perf_counter()
        await asyncio.gather(*(posts(first) for first in range(AT_ONCE)))
        return FLOOR_POSTS / (time.perf_counter() - started)


async def drained(slack: Child, where: list[str], address: str, name: str, replicas: int) -> float:
    """Return messages a second that so many replicas deliver."""
    async with AsyncExitStack() as stack:
        bots = [
            (await stack.enter_async_context(child(RIG / "replica.py", address, *where)))[0]
            for _ in range(replicas)
        ]
        started = time.perf_counter()
        await asyncio.gather(*(bot.ask("evening") for bot in bots))
        accepted = 0
        while accepted < REPS and time.perf_counter() - started < SECONDS:
            await asyncio.sleep(0.25)
            accepted, _ = await slack.ask(name)
        took = time.perf_counter() - started
    accepted_in_all, keys = await slack.ask(name)
    if accepted_in_all != keys or not keys:
        raise SystemExit(f"{accepted_in_all} messages of {keys} keys were posted")
    return accepted / took


async def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        async with child(RIG / "slack.py", REPS) as (slack, where):
            async for engine, fresh in engines(Path(folder)):
                for replicas in (1,) if engine == SQLITE else (1, 2):
                    name = f"{engine.lower()}_{replicas}"
                    address = await fresh(name)
                    await prepare(address, REPS, name)
                    low = await floor(await rendered(address, name), *where[:2])
                    line(f"{engine}: floor, bare posts", f"{low:,.0f}/s")
                    rate = await drained(slack, where, address, name, replicas)
                    against = f"{low / rate:.1f}× the floor's time; Slack allows about 4/s"
                    bots = "1 replica" if replicas == 1 else f"{replicas} replicas"
                    line(f"{engine}: {REPS:,} due, {bots}", f"{rate:,.0f}/s", against)


if __name__ == "__main__":
    asyncio.run(main())
