"""1:1 packs: whose comes when, which facts are news, and from when on nobody having talked is silence."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sales.coaching.one_on_one import RepWeek
from sales.coaching.pack import (
    MAX_TOLD,
    MOST_A_DAY,
    MOST_FACTS,
    PackFact,
    PackFactKind,
    SentPack,
    WellDone,
    coming_morning,
    due_packs,
    idle_fact,
    marks,
    news,
    rest_of_week,
    silence,
    told_days,
    touches_fact,
)

MONDAY = date(2026, 9, 14)
DAY = timedelta(days=1)


def a_week(reps: list[str], last: dict[str, date], monday: date, days: int = 5) -> dict[date, list[str]]:
    """Let a manager's working days pass, and return whose packs came on each."""
    came = {}
    for number in range(days):
        day = monday + number * DAY
        came[day] = due_packs(reps, last, day, days - number)
        last.update(dict.fromkeys(came[day], day))
    return came


@given(st.integers(0, 15), st.integers(1, 5))
def test_everybody_has_one_a_week_while_there_is_room(count: int, days: int) -> None:
    """Mechanism 6: one a week each, three a day at most, evenly."""
    reps = [f"U{number}" for number in range(min(count, days * MOST_A_DAY))]
    came = a_week(reps, {}, MONDAY, days)
    assert sorted(one for each in came.values() for one in each) == sorted(reps)
    sizes = [len(each) for each in came.values()]
    assert max(sizes) <= MOST_A_DAY
    assert max(sizes) - min(sizes) <= 1


def test_of_more_reps_than_a_week_has_room_for_all_have_theirs_in_two() -> None:
    reps, last = [f"U{number:02}" for number in range(24)], dict[str, date]()
    first = [one for each in a_week(reps, last, MONDAY).values() for one in each]
    second = [one for each in a_week(reps, last, MONDAY + 7 * DAY).values() for one in each]
    assert len(first) == 15
    assert set(first) | set(second) == set(reps)


def test_a_second_look_on_the_same_day_asks_for_nothing() -> None:
    assert due_packs(["U1", "U2"], {"U1": MONDAY}, MONDAY, 5) == []


@pytest.mark.parametrize(
    ("now", "zone", "day"),
    [
        (datetime(2026, 9, 13, 22, 15, tzinfo=UTC), "Europe/Ljubljana", MONDAY),
        (datetime(2026, 9, 14, 9, 30, tzinfo=UTC), "Europe/Ljubljana", MONDAY + DAY),
        (datetime(2026, 9, 13, 22, 15, tzinfo=UTC), "Asia/Tokyo", MONDAY),
        (datetime(2026, 9, 13, 22, 15, tzinfo=UTC), "America/New_York", MONDAY),
    ],
)
def test_a_morning_is_the_managers_own(now: datetime, zone: str, day: date) -> None:
    assert coming_morning(now, zone) == day


def test_a_week_ends_on_sunday() -> None:
    assert rest_of_week(date(2026, 9, 18)) == [date(2026, 9, 18), date(2026, 9, 19), date(2026, 9, 20)]


def test_a_fact_that_reads_as_it_did_is_no_news() -> None:
    """None is repeated unchanged (6): one more promise overdue is news, the same ones are not."""
    one = PackFact(PackFactKind.PROMISES, ("Iron Lane",), count=1, on=MONDAY)
    two = PackFact(PackFactKind.PROMISES, ("Iron Lane",), count=2, on=MONDAY)
    assert news([one], [one.told]) == []
    assert news([two], [one.told]) == [two]


def test_what_was_left_out_of_one_pack_does_not_come_again_in_the_next() -> None:
    """Told in the first, the same in the second, the same in the third: told once (6)."""
    idle = PackFact(PackFactKind.IDLE, on=MONDAY)
    first = marks([idle], [idle], ())
    second = marks([idle], news([idle], first.split("\n")), first.split("\n"))
    assert news([idle], second.split("\n")) == []
    assert marks([], [], second.split("\n")) == ""


def test_a_fact_that_had_no_room_is_told_in_the_next() -> None:
    every = [PackFact(kind, (kind.value,), count=1) for kind in PackFactKind]
    told = marks(every, news(every, ()), ())
    assert len(told.split("\n")) == MOST_FACTS
    assert news(every, told.split("\n")) == every[MOST_FACTS : 2 * MOST_FACTS]


def test_the_marks_of_every_kind_have_room() -> None:
    every = [PackFact(kind, (kind.value,), count=1) for kind in PackFactKind]
    assert len(marks(every, every, ())) <= MAX_TOLD


def test_what_the_day_of_a_pack_brings_is_told_by_one_of_two() -> None:
    """Days of one pack follow those of the one before without a gap or an overlap; a page at any time has today."""
    pack = SentPack(rep_id="U1", manager_id="U3", on=MONDAY, first_on=MONDAY)
    before, after = told_days(None, MONDAY, MONDAY), told_days(pack, MONDAY + 7 * DAY, MONDAY + 7 * DAY)
    assert (before.last + DAY, after.first) == (MONDAY, MONDAY)
    assert after.last == MONDAY + 6 * DAY
    assert told_days(pack, MONDAY + 2 * DAY).last == MONDAY + 2 * DAY


def test_no_name_can_be_read_from_what_is_kept_of_a_fact() -> None:
    assert "Iron" not in PackFact(PackFactKind.LOST, ("Iron Lane",), count=1).told


def test_three_facts_are_told_the_weightiest_first() -> None:
    every = [PackFact(kind, (kind.value,), count=1) for kind in reversed(PackFactKind)]
    assert [one.kind for one in news(every, ())] == list(PackFactKind)[:MOST_FACTS]


@pytest.mark.parametrize(("logged", "told"), [(10, False), (5, True), (14, False), (15, True), (0, True)])
def test_touches_are_told_where_they_changed_by_half(logged: int, told: bool) -> None:
    found = touches_fact(RepWeek("U1", "Ana", logged=logged, usual=30))
    assert (found is not None) is told


def test_a_swing_of_a_few_touches_is_chance() -> None:
    assert touches_fact(RepWeek("U1", "Ana", logged=0, usual=9)) is None


def test_who_never_opened_a_deal_is_not_called_idle() -> None:
    assert idle_fact(RepWeek("U1", "Ana"), MONDAY) is None
    assert idle_fact(RepWeek("U1", "Ana", idle=14), MONDAY) == PackFact(
        PackFactKind.IDLE, on=MONDAY - 14 * DAY
    )


@pytest.mark.parametrize(("days", "silent"), [(14, 0), (15, 15), (21, 21)])
def test_a_fortnight_without_a_talk_is_no_silence_yet(days: int, silent: int) -> None:
    assert silence(None, MONDAY, MONDAY + days * DAY) == silent
    assert silence(MONDAY, MONDAY - 99 * DAY, MONDAY + days * DAY) == silent


@pytest.mark.parametrize(
    ("kept", "due", "well"),
    [(0, 0, False), (0, 3, False), (1, 5, False), (1, 2, True), (1, 1, True), (4, 5, True)],
)
def test_one_promise_of_five_is_no_praise(kept: int, due: int, well: bool) -> None:
    """Nothing is praised that did not go well (82): from half of what was due on."""
    assert WellDone(kept=kept, due=due).kept_most is well
    assert bool(WellDone(kept=kept, due=due)) is well
    assert WellDone([("Granary Road", "$9k")], kept, due)
