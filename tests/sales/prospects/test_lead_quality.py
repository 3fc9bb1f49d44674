"""Lead quality: what marketing reads of a week, and what nobody reads, since it would be somebody's (38)."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sales.people.team import Team
from sales.prospects.lead import RejectCause
from sales.prospects.lead_quality import (
    LEAST_DECIDED,
    LEAST_OF_SOURCE,
    MOST_SOURCES,
    SourceCount,
    WeekOfLeads,
    lead_quality,
    quality_spec,
)

OLD = datetime(2026, 9, 14, tzinfo=UTC)
WEB, REFERRAL = SourceCount("Web form", 3, 1, 1, 2), SourceCount("Referral", 2, 0, 1, 2)


def week(*came, accepted=2, rejected=None, untouched=1, reps=2):
    reasons = {RejectCause.NEED: 2} if rejected is None else rejected
    return WeekOfLeads(came, accepted, reasons, untouched, OLD if untouched else None, reps)


def told(*came, **more):
    found = lead_quality(week(*came, **more))
    assert found is not None
    return found


def test_a_week_in_figures():
    found = told(WEB, REFERRAL)
    assert (found.came, found.accepted, found.decided) == (5, 2, 4)
    assert found.reasons == ((RejectCause.NEED, 2),)
    assert [(one.name, one.came) for one in found.sources] == [("Web form", 3), ("Referral", 2)]
    assert (found.other, found.untouched) == (0, 1)


def test_a_week_without_anything_is_none():
    assert lead_quality(week(accepted=0, rejected={}, untouched=0)) is None
    assert lead_quality(week(accepted=0, rejected={}, untouched=1)) is not None


def test_sources_spelled_alike_are_one():
    found = told(WEB, SourceCount("web  Form", 1), SourceCount("WEB FORM", 1))
    assert [(one.name, one.came) for one in found.sources] == [("Web form", 5)]


def test_a_source_of_one_lead_is_not_named():
    """Somebody may have written whom they know: “Dana's sister”."""
    found = told(WEB, SourceCount("Dana’s sister", 1), SourceCount("", 4))
    assert [one.name for one in found.sources] == ["Web form"]
    assert found.other == 5


def test_of_few_decided_leads_nobody_reads_how():
    found = told(WEB, accepted=1, rejected={RejectCause.NEED: 1})
    assert (found.accepted, found.reasons, found.decided) == (None, (), 2)
    assert all(one.decided == 0 for one in found.sources)


def test_in_a_team_of_one_rep_what_was_decided_is_that_reps():
    found = told(SourceCount("Web", 9, 1, 4, 8), accepted=4, rejected={RejectCause.NEED: 4}, reps=1)
    assert (found.accepted, found.reasons) == (None, ())
    assert found.sources[0].decided == 0


def test_what_was_decided_of_a_source_stands_from_three_leads_on():
    found = told(SourceCount("Web", 9, 1, 4, 8), SourceCount("Event", 2, 0, 0, 2))
    assert [(one.accepted, one.decided) for one in found.sources] == [(4, 8), (0, 0)]


def test_the_reasons_told_most_come_first_and_other_ones_last():
    causes = {RejectCause.OTHER: 5, RejectCause.FIT: 2, RejectCause.TIMING: 5, RejectCause.NEED: 1}
    found = told(WEB, rejected=causes)
    assert found.reasons == ((RejectCause.TIMING, 5), (RejectCause.OTHER, 5), (RejectCause.FIT, 2))


COUNTS = st.builds(
    SourceCount,
    st.sampled_from(["", "Web", "web", "Event", "Referral", "Cold list", "Fair", "Partner", "Radio"]),
    st.integers(1, 20),
    st.integers(0, 5),
)


@given(st.lists(COUNTS, max_size=12), st.integers(0, 9), st.integers(0, 9), st.integers(1, 5))
def test_every_lead_is_counted_and_none_is_anybodys(came, accepted, rejected, reps):
    found = lead_quality(week(*came, accepted=accepted, rejected={RejectCause.FIT: rejected}, reps=reps))
    if found is None:
        return
    assert found.came == sum(one.came for one in found.sources) + found.other == sum(one.came for one in came)
    assert all(one.came >= LEAST_OF_SOURCE and one.name for one in found.sources)
    assert len(found.sources) <= MOST_SOURCES
    assert (found.accepted is not None) is (reps > 1 and accepted + rejected >= LEAST_DECIDED)


@pytest.mark.parametrize(("workdays", "mask"), [(0b0011111, 1), (0b0111110, 0b10), (0b1000000, 0b1000000)])
def test_the_post_comes_on_the_first_working_day(workdays, mask):
    team = Team(name="Field", workdays=workdays, marketing_channel="C1")
    assert quality_spec(team, 1).weekdays == mask
    assert quality_spec(team, 1).enabled
    assert not quality_spec(Team(name="Field"), 1).enabled
