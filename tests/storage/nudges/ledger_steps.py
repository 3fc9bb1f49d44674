"""The ledger machine's workers: the steps of those who have claimed rows, and what must hold after each."""

from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from hypothesis.stateful import RuleBasedStateMachine, invariant
from sqlmodel import col, delete, select

from sales.nudges.ledger import MISSES_BEFORE_REPOST, TIMING, DeliveryState, PostOutcome
from storage.database import Database
from storage.nudges.ledger.claims import claim_ready, reap_leases
from storage.nudges.ledger.rows import DeliveryEventRow, DeliveryRow
from storage.nudges.ledger.steps import move_delivery
from storage.people import workspace
from tests.known import T0, WORKSPACE
from tests.storage.nudges.ledger_model import (
    DEAD,
    GIVES_UP,
    HELD,
    LEASED,
    LEGAL,
    LOOK,
    PENDING,
    RECON,
    SENDING,
    SENT,
    SKIPPED,
    SUPERSEDED,
    UNCERTAIN,
    LedgerSeen,
    Odd,
    PostLuck,
    Slack,
    Way,
    Work,
)

WORKERS = 3


def name(worker: int) -> str:
    return f"worker {worker}"


class LedgerSteps(RuleBasedStateMachine):
    """The real ledger with some workers on it, seen from outside after every step."""

    def __init__(self, database: Database, run: Callable[[Any], Any], met: Counter[Any]) -> None:
        super().__init__()
        self.database, self.run, self.met = database, run, met
        self.now = T0
        self.slack = Slack()
        self.workers: list[list[Work]] = [[] for _ in range(WORKERS)]
        self.enqueued: set[str] = set()
        self.before: dict[str, LedgerSeen] = {}
        self.rules = 0
        self.held = False  # the workspace, as its token was revoked
        self.may_change: set[str] = set()  # the keys of the rows that this step may change
        run(self.emptied())

    async def emptied(self) -> None:
        async with self.database.write_ledger() as ledger:
            for table in (DeliveryEventRow, DeliveryRow):
                await ledger.session.exec(delete(table))
            await workspace.install_workspace(ledger, WORKSPACE, "Testing", "UBOT", T0)

    # the steps of a worker

    def luck(self, seed: int) -> PostLuck:
        """Return what happens in this rule; the same seed in a later rule means something else."""
        self.rules += 1
        return PostLuck(f"{seed} {self.rules}")

    def all_steps(self, worker: int, luck: PostLuck) -> None:
        for each in self.workers[worker]:
            while not each.over:
                self.one_step(each, luck)
        self.workers[worker] = []

    def one_step(self, work: Work, luck: PostLuck) -> None:
        way = luck.way()
        if work.row.state is LEASED:
            self.begin(work, way)
        elif work.row.state is RECON:
            self.reconcile(work, way)
        elif work.heard is None:
            self.post(work, *luck.fate(), luck.delay())
        else:
            self.settle(work, way)

    def begin(self, work: Work, way: Way) -> None:
        row = work.row
        assert row.lease_until is not None
        if isinstance(way, DeliveryState):
            self.step(work, way, last_error="as it happens")
        elif TIMING.may_start(row.lease_until - self.now):
            first = row.first_post_at or self.now
            self.step(work, SENDING, channel_id="D1", first_post_at=first, attempts=row.attempts + 1)
        else:
            self.step(work, PENDING, not_before=self.now)

    def post(self, work: Work, accepted: bool, outcome: PostOutcome, delay: timedelta) -> None:
        assert work.row.lease_until is not None
        if self.now > work.row.lease_until:
            work.dropped = True  # frozen for so long, a worker posts no more: the promise's proviso
            return
        work.heard = outcome
        if accepted:
            work.ts = self.slack.accept(work.row.occurrence_key, self.now + delay)

    def settle(self, work: Work, way: Way) -> None:
        """What each outcome means for the row: the table of delivery.md §4."""
        if work.heard is PostOutcome.SENT:
            self.step(work, SENT, slack_ts=work.ts, sent_at=self.now)
        elif work.heard is PostOutcome.AMBIGUOUS and way in GIVES_UP:
            self.step(work, DEAD, last_error="unsure to the end")
        elif work.heard is PostOutcome.AMBIGUOUS:
            self.step(work, UNCERTAIN, not_before=self.now + TIMING.grace)
        elif work.heard is PostOutcome.TARGET_BROKEN:
            self.step(work, DEAD, last_error="channel_not_found")
        elif work.heard is PostOutcome.WORKSPACE_BROKEN:
            self.run(self.suspended())
            self.held = True
            self.step(work, PENDING, last_error="token_revoked")
        else:
            self.step(work, PENDING, not_before=self.now + timedelta(seconds=2))

    def reconcile(self, work: Work, way: Way) -> None:
        """Look, and settle what was seen: delivery.md §5."""
        row, later = work.row, self.now + TIMING.grace
        if way in GIVES_UP:
            self.step(work, DEAD, last_error="unsure to the end")
        elif way is Odd.CANNOT_LOOK:
            self.step(work, UNCERTAIN, not_before=later)
        elif ts := self.slack.find(row.occurrence_key, self.now):
            self.step(work, SENT, slack_ts=ts, sent_at=self.now)
        elif row.misses + 1 < MISSES_BEFORE_REPOST:
            self.step(work, UNCERTAIN, misses=row.misses + 1, not_before=later)
        else:
            self.step(work, PENDING, misses=0, first_post_at=None, not_before=self.now)

    def step(self, work: Work, state: DeliveryState, **values: Any) -> None:
        """Move a row on: it moves if the worker still owns it, else nothing does and the work is dropped."""
        key, owned = work.row.occurrence_key, self.owns(work)
        assert self.run(self.moved(work.row, state, **values)) is owned
        if owned:
            self.may_change = {key}
            self.nothing_is_lost_or_twice()
        work.dropped = not owned

    # the ledger

    async def claimed(self, worker: int, batch: int) -> list[DeliveryRow]:
        async with self.database.write_ledger() as ledger:
            return await claim_ready(ledger, name(worker), self.now, batch)

    async def moved(self, row: DeliveryRow, state: DeliveryState, **values: Any) -> bool:
        async with self.database.write_ledger() as ledger:
            return await move_delivery(ledger, row, state, self.now, **values)

    async def reaped(self) -> int:
        async with self.database.write_ledger() as ledger:
            return await reap_leases(ledger, self.now)

    async def suspended(self) -> None:
        async with self.database.write_ledger() as ledger:
            await workspace.suspend_workspace(ledger, WORKSPACE, "token_revoked")

    async def rows(self) -> dict[str, LedgerSeen]:
        async with self.database.read_ledger() as ledger:
            found = [LedgerSeen(*row) for row in await ledger.session.exec(LOOK)]
            return {seen.occurrence_key: seen for seen in found}

    async def events(self) -> list[DeliveryEventRow]:
        async with self.database.read_ledger() as ledger:
            asked = select(DeliveryEventRow).order_by(col(DeliveryEventRow.id))
            return list(await ledger.session.exec(asked))

    # what is known of the rows before a step

    def is_in(self, key: str, state: DeliveryState) -> bool:
        return key in self.before and self.before[key].state is state

    def owns(self, work: Work) -> bool:
        seen = self.before[work.row.occurrence_key]
        return (seen.state, seen.fence) == (work.row.state, work.row.fence)

    def lease_is_over(self, seen: LedgerSeen) -> bool:
        return seen.state in HELD and seen.lease_until is not None and seen.lease_until < self.now

    def ready(self) -> list[LedgerSeen]:
        waits = [one for one in self.before.values() if one.state in (PENDING, UNCERTAIN)]
        return [one for one in waits if one.not_before <= self.now and not self.held]

    def take(self, worker: int, claimed: list[DeliveryRow]) -> None:
        for row in claimed:
            seen = self.before[row.occurrence_key]
            assert row.fence == seen.fence + 1
            assert row.state is (LEASED if seen.state is PENDING else RECON)
            assert row.lease_until == self.now + TIMING.lease
        self.workers[worker] += [Work(row) for row in claimed]

    # what always holds

    @invariant()
    def nothing_is_lost_or_twice(self) -> None:
        now, copies = self.run(self.rows()), self.slack.copies()
        assert now.keys() == self.enqueued
        for key, seen in now.items():
            assert copies[key] <= 1, f"{key} was posted twice"
            assert (seen.state is SENT) == (seen.slack_ts is not None)
            if seen.slack_ts is not None:
                assert self.slack.keys[seen.slack_ts] == key
            if seen.state in (SKIPPED, SUPERSEDED):
                assert not copies[key], f"{key} was posted and is {seen.state} in the ledger"
            self.changed_lawfully(self.before.get(key), seen)
        self.before, self.may_change = now, set()

    def changed_lawfully(self, before: LedgerSeen | None, seen: LedgerSeen) -> None:
        if before == seen:
            return
        assert seen.occurrence_key in self.may_change, f"{before} became {seen}"
        if before is None:
            assert (seen.state, seen.fence) == (PENDING, 0)
            return
        assert seen.fence >= before.fence
        if seen.state is not before.state:
            assert seen.state in LEGAL[before.state], f"{before} became {seen}"
            self.met[before.state, seen.state] += 1
