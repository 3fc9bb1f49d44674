"""Whom the team wants: what it sells on, firmographics and attitude; two scores, coverage, what is missing."""

import pytest

from playground.transcript.elements import choices
from tests.stories.craft.lived import form_inputs, has, line_with
from tests.stories.face.seen import presses
from tests.stories.leads import books
from tests.stories.leads.books import Firm
from tests.stories.leads.prospected import (
    FIT,
    PROFILE,
    buys_on,
    choice,
    fit,
    labels_of,
    notes,
    offers,
    opens,
    reads,
    scores,
    states,
)
from tests.stories.pipeline.walked import asks

pytestmark = pytest.mark.engines("sqlite")

ALDER = Firm("Alder Yard", "Logistics", 120, 20, "Leeds")
BIRCH = Firm("Birch Shops", "Retail", 4_000, 900, "Lyon")
STATEMENTS = "They plan a year ahead\nThey let suppliers advise them"
SAYS_YES = choice(r"^(yes|agree|applies)", "yes")


@pytest.fixture
async def wanted(team, mia):
    """The team sells on value to logistics firms of 50 to 500 people; two accounts, each with a deal of Ana's."""
    await books.accounts(team, ALDER, BIRCH)
    await books.stand_open(team, (ALDER.name, BIRCH.name))
    await states(mia, statements=STATEMENTS)


async def test_a_manager_is_asked_for_size_and_for_attitude(mia):
    """Firmographics and attitude in one form (#30, #31): every one of the six, the four ways to sell, statements."""
    await opens(mia, r"ideal client", *PROFILE, helped=r"ideal client")
    if not mia.modal():
        await presses(mia, r"^(edit|change|set|write)\b", where="sales")
    named = " | ".join(labels_of(mia))
    for asked in (r"sells? on|way of selling", r"\bsize", r"location", r"revenue", r"employees|people"):
        assert has(asked, named), (asked, named)
    for asked in (r"regional|national|reach", r"sector|industr", r"statement|attitude"):
        assert has(asked, named), (asked, named)
    offered = [one["text"]["text"] for block in form_inputs(mia) for one in choices(block["element"])]
    for way in ("value", "innovation", "price", "service"):
        assert any(has(rf"^{way}", one) for one in offered), (way, offered)


async def test_what_was_stated_is_read_by_a_rep(wanted, ana):
    """Written down once (#30), read by whoever sells: its sector, its range, what we sell on and the statements."""
    said = await reads(ana, r"ideal client", *PROFILE, helped=r"ideal client")
    assert "Logistics" in said
    assert has(r"50\D{1,6}500", said), said
    assert has(r"\bvalue\b", said), said
    assert "They plan a year ahead" in said


async def test_a_rep_reads_it_and_does_not_change_it(wanted, ana):
    """What a team wants is its manager's to say (#30): no form and no Edit for a rep."""
    await opens(ana, r"ideal client", *PROFILE, helped=r"ideal client")
    assert ana.modal() is None
    assert not offers(ana, r"^(edit|change|write)\b")


async def test_without_a_profile_no_score_is_made_up(team, ana):
    """Nothing stated (#30): the fit of an account says that, and no figure out of ten stands there."""
    await books.accounts(team, ALDER)
    await books.stand_open(team, (ALDER.name,))
    lines = [one.format(ALDER.name) for one in FIT]
    said = await reads(ana, r"ideal client", *lines, helped=r"\bfit\b|fits")
    assert not has(r"\d\s?/\s?10", said), said
    assert has(r"no ideal client|not (been )?(written|stated|said)|nobody (said|wrote)|yet", said), said


async def test_two_scores_stand_side_by_side(wanted, ana):
    """“size 9/10, attitude 3/10: buys on price” (#31): a firm of the right size that buys on price, in one line."""
    await notes(ana, ALDER.name, {**buys_on("price"), r"plan a year": choice(r"^no", "no")})
    said = await fit(ana, ALDER.name)
    size, attitude = scores(line_with(said, r"attitude\W*\d"))
    assert size is not None, said
    assert attitude is not None, said
    assert size >= 7, said
    assert attitude <= 4, said
    assert has(r"buys? on[^\n]{0,12}price|price buyer", said), said


