"""The ledger as a state machine: whatever workers, crashes, clocks and Slack do, nothing is lost and nothing is twice.

Three workers, a reaper and somebody who withdraws, retries and dismisses use the real ledger on a real database. Beside
them a plain model of Slack knows what was really accepted, whatever the workers were told. It keeps the two
provisos of the promise (delivery.md §0): what was accepted is shown within a grace, and a worker posts only
while it holds its lease.
"""

import asyncio
import sys
from collections import Counter
from datetime import timedelta
from functools import partial
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, rule, run_state_machine_as_test

from handlers.registry import REGISTRY
from sales.nudges.ledger import MISSES_BEFORE_REPOST, PRIORITIES, TERMINAL, TIMING, DeliveryState, Nudge
from storage.database import Database
from storage.nudges.ledger.claims import hand_back
from storage.nudges.ledger.given_up import dismiss_delivery, retry_delivery
from storage.nudges.ledger.intake import enqueue, supersede_delivery
from storage.nudges.ledger.rows import DeliveryRow
from storage.nudges.undelivered import undelivered_page
from storage.people import workspace
from tests.known import WORKSPACE
from tests.storage.nudges.ledger_model import DEAD, LEASED, MET, PENDING, RECON, SENT, UNCERTAIN, NoTrouble
from tests.storage.nudges.ledger_steps import WORKERS, LedgerSteps, name
from tests.undelivered import EVERYTHING

KIND, PEOPLE = "test", ("U1", "U2")
MESSAGES = 12
STEPS = (
    timedelta(seconds=1),
    TIMING.grace,
    TIMING.lease / 2,
    TIMING.lease + timedelta(seconds=1),
)

SEEDS = st.integers(0, 2**32 - 1)
EXAMPLES, LONGEST, BUSY = 14, 5, 40  # some 10 s on each engine


