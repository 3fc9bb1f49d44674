"""One rep's halving: half at most, what differs from the model, and what was won in each half."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from sales.audit.halve import HalveDeal
from sales.audit.halving import Halving, HalvingBoard, HalvingPick, PickedDeal, Whose, picks_of
from sales.pipeline.opportunity import Stage

DAY = date(2026, 9, 14)


def board(*deals):
    """A halving of deals given as (chance, value, kept or None, stage today)."""
    halving = Halving(owner_id="U1", started_on=DAY, ends_on=date(2026, 9, 30), currency="USD")
    made = []
    for at, (chance, value, kept, stage) in enumerate(deals):
        opened = DAY - timedelta(days=len(deals) - at)
        pick = HalvingPick(
            opportunity_id=at, place=at, chance=chance, worth_minor=value, opened_on=opened, kept=kept
        )
        won = value if stage is Stage.WON else 0
        made.append(PickedDeal(at, pick, f"Deal {at}", value, stage, won))
    return HalvingBoard(halving, 1, tuple(made))


def test_two_wait_at_a_time_and_what_closed_meanwhile_does_not():
    found = board(
        (0.5, 10, True, Stage.OPEN),
        (0.5, 10, None, Stage.WON),
        (0.5, 10, None, Stage.OPEN),
        (0.5, 10, None, Stage.OPEN),
        (0.5, 10, None, Stage.OPEN),
    )
    assert [one.id for one in found.pair] == [2, 3]
    assert (found.most, found.is_full) == (2, False)


def test_each_disagreement_sets_the_least_likely_of_yours_beside_the_best_of_the_models():
    """Who kept the dead ones (#21) sees the worst of them beside the best of those given away."""
    found = board(
        (0.01, 100, True, Stage.OPEN),
        (0.0, 100, True, Stage.OPEN),
        (0.9, 100, False, Stage.OPEN),
        (0.5, 100, False, Stage.OPEN),
    )
    assert [(one.yours.id, one.models.id) for one in found.disagreements] == [(1, 2), (0, 3)]
    fewer = board(
        (0.9, 10, True, Stage.OPEN), (0.5, 10, False, Stage.OPEN), *[(0, 10, False, Stage.OPEN)] * 2
    )
    ((yours, models),) = fewer.disagreements
    assert (yours, models.id) == (None, 1)


def test_what_was_won_counts_for_every_half_it_lies_in():
    found = board(
        (0.1, 900, True, Stage.OPEN),
        (0.8, 200, False, Stage.WON),
        (0.5, 100, True, Stage.WON),
        (0.9, 300, False, Stage.LOST),
    )
    results = {whose: found.result(whose) for whose in Whose}
    assert results[Whose.YOURS] == (2, 1, 100)
    assert results[Whose.MODEL] == (2, 1, 200)
    assert results[Whose.DEAREST] == (2, 0, 0)
    assert results[Whose.NEWEST] == (2, 1, 100)
    assert [one.id for one in found.given] == []


@given(
    st.lists(
        st.tuples(
            st.floats(0, 1),
            st.integers(0, 10**9),
            st.sampled_from([True, False, None]),
            st.sampled_from(Stage),
        ),
        min_size=2,
        max_size=9,
    )
)
def test_no_deal_stands_in_two_disagreements_and_swapping_all_is_the_models_half(deals):
    found = board(*deals)
    if len(found.kept) > found.most:
        return
    differ = found.disagreements
    assert len({one.models.id for one in differ}) == len(differ)
    swapped = found.half(Whose.YOURS) - {one.yours.id for one in differ if one.yours}
    assert swapped | {one.models.id for one in differ} == found.half(Whose.MODEL)


def test_deals_of_a_size_are_asked_about_together():
    deals = [HalveDeal(key, 0.5, value, DAY) for key, value in enumerate((10.0, 900.4, 11.0, 905.0))]
    assert [pick.opportunity_id for pick in picks_of(deals)] == [3, 1, 2, 0]
    assert [pick.worth_minor for pick in picks_of(deals)] == [905, 900, 11, 10]
