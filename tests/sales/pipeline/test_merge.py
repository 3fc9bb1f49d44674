"""Two entries of one deal make one: the kept words, filled with what only the other knew, as old as the older."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sales.pipeline.merge import MergeTerms, left_out, merged
from sales.pipeline.opportunity import Entry, Opportunity, Stage
from sales.pipeline.stage import USUAL_STAGES
from sales.refusal import Refusal

EARLY, LATE = date(2026, 8, 3), date(2026, 9, 1)
LIVE = st.builds(
    Opportunity,
    name=st.sampled_from(["Acme", "Acme Ltd"]),
    account=st.sampled_from([None, "Acme"]),
    source=st.sampled_from([None, "Referral"]),
    external_id=st.sampled_from([None, "D1", "D2"]),
    stage=st.sampled_from([Stage.OPEN, Stage.SUSPECT, Stage.PARKED]),
    value_minor=st.integers(0, 3),
    currency=st.sampled_from(["USD", "EUR"]),
    opened_on=st.sampled_from([EARLY, LATE]),
    entry=st.sampled_from([None, Entry.PASSED]),
    is_tender=st.booleans(),
).map(lambda deal: deal.model_copy(update={"opened_on": None}) if deal.stage is Stage.SUSPECT else deal)


@given(LIVE, LIVE, st.booleans())
def test_nothing_that_was_known_is_lost_and_nothing_the_kept_one_said_is_changed(kept, gone, keeps_price):
    one = merged(kept, gone, MergeTerms(keeps_price=keeps_price))
    for name in ("account", "source", "external_id"):
        assert getattr(one, name) == (getattr(kept, name) or getattr(gone, name))
    assert one.name == kept.name
    assert (one.value_minor, one.currency) in [(deal.value_minor, deal.currency) for deal in (kept, gone)]
    assert bool(one.value_minor) == bool(kept.value_minor or gone.value_minor)
    assert one.is_tender == (kept.is_tender or gone.is_tender)
    days = [deal.opened_on for deal in (kept, gone) if deal.opened_on]
    assert one.opened_on == (min(days) if one.stage is not Stage.SUSPECT else None)
    assert (one.stage is Stage.SUSPECT) == (kept.stage is gone.stage is Stage.SUSPECT)


OPEN = {"opened_on": EARLY}
GUESS = {"stage": Stage.SUSPECT}


@pytest.mark.parametrize(
    ("kept", "gone", "usually", "in_the_last_days"),
    [
        ({**OPEN, "value_minor": 8}, {**OPEN, "value_minor": 20}, 8, 20),
        ({**OPEN, "value_minor": 20}, {**OPEN, "value_minor": 8}, 20, 20),
        ({**OPEN, "value_minor": 8}, {**GUESS, "value_minor": 20}, 8, 8),
        (
            {**GUESS, "value_minor": 24},
            {**OPEN, "value_minor": 9},
            9,
            9,
        ),  # no guess passes the gate as a price
        ({**GUESS, "value_minor": 24}, {**OPEN, "value_minor": 0}, 24, 24),
        ({**GUESS, "value_minor": 8}, {**GUESS, "value_minor": 20}, 8, 8),
    ],
)
def test_whose_value_stays(kept, gone, usually, in_the_last_days):
    deals = [Opportunity(name="Acme", **said) for said in (kept, gone)]
    assert merged(*deals).value_minor == usually
    assert merged(*deals, MergeTerms(keeps_price=True)).value_minor == in_the_last_days


@pytest.mark.parametrize(
    ("kept", "gone", "stage"),
    [
        ("Proposal", "Talking", "Proposal"),
        ("Talking", "proposal", "proposal"),
        ("Open", "Proposal", "Proposal"),  # what a CRM calls it tells no step
        ("", "Talking", "Talking"),
        ("Open", "Qualified", "Open"),
        ("", "Qualified", "Qualified"),
    ],
)
def test_it_stands_in_the_later_stage_its_team_knows(kept, gone, stage):
    deals = [Opportunity(name="Acme", stage_label=label, **OPEN) for label in (kept, gone)]
    assert merged(*deals, MergeTerms(USUAL_STAGES)).stage_label == stage


def test_two_currencies_are_not_mixed_and_what_goes_is_said():
    kept = Opportunity(name="Acme", currency="USD", value_minor=12, **OPEN)
    gone = Opportunity(
        name="Acme", currency="EUR", value_minor=11, list_price_minor=15, expected_on=LATE, **OPEN
    )
    one = merged(kept, gone)
    assert (one.value_minor, one.currency, one.list_price_minor) == (12, "USD", None)
    assert left_out(one, gone) == ["value_minor"]
    assert left_out(one, kept) == []


@pytest.mark.parametrize("which", [0, 1])
def test_what_is_closed_is_not_merged(which):
    deals = [Opportunity(name="Acme"), Opportunity(name="Alder", stage=Stage.WON, closed_on=LATE)]
    with pytest.raises(Refusal, match="Alder is won"):
        merged(deals[which], deals[1 - which])
