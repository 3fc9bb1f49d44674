"""Real B2B deals, won and lost: how far a company's looks go, and how far its attitude and our relation to it.

The records are Bohanec's "B2B sales data" (CC BY 4.0), which stand beside the project where they are at hand.
"""

import csv
from functools import cache
from pathlib import Path
from statistics import fmean

import pytest

from sales.goals.forecast.score import brier
from sales.pipeline.win_rate import Decided
from sales.prospects.score.model import DecidedCase
from sales.prospects.score.trial import auc, unseen
from sales.prospects.source_yield import SourcedCase, SourceVerdict, source_yields
from tests.known import T0

SALVIRT = Path(__file__).parents[5] / "shared" / "data" / "salvirt" / "Salvirt_B2B_ML_dataset_HF.csv"
SEEDS = range(10)
CLOSE = 0.02  # of what was measured with another implementation
pytestmark = pytest.mark.skipif(not SALVIRT.exists(), reason=f"the salvirt data is not at {SALVIRT}")

ON_PAPER = ("Comp_size", "Growth", "Product")
RELATION = ("Att_t_client", "Client", "Partnership", "Posit_statm", "Source", "Strat_deal")


@cache
def distinct() -> tuple[dict[str, str], ...]:
    """The records, each once: 83 of them stand there twice."""
    with SALVIRT.open(newline="") as lines:
        rows = [tuple(row.items()) for row in csv.DictReader(lines, delimiter=";")]
    return tuple(dict(row) for row in dict.fromkeys(rows))


def cases() -> list[DecidedCase]:
    return [
        DecidedCase({name: value for name, value in row.items() if name != "Status"}, row["Status"] == "Won")
        for row in distinct()
    ]


def measured(fields: tuple[str, ...]) -> tuple[float, float]:
    """AUC and Brier for cases that were not fitted to, a tenth at a time, the mean of ten ways to deal them out."""
    tries = [unseen(cases(), fields, seed, len(fields)) for seed in SEEDS]
    every = [[one.resolved for one in some] for some in tries]
    return fmean(map(auc, every)), fmean(map(brier, every))


def all_but(*names: str) -> tuple[str, ...]:
    return tuple(name for name in distinct()[0] if name not in ("Status", *names))


def test_the_records_are_those_that_were_measured():
    assert len(distinct()) == 365
    won = sum(one.won for one in cases())
    assert won == 173
    rate = won / 365
    assert rate * (1 - rate) == pytest.approx(0.249, abs=0.0005)


@pytest.mark.large
@pytest.mark.parametrize(
    ("fields", "best", "error"),
    [
        (ON_PAPER, 0.62, 0.233),
        (RELATION, 0.78, 0.184),
        (None, 0.83, 0.166),
    ],
    ids=["on paper", "relation and attitude", "all but the seller"],
)
def test_attitude_and_relation_tell_what_size_and_growth_do_not(fields, best, error):
    """#37, #31: .62, .78 and .83; the average alone has a Brier score of .249."""
    found, missed = measured(fields or all_but("Seller"))
    assert found == pytest.approx(best, abs=CLOSE)
    assert missed == pytest.approx(error, abs=CLOSE)


def test_referrals_are_no_better_on_belief():
    """#36: 13 of 51 referrals were won, of what we had done before 154 of 263."""
    day = T0.date()
    found = source_yields(
        [SourcedCase(row["Source"], row["Status"] == "Won", day, day) for row in distinct()]
    )
    assert found.verdict is SourceVerdict.RANKED
    by_name = {one.name: one for one in found.yields}
    referral, past = by_name["Referral"], by_name["Joint past"]
    assert Decided(referral.won, referral.closed) == (13, 51)
    assert Decided(past.won, past.closed) == (154, 263)
    assert (referral.side, past.side) == ("below", "above")
    assert found.yields.index(past) < found.yields.index(referral)
