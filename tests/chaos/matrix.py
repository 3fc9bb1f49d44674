"""The crash matrix (delivery.md §9.1): a replica dies after every commit and at every step of every call to Slack,
under every kind of fault, on both engines; a second one finishes the work, and Slack's log is judged."""

import asyncio
import random
import re
import signal
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playground.faults import Fault, FaultKind
from storage.database import Database
from tests.chaos.failpoints import COMMIT
from tests.chaos.ground import Databases, Ground, ground
from tests.chaos.misfortune import KINDS, LOOK, OPEN, POST, FirstCalls
from tests.chaos.people import evening_key, message, schedule_evening, settle_people, user
from tests.chaos.replicas import Nest, Replica
from tests.chaos.verdict import Verdict, judge
from tests.engines import POSTGRESQL

# Seconds. Short, as every run waits for a lease to end; far longer than a call on this machine takes.
LEASE, GRACE, POST_TIMEOUT = 4.0, 0.15, 1.0
QUIET = 120.0  # only a hang reaches it
AT_ONCE = 12  # runs beside each other: they mostly wait
FROZEN_UNDER = ("none", "post dropped")
FREEZES = 3  # of a sample
FEW = 1  # the seed by which the second engine's classes of fault are chosen
POSTED_AGAIN = 2  # a post is also watched when it is made again; a third time is like the second
ANSWERED = "asked:one"

Faults = dict[str, Fault]


def fault(kind: FaultKind) -> Fault:
    return Fault(kind, seconds=2 * POST_TIMEOUT if kind == "delayed" else 1.0)


def classes() -> dict[str, Faults]:
    """Every class of fault, by name: none, each at the post, each at the look-up that follows, each at opening a DM."""
    found: dict[str, Faults] = {"none": {}}
    found |= {f"post {kind}": {POST: fault(kind)} for kind in KINDS}
    found |= {f"look {kind}": {POST: fault("dropped"), LOOK: fault(kind)} for kind in KINDS}
    found |= {f"open {kind}": {OPEN: fault(kind)} for kind in KINDS}
    return found


@dataclass(frozen=True)
class MatrixCase:
    """One run of the matrix: where the first replica dies, or freezes past its lease, under which faults."""

    engine: str
    faults: str
    point: str
    freeze: bool = False
    naive: bool = False

    def __str__(self) -> str:
        return f"{self.engine}, {self.faults}, {'freezes' if self.freeze else 'dies'} at {self.point or 'no point'}"


@dataclass
class CaseOutcome:
    """What came of a case; `reached` says whether the first replica came to its point."""

    case: MatrixCase
    reached: bool
    points: list[str]
    verdict: Verdict


async def seed(database: Database) -> None:
    """One prompt that is due at once, and one message somebody caused."""
    await settle_people(database, 1)
    await schedule_evening(database, user(1), 0.0)