class LedgerMachine(LedgerSteps):
    """Rules draw numbers from fixed ranges only, so that an example stays the same example whatever is found."""

    # what people and the heartbeat do

    @initialize(seed=SEEDS)
    def it_begins_in_the_middle(self, seed: int) -> None:
        for number in range(MESSAGES // 2):
            self.enqueue(number, 0)
        self.nothing_is_lost_or_twice()
        self.busy_minute(seed)

    @rule(number=st.integers(0, MESSAGES - 1), minutes=st.integers(0, 1))
    def enqueue(self, number: int, minutes: int) -> None:
        key = f"{KIND}:{number}"
        nudge = Nudge(
            key=key,
            kind=KIND,
            intent={},
            why="A test asked.",
            not_before=self.now + timedelta(minutes=minutes),
            user_id=PEOPLE[number % len(PEOPLE)],
            priority=PRIORITIES[number % len(PRIORITIES)],
        )

        async def put() -> bool:
            async with self.database.write(WORKSPACE) as scope:
                return await enqueue(scope, nudge, self.now)

        assert self.run(put()) is (key not in self.enqueued)
        self.may_change |= {key} - self.enqueued
        self.enqueued.add(key)

    @rule(step=st.integers(0, len(STEPS) - 1))
    def time_passes(self, step: int) -> None:
        self.now += STEPS[step]

    @rule(step=st.integers(0, len(STEPS) - 1))
    def reap(self, step: int) -> None:
        self.now += STEPS[step]
        out = {one.occurrence_key for one in self.before.values() if self.lease_is_over(one)}
        assert self.run(self.reaped()) == len(out)
        self.may_change = out

    @rule(person=st.integers(0, len(PEOPLE) - 1), number=st.integers(0, MESSAGES))
    def supersede(self, person: int, number: int) -> None:
        user, wanted = PEOPLE[person], [f"{KIND}:{number}"] if number < MESSAGES else []
        out = {
            one.occurrence_key
            for one in self.before.values()
            if one.user_id == user and one.state is PENDING and (not wanted or one.occurrence_key in wanted)
        }

        async def withdraw() -> int:
            async with self.database.write(WORKSPACE) as scope:
                return await supersede_delivery(scope, KIND, user, self.now, "settled", keys=wanted)

        assert self.run(withdraw()) == len(out)
        self.may_change = out

    @rule(number=st.integers(0, MESSAGES - 1))
    def retry(self, number: int) -> None:
        dead = [key for key in self.before if self.is_in(key, DEAD)] or [f"{KIND}:{number}"]
        key = dead[number % len(dead)]
        given_up = self.is_in(key, DEAD)

        async def again() -> bool:
            async with self.database.write(WORKSPACE) as scope:
                return await retry_delivery(scope, key, self.now)

        assert self.run(again()) is given_up
        if given_up:  # one that Slack may have is looked for first
            expected = UNCERTAIN if self.before[key].first_post_at else PENDING
            assert self.run(self.rows())[key].state is expected
        self.may_change = {key} if given_up else set()

    @rule(number=st.integers(0, MESSAGES - 1))
    def dismiss(self, number: int) -> None:
        key = f"{KIND}:{number}"
        listed = self.is_in(key, DEAD) and self.before[key].dismissed_at is None

        async def off() -> tuple[bool, set[str]]:
            async with self.database.write(WORKSPACE) as scope:
                done = await dismiss_delivery(scope, key, self.now)
                return done, {
                    row.occurrence_key for row in await undelivered_page(scope, EVERYTHING, 0, MESSAGES)
                }

        done, left = self.run(off())
        assert done is listed
        assert left == {
            one.occurrence_key
            for one in self.before.values()
            if one.state is DEAD and one.dismissed_at is None and one.occurrence_key != key
        }
        self.may_change = {key} if listed else set()

    @rule()
    def install_again(self) -> None:
        async def install() -> None:
            async with self.database.write_ledger() as ledger:
                await workspace.install_workspace(ledger, WORKSPACE, "Testing", "UBOT", self.now)

        self.run(install())
        self.held = False

    # what workers do

    @rule(worker=st.integers(0, WORKERS - 1), batch=st.integers(1, MESSAGES))
    def claim(self, worker: int, batch: int) -> None:
        due = sorted(self.ready(), key=lambda one: (one.priority, one.not_before, one.id))[:batch]
        claimed = self.run(self.claimed(worker, batch))
        assert [row.occurrence_key for row in claimed] == [one.occurrence_key for one in due]
        self.take(worker, claimed)
        self.may_change = {one.occurrence_key for one in due}

    @rule(batch=st.integers(1, MESSAGES))
    def claim_together(self, batch: int) -> None:
        """Two workers claim at the same moment: each row goes to one of them, and none waits for nothing."""
        due = {one.occurrence_key for one in self.ready()}

        async def both() -> list[list[DeliveryRow]]:
            return list(await asyncio.gather(self.claimed(0, batch), self.claimed(1, batch)))

        claims = self.run(both())
        keys = [row.occurrence_key for rows in claims for row in rows]
        assert len(keys) == len(set(keys))
        assert set(keys) <= due
        assert len(keys) >= min(batch, len(due))
        for worker, rows in enumerate(claims):
            self.take(worker, rows)
        self.may_change = set(keys)

    @rule(worker=st.integers(0, WORKERS - 1), seed=SEEDS)
    def work(self, worker: int, seed: int) -> None:
        """The next step of each of a worker's rows, whether the row is still its own or not."""
        luck = self.luck(seed)
        for each in self.workers[worker]:
            self.one_step(each, luck)
        self.workers[worker] = [each for each in self.workers[worker] if not each.over]

    @rule(worker=st.integers(0, WORKERS - 1), seed=SEEDS)
    def see_through(self, worker: int, seed: int) -> None:
        """All the steps of a worker's rows; nothing comes between."""
        self.all_steps(worker, self.luck(seed))

    @rule(worker=st.integers(0, WORKERS - 1), which=st.integers(0, MESSAGES - 1), wait=st.integers(0, 90))
    def move_while_reaped(self, worker: int, which: int, wait: int) -> None:
        """A worker hands a row back at the moment somebody takes it away: one of them does."""
        if not self.workers[worker]:
            return
        self.now += timedelta(seconds=wait)
        each = self.workers[worker].pop(which % len(self.workers[worker]))
        owned, to = self.owns(each), PENDING if each.row.state is LEASED else UNCERTAIN
        out = {one.occurrence_key for one in self.before.values() if self.lease_is_over(one)}

        async def both() -> tuple[bool, int]:
            back = self.moved(each.row, to, not_before=self.now + TIMING.grace)
            return await asyncio.gather(back, self.reaped())

        moved, reaped = self.run(both())
        assert owned or not moved
        contested = owned and each.row.occurrence_key in out
        assert reaped == len(out) - (contested and moved)
        self.may_change = out | ({each.row.occurrence_key} if owned else set())

    @rule(worker=st.integers(0, WORKERS - 1))
    def crash(self, worker: int) -> None:
        self.workers[worker] = []

    @rule(worker=st.integers(0, WORKERS - 1))
    def end(self, worker: int) -> None:
        """A worker that is told to end gives back what it has not sent; it drops what it is sending in mid-air."""
        mine = [one for one in self.before.values() if one.lease_owner == name(worker)]
        out = {one.occurrence_key for one in mine if one.state in (LEASED, RECON)}

        async def back() -> int:
            async with self.database.write_ledger() as ledger:
                return await hand_back(ledger, name(worker), self.now)

        assert self.run(back()) == len(out)
        self.may_change = out
        self.workers[worker] = []

    @rule(seed=SEEDS)
    def busy_minute(self, seed: int) -> None:
        """Many of these, in an order drawn from one number: a rule by itself seldom meets a row in mid-air."""
        self.rules += 1
        drawn = Random(f"{seed} {self.rules} minute")
        for _ in range(BUSY):
            self.something(drawn, drawn.randrange(WORKERS), drawn.randrange(MESSAGES))
            self.nothing_is_lost_or_twice()

    def something(self, drawn: Random, worker: int, number: int) -> None:
        often = {
            partial(self.work, worker, number): 12,
            partial(self.claim, worker, 1 + number): 8,
            partial(self.time_passes, number % len(STEPS)): 5,
            partial(self.reap, number % len(STEPS)): 3,
            partial(self.enqueue, number, 0): 3,
            partial(self.retry, number): 4,
            partial(self.dismiss, number): 1,
            partial(self.supersede, number % len(PEOPLE), number): 1,
            partial(self.move_while_reaped, worker, number, 6 * number): 1,
            partial(self.crash, worker): 1,
            partial(self.install_again): 3,
        }
        drawn.choices(list(often), list(often.values()))[0]()

    def teardown(self) -> None:
        """However it stood, a worker that nothing happens to brings every message to its end, once."""
        if not self.enqueued or sys.exc_info()[0]:
            return  # a step failed: what it found is what counts
        for _ in range(2 * MISSES_BEFORE_REPOST + 2):
            if all(one.state in TERMINAL for one in self.before.values()):
                break
            self.install_again()
            self.reap(STEPS.index(max(STEPS)))
            self.nothing_is_lost_or_twice()
            self.claim(0, MESSAGES)
            self.nothing_is_lost_or_twice()
            self.all_steps(0, NoTrouble(""))
        copies = self.slack.copies()
        for seen in self.before.values():
            assert seen.state in TERMINAL, f"{seen} never came to its end"
            if seen.state is not DEAD:  # one that was given up unsure may have arrived
                assert copies[seen.occurrence_key] == (seen.state is SENT)
        self.the_record_is_whole()

    def the_record_is_whole(self) -> None:
        """Each row's events follow each other without a gap, from pending to where it stands."""
        states, fences = dict.fromkeys((one.id for one in self.before.values()), PENDING), Counter[str]()
        for event in self.run(self.events()):
            assert event.from_state == states[event.delivery_id]
            assert event.fence >= fences[event.delivery_id]
            states[event.delivery_id], fences[event.delivery_id] = DeliveryState(event.to_state), event.fence
        assert states == {one.id: one.state for one in self.before.values()}


@pytest.mark.large
def test_nothing_is_lost_and_nothing_is_twice(database_url: str) -> None:
    met: Counter[Any] = Counter()
    # A factory of its own keeps the runner from becoming the event loop of the fixtures.
    with asyncio.Runner(loop_factory=asyncio.new_event_loop) as runner:
        database = runner.run(Database.open(database_url, declared=REGISTRY.declared))
        bounded = settings(
            max_examples=EXAMPLES,
            stateful_step_count=LONGEST,
            derandomize=True,
            deadline=None,
            database=None,
            phases=[
                Phase.explicit,
                Phase.generate,
            ],  # making an example smaller takes minutes on a real database
            suppress_health_check=list(HealthCheck),
        )
        try:
            run_state_machine_as_test(lambda: LedgerMachine(database, runner.run, met), settings=bounded)
        finally:
            runner.run(database.close())
    assert set(met) >= {(before, after) for before in MET for after in MET[before]}
