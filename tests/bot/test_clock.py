"""The clock: the database server's where replicas must agree, and watched for steps back."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.app import agreed
from bot.clock import ClockSteps, DatabaseClock, elapsed, stepped_back, wall_clock
from storage.database import Database
from storage.nudges.schedule.clock import latest_mark
from tests.known import T0

NEAR = timedelta(minutes=1)


class Elapsed:
    """Seconds that a test lets pass, by so many at each look."""

    def __init__(self, *steps: float) -> None:
        self.now = 0.0
        self.steps = list(steps)

    def __call__(self) -> float:
        self.now += self.steps.pop(0) if self.steps else 0.0
        return self.now


def test_a_step_back_of_five_minutes_is_believed_and_more_is_not():
    steps = ClockSteps()
    assert steps.trusts(T0)
    assert steps.trusts(T0 - timedelta(minutes=5))
    assert not steps.trusts(T0 - timedelta(minutes=5, seconds=1))
    assert steps.latest == T0
    assert [steps.is_news(wrong=wrong) for wrong in (False, True, True, False, False)] == [
        False, True, False, True, False,
    ]  # fmt: skip


def test_small_steps_back_do_not_add_up():
    steps = ClockSteps()
    believed = [steps.trusts(T0 - timedelta(minutes=3 * n)) for n in range(4)]
    assert believed == [True, True, False, False]


def test_a_step_back_in_words():
    assert stepped_back(T0, None) == stepped_back(T0, T0 + timedelta(minutes=5)) == ""
    said = stepped_back(T0, T0 + timedelta(hours=2))
    assert said == "2026-09-14 09:00:00 UTC is 2:00:00 before what was last written down"


def test_seconds_elapsed_only_grow():
    assert elapsed() <= elapsed()


@pytest.mark.engines("postgresql")
async def test_the_servers_clock_is_carried_on_by_seconds_elapsed(database: Database) -> None:
    passing = Elapsed()
    clock = DatabaseClock(database, passing)
    clock.told = datetime(1999, 1, 1, tzinfo=UTC)  # this machine's clock is far off
    await clock.measure()
    first = clock()
    assert abs(first - wall_clock()) < NEAR  # the test's server runs on this machine
    passing.now += 3600
    assert clock() - first == timedelta(hours=1)
    await clock.measure()
    assert abs(clock() - wall_clock()) < NEAR


@pytest.mark.engines("postgresql")
async def test_half_the_round_trip_is_taken_for_the_way_back(database: Database) -> None:
    passing = Elapsed()
    clock = DatabaseClock(database, passing)
    passing.steps = [0.0, 0.8, 0.0, 0.2]  # two looks: 0.8 s there and back, then 0.2 s
    await clock.measure()
    assert (passing.now, clock.told_at) == (1.0, 0.9)


@pytest.mark.engines("postgresql")
async def test_a_slow_answer_is_not_used(database: Database) -> None:
    passing = Elapsed()
    clock = DatabaseClock(database, passing)
    before = clock.told
    passing.steps = [0.0, 7.0, 0.0, 7.0]
    await clock.measure()
    assert (clock.told, clock()) == (before, before + timedelta(seconds=14))


async def test_replicas_agree_by_the_database_and_a_clock_passed_on_purpose_stays(database: Database) -> None:
    mine = await agreed(wall_clock, database)
    assert isinstance(mine, DatabaseClock) is database.engine.shared
    assert abs(mine() - wall_clock()) < NEAR

    def frozen() -> datetime:
        return T0

    assert await agreed(frozen, database) is frozen


async def test_a_new_database_knows_of_no_instant(database: Database) -> None:
    async with database.read_ledger() as ledger:
        assert await latest_mark(ledger) is None
