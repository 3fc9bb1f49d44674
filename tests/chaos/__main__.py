"""Chaos, from the command line.

python -m tests.chaos --seed 7 --engine postgresql --replicas 3 --seconds 60    one soak
python -m tests.chaos --table                                                   three seeds of each, as a table
python -m tests.chaos --matrix [--engine sqlite]                                the complete crash matrix
"""

import argparse
import asyncio
import sys
import tempfile
import time
import warnings
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

from tests.chaos.ground import Databases
from tests.chaos.matrix import Matrix, every_case
from tests.chaos.replicas import nest
from tests.chaos.storm import FREEZE, KILL, OUTAGE, STOP, Plan, StormTally, soak
from tests.engines import ENGINES, POSTGRESQL, QUICK, SQLITE, Postgres, postgres_server

CREWS = ((SQLITE, 2), (POSTGRESQL, 2), (POSTGRESQL, 3))
SEEDS = (1, 2, 3)
HEAD = (
    "| Engine | Replicas | Seed | Seconds | Killed | Frozen | Stopped | Database away | Faults | Deliveries | Lost "
    "| Duplicated |\n|---|---|---|---|---|---|---|---|---|---|---|---|"
)


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def line(tally: StormTally) -> str:
    """One line of the chaos table."""
    plan, verdict = tally.plan, tally.verdict
    replicas = "1 and a standby" if plan.engine == SQLITE else str(plan.replicas)
    blows = [tally.blows[blow] for blow in (KILL, FREEZE, STOP, OUTAGE)]
    counts = [*blows, tally.faults, verdict.deliveries, len(verdict.lost), len(verdict.duplicated)]
    told = [plan.engine, replicas, plan.seed, f"{plan.seconds:g}", *counts]
    return f"| {' | '.join(map(str, told))} |"


def plans(given: argparse.Namespace) -> Iterator[Plan]:
    if given.table:
        for engine, replicas in CREWS:
            for seed in SEEDS:
                yield Plan(seed, engine, replicas, given.seconds)
        return
    engines = [given.engine] if given.engine else list(ENGINES)
    for engine in engines:
        replicas = 2 if engine == SQLITE else given.replicas
        yield Plan(given.seed, engine, replicas, given.seconds / len(engines), given.naive)


async def soaks(given: argparse.Namespace, databases: Databases, stack: ExitStack, folder: Path) -> int:
    """Run soaks one after the other, print the table and each story that is wrong; return how many were."""
    nursery = stack.enter_context(nest())
    nursery.order(guard_folder=str(folder))
    wrong = 0
    if not given.table:
        for plan in plans(given):
            say(f"{plan}")
    say(HEAD)
    for number, plan in enumerate(plans(given)):
        async with soak(plan, nursery, databases, folder / f"soak_{number}") as made:
            tally = await made.run()
        say(line(tally))
        if not tally.verdict.clean:
            wrong += 1
            say(f"\n{plan}\n{tally.verdict}\n")
    if given.table:
        say("\nOne line that reproduces each:\n")
        for plan in plans(given):
            say(f"    {plan}")
    return wrong


async def crash(given: argparse.Namespace, databases: Databases, stack: ExitStack, folder: Path) -> int:
    """Run the complete crash matrix; return how many cases went wrong."""
    nursery = stack.enter_context(nest())
    nursery.order(guard_folder=str(folder))
    matrix = Matrix(nursery, databases, folder)
    wrong = 0
    for engine in [given.engine] if given.engine else ENGINES:
        since = time.monotonic()
        cases = every_case(engine, await matrix.points(engine))
        outcomes = await matrix.run(cases)
        for outcome in outcomes:
            if not outcome.verdict.clean:
                wrong += 1
                say(f"\n{outcome.case}\n{outcome.verdict}\n")
        lost = sum(len(one.verdict.lost) for one in outcomes)
        twice = sum(len(one.verdict.duplicated) for one in outcomes)
        died = sum(one.reached for one in outcomes)
        say(
            f"{engine}: {len(cases)} cases, {died} died or froze where they should, {lost} lost, {twice} duplicated, "
            f"{time.monotonic() - since:.0f} s"
        )
    return wrong


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="python -m tests.chaos",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--engine", choices=ENGINES, help="only this one; otherwise each gets its share of the time"
    )
    parser.add_argument("--replicas", type=int, default=3, help="on PostgreSQL; SQLite has one and a standby")
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument(
        "--naive", action="store_true", help="let the SDK repeat calls, as it does by default"
    )
    parser.add_argument("--table", action="store_true", help="three seeds of each crew")
    parser.add_argument("--matrix", action="store_true", help="the complete crash matrix instead of a soak")
    given = parser.parse_args()
    # The tests' PostgreSQL has a folder of its own.
    warnings.filterwarnings("ignore", "XDG_RUNTIME_DIR is not set")
    with ExitStack() as stack:
        folder = Path(
            stack.enter_context(tempfile.TemporaryDirectory(prefix="chaos", ignore_cleanup_errors=True))
        )
        servers: list[Postgres] = []

        def server() -> Postgres:
            if not servers:
                servers.append(Postgres(stack.enter_context(postgres_server(folder / "postgres", *QUICK))))
            return servers[0]

        run = crash if given.matrix else soaks
        wrong = asyncio.run(run(given, Databases(folder, server), stack, folder))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
