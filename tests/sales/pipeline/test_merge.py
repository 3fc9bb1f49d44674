"""Two entries of one deal make one: the kept words, filled with what only the other knew, as old as the older."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sales.pipeline.merge import merged
from sales.pipeline.opportunity import Entry, Opportunity, Stage
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


@given(LIVE, LIVE)
def test_nothing_that_was_known_is_lost_and_nothing_the_kept_one_said_is_changed(kept, gone):
    if kept.currency != gone.currency and kept.value_minor and gone.value_minor:
        with pytest.raises(Refusal, match="one currency first"):
            merged(kept, gone)
        return
    one = merged(kept, gone)
    for name in ("account", "source", "external_id"):
        assert getattr(one, name) == (getattr(kept, name) or getattr(gone, name))
    assert one.name == kept.name
    assert one.value_minor == (kept.value_minor or gone.value_minor)
    if one.value_minor:
        assert one.currency == (kept if kept.value_minor else gone).currency
    assert one.is_tender == (kept.is_tender or gone.is_tender)
    days = [deal.opened_on for deal in (kept, gone) if deal.opened_on]
    assert one.opened_on == (min(days) if one.stage is not Stage.SUSPECT else None)
    assert (one.stage is Stage.SUSPECT) == (kept.stage is gone.stage is Stage.SUSPECT)


@pytest.mark.parametrize("which", [0, 1])
def test_what_is_closed_is_not_merged(which):
    deals = [Opportunity(name="Acme"), Opportunity(name="Alder", stage=Stage.WON, closed_on=LATE)]
    with pytest.raises(Refusal, match="Alder is won"):
        merged(deals[which], deals[1 - which])
