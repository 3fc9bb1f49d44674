"""The clock that jumps."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from playground.clock import Clock
from tests.playground.moments import WEDNESDAY

LJUBLJANA = ZoneInfo("Europe/Ljubljana")


def local(*parts):
    return datetime(*parts, tzinfo=LJUBLJANA)


@pytest.mark.parametrize(
    ("words", "lands"),
    [
        ("to 17:00", local(2017, 9, 20, 17)),
        ("16:30", local(2017, 9, 21, 16, 30)),  # it is 16:30 now: the next one is tomorrow
        ("9am", local(2017, 9, 21, 9)),
        ("12:30 am", local(2017, 9, 21, 0, 30)),
        ("monday", local(2017, 9, 25, 9)),
        ("to Wednesday", local(2017, 9, 27, 9)),
        ("wed", local(2017, 9, 27, 9)),
        ("friday 16:45", local(2017, 9, 22, 16, 45)),
        ("tomorrow", local(2017, 9, 21, 9)),
        ("tomorrow at 9:30", local(2017, 9, 21, 9, 30)),
        ("today 8:00", local(2017, 9, 20, 8)),
        ("+90m", local(2017, 9, 20, 18)),
        ("+1h 30m", local(2017, 9, 20, 18)),
        ("+1d", local(2017, 9, 21, 16, 30)),
        ("-1w", local(2017, 9, 13, 16, 30)),
        ("2017-10-02", local(2017, 10, 2, 9)),
        ("2017-10-02 16:30", local(2017, 10, 2, 16, 30)),
        ("2017-10-02T16:30", local(2017, 10, 2, 16, 30)),
        ("2017-10-02T16:30Z", datetime(2017, 10, 2, 16, 30, tzinfo=UTC)),
        ("2017-10-02T16:30+05:00", datetime(2017, 10, 2, 11, 30, tzinfo=UTC)),
    ],
)
async def test_words_for_a_jump_are_read_in_the_persons_zone(words, lands):
    clock = Clock(WEDNESDAY, frozen=True)
    assert await clock.jump(words, "Europe/Ljubljana") == lands


@pytest.mark.parametrize(
    "words", ["", "soon", "25:00", "9", "13pm", "2017-13-40", "monday 99:99", "+", "+5y", "to"]
)
async def test_other_words_are_refused_with_examples(words):
    clock = Clock(WEDNESDAY, frozen=True)
    with pytest.raises(ValueError, match=r"is not a time I know\. Try “16:30”, “monday”"):
        await clock.jump(words)
    assert clock.now() == WEDNESDAY


async def test_a_day_stays_a_day_over_a_clock_change_and_a_skipped_hour_lands_after_the_gap():
    saturday = datetime(2018, 3, 24, 10, tzinfo=UTC)  # the night after, Ljubljana skips 02:00-03:00
    assert await Clock(saturday, frozen=True).jump("+1d", "Europe/Ljubljana") == local(2018, 3, 25, 11)
    assert await Clock(saturday, frozen=True).jump("2:30", "Europe/Ljubljana") == datetime(
        2018, 3, 25, 1, 30, tzinfo=UTC
    )


async def test_it_ticks_at_real_speed_unless_frozen():
    real = [100.0]
    clock = Clock(WEDNESDAY, monotonic=lambda: real[0])
    real[0] += 90
    assert clock.now() == WEDNESDAY + timedelta(seconds=90)
    await clock.set(WEDNESDAY - timedelta(days=1))
    real[0] += 5
    assert clock.now() == WEDNESDAY - timedelta(days=1) + timedelta(seconds=5)


async def test_subscribers_are_awaited_with_the_new_time_until_they_leave():
    clock = Clock(WEDNESDAY, frozen=True)
    heard = []

    async def heartbeat(now):
        heard.append(now)

    leave = clock.subscribe(heartbeat)
    await clock.advance(timedelta(hours=1))
    leave()
    await clock.advance(timedelta(hours=1))
    assert heard == [WEDNESDAY + timedelta(hours=1)]


def test_a_time_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="needs a zone"):
        Clock(WEDNESDAY.replace(tzinfo=None))
