"""How fast the ledger drains: prompts that are due at once are claimed, rendered as they are now, posted and settled.

They are end-of-day prompts of as many reps with two follow-ups due each; once nobody has a goal, and once everybody
has, and deals. Slack is the double, without rate limits and in a process of its own, as is each replica: on two cores
a single replica has one, and Slack the other. A figure is what was accepted within `SECONDS`, or until all of it was;
it waits `LONGEST` for `LEAST` of them.
"""

import asyncio
import tempfile
import time
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path

from rig.child import BenchChild, child
from rig.engines import SQLITE, Fresh, engines
from rig.evening import BEFORE, EARLY, EVENING, FIRST, prepare_evening, prompt
from rig.report import Bar, Report, arguments, ratio_at_least
from slack_sdk.web.async_client import AsyncWebClient

from bot import slack_calls
from handlers.registry import REGISTRY
from messages.blocks import Message
from sales.nudges.end_of_day import END_OF_DAY
from sales.nudges.ledger import TIMING
from storage.database import Database
from storage.nudges.ledger.lookup import delivery_by_key
from storage.nudges.ledger.rows import DeliveryRow

SECONDS, LONGEST = 8.0, 40.0
LEAST = (
    60  # accepted before a figure stands: of fewer, what is still on its way would count among what they cost
)
GLANCE = 0.02  # seconds between two looks at what was accepted
AT_ONCE = 20  # posts on their way, as many as a deliverer has
FLOOR_POSTS = 1_000
RENDERED = 30  # different messages among them
RIG = Path(__file__).parent / "rig"


@dataclass(frozen=True)
class Situation:
    """What kind of evening it is: how many reps, and how many deals if they have goals."""

    words: str
    reps: int
    deals: int
    bar: Bar

    @property
    def due(self) -> int:
        return self.reps - FIRST


WITHOUT = Situation("no goals", 6_000, 0, ratio_at_least(0.4))
WITH = Situation("a goal each, 8,800 deals", 256, 8_800, ratio_at_least(0.2))
QUICK = Situation("no goals", 100, 0, ratio_at_least(0.4))


async def rendered(address: str, name: str) -> list[tuple[DeliveryRow, Message]]:
    """Return the prompts of some reps as they are sent, beside their rows."""
    database = await Database.open(address, declared=REGISTRY.declared)
    render = REGISTRY.kinds[END_OF_DAY].render
    assert render is not None
    made = []
    for number in range(FIRST, FIRST + RENDERED):
        async with database.read("T1") as scope:
            row = await delivery_by_key(scope, prompt(name, number).key)
            assert row is not None
            message = await render(scope, row, EVENING)
            assert isinstance(message, Message), message
            made.append((row, message))
    await database.close()
    return made


async def floor(prompts: list[tuple[DeliveryRow, Message]], api_url: str, token: str) -> tuple[float, float]:
    """Return messages a second for bare posts of the same messages by the same client, and CPU ms for each."""
    async with slack_calls.session(TIMING) as session:
        slack = AsyncWebClient(token=token, base_url=api_url, session=session, retry_handlers=[])

        async def posts(first: int) -> None:
            for number in range(first, FLOOR_POSTS, AT_ONCE):
                row, message = prompts[number % len(prompts)]
                assert row.user_id is not None
                await slack.chat_postMessage(
                    channel=f"D{row.user_id[1:]}", text=message.text, blocks=message.blocks,
                    metadata={"event_type": "floor", "event_payload": {"key": f"floor:{number}", "d": row.id}},
                    unfurl_links=False, unfurl_media=False, client_msg_id=f"floor-{number}",
                )  # fmt: skip

        started, cpu = time.perf_counter(), time.process_time()
        await asyncio.gather(*(posts(first) for first in range(AT_ONCE)))
        took, spent = time.perf_counter() - started, time.process_time() - cpu
        return FLOOR_POSTS / took, spent * 1000 / FLOOR_POSTS


async def drained(
    slack: BenchChild, where: list[str], address: str, name: str, replicas: int, due: int
) -> tuple[float, float]:
    """Return messages a second that so many replicas deliver, and CPU ms of theirs for each."""
    async with AsyncExitStack() as stack:
        bots = [
            (await stack.enter_async_context(child(RIG / "replica.py", address, *where, BEFORE.isoformat())))[
                0
            ]
            for _ in range(replicas)
        ]
        await asyncio.gather(*(bot.ask(EARLY.isoformat()) for bot in bots))
        while (await slack.ask(f"{name}:first"))[0] < FIRST:  # noqa: ASYNC110 -- it is another process's business
            await asyncio.sleep(GLANCE)
        await asyncio.gather(*(bot.ask("settled") for bot in bots))
        accepted, cpu, started = 0, await spent(bots), time.perf_counter()
        await asyncio.gather(*(bot.ask(EVENING.isoformat()) for bot in bots))
        until, at_last = started + SECONDS, started + LONGEST
        while accepted < due and time.perf_counter() < (until if accepted >= LEAST else at_last):
            await asyncio.sleep(GLANCE)
            accepted, _ = await slack.ask(f"{name}:{END_OF_DAY}")
        took, cpu = time.perf_counter() - started, await spent(bots) - cpu
    accepted_in_all, keys = await slack.ask(name)
    if accepted_in_all != keys or not accepted:
        raise SystemExit(f"{accepted_in_all} messages of {keys} keys were posted")
    return accepted / took, cpu * 1000 / accepted


async def spent(bots: list[BenchChild]) -> float:
    return float(sum(await asyncio.gather(*(bot.ask("cpu") for bot in bots))))


async def evenings(report: Report, engine: str, fresh: Fresh, *, quick: bool) -> None:
    for situation in (QUICK,) if quick else (WITHOUT, WITH):
        for replicas in (1,) if engine == SQLITE else (1, 2):
            name = f"{engine.lower()}_{situation.reps}_{replicas}"
            address = await fresh(name)
            await prepare_evening(address, situation.reps, name, with_goals=situation.deals)
            async with child(RIG / "slack.py", situation.reps) as (slack, where):
                low, low_cpu = await floor(await rendered(address, name), *where[:2])
                rate, cpu = await drained(slack, where, address, name, replicas, situation.due)
            who = "1 replica" if replicas == 1 else f"{replicas} replicas"
            what = f"{engine}: evening prompts, {situation.words}, {who}"
            if replicas == 1:
                report.add(f"{engine}: bare posts, {situation.words}", low, "/s")
            report.add(what, rate, "/s", low, situation.bar)
            report.add(f"{what}, CPU", cpu, "ms CPU", low_cpu)


async def main() -> None:
    given, report = arguments(__doc__).parse_args(), Report()
    with tempfile.TemporaryDirectory() as folder:
        async for engine, fresh in engines(Path(folder), only_sqlite=given.quick):
            await evenings(report, engine, fresh, quick=given.quick)
    report.write(given.json)


if __name__ == "__main__":
    asyncio.run(main())
