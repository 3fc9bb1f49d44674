"""Lower prices, tenders, waking and the weeks that are looked back on, as rules (#22, #26, #28, #46, #50)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sales.people.calendar import WorkCalendar
from sales.pipeline.cycle import DealSpan, cycle_as_of
from sales.pipeline.deal_history import DealChange, DealField
from sales.pipeline.month_review import is_review_day, month_before
from sales.pipeline.motion import DealTouches, motions, touches_against_chances, weeks_judged
from sales.pipeline.opportunity import Opportunity, Stage, StoredOpportunity, Waking
from sales.pipeline.price_cut import SMALLEST, agreed_price, price_cut
from sales.pipeline.tender import Tender, challenge_in
from sales.pipeline.waking import WokeBy, awake, woken_by

TODAY = date(2026, 9, 14)
amounts = st.integers(0, 10**9)


def deal(**columns):
    return Opportunity.model_validate({"name": "Acme", "opened_on": date(2026, 8, 3), **columns})


@given(amounts, amounts, st.none() | amounts)
def test_only_what_gives_something_away_is_a_cut(stood, wish, listed):
    cut = price_cut(deal(value_minor=stood), wish, listed)
    if cut is None:
        raised, most = 0 < stood <= wish, max(stood, listed or 0)
        assert wish == 0 or raised or wish > most * (1 - SMALLEST) - 1
    else:
        assert 0 < cut.wish_minor == wish < cut.from_minor
        assert cut.from_minor in (stood, listed)
        assert cut.share >= SMALLEST
        assert stood == 0 or wish < stood


@pytest.mark.parametrize(
    ("stood", "wish", "listed", "share"),
    [
        (12_000, 9_000, 12_000, 0.25),
        (15_000, 13_500, 12_000, 0.1),  # above the list, and below what stood
        (0, 9_000, 12_000, 0.25),  # the first price
        (8_000, 9_000, 12_000, None),  # raised
        (12_000, 11_900, None, None),  # rounding
        (0, 9_000, None, None),
    ],
)
def test_a_price_is_held_against_the_list_else_against_what_stood(stood, wish, listed, share):
    cut = price_cut(deal(value_minor=stood), wish, listed)
    assert (cut and round(cut.share, 4)) == share


LATE, LATER = date(2026, 9, 28), date(2026, 9, 29)


def history(*prices, stage=Stage.OPEN, by="U1"):
    """A deal that came to its value by steps, each a day, a price, and sometimes by whom."""
    (_, first), *steps = [(None, prices[0]), *prices[1:]]
    found, was = [], first
    for on, price, *who in steps:
        said = {"opportunity_id": 1, "what": DealField.VALUE, "on": on, "by": who[0] if who else by}
        found.append(DealChange(**said, was=str(was), now=str(price)))
        was = price
    return deal(
        value_minor=was, stage=stage, **({"opened_on": None} if stage is Stage.SUSPECT else {})
    ), found


@pytest.mark.parametrize(
    ("steps", "agreed"),
    [
        ([10_000], 10_000),
        ([10_000, (LATE, 9_900)], 10_000),  # today's own: put right, or the first slice
        ([10_000, (TODAY, 9_900)], 10_000),  # slices add up over days
        ([10_000, (TODAY, 9_900), (date(2026, 9, 20), 9_850)], 10_000),
        ([10_000, (TODAY, 9_500)], 9_500),  # it was asked about
        ([10_000, (TODAY, 9_900), (LATE, 9_700, "U3")], 9_700),  # a manager's yes
        ([10_000, (TODAY, 9_900, "")], 9_900),  # a file's
        ([10_000, (TODAY, 12_000)], 12_000),
        ([10_000, (LATE, 12_000)], 10_000),  # raised by a slip a moment ago
        ([10_000, (TODAY, 0)], 10_000),  # taken off
        ([0, (TODAY, 10_000)], 10_000),
        ([12_000, (LATE, 10_000), (LATE, 11_000)], 12_000),
    ],
)
def test_a_price_is_measured_from_the_last_that_was_agreed(steps, agreed):
    assert agreed_price(*history(*steps), LATE, "U1") == agreed


def test_what_was_lowered_as_a_guess_in_the_last_days_is_held_against_its_win():
    suspect, changes = history(20_000, (LATE, 12_000), stage=Stage.SUSPECT)
    for today in (LATE, LATER):
        agreed = agreed_price(suspect, changes, today, "U1")
        assert price_cut(suspect, 12_000, None, agreed, wins=True) == (12_000, 20_000)
        assert price_cut(suspect, 11_000, None, agreed) is None  # still a guess
    passed = DealChange(opportunity_id=1, what=DealField.STAGE, was="suspect", now="open", on=LATER, by="U1")
    opened = deal(value_minor=12_000)
    assert agreed_price(opened, [*changes, passed], LATER, "U1") == 20_000
    assert agreed_price(opened, [*changes, passed], date(2026, 10, 5), "U1") == 12_000
    earlier = history(20_000, (TODAY, 12_000), stage=Stage.SUSPECT)
    assert agreed_price(*earlier, LATE, "U1") == 12_000


def test_a_value_that_came_by_a_merge_is_no_slip_of_today():
    kept, changes = history(8_000, (LATE, 20_000))
    named = DealChange(opportunity_id=1, what=DealField.NAME, was="Bypass", now="Acme", on=LATE, by="U1")
    assert agreed_price(kept, [named, *changes], LATE, "U1") == 20_000


@given(st.lists(st.integers(9_000, 10_000), min_size=1, max_size=8), st.booleans())
def test_slices_never_give_away_more_than_rounding(wishes, one_day):
    """However a price is lowered bit by bit without anybody being asked, it stays within two percent."""
    row, changes = deal(value_minor=10_000), []
    for day, wish in enumerate(wishes):
        on = LATE if one_day else TODAY + timedelta(days=day)
        agreed = agreed_price(row, changes, on, "U1")
        if price_cut(row, wish, None, agreed) is None and wish != row.value_minor:
            said = {"opportunity_id": 1, "what": DealField.VALUE, "on": on, "by": "U1"}
            changes = [*changes, DealChange(**said, was=str(row.value_minor), now=str(wish))]
            row = deal(value_minor=wish)
    assert row.value_minor > 10_000 * (1 - SMALLEST)


def test_three_noes_are_a_no_go_and_two_are_not():
    said = {"opportunity_id": 1, "answered_on": TODAY}
    assert Tender(**said, shaped=False, has_access=False, challenge="").is_no_go
    assert not Tender(**said, shaped=False, has_access=False, challenge="The rollout").is_no_go
    assert [challenge_in(one) for one in ("Nothing", "no.", "", "–", "No rollout in May")] == [
        "", "", "", "", "No rollout in May",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("columns", "since", "today", "by"),
    [
        ({"parked_until": TODAY}, None, TODAY, WokeBy.DAY),
        ({"parked_until": TODAY}, None, TODAY - timedelta(days=1), None),
        ({"wakes": Waking.PERIOD}, TODAY, date(2026, 9, 30), None),
        ({"wakes": Waking.PERIOD}, TODAY, date(2026, 10, 5), WokeBy.PERIOD),
        ({"wakes": Waking.PERIOD}, None, date(2026, 10, 5), None),
        ({"wakes": Waking.ACTIVITY}, TODAY, date(2027, 1, 1), None),
        ({}, TODAY, date(2027, 1, 1), None),
    ],
)
def test_a_parked_deal_wakes_on_its_day_or_with_the_next_period(columns, since, today, by):
    assert woken_by(deal(stage=Stage.PARKED, **columns), since, today, 1) is by
    assert woken_by(deal(**columns), since, today, 1) is None


def test_what_woke_stands_where_it_stood():
    slept = deal(stage=Stage.PARKED, stage_label="Proposal", parked_until=TODAY, wakes=Waking.PERIOD)
    found = awake(slept, TODAY)
    assert (found.stage, found.stage_label, found.opened_on) == (Stage.OPEN, "Proposal", date(2026, 8, 3))
    assert (found.parked_until, found.wakes) == (None, None)
    assert awake(deal(stage=Stage.PARKED, opened_on=None), TODAY).stage is Stage.SUSPECT


@pytest.mark.parametrize(
    ("today", "span"),
    [
        ("2026-09-17", ("2026-09-07", "2026-09-13")),  # a Thursday: last week
        ("2026-09-18", ("2026-09-14", "2026-09-20")),  # a Friday: this one
        ("2026-09-21", ("2026-09-14", "2026-09-20")),
    ],
)
def test_from_friday_on_the_week_is_looked_back_on(today, span):
    found = weeks_judged(date.fromisoformat(today), 1)
    assert (found.first.isoformat(), found.last.isoformat()) == span
    assert weeks_judged(date.fromisoformat(today), 2).last == found.last


def cycle():
    opened = [date(2026, 1, 1) + timedelta(days=day) for day in range(40)]
    return cycle_as_of([DealSpan(one, one + timedelta(days=57), True) for one in opened], TODAY)


def test_a_stop_of_the_first_motion_is_felt_after_the_median_time_to_a_win():
    assert motions(0, 5, cycle()).gap_days == 57
    assert [motions(*both, cycle()).gap_days for both in ((1, 5), (0, 0))] == [None, None]


def test_touches_are_news_from_five_and_a_fifth_on():
    deals = [
        StoredOpportunity(id=1, name="Old", opened_on=TODAY - timedelta(days=141), value_minor=1),
        StoredOpportunity(
            id=2, name="New", account="Globex", opened_on=TODAY - timedelta(days=5), value_minor=1
        ),
    ]

    def found(*touches):
        return touches_against_chances([DealTouches(*one) for one in touches], deals, cycle(), TODAY)

    said = found((1, None, 4), (None, "old", 2), (None, "Globex", 4), (None, "Nobody", 90))
    assert said is not None
    assert said.share == 0.6
    assert ([one.deal.name for one in said.hardly], [one.deal.name for one in said.better]) == (
        ["Old"],
        ["New"],
    )
    assert found((1, None, 4)) is None
    assert found((1, None, 6), (2, None, 30)) is None


def test_a_month_is_looked_back_on_from_its_second_working_day():
    days = [date(2026, 10, 1) + timedelta(days=day) for day in range(31)]
    found = [day.day for day in days if is_review_day(day, WorkCalendar())]
    assert found == [2, 5, 6, 7]
    assert month_before(date(2026, 10, 2)) == (date(2026, 9, 1), date(2026, 9, 30))
