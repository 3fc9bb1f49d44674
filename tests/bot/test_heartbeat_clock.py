"""The heartbeat and its clock: by one that stepped back nothing is decided, and one that is right is caught up with."""

from datetime import timedelta

from sales.nudges.ledger import DeliveryState
from storage import inbox
from storage.database import Database
from tests.bot.heartbeats import EVENING, BeatWatch, heart, put, state
from tests.known import T0, WORKSPACE
from tests.listener import heard


async def test_a_clock_that_stepped_back_decides_nothing(database: Database) -> None:
    await put(database, "U1")
    watch = BeatWatch(EVENING + timedelta(minutes=10))
    beating = heart(database, watch)
    assert await beating.beat() == 1
    await put(database, "U2")
    watch.now = EVENING + timedelta(minutes=4)
    assert await beating.beat() == 0
    assert await state(database, "U2") is None
    watch.now = EVENING + timedelta(minutes=6)
    assert await beating.beat() == 1


async def test_a_wrong_clock_is_told_of_once(database: Database) -> None:
    watch = BeatWatch(EVENING)
    beating = heart(database, watch)
    with heard() as logs:
        await beating.beat()
        for minute in range(5):
            watch.now = EVENING - timedelta(hours=1, minutes=minute)
            await beating.beat()
        watch.now = EVENING + timedelta(minutes=1)
        await beating.beat()
        await beating.beat()
    levels = [each["log_level"] for each in logs if "clock" in each["event"]]
    assert levels == ["error", "warning"]
    assert "NTP" in next(each["mend"] for each in logs if each["log_level"] == "error")


async def test_a_small_step_back_repeats_nothing(database: Database) -> None:
    await put(database, "U1")
    watch = BeatWatch(EVENING + timedelta(seconds=1))
    beating = heart(database, watch)
    assert await beating.beat() == 1
    for seconds in (-1, -240, 0, 30):
        watch.now = EVENING + timedelta(seconds=seconds)
        assert await beating.beat() == 0


async def test_a_step_forward_is_caught_up_with(database: Database) -> None:
    await put(database, "U1")
    watch = BeatWatch(T0)
    beating = heart(database, watch)
    await beating.beat()
    watch.now = EVENING + timedelta(days=3)
    assert await beating.beat() == 1
    assert await state(database, "U1", "2026-09-17") is DeliveryState.PENDING
    assert await state(database, "U1", "2026-09-16") is DeliveryState.SKIPPED


async def test_a_clock_that_is_behind_the_ledger_at_start_decides_nothing(database: Database) -> None:
    await put(database, "U1")
    async with database.write(WORKSPACE) as scope:
        await inbox.take(scope, "ev:1", EVENING + timedelta(hours=1))
    watch = BeatWatch(EVENING)
    beating = heart(database, watch)
    await beating.remember()
    with heard() as logs:
        assert await beating.beat() == await beating.beat() == 0
    assert [each["log_level"] for each in logs] == ["error"]
    watch.now = EVENING + timedelta(minutes=56)
    assert await beating.beat() == 1


async def test_the_operator_may_accept_a_clock_that_is_behind(database: Database) -> None:
    """A clock that ran a month ahead for a while: what it skipped comes after all, what it sent does not."""
    await put(database, "U1")
    watch = BeatWatch(EVENING)
    await heart(database, watch).beat()
    watch.now = EVENING + timedelta(days=31)
    await heart(database, watch).beat()
    assert await state(database, "U1", "2026-09-15") is DeliveryState.SKIPPED
    async with database.write(WORKSPACE) as scope:
        await inbox.take(scope, "ev:1", watch.now)
    watch.now = EVENING + timedelta(minutes=1)
    refused = heart(database, watch)
    await refused.remember()
    assert await refused.beat() == 0
    accepted = heart(database, watch)
    await accepted.remember(accept=True)
    assert await accepted.beat() == 0
    for days in (1, 2):
        watch.now = EVENING + timedelta(days=days)
        assert await accepted.beat() == 1
        assert await state(database, "U1", f"2026-09-{14 + days}") is DeliveryState.PENDING
    again = heart(database, watch)
    await again.remember()
    watch.now += timedelta(days=1)
    assert await again.beat() == 1, "it is not asked again"


async def test_a_clock_that_stepped_back_may_be_accepted(database: Database) -> None:
    await put(database, "U1")
    watch = BeatWatch(EVENING + timedelta(days=1))
    beating = heart(database, watch)
    await beating.beat()
    await put(database, "U2")
    watch.now = EVENING
    beating.allow_any_step()
    assert await beating.beat() == 1
