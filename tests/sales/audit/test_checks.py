"""The checks as rules: each on the edge where it begins to speak, its figures, and what holds for any pipeline."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sales.audit.answer import AnswerKind, FindingAnswer, happened_on, silenced
from sales.audit.check import (
    BY_KEY,
    CHECKS,
    AuditAim,
    AuditKnown,
    CheckSort,
    Mend,
    findings_of,
    is_dead,
    twins_among,
)
from sales.followups.followup import StoredFollowUp
from sales.pipeline.cycle import DealSpan, cycle_as_of
from sales.pipeline.deal_contact import StoredContact
from sales.pipeline.deal_facts import DealFacts
from sales.pipeline.deal_history import DealField, MovedBy, StoredChange
from sales.pipeline.obstacle import StoredObstacle
from sales.pipeline.opportunity import StoredOpportunity
from sales.pipeline.stage import USUAL_STAGES
from tests.known import T0

TODAY = date(2026, 9, 14)  # a Monday; the quarter ends on the 30th
LONGEST = 100
TALKING, PROPOSAL, NEGOTIATION = USUAL_STAGES


def days(count):
    return timedelta(days=count)


# Of 200 deals half are won, evenly between one day and a hundred; the others are lost after a hundred and twenty.
SPANS = [DealSpan(TODAY - days(400), TODAY - days(400 - 1 - n % LONGEST), True) for n in range(100)]
SPANS += [DealSpan(TODAY - days(400), TODAY - days(280), False) for _ in range(100)]
CYCLE = cycle_as_of(SPANS, TODAY)
KNOWN = AuditKnown(TODAY, CYCLE, typical={("USD", None): 3_456_00})


def facts(age=40, number=1, stage=TALKING, **said):
    beside = {name: said.pop(name) for name in list(said) if name in DealFacts._fields}
    values = {"name": f"Deal {number}", "value_minor": 4_000_00, "owner_id": "U1", **said}
    deal = StoredOpportunity(id=number, opened_on=TODAY - days(age), **values)
    return DealFacts(deal, stage, **beside)


def moved(was, now, on=TODAY, by=None):
    kept = {"was": was.isoformat(), "now": now.isoformat(), "on": on, "by": "U1", "moved_by": by}
    return StoredChange(id=1, opportunity_id=1, what=DealField.EXPECTED, **kept)


def step(due):
    return StoredFollowUp(id=1, owner_id="U1", who="Lockside", what="Call", due_on=due)


def said_of(one, known=KNOWN):
    return {found.check.key: found.why for found in findings_of([one], known)}


SOUND = facts(next_step=step(TODAY + days(3)))


def test_a_sound_deal_is_no_finding():
    assert said_of(SOUND) == {}


@pytest.mark.parametrize(
    ("check", "one", "why"),
    [
        ("too_old", facts(101), "No deal this old was ever won here; the oldest took 100 days."),
        ("too_old", facts(95), "Of deals this old 5% were ever won."),
        (
            "close_is_over",
            SOUND._replace(deal=facts(expected_on=TODAY - days(1)).deal),
            "It was to close Sun 13 Sep, 1 day ago.",
        ),
        (
            "impossible_close",
            SOUND._replace(deal=facts(1, expected_on=TODAY + days(3)).deal),
            "It is to close Thu 17 Sep, 4 days after it was opened. Deals of its age are won by then 2% of the time.",
        ),
        (
            "impossible_close",
            SOUND._replace(deal=facts(40, expected_on=TODAY + days(70)).deal),
            "It is to close Mon 23 Nov, when it will be 110 days old. Deals that old are won under 1% of the time.",
        ),
        (
            "pushed",
            SOUND._replace(changes=[moved(TODAY, TODAY + days(30)), moved(TODAY + days(30), TODAY + days(62))]),
            "Its close was pushed twice, by 62 days in all.",
        ),
        ("gone_quiet", facts(21), "Nothing happened on it for 21 days."),
        ("no_next_step", facts(3), "No next step is agreed."),
        (
            "no_price",
            SOUND._replace(deal=facts(value_minor=0).deal),
            "No value stands on it. It counts as a typical win, $3,456.",
        ),
        (
            "no_decision_maker",
            SOUND._replace(stage=NEGOTIATION, contacts=[StoredContact(id=1, opportunity_id=1, name="Dana")]),
            "It stands at Negotiation, and no decision maker is named.",
        ),
        ("no_obstacle", SOUND._replace(stage=NEGOTIATION), "It stands at Negotiation, and no obstacle is named."),
        (
            "obstacle_is_overdue",
            SOUND._replace(
                obstacles=[
                    StoredObstacle(id=1, opportunity_id=1, what="Legal", owner_id="U1", due_on=TODAY - days(1)),
                    StoredObstacle(id=2, opportunity_id=1, what="Budget", owner_id="U1", due_on=TODAY - days(1)),
                ]
            ),
            "Still in the way: Legal; that was due Sun 13 Sep, and 1 more obstacle.",
        ),
    ],
)  # fmt: skip
def test_a_check_says_why_with_its_figure(check, one, why):
    assert said_of(one)[check] == why
    (found,) = [each for each in findings_of([one], KNOWN) if each.check.key == check]
    assert found.todo
    assert found.key == (1, check)


@pytest.mark.parametrize(
    ("check", "one"),
    [
        ("too_old", facts(88)),
        ("close_is_over", SOUND._replace(deal=facts(expected_on=TODAY).deal)),
        ("impossible_close", SOUND._replace(deal=facts(40, expected_on=TODAY + days(3)).deal)),
        ("pushed", SOUND._replace(changes=[moved(TODAY, TODAY + days(9)), moved(TODAY + days(9), TODAY + days(8))])),
        ("gone_quiet", facts(20)),
        ("gone_quiet", facts(60, last_touch=TODAY - days(20))),
        ("gone_quiet", facts(60, changes=[moved(TODAY, TODAY + days(9), on=TODAY - days(20))])),
        ("no_decision_maker", SOUND._replace(stage=PROPOSAL)),
        ("no_decision_maker", SOUND._replace(stage=None)),
        (
            "no_decision_maker",
            SOUND._replace(stage=NEGOTIATION, contacts=[StoredContact(id=1, opportunity_id=1, name="D", decides=True)]),
        ),
        (
            "obstacle_is_overdue",
            SOUND._replace(obstacles=[StoredObstacle(id=1, opportunity_id=1, what="x", owner_id="U1", due_on=TODAY)]),
        ),
    ],
)  # fmt: skip
def test_a_check_is_silent_short_of_its_edge(check, one):
    assert check not in said_of(one)


def test_of_an_imported_deal_silence_is_known_from_the_import_on():
    brought = facts(40, imported_on=TODAY)
    assert said_of(brought) == {"no_next_step": "No next step is noted since it was imported on Mon 14 Sep."}
    later = replace(KNOWN, today=TODAY + days(21))
    assert (
        said_of(brought, later)["gone_quiet"]
        == "Nothing is recorded on it since it was imported on Mon 14 Sep."
    )
    called = brought._replace(last_touch=TODAY + days(1))
    assert "gone_quiet" not in said_of(called, later)
    week = replace(KNOWN, today=TODAY + days(29))
    assert said_of(called, week)["gone_quiet"] == "Nothing happened on it for 28 days."
    assert said_of(called, week)["no_next_step"] == "No next step is agreed."


def test_without_a_history_nothing_is_too_old_and_no_date_impossible():
    young = replace(KNOWN, cycle=cycle_as_of(SPANS[:10], TODAY))
    assert set(said_of(facts(300, expected_on=TODAY + days(1)), young)) == {"gone_quiet", "no_next_step"}


LATE = date(2026, 9, 24)


@pytest.mark.parametrize(
    ("change", "today", "speaks"),
    [
        (moved(date(2026, 11, 13), date(2026, 9, 29), LATE), LATE, "Did the buyer move this date?"),
        (
            moved(date(2026, 11, 13), date(2026, 9, 29), LATE, MovedBy.US),
            LATE,
            "You moved it, not the buyer.",
        ),
        (moved(date(2026, 11, 13), date(2026, 9, 29), LATE, MovedBy.BUYER), LATE, ""),
        (moved(date(2026, 11, 13), date(2026, 10, 2), LATE), LATE, ""),  # into the next quarter
        (
            moved(date(2026, 11, 13), date(2026, 9, 29), date(2026, 9, 20)),
            LATE,
            "",
        ),  # ten days before the end
        (moved(date(2026, 9, 25), date(2026, 9, 29), LATE), LATE, ""),  # moved out
        (moved(date(2026, 11, 13), date(2026, 9, 29), LATE), date(2026, 10, 1), ""),  # the quarter is over
    ],
)
def test_a_close_that_came_forward_in_the_last_days_of_a_quarter(change, today, speaks):
    one = SOUND._replace(deal=facts(expected_on=date(2026, 12, 1)).deal, changes=[change])
    why = said_of(one, replace(KNOWN, today=today)).get("pulled_forward", "")
    assert bool(why) == bool(speaks)
    assert speaks in why


def test_one_deal_that_carries_a_goal_says_how_much_of_it():
    aim = AuditAim("Q4 2026", "USD", 40_000_00)
    large = SOUND._replace(deal=facts(value_minor=30_000_00).deal)
    known = replace(KNOWN, aims=[aim], paper={"USD": 36_000_00})
    assert said_of(large, known) == {
        "carries_the_goal": "It carries 75% of what Q4 2026 still needs; without it $6,000 is open on paper."
    }
    assert said_of(large, replace(known, paper={"USD": 61_000_00})) == {}
    assert said_of(large, replace(known, aims=[aim._replace(currency="EUR")])) == {}
    assert said_of(large, replace(known, aims=[aim._replace(missing=0)])) == {}


@pytest.mark.parametrize(
    ("one", "other", "are_twins"),
    [
        ({"name": "Lockside – Yard"}, {"name": "Lockside Ltd – Yard"}, True),
        ({"name": "Yard", "account": "Lockside"}, {"name": "Yard", "account": "Granary"}, False),
        (
            {"name": "A", "account": "X", "product": "P"},
            {"name": "B", "account": "X GmbH", "product": "P"},
            True,
        ),
        ({"name": "A", "account": "X", "product": "P"}, {"name": "B", "account": "X", "product": "Q"}, False),
        (
            {"name": "A", "account": "X", "product": "P"},
            {"name": "B", "account": "X", "product": "P", "value_minor": 1},
            False,
        ),
    ],
)
def test_the_same_business_is_brought_up_once(one, other, are_twins):
    pair = [facts(number=1, **one).deal, facts(number=2, **other).deal]
    found = twins_among(pair)
    assert {key: [each.id for each in twins] for key, twins in found.items()} == (
        {2: [1]} if are_twins else {}
    )
    if are_twins:
        known = replace(KNOWN, twins=found)
        one = SOUND._replace(deal=pair[1])
        assert said_of(one, known)["twice_there"].startswith("It looks like the same business as “")


# order and silence


def test_of_what_looks_dead_nothing_else_is_asked():
    dead = facts(141, value_minor=0)
    assert set(said_of(dead)) == {"too_old"}
    assert is_dead(dead, KNOWN)
    for answer, left in (
        (AnswerKind.KEPT, set()),
        (AnswerKind.KNOWN, {"gone_quiet", "no_next_step", "no_price"}),
    ):
        found = findings_of([dead], KNOWN, {(1, "too_old"): answer})
        assert {one.check.key for one in found} == left
    assert {one.check.key for one in findings_of([dead], KNOWN, off={"too_old"})} == {
        "gone_quiet",
        "no_next_step",
        "no_price",
    }


AGES = st.integers(0, 300)
PIPELINES = st.lists(st.tuples(AGES, st.integers(0, 10**9), st.booleans()), max_size=12)


@given(drawn=PIPELINES, answered=st.sets(st.tuples(st.integers(0, 11), st.sampled_from(sorted(BY_KEY)))))
@settings(max_examples=60)
def test_answers_take_findings_away_and_leave_the_others_in_their_order(drawn, answered):
    every = [
        facts(age, number, value_minor=value, next_step=step(TODAY) if promised else None)
        for number, (age, value, promised) in enumerate(drawn)
    ]
    before = [one.key for one in findings_of(every, KNOWN)]
    kept = dict.fromkeys(answered, AnswerKind.KEPT)
    assert [one.key for one in findings_of(every, KNOWN, kept)] == [key for key in before if key not in kept]
    assert len(before) == len(set(before))
    assert [one.key for one in findings_of(list(reversed(every)), KNOWN)] == before


def test_silence_ends_when_something_happens_on_the_deal_and_not_before():
    dead = facts(141)
    given_on = {"opportunity_id": 1, "check": "too_old", "user_id": "U1", "on": TODAY, "at": T0}
    known = FindingAnswer(answer=AnswerKind.KNOWN, happened=happened_on(dead), **given_on)
    kept = FindingAnswer(answer=AnswerKind.KEPT, happened=happened_on(dead), **given_on)
    year = TODAY + days(365)
    assert silenced([known], [dead], year) == {(1, "too_old"): AnswerKind.KNOWN}
    assert silenced([kept], [dead], TODAY + days(27)) == {(1, "too_old"): AnswerKind.KEPT}
    assert silenced([kept], [dead], TODAY + days(28)) == {}
    for moved_on in (
        dead._replace(changes=[moved(TODAY, TODAY + days(9))]),
        dead._replace(last_touch=TODAY),
    ):
        assert silenced([known], [moved_on], TODAY) == {}
    for cut in (AnswerKind.FIXED, AnswerKind.PARKED, AnswerKind.LOST):
        assert silenced([kept.model_copy(update={"answer": cut})], [dead], TODAY) == {}


def test_each_check_is_one_entry_with_a_number_and_a_way_to_be_scored():
    assert len(BY_KEY) == len(CHECKS)
    assert {one.mechanism for one in CHECKS} == {20, 23, 24, 55, 59, 62, 77}
    assert [one.key for one in CHECKS if one.settles_all] == ["too_old"]
    assert all(len(one.key) <= 40 for one in CHECKS)
    assert {one.mend for one in CHECKS if one.sort is CheckSort.ORDER} >= {Mend.PRICE, Mend.NEXT_STEP}
