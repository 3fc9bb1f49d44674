"""How long a durable acknowledgement takes: signed slash commands through the whole bot, a peer, and the floor.

Bot, peer, floor, Slack double and caller are processes of their own. Rounds of all of them follow each other, so that
whatever else the machine does falls on each; a figure is the median of the rounds.
"""

import asyncio
import tempfile
from collections import defaultdict
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from rig.caller import PEOPLE, call
from rig.child import BenchChild, child
from rig.engines import SQLITE, Fresh, engines
from rig.fill import fill
from rig.record import deals, goals, prepare
from rig.report import Bar, Report, arguments, at_least, at_most, p, ratio_at_most
from rig.workspace import T0

RIG = Path(__file__).parent / "rig"
CLIENTS = (1, 16, 64)
COMMANDS = ("/log 1 call", "/followup call Acme about {word} on friday", "/why")
DEALS = 8_800
ROUNDS = 3
SECONDS = 0.5  # of one command from so many clients in a round
LEAST = 4  # requests in a round, however long they take
SITUATIONS = {False: "no goals", True: f"{PEOPLE} reps with goals, {DEALS:,} deals"}
# by command, clients and whether there are goals
P50_BARS: dict[tuple[str, int, bool], Bar] = {
    ("/log", 1, False): ratio_at_most(1.4),
    ("/log", 1, True): ratio_at_most(2),
    ("/log", 16, False): at_most(15),
    ("/followup", 1, False): at_most(5),
    ("/followup", 16, False): at_most(15),
    ("/why", 1, False): at_most(5),
    ("/why", 16, False): at_most(15),
}
RATE_BARS: dict[tuple[str, int, bool], Bar] = {
    ("/log", 16, False): at_least(1_200),
    ("/log", 16, True): at_least(600),
}


@dataclass(frozen=True)
class Served:
    """Something that answers slash commands: the process, and its port."""

    process: BenchChild
    port: int
    is_bot: bool = False


@dataclass
class Rounds:
    """What one command at one number of clients took, a value a round."""

    p50: list[float] = field(default_factory=list)
    rates: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)

    async def add(self, served: Served, clients: int, text: str) -> None:
        """Let it answer for a while; what follows its answers counts among its CPU time, but not among its latency."""
        before = await served.process.ask("cpu")
        seen = await call(served.port, clients, SECONDS, text, LEAST)
        if not seen["answer"]:
            raise SystemExit(f"{text} was not answered")
        if served.is_bot:
            await served.process.ask("settled")
        spent = await served.process.ask("cpu") - before
        many = len(seen["latencies"])
        self.p50.append(p(seen["latencies"], 50))
        self.rates.append(many / seen["seconds"])
        self.cpu.append(spent * 1000 / many)


async def measure(
    report: Report, engine: str, bot: Served, beside: dict[str, Served], *, with_goals: bool, quick: bool
) -> None:
    """Measure every command at every number of clients, the peer and the floor between them."""
    for served in beside.values():  # what a process does for the first time
        await call(served.port, 4, 0, COMMANDS[0], 40)
    for text in COMMANDS:
        await call(bot.port, 1, 0, text, LEAST)
    await bot.process.ask("settled")
    for clients in CLIENTS[:1] if quick else CLIENTS:
        found: defaultdict[str, Rounds] = defaultdict(Rounds)
        for _ in range(1 if quick else ROUNDS):
            for name, served in beside.items():
                await found[name].add(served, clients, COMMANDS[0])
            for text in COMMANDS:
                await found[text].add(bot, clients, text)
        tell(report, engine, found, clients, with_goals=with_goals)


def tell(report: Report, engine: str, found: dict[str, Rounds], clients: int, *, with_goals: bool) -> None:
    who = "1 client" if clients == 1 else f"{clients} clients"
    peer = found["peer"]
    for name, rounds in found.items():
        word = name.split()[0]
        what = f"{engine}: {word}, {who}, {SITUATIONS[with_goals]}"
        reference = None if rounds is peer else peer
        key = (word, clients, with_goals)
        for unit, values, low, bar in (
            ("ms", rounds.p50, reference and reference.p50, P50_BARS.get(key)),
            ("/s", rounds.rates, reference and reference.rates, RATE_BARS.get(key)),
            ("ms CPU", rounds.cpu, reference and reference.cpu, None),
        ):
            report.add(f"{what}, {NAMES[unit]}", median(values), unit, median(low) if low else None, bar)


NAMES = {"ms": "p50", "/s": "rate", "ms CPU": "CPU"}


async def on_engine(report: Report, engine: str, fresh: Fresh, folder: Path, *, quick: bool) -> None:
    async with AsyncExitStack() as stack:
        slack, where = await stack.enter_async_context(child(RIG / "slack.py", PEOPLE))
        beside = {
            "peer": Served(*await stack.enter_async_context(child(RIG / "peer.py", await fresh("peer"))))
        }
        if engine == SQLITE:
            beside["floor"] = Served(*await stack.enter_async_context(child(RIG / "floor.py", folder)))
        for with_goals in SITUATIONS:
            address = await fresh("with_goals" if with_goals else "without")
            await prepare(address, PEOPLE)
            if with_goals:
                many = DEALS // 10 if quick else DEALS
                await fill(address, *goals(PEOPLE), *deals(address, many, PEOPLE))
            async with child(RIG / "replica.py", address, *where, T0.isoformat()) as (process, port):
                for number in range(3 if quick else PEOPLE):  # they look at App Home before they speak
                    await slack.ask(f"home {port} {number}")
                bot = Served(process, port, is_bot=True)
                await measure(report, engine, bot, beside, with_goals=with_goals, quick=quick)


async def main() -> None:
    given, report = arguments(__doc__).parse_args(), Report()
    with tempfile.TemporaryDirectory() as folder:
        async for engine, fresh in engines(Path(folder), only_sqlite=given.quick):
            await on_engine(report, engine, fresh, Path(folder), quick=given.quick)
    report.write(given.json)


if __name__ == "__main__":
    asyncio.run(main())
