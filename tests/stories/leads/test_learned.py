"""Learned only when there is enough: from 100 outcomes on, scored where it was not fitted, reasons, drift, leaks."""

import re

import pytest

from tests.stories.craft.lived import NONSENSE, has, number_of
from tests.stories.leads import books
from tests.stories.leads.books import TODAY, Decided, Firm, days
from tests.stories.leads.prospected import SCORING, buys_on, fit, notes, reads, states

pytestmark = pytest.mark.engines("sqlite")

BRIER = r"Brier\D{0,40}?(0?\.\d{2,3})"
BASE = r"base( rate)?\D{0,40}?(0?\.\d{2,3})"
STATED = r"stated|as (you|the team|mia) (said|wrote)|not (enough|yet)|too few"
GOOD = Decided(60, 12, "Referral", "Logistics", 120)
POOR = Decided(10, 70, "Cold list", "Retail", 4_000)


async def scoring(mia) -> str:
    return await reads(mia, r"outcomes?|scor", *SCORING, helped=r"scoring|outcomes")


def figure(said, pattern) -> float:
    found = re.search(pattern, said, re.IGNORECASE)
    assert found, f"“{pattern}” stands nowhere in:\n{said}"
    return float(found[found.lastindex or 1])


@pytest.mark.parametrize(("won", "lost", "learned"), [(40, 59, False), (40, 61, True)], ids=["99", "101"])
async def test_a_hundred_outcomes_are_the_line(team, mia, won, lost, learned):
    """99 outcomes: the stated profile, and how many there are (#37). 101: learned, with its Brier score."""
    await states(mia)
    await books.decided(team, Decided(won, 9, "Referral", "Logistics", 120))
    await books.decided(team, Decided(0, lost - 9, "Cold list", "Retail", 4_000))
    said = await scoring(mia)
    assert has(rf"\b{won + lost}\b", said), said
    assert has(BRIER, said) is learned, said
    assert has(STATED, said) or learned, said


async def test_the_brier_score_stands_beside_the_base_rate(team, mia):
    """What is told is scored (#37): 152 outcomes that can be told apart score well below what the base rate scores."""
    await books.decided(team, GOOD, POOR)
    said = await scoring(mia)
    assert figure(said, BRIER) < figure(said, BASE) - 0.05, said


async def test_what_cannot_be_told_is_not_claimed(team, mia):
    """Ends drawn by lot (#37): scored on deals it was not fitted to, so no better than the base rate, which is said."""
    await books.noise(team, 140)
    said = await scoring(mia)
    assert figure(said, BRIER) > figure(said, BASE) - 0.01, said
    assert has(r"no better|not better|tells? (us )?nothing|cannot (tell|be told)|stated", said), said


async def test_few_events_allow_few_fields(team, mia):
    """30 won of 130 (#37): ten events for each parameter are not there for more than eight fields."""
    await books.decided(
        team, Decided(24, 40, "Referral", "Logistics", 120), Decided(6, 60, "Cold list", "Food")
    )
    said = await scoring(mia)
    assert 1 <= number_of(said, r"(\d+) (fields?|features?|facts)\b") <= 8, said


async def test_three_reasons_in_words(team, mia, ana):
    """Never a black box (#37): an account's score names at most three reasons, the strongest fields among them."""
    await states(mia, sector="Logistics, Retail", employees="50-9000")
    await books.decided(team, GOOD, POOR)
    await books.accounts(team, Firm("Birch Shops", "Retail", 4_000))
    await books.stand_open(team, ("Birch Shops",), source="Cold list")
    said = await fit(ana, "Birch Shops")
    named = [
        one for one in (r"Retail|sector", r"Cold list|source", r"4,?000|employees|people") if has(one, said)
    ]
    assert len(named) >= 2, said
    assert has(r"because|reason|why|speaks? (for|against)", said), said
    assert not has(r"coefficient|logit|log-odds|β|x\d\b", said), said


async def test_calibration_is_shown_bin_by_bin(team, mia):
    """What was said and what came (#37): at least two bins, each with both shares and its count."""
    await books.decided(team, GOOD, POOR)
    said = await scoring(mia)
    bins = re.findall(r"(\d+)\s?%[^\n%]{1,40}?(\d+)\s?%", said)
    assert len(bins) >= 2, said
    assert all(0 <= int(one) <= 100 for pair in bins for one in pair)


async def test_a_market_that_turned_is_said(team, mia):
    """Drift (#37): referrals won all the year and lost for two months; the page says that it changed."""
    await books.decided(team, GOOD, POOR, last=TODAY - days(70))
    turned = (Decided(3, 32, "Referral", "Logistics", 120), Decided(28, 4, "Cold list", "Retail", 4_000))
    await books.decided(team, *turned, span=50)
    said = await scoring(mia)
    assert has(r"drift|no longer|(has|have) (changed|turned|shifted)|lately", said), said


async def test_a_market_that_did_not_turn_is_left_alone(team, mia):
    """The same all the year (#37): nothing is said to have drifted."""
    await books.decided(team, GOOD, POOR)
    said = await scoring(mia)
    assert has(BRIER, said), said
    assert not has(r"(has|have) (drifted|turned|shifted)|drift(ed)? since|no longer holds", said), said


async def test_what_was_noted_after_the_end_is_not_learned_from(team, mia, ana):
    """Refused by date (#37): an attitude noted today of a deal lost in spring is left out, and that is said."""
    await states(mia)
    await books.decided(team, GOOD, POOR)
    await books.accounts(team, Firm("Late Works", "Retail", 4_000))
    await books.ended(team, "Late Works", TODAY - days(120), won=False)
    await notes(ana, "Late Works", buys_on("price"))
    said = "\n".join([await fit(ana, "Late Works"), await scoring(mia)])
    assert has(r"(after|later than)[^\n]{0,60}(outcome|lost|closed|decided|end|known)", said), said
    assert has(r"left out|not (used|learned|counted)|refused", said), said


async def test_what_changed_since_last_month(team, mia):
    """Monthly (#37): after a month with other outcomes the page says what changed since, or that nothing did."""
    await books.decided(team, GOOD, POOR)
    await scoring(mia)
    await books.decided(team, Decided(2, 20, "Referral", "Food", 120), span=2)
    await team.jump("2026-10-02 11:00", books.HERE)
    assert has(r"(since|last month|from)[^\n]*(Sep|month)|(Sep|month)[^\n]*changed", await scoring(mia))


async def test_all_lost_teaches_nothing(team, mia):
    """150 outcomes and no win (#37): said, without a score and without a figure that is none."""
    await books.decided(team, Decided(0, 150, "Cold list", "Retail", 4_000))
    said = await scoring(mia)
    assert not NONSENSE.search(said), said
    assert not has(BRIER, said), said
    assert has(r"no win|none (was |were )?won|0 won|all (of them )?lost|nothing was won", said), said
