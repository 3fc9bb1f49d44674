"""What losses propose: enough of them, hardly any good deal among them, and not again once declined (30, 33)."""

from datetime import date

import pytest

from sales.prospects.ideal_client import Criterion, Firmographics, IdealClient
from sales.prospects.profile_change import (
    ProfileDecision,
    ProposalAnswer,
    TaughtDeal,
    proposed_change,
)

WANTED = IdealClient(sectors="Logistics, Retail", least_employees=10, most_employees=5_000)


def deals(sector, good, regretted, employees=None):
    firm = Firmographics(employees=employees, sector=sector)
    return [TaughtDeal(firm, True)] * good + [TaughtDeal(firm, False)] * regretted


def declined(change, regrets):
    return ProfileDecision(
        team_id=1,
        key=change.key,
        answer=ProposalAnswer.DECLINED,
        regrets=regrets,
        by="U3",
        on=date(2026, 10, 1),
    )


def test_a_sector_that_was_not_for_us_goes():
    found = proposed_change(WANTED, deals("Retail", 1, 6) + deals("Logistics", 7, 0))
    assert (found.criterion, found.what, found.regrets, found.among) == (Criterion.SECTOR, "Retail", 6, 7)
    assert found.becomes.wanted_sectors == ("Logistics",)


@pytest.mark.parametrize(
    "taught",
    [
        [],
        deals("Retail", 0, 2),
        deals("Retail", 3, 4),
        deals("Food", 0, 9),
        deals("Retail", 20, 6),
    ],
)
def test_too_few_or_too_dear_proposes_nothing(taught):
    assert proposed_change(WANTED, taught) is None


def test_the_only_sector_is_not_taken_away():
    assert proposed_change(IdealClient(sectors="Retail"), deals("Retail", 0, 9)) is None


def test_a_bound_moves_where_the_small_ones_were_not_for_us():
    taught = deals("Food", 0, 6, 20) + deals("Food", 5, 0, 200) + deals("Food", 4, 1, 900)
    found = proposed_change(WANTED, taught)
    assert (found.criterion, found.bound, found.is_least) == (Criterion.EMPLOYEES, 200, True)
    assert (found.regrets, found.among, found.becomes.least_employees) == (6, 6, 200)


def test_what_was_declined_is_asked_again_only_by_more_losses():
    taught = deals("Retail", 1, 6) + deals("Logistics", 7, 0)
    first = proposed_change(WANTED, taught)
    assert proposed_change(WANTED, taught, [declined(first, 6)]) is None
    more = taught + deals("Retail", 0, 3)
    assert proposed_change(WANTED, more, [declined(first, 6)]).regrets == 9
