"""Who is worth a talk: few, for a reason, the same ones for the same record, and good news among them."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from sales.coaching.one_on_one import (
    GOOD,
    IDLE_FROM,
    MOST_TALKS,
    OVERDUE_FROM,
    USUAL_FROM,
    WINS_FROM,
    RepWeek,
    TalkReason,
    looked_at,
    shared_out,
    worth_a_talk,
)
from sales.goals.goal import Goal, Metric
from sales.goals.pace import pace
from sales.goals.progress import GoalProgress
from sales.language.dates.period import PeriodKind, quarter
from sales.people.calendar import WorkCalendar

Q3 = quarter(3, 2026)
TODAY = date(2026, 9, 14)


def goal(owner, actual, target=100_000_00):
    row = Goal(
        owner_id=owner,
        metric=Metric.REVENUE,
        target=target,
        period_kind=PeriodKind.QUARTER,
        starts_on=Q3.start,
        ends_on=Q3.end,
    )
    return GoalProgress(row, pace(actual, target, Q3, TODAY, WorkCalendar()), goal_id=1)


def rep(name, actual=None, **week):
    goals = () if actual is None else (goal(name, actual),)
    return RepWeek(user_id=name, name=name, goals=goals, **week)


def about(*people):
    return {talk.rep.name: [reason for reason, _ in talk.reasons] for talk in worth_a_talk(people)}


def test_each_reason_begins_where_it_means_something():
    on_pace = 85_000_00
    assert about(
        rep("promises", on_pace, overdue=OVERDUE_FROM),
        rep("idle", on_pace, idle=IDLE_FROM),
        rep("quiet", on_pace, usual=USUAL_FROM),
        rep("wins", on_pace, wins=WINS_FROM),
        rep("no goal"),
    ) == {
        "promises": [TalkReason.PROMISES],
        "idle": [TalkReason.IDLE],
        "quiet": [TalkReason.QUIET],
        "wins": [TalkReason.WINS],
        "no goal": [TalkReason.NO_GOAL],
    }
    nothing = rep(
        "b", on_pace, overdue=OVERDUE_FROM - 1, idle=IDLE_FROM - 1, usual=USUAL_FROM - 1, wins=WINS_FROM - 1
    )
    assert about(nothing, rep("busy", on_pace, logged=1, usual=50)) == {}


def test_who_is_behind_or_there_is_worth_a_talk_by_the_word_every_surface_says():
    assert about(rep("behind", 10_000_00), rep("there", 100_000_00)) == {
        "behind": [TalkReason.BEHIND],
        "there": [TalkReason.REACHED],
    }


def test_without_any_goal_in_the_team_nobody_lacks_one():
    assert about(rep("a"), rep("b")) == {}


def test_whoever_is_away_is_left_in_peace():
    assert about(rep("away", 0, overdue=9, away=True)) == {}


def test_one_place_is_for_good_news():
    behind = [rep(f"rep {number}", 1_000_00, overdue=5) for number in range(9)]
    found = worth_a_talk([*behind, rep("zoe", 85_000_00, wins=2)])
    assert [talk.rep.name for talk in found] == ["rep 0", "rep 1", "rep 2", "rep 3", "zoe"]


weeks = st.builds(
    rep,
    st.text(min_size=1, max_size=5),
    st.none() | st.integers(0, 150_000_00),
    overdue=st.integers(0, 9),
    idle=st.none() | st.integers(0, 60),
    logged=st.integers(0, 9),
    usual=st.integers(0, 30),
    wins=st.integers(0, 4),
    away=st.booleans(),
)


@given(st.lists(weeks, max_size=40, unique_by=lambda one: one.user_id), st.randoms())
def test_at_most_five_each_with_a_reason_whatever_the_order(people, luck):
    found = worth_a_talk(people)
    assert len(found) <= MOST_TALKS
    assert all(talk.reasons and not talk.rep.away for talk in found)
    mixed = list(people)
    luck.shuffle(mixed)
    assert worth_a_talk(mixed) == found
    assert {talk.rep.name for talk in found if not talk.is_good_news} <= {
        one.name for one in looked_at(people)
    }
    good = [one for one in people if not one.away and (one.wins >= WINS_FROM)]
    assert not good or any(reason in GOOD for talk in found for reason, _ in talk.reasons)


@given(st.lists(st.lists(st.integers(0, 3), max_size=6), max_size=4))
def test_teams_of_one_manager_share_five_places_and_none_looks_fine_for_want_of_one(weeks):
    teams = [
        worth_a_talk(
            [rep(f"{at}.{place}", overdue=OVERDUE_FROM, wins=wins) for place, wins in enumerate(week)]
        )
        for at, week in enumerate(weeks)
    ]
    shared = shared_out(teams)
    assert sum(map(len, shared)) == min(MOST_TALKS, sum(map(len, teams)))
    for chosen, talks in zip(shared, teams, strict=True):
        assert bool(chosen) == bool(talks)
        assert chosen == talks[: len(chosen)]


def test_five_places_of_two_teams_go_to_the_weightiest_after_one_each():
    heavy = worth_a_talk([rep(f"h{n}", overdue=OVERDUE_FROM, idle=IDLE_FROM) for n in range(5)])
    light = worth_a_talk([rep(f"l{n}", wins=WINS_FROM) for n in range(2)])
    assert [len(one) for one in shared_out([heavy, light])] == [4, 1]