class Matrix:
    """Runs cases, several beside each other."""

    def __init__(self, nest: Nest, databases: Databases, folder: Path) -> None:
        self.nest, self.databases, self.folder = nest, databases, folder
        self.turn = asyncio.Semaphore(AT_ONCE)

    async def prepare(self, engine: str) -> None:
        await self.databases.prepare(engine, "matrix", seed)

    async def points(self, engine: str, faults: Iterable[str] = ()) -> dict[str, list[str]]:
        """Run every class of fault, or those named, once with nobody dying; return the points each passes, by class."""
        await self.prepare(engine)
        cases = [MatrixCase(engine, name, "") for name in faults or classes()]
        outcomes = await self.run(cases)
        for outcome in outcomes:
            assert outcome.verdict.clean, f"{outcome.case}\n{outcome.verdict}"
        return {outcome.case.faults: outcome.points for outcome in outcomes}

    async def run(self, cases: Sequence[MatrixCase]) -> list[CaseOutcome]:
        return list(await asyncio.gather(*(self.in_turn(case) for case in cases)))

    async def in_turn(self, case: MatrixCase) -> CaseOutcome:
        async with self.turn, self.databases.copy(case.engine, "matrix") as url:
            name = re.sub(r"\W+", "_", str(case))
            async with ground(url, self.nest, self.folder / name, people=1) as made:
                return await self.one(made, case)

    async def one(self, made: Ground, case: MatrixCase) -> CaseOutcome:
        """The first replica works until it dies or all is done; the second does what is left."""
        made.meets(FirstCalls(made.server.clock, classes()[case.faults]))
        made.asked.add(evening_key(user(1)))
        await made.ask_until_taken(message(ANSWERED, made.now()))
        options = {"lease": LEASE, "grace": GRACE, "post_timeout": POST_TIMEOUT, "naive": case.naive}
        first = made.crew.start(
            made.spec(last=case.point, every=not case.point, freeze=case.freeze, **options)
        )
        # Whoever finishes the work is reached over HTTP, as that starts sooner.
        quiet = await self.worked(made, first, case, {**options, "http": True})
        verdict = await judge(made)
        if not quiet:
            verdict.contradictions.append("the ledger did not come to rest")
        return CaseOutcome(case, first.reached.is_set(), list(first.points), verdict)

    async def worked(self, made: Ground, first: Replica, case: MatrixCase, options: dict[str, Any]) -> bool:
        """Wait until all work is done. One that froze is thawed once its lease is over, and ends in order."""
        if not case.freeze:
            return await made.quiet(QUIET, **options)
        quiet = asyncio.create_task(made.quiet(QUIET, **options))
        reached = asyncio.create_task(made.crew.wait(first.reached, QUIET))
        await asyncio.wait({quiet, reached}, return_when=asyncio.FIRST_COMPLETED)
        reached.cancel()
        if first.frozen:
            if case.engine == POSTGRESQL:
                made.crew.start(made.spec(**options))
                await quiet
            else:
                await asyncio.sleep(LEASE)
            made.crew.thaw(first)
        done = await quiet
        made.crew.kill(first, signal.SIGTERM)  # it finishes what it began, which is what must do no harm
        await made.crew.wait(first.ended)
        return done and await made.quiet(QUIET, **options)


def every_case(engine: str, points: dict[str, list[str]]) -> list[MatrixCase]:
    """A death at each point under each class of fault, and a freeze at each commit and each step of a post."""
    deaths = [MatrixCase(engine, faults, point) for faults, passed in points.items() for point in passed]
    return deaths + [
        MatrixCase(engine, case.faults, case.point, freeze=True)
        for case in deaths
        if case.faults in FROZEN_UNDER and case.point.startswith((COMMIT, POST))
    ]


def some_classes() -> list[str]:
    """Return one class of fault in three: what a replica freezes under, and two of each call."""
    dice = random.Random(FEW)
    kinds = {call: dice.sample(KINDS, 2) for call in ("post", "look", "open")}
    return list(dict.fromkeys([*FROZEN_UNDER, *(f"{call} {kind}" for call in kinds for kind in kinds[call])]))


def sample(cases: Iterable[MatrixCase], dice: random.Random, *, every_point: bool = True) -> list[MatrixCase]:
    """Choose cases so that every point and every class of fault comes at least once; by seed, always the same.

    Without `every_point` two of three points are left out: one engine meets them all, the other some of each kind.

    Every commit is a point of its own; of the steps of a call the first time is, of a post the second too.
    """
    by_point: dict[str, list[MatrixCase]] = defaultdict(list)
    frozen = []
    for case in cases:
        step, number = case.point.split("#")
        if case.freeze:
            frozen.append(case)
        elif step == COMMIT or int(number) <= (POSTED_AGAIN if step.startswith(POST) else 1):
            by_point[case.point].append(case)
    chosen = [dice.choice(candidates) for _, candidates in sorted(by_point.items())]
    if not every_point:
        chosen = dice.sample(chosen, len(chosen) // 3)
    missing = {case.faults for held in by_point.values() for case in held} - {case.faults for case in chosen}
    spare = [case for held in by_point.values() for case in held]
    for faults in sorted(
        missing
    ):  # at a post, unless the machine was so busy that the first replica came to none
        under = [case for case in spare if case.faults == faults]
        chosen.append(dice.choice([case for case in under if case.point.startswith(POST)] or under))
    return chosen + dice.sample(frozen, FREEZES)