async def test_a_firm_outside_every_range_scores_low(wanted, ana):
    """Retail, 4,000 people (#30): far from what is wanted, whatever its attitude."""
    size, _ = scores(await fit(ana, BIRCH.name))
    assert size is not None
    assert size <= 3


async def test_the_right_attitude_scores_high(wanted, ana):
    """Buys on value as we sell, and both statements hold (#31): 8 of 10 or more."""
    answers = {**buys_on("value"), r"plan a year": SAYS_YES, r"suppliers advise": SAYS_YES}
    await notes(ana, ALDER.name, answers)
    _, attitude = scores(await fit(ana, ALDER.name))
    assert attitude is not None
    assert attitude >= 8


async def test_an_answer_keeps_its_evidence(wanted, ana, mia):
    """An evidence note (#31): the manager reads how we know, beside the answer."""
    await notes(ana, ALDER.name, buys_on("value"), evidence="Their CFO asked for the five-year cost")
    assert "five-year cost" in await fit(mia, ALDER.name)


async def test_what_is_not_known_is_no_zero(team, wanted, ana):
    """A firm of which we know its name alone (#30): no 0/10; what is missing is named, and how much is known."""
    await books.stand_open(team, ("Cedar Works",))
    said = await fit(ana, "Cedar Works")
    assert not has(r"\b0\W{0,2}/\s?10", said), said
    assert has(r"missing|not known|unknown|do not know", said), said
    assert has(r"sector", said), said
    assert has(r"employees|people", said), said
    assert has(r"\b0 (of|out of|/) ?\d|\b0\s?%|nothing (is )?known", said), said


async def test_three_questions_to_find_out(wanted, ana):
    """What a rep can ask them (#31): three questions where the attitude is not known, and none once all is answered."""
    said = await fit(ana, ALDER.name)
    assert said.count("?") == 3, said
    answers = {**buys_on("value"), r"plan a year": SAYS_YES, r"suppliers advise": SAYS_YES}
    await notes(ana, ALDER.name, answers)
    said = await fit(ana, ALDER.name)
    assert said.count("?") == 0, said


async def test_the_card_of_a_deal_carries_both(wanted, ana):
    """On every deal (#31): its card says both scores without asking for them."""
    await notes(ana, ALDER.name, buys_on("price"))
    said = await asks(ana, f"/deal {ALDER.name}", "sales")
    size, attitude = scores(said)
    assert size is not None, said
    assert attitude is not None, said


async def test_an_account_has_one_fit_whoever_sells_to_it(team, wanted, ana, ben):
    """Of an account, not of a deal (#31): what Ana noted counts for Ben's deal with the same firm."""
    await books.stand_open(team, ("Yard lights",), owner="U2", account=ALDER.name)
    await notes(ana, ALDER.name, buys_on("price"))
    mine = scores(await fit(ana, ALDER.name))
    theirs = scores(await fit(ben, ALDER.name))
    assert mine == theirs
    assert mine[1] is not None


async def test_the_profile_says_of_how_many_accounts_anything_is_known(team, wanted, mia):
    """Coverage (#30): two accounts with firmographics and two with a name alone are 2 of 4, or 50 %."""
    await books.accounts(team, Firm("Cedar Works"), Firm("Dogwood Mill"))
    said = await reads(mia, r"ideal client", *PROFILE, helped=r"ideal client")
    assert has(r"\b2 of (your |the )?4\b|\b50\s?%", said), said


async def test_attitude_counts_against_our_own_way_to_sell(wanted, ana, mia):
    """A price buyer (#79) fits a team that sells on value badly, and the same answer fits one that sells on price."""
    await notes(ana, ALDER.name, buys_on("price"))
    _, before = scores(await fit(ana, ALDER.name))
    await states(mia, sells_on="price")
    _, after = scores(await fit(ana, ALDER.name))
    assert before is not None
    assert after is not None
    assert before < 5 < after
