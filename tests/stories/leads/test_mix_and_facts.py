"""Warm and cold with what each yields, one fact before outreach, and target accounts with both scores."""

import pytest

from tests.stories.craft.lived import has, line_with, tried
from tests.stories.face.seen import presses
from tests.stories.leads import books
from tests.stories.leads.books import Firm
from tests.stories.leads.prospected import (
    MIX,
    brings,
    buys_on,
    fills,
    notes,
    offers,
    percents,
    reads,
    row,
    scores,
    states,
)
from tests.stories.pipeline.walked import asks

pytestmark = pytest.mark.engines("sqlite")

FACT = r"one fact|a fact|something (you know )?about them|know about them"
FIRST = books.TODAY.replace(month=7, day=6)


async def worked(town, mia, warm: int, cold: int, warm_deals: int, cold_deals: int) -> None:
    """Touches of a referral and of a name from a list since July, and the deals that came of them."""
    await brings(
        mia,
        row(1, "Dana Roe", "Alder Yard", source="Referral", created="2026-07-01"),
        row(2, "Ola Berg", "Birch Mill", source="Cold list", created="2026-07-01"),
    )
    for name, touches, deals in (("Alder Yard", warm, warm_deals), ("Birch Mill", cold, cold_deals)):
        await books.touched(town, name, touches, first=FIRST)
        named = [f"{name} {number}" for number in range(deals)]
        await books.stand_open(town, named, account=name)


async def mix(person) -> str:
    return await reads(person, r"\bcold\b", *MIX, helped=r"\bcold\b")


async def test_warm_and_cold_stand_side_by_side_with_their_yield(team, mia, ana):
    """50 warm touches and five deals, 100 cold and one (#43): 10 and 1 per 100, two thirds of the touches cold."""
    await worked(team, mia, 50, 100, 5, 1)
    said = await mix(ana)
    assert has(r"\b10\b", line_with(said, r"\bwarm", r"\d")), said
    assert has(r"\b1\b", line_with(said, r"\bcold", r"\d")), said
    assert has(r"per (100|hundred)", said), said
    assert any(one in (66, 67) for one in percents(said)) or has(r"100 of (the )?150", said), said


async def test_a_handful_of_touches_yields_no_figure(team, mia, ana):
    """Four and three (#43): counted, and no yield is read out of them."""
    await worked(team, mia, 4, 3, 1, 0)
    said = await mix(ana)
    assert has(r"too few|not enough|not yet|too early", said), said
    assert not has(r"\b25\b[^\n]*per (100|hundred)", said), said


async def test_a_difference_that_chance_makes_is_not_claimed(team, mia, ana):
    """Two of 60 and one of 60 (#43): both figures, and no word that one pays better."""
    await worked(team, mia, 60, 60, 2, 1)
    said = await mix(ana)
    assert not has(r"pays (better|more)|twice|better yield|move (your )?effort", said), said


async def test_mostly_cold_with_better_warm_is_pointed_out(team, mia, ana):
    """30 warm with nine deals, 300 cold with three (#43): where effort pays, in a line, from own data."""
    await worked(team, mia, 30, 300, 9, 3)
    said = await mix(ana)
    assert has(r"warm[^\n]*(pays|more|better|first|times)|move|more (of )?warm", said), said
    assert has(r"\b9\d\s?%", said), said


# one fact first


async def test_outreach_to_a_stranger_asks_for_one_fact(ana):
    """No note in 90 days (#18): the promise is kept as typed, and one fact about them is asked for."""
    await asks(ana, "/lead target Alder", "sales")
    said = await asks(ana, "/followup Alder tomorrow email them the brochure", "sales")
    assert has(FACT, said), said
    assert offers(ana, r"fact|note|know")
    assert "Alder" in await tried(ana, "/followup list")


async def test_a_fact_that_was_given_is_kept_and_not_asked_again(team, ana):
    """Given (#18): it stands where the next call is prepared, and for 90 days nobody asks; after that somebody does."""
    await asks(ana, "/lead target Alder", "sales")
    await asks(ana, "/followup Alder tomorrow email them the brochure", "sales")
    await presses(ana, r"fact|note|know", where="sales")
    await fills(ana, {r".": "They opened a second depot in May"})
    again = await asks(ana, "/followup Alder friday email them the figures", "sales")
    assert not has(FACT, again), again
    seen = "\n".join([await tried(ana, one) for one in ("/lead fit Alder", "/lead targets", "/lead next")])
    assert "second depot" in seen, seen
    await team.jump("2026-12-15 11:00", books.HERE)
    later = await asks(ana, "/followup Alder friday email them the new prices", "sales")
    assert has(FACT, later), later


# target accounts


@pytest.fixture
async def pursued(team, mia, ana):
    """Alder, of which all is known, and Cedar, a name alone, both pursued by Ana."""
    await books.accounts(team, Firm("Alder Yard", "Logistics", 120))
    await states(mia)
    for name in ("Alder Yard", "Cedar Works"):
        await asks(ana, f"/lead target {name}", "sales")
    await notes(ana, "Alder Yard", buys_on("value"))
    return ana


async def test_a_target_carries_both_scores(pursued):
    """The board (#65 with #30 and #31): size and attitude out of ten in the line of each target."""
    line = line_with(await reads(pursued, r"target", "/lead targets"), r"Alder Yard")
    size, attitude = scores(line)
    assert size is not None, line
    assert attitude is not None, line
    assert size >= 7, line


async def test_a_target_that_nobody_described_has_no_zero(pursued):
    """A name alone (#65): that it is not known, and no 0/10."""
    line = line_with(await reads(pursued, r"target", "/lead targets"), r"Cedar Works")
    assert not has(r"\b0\W{0,2}/\s?10", line), line
    assert has(r"not known|unknown|–|\?|find out|nothing", line), line


async def test_the_board_still_counts_touches_and_talks(ana):
    """As before (#65): one touched, and how far it came. Holds today and must stay so."""
    await asks(ana, "/lead target Alder", "sales")
    await asks(ana, "/log email Alder – sent the brochure", "sales")
    said = await reads(ana, r"target", "/lead targets")
    assert has(r"\b1 touched", said), said
    assert has(r"0 conversations", said), said
