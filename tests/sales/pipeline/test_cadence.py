"""After how many days without a word a deal is past its cadence, and where the number is from."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sales.pipeline.cadence import (
    EVERY,
    LEAST_DAYS,
    LEAST_WINS,
    CadenceBook,
    CadenceSource,
    DealHeard,
    WonGaps,
    WonTouches,
    gaps_of_wins,
    longest_first,
    read_days,
    silent,
    usual_days,
)
from sales.pipeline.opportunity import StoredOpportunity
from sales.pipeline.stage import USUAL_STAGES, DealStage
from sales.refusal import Refusal

TODAY = date(2026, 9, 14)
TALKING, PROPOSAL, NEGOTIATION = USUAL_STAGES


def days(count: int) -> timedelta:
    return timedelta(days=count)


def won(step: int, count: int = 10, **more: object) -> WonTouches:
    return WonTouches([date(2026, 1, 1) + days(step * one) for one in range(count)], **more)  # type: ignore[arg-type]


def book(*wins: WonTouches, chosen: dict[str, int] | None = None) -> CadenceBook:
    return CadenceBook(USUAL_STAGES, chosen or {}, gaps_of_wins(wins))


def heard(ago: int | None, promised: int | None = None, paused: int | None = None) -> DealHeard:
    deal = StoredOpportunity(id=1, name="Acme", opened_on=TODAY - days(90))
    last, until = (None if one is None else TODAY + days(one) for one in (promised, paused))
    return DealHeard(deal, TALKING, None if ago is None else TODAY - days(ago), last, until)


def test_the_default_is_shorter_towards_the_end():
    assert [usual_days(one, USUAL_STAGES) for one in USUAL_STAGES] == [10, 7, 5]
    assert usual_days(None, USUAL_STAGES) == 7
    assert usual_days(TALKING, [TALKING]) == 7


def test_nineteen_wins_decide_nothing_and_twenty_do():
    few, enough = book(*[won(3)] * (LEAST_WINS - 1)), book(*[won(3)] * LEAST_WINS)
    assert few.of(TALKING).source is CadenceSource.USUAL
    assert few.wins == LEAST_WINS - 1
    assert enough.of(TALKING)[:3] == (3, CadenceSource.WINS, LEAST_WINS)


def test_a_deal_of_a_hundred_touches_is_one_voice():
    found = gaps_of_wins([won(1, 100), won(9, 3), won(9, 3)])
    assert found[EVERY] == WonGaps(9, 3, "")


def test_a_product_with_enough_wins_has_its_own():
    both = book(*[won(3, product="Reader")] * LEAST_WINS, *[won(15, product="Planner")] * LEAST_WINS)
    assert both.of(TALKING, "reader").days == 3
    assert both.of(TALKING, "Planner").days == 15
    assert both.of(TALKING, "Other").product == ""
    assert [(one.product, one.days) for one in both.products] == [("Planner", 15), ("Reader", 3)]


def test_a_gap_is_of_the_stage_in_which_it_began():
    moved = won(5, 7, began="Talking", stages=[(date(2026, 1, 16), "Proposal")])
    closer = moved._replace(days=[*moved.days[:4], *[moved.days[3] + days(one) for one in (2, 4, 6)]])
    found = book(*[closer] * LEAST_WINS)
    assert found.of(TALKING).days == 5
    assert found.of(PROPOSAL).days == 2


def test_what_a_team_set_comes_first():
    assert book(*[won(3)] * 30, chosen={"talking": 12}).of(TALKING)[:2] == (12, CadenceSource.SET)


@given(st.lists(st.integers(0, 40), min_size=2, max_size=12))
def test_no_cadence_is_every_day(steps):
    dates, day = [], date(2026, 1, 1)
    for step in steps:
        day += days(step)
        dates.append(day)
    found = book(*[WonTouches(dates)] * LEAST_WINS).of(TALKING)
    assert found.days >= LEAST_DAYS


@pytest.mark.parametrize(
    ("one", "is_silent"),
    [
        (heard(10), False),
        (heard(11), True),
        (heard(None), False),  # nothing was ever logged: nothing is claimed
        (heard(40, promised=0), False),  # it is on today's list as a promise
        (heard(40, promised=-3), False),
        (heard(40, promised=10), False),
        (heard(40, promised=11), True),  # too far away to end the silence
        (heard(40, paused=3), False),
        (heard(40, paused=0), True),
    ],
)
def test_who_is_past_it(one, is_silent):
    assert (silent(one, book(), TODAY) is not None) is is_silent


def test_those_furthest_past_it_come_first():
    found = [silent(heard(ago), book(), TODAY) for ago in (12, 30, 5)]
    assert [one.days for one in longest_first(found)] == [30, 12]


def test_days_are_read_or_refused_under_their_field():
    assert read_days("", "days") is None
    assert read_days(" 7 ", "days") == 7
    for typed in ("0", "-1", "366", "often", "7.5", "99999"):
        with pytest.raises(Refusal) as refused:
            read_days(typed, "days")
        assert refused.value.field == "days"


def test_a_stage_of_no_team_has_the_middle():
    assert book().of(DealStage(name="Elsewhere")).days == 7
