"""The digest: which days it covers, what a channel may see of it, and when somebody is worth naming."""

from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sales.coaching.recognition import Behaviour, Conversations, KeptCommitments, Recognition, recognised
from sales.goals.goal import Metric, target_in
from sales.goals.pace import pace
from sales.goals.progress import TargetProgress
from sales.goals.team_progress import RepProgress, TeamProgress
from sales.language.dates.period import DaySpan, quarter
from sales.people.calendar import WorkCalendar
from sales.people.team import Audience
from sales.surfaces.digest import Digest, Win, brief, covering, days_before, shown, week_before

TODAY = date(2026, 9, 21)
WEEK = DaySpan(date(2026, 9, 14), date(2026, 9, 20))
MON_TO_FRI = 0b0011111
Q3 = quarter(3, 2026)


def standing(period=Q3, actual=10_000_00):
    goal = target_in(period, Metric.REVENUE, 50_000_00)
    return TargetProgress(goal, pace(actual, goal.target, period, TODAY, WorkCalendar()))


FULL = Digest(
    team="Field",
    today=TODAY,
    span=WEEK,
    together=[
        TeamProgress(standing(), 2, None),
        TeamProgress(standing(quarter(4, 2026), 0), 2, None),
    ],
    wins=[
        Win(date(2026, 9, 15), "Ana", "Acme", 12_000_00, "USD"),
        Win(date(2026, 9, 17), "Zoë", "Hooli", 1_00, "USD"),
    ],
    won_count=2,
    won={"USD": 12_001_00},
    kept=[KeptCommitments("Zoë", 5, 5), KeptCommitments("ana", 3, 9), KeptCommitments("Ben", 0, 4)],
    kept_count=8,
    due_count=18,
    recognition=Recognition("Zoë", Behaviour.KEPT_ALL, 5),
    reps=[RepProgress("Zoë", standing(actual=1)), RepProgress("ana", standing(actual=49_000_00))],
    open_deals=3,
)


def test_totals_name_nobody_and_no_deal():
    seen = shown(FULL, Audience.TOTALS)
    text = repr(seen)
    assert not any(name in text for name in ("Ana", "ana'", "Ben", "Zoë", "Acme", "Hooli"))
    assert (seen.won_count, seen.won, seen.kept_count, seen.due_count) == (2, {"USD": 12_001_00}, 8, 18)


def test_wins_name_who_won_and_who_kept_but_nobody_who_did_not():
    seen = shown(FULL, Audience.WINS)
    assert [win.rep for win in seen.wins] == ["Zoë", "Ana"]  # the newest first
    assert [one.rep for one in seen.kept] == ["ana", "Zoë"]
    assert seen.recognition is not None
    assert seen.reps == ()


def test_everything_lists_reps_by_name_whatever_their_numbers():
    assert [one.rep for one in shown(FULL, Audience.EVERYTHING).reps] == ["ana", "Zoë"]
    turned = replace(FULL, reps=list(reversed(FULL.reps)))
    assert [one.rep for one in shown(turned, Audience.EVERYTHING).reps] == ["ana", "Zoë"]


def test_a_days_digest_leaves_the_rest_to_the_weeks():
    seen = brief(FULL)
    assert [one.standing.label for one in seen.together] == ["Q3 2026"]
    assert (seen.recognition, seen.reps) == (None, ())
    assert seen.wins == FULL.wins


@pytest.mark.parametrize(
    ("found", "something", "news"),
    [
        (Digest("Field", TODAY, WEEK), False, False),
        (Digest("Field", TODAY, WEEK, open_deals=1), True, False),
        (Digest("Field", TODAY, WEEK, due_count=1), True, True),
        (Digest("Field", TODAY, WEEK, won_count=1), True, True),
        (Digest("Field", TODAY, WEEK, together=FULL.together), True, False),
    ],
)
def test_a_digest_speaks_only_if_there_is_something(found, something, news):
    assert (found.says_something, found.has_news) == (something, news)


def test_recognition_is_for_one_behaviour_of_one_person():
    assert recognised([KeptCommitments("Ana", 5, 5), KeptCommitments("Ben", 9, 10)], []) == Recognition(
        "Ana", Behaviour.KEPT_ALL, 5
    )
    assert recognised([KeptCommitments("Ana", 4, 4)], []) is None  # too few to be a habit
    assert (
        recognised([KeptCommitments("Ana", 5, 5), KeptCommitments("Ben", 6, 6)], []) is None
    )  # nobody is singled out
    steps = [Conversations("Ben", 7, 7), Conversations("Ana", 6, 7)]
    assert recognised([], steps) == Recognition("Ben", Behaviour.NEXT_STEPS, 7)
    assert recognised([KeptCommitments("Ana", 5, 5)], steps) == Recognition("Ana", Behaviour.KEPT_ALL, 5)
    assert recognised([], [*steps, Conversations("Raj", 5, 5)]) is None


@pytest.mark.parametrize("day", [21, 22, 25, 27])
def test_the_week_before_is_a_whole_one(day):
    assert week_before(date(2026, 9, day)) == WEEK


@pytest.mark.parametrize(
    ("day", "weekly_on", "first", "last"),
    [
        (date(2026, 9, 22), 0, date(2026, 9, 21), date(2026, 9, 21)),  # Monday's told of the week before
        (date(2026, 9, 23), 0, date(2026, 9, 22), date(2026, 9, 22)),
        (date(2026, 9, 21), 2, date(2026, 9, 18), date(2026, 9, 20)),  # the weekend too
        (date(2026, 9, 24), 2, date(2026, 9, 22), date(2026, 9, 23)),  # Wednesday's told of last week only
        (date(2026, 9, 21), 4, date(2026, 9, 17), date(2026, 9, 20)),
    ],
)
def test_a_day_is_told_once(day, weekly_on, first, last):
    assert days_before(day, MON_TO_FRI & ~(1 << weekly_on), weekly_on) == (first, last, ())


@given(start=st.dates(date(2020, 1, 1), date(2030, 1, 1)), weekly_on=st.integers(0, 6))
def test_the_days_of_daily_digests_never_overlap(start, weekly_on):
    mask = MON_TO_FRI & ~(1 << weekly_on)
    ordinals = range(start.toordinal(), start.toordinal() + 28)
    days = [day for day in map(date.fromordinal, ordinals) if mask >> day.weekday() & 1]
    spans = [days_before(day, mask, weekly_on) for day in days]
    assert all(one.first <= one.last for one in spans)
    assert all(before.last < after.first for before, after in pairwise(spans))


def test_one_digest_covers_those_that_did_not_go_out():
    missed = [date(2026, 9, 14), date(2026, 9, 7)]
    found = covering(WEEK, [week_before(day) for day in missed], missed)
    assert found == DaySpan(date(2026, 8, 31), date(2026, 9, 20), (date(2026, 9, 7), date(2026, 9, 14)))
    assert covering(WEEK, [], []) == WEEK


def test_one_reps_own_goal_is_not_shown_under_the_teams_name():
    (lone, *_) = FULL.together
    found = replace(FULL, together=[lone._replace(goals=1), lone._replace(goals=2)], rep_count=3)
    for audience in (Audience.TOTALS, Audience.WINS):
        assert [one.goals for one in shown(found, audience).together] == [2]
    assert [one.goals for one in shown(found, Audience.EVERYTHING).together] == [1, 2]
    assert [one.goals for one in shown(replace(found, rep_count=1), Audience.TOTALS).together] == [1, 2]
