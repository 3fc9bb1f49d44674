"""Who is named: behaviour of at least five, whoever was not named lately first, one behaviour and one goal (7)."""

from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sales.coaching.recognition import (
    REST,
    WEEK,
    Behaviour,
    Deed,
    ReachedGoal,
    Share,
    Work,
    choice_spec,
    chosen,
    deeds_of,
)
from sales.people.team import Team

MONDAY = date(2026, 9, 14)


def deed(user_id="U1", behaviour=Behaviour.KEPT_ALL, times=5, **more):
    return Deed(user_id=user_id, behaviour=behaviour, times=times, **more)


@pytest.mark.parametrize(
    ("work", "found"),
    [
        (Work("U1", kept=Share(5, 5)), [(Behaviour.KEPT_ALL, 5, 0)]),
        (Work("U1", kept=Share(4, 4)), []),  # too few to be a habit
        (Work("U1", kept=Share(9, 10)), []),
        (Work("U1", steps=Share(7, 7)), [(Behaviour.NEXT_STEPS, 7, 0)]),
        (Work("U1", steps=Share(6, 7)), []),
        (Work("U1", debriefs=Share(3, 3), is_debrief_new=True), [(Behaviour.DEBRIEFS, 3, 0)]),
        (Work("U1", debriefs=Share(3, 3)), []),  # the last of them was a week that is told already
        (Work("U1", debriefs=Share(3, 4), is_debrief_new=True), []),
        (Work("U1", kept=Share(5, 6), before=Share(4, 24)), [(Behaviour.KEPT_MORE, 5, 1)]),
        (Work("U1", kept=Share(5, 6), before=Share(1, 6)), []),  # the weeks before tell too little
        (Work("U1", kept=Share(5, 6), before=Share(18, 24)), []),  # as before, give or take one
        (Work("U1", kept=Share(5, 6), before=Share(20, 100)), []),  # a better share of less work
    ],
)
def test_what_a_week_holds(work, found):
    """One good promise is no behaviour; better is against one's own weeks, by share and count."""
    assert [(one.behaviour, one.times, one.before) for one in deeds_of([work])] == found


def test_a_goal_without_work_behind_it_is_luck():
    goals = [ReachedGoal("U1", 7, 0, 0), ReachedGoal("U2", 8, 4, 0)]
    assert [(one.user_id, one.goal_id) for one in deeds_of([], goals)] == [("U2", 8)]


def test_who_was_never_named_comes_before_who_was():
    named = {"U1": MONDAY - 5 * WEEK}
    assert [one.user_id for one in chosen([deed(times=20), deed("U2")], named, set(), MONDAY)] == ["U2"]
    named = {"U1": MONDAY - 5 * WEEK, "U2": MONDAY - 9 * WEEK}
    assert [one.user_id for one in chosen([deed(times=20), deed("U2")], named, set(), MONDAY)] == ["U2"]


def test_nobody_is_named_for_a_behaviour_twice_in_three_weeks():
    assert chosen([deed()], {"U1": MONDAY - 2 * WEEK}, set(), MONDAY) == []
    assert chosen([deed()], {"U1": MONDAY - 3 * WEEK}, set(), MONDAY) == [deed()]


def test_a_goal_is_told_once_and_beside_another_ones_behaviour():
    goal = deed(behaviour=Behaviour.GOAL_REACHED, times=3, goal_id=4)
    assert chosen([goal, deed()], {}, set(), MONDAY) == [goal]  # one person, one line
    assert chosen([goal, deed("U2")], {}, set(), MONDAY) == [deed("U2"), goal]
    assert chosen([goal], {}, {4}, MONDAY) == []
    assert chosen([goal], {"U1": MONDAY - WEEK}, set(), MONDAY) == [goal]  # a goal is rare by itself


@given(
    st.lists(
        st.builds(deed, st.sampled_from(["U1", "U2", "U3"]), st.sampled_from(list(Behaviour)[:4])),
        max_size=12,
    ),
    st.integers(1, 30),
)
def test_in_a_year_of_weeks_everybody_who_earns_it_has_a_turn_and_nobody_has_many(deeds, weeks):
    """Scarce and fair at once: a line a week, three weeks apart for each, and turns differ by one at most."""
    named, count = {}, dict.fromkeys({one.user_id for one in deeds}, 0)
    for number in range(weeks):
        week = MONDAY + number * WEEK
        found = chosen(deeds, named, set(), week)
        assert len(found) <= 1
        for one in found:
            assert week - named.get(one.user_id, date.min) > REST
            named[one.user_id] = week
            count[one.user_id] += 1
    assert not count or max(count.values()) - min(count.values()) <= 1


@pytest.mark.parametrize(("at", "chosen_at"), [("09:00", "08:50"), ("00:05", "00:00")])
def test_it_is_chosen_before_the_digest_is_made(at, chosen_at):

    team = Team(name="Field", digest_channel="C1", digest_at=time.fromisoformat(at))
    spec = choice_spec(team, 1)
    assert (spec.at.isoformat("minutes"), spec.enabled) == (chosen_at, True)
    assert not choice_spec(Team(name="Field"), 1).enabled
    assert timedelta(days=14) < REST < timedelta(days=21)
