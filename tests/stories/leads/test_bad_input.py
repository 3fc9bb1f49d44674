"""Books and people as they come: parents in a circle, one person twice, a profile nobody fits, 10⁵ leads, odd words."""

import re
from datetime import timedelta

import pytest

from tests.stories.craft.lived import NONSENSE, arrived, has, line_with, lives, mark, tried
from tests.stories.files.chat import files_given
from tests.stories.leads import books
from tests.stories.leads.books import Firm
from tests.stories.leads.prospected import (
    FIRM,
    HEADER,
    LIST,
    PROFILE,
    WHO,
    adds,
    brings,
    comes,
    fills,
    fit,
    leads,
    reads,
    row,
    scores,
    states,
)
from tests.stories.pipeline.walked import asks, texts

pytestmark = pytest.mark.engines("sqlite")


async def test_parents_in_a_circle_end(team, mia, ana):
    """A belongs to B, B to C and C to A (bad input): each has its fit, and nothing walks round for ever."""
    circle = (("Alder Yard", "Birch Mill"), ("Birch Mill", "Cedar Works"), ("Cedar Works", "Alder Yard"))
    await books.accounts(team, *(Firm(name, "Logistics", 120, parent=above) for name, above in circle))
    await books.stand_open(team, [name for name, _ in circle])
    await states(mia)
    for name, _ in circle:
        said = await fit(ana, name)
        assert scores(said)[0] is not None, said
        assert not NONSENSE.search(said), said


async def test_a_profile_that_nobody_fits_says_so(team, mia):
    """Airlines of a million people (bad input): none of three accounts fits, and that is said where it is stated."""
    await books.accounts(team, *(Firm(name, "Retail", 90) for name in ("Alder", "Birch", "Cedar")))
    await states(mia, sector="Airlines", employees="900000-1000000")
    said = await reads(mia, r"ideal client", *PROFILE, helped=r"ideal client")
    assert has(r"\b0 of (your |the )?3\b|none|no account|nobody fits", said), said
    assert not NONSENSE.search(said), said


async def test_one_person_added_twice_is_one_lead(ana):
    """The same address in other letters (bad input): it says that they are there, and the list has them once."""
    await adds(ana, "Dana Roe", "Alder Yard", email="dana@alder.example")
    await asks(ana, "/lead add", "sales")
    try:
        said = await fills(ana, {r"mail": "DANA@alder.example", FIRM: "Alder Ltd", WHO: "D. Roe"})
    except AssertionError as refused:
        said = str(refused)
    if ana.modal():
        await ana.closes(everything=True)
    assert has(r"already|same|there is|known|Dana Roe", said), said
    assert (await leads(ana)).count("Roe") == 1


async def test_a_lead_of_a_colleague_is_not_taken_unseen(mia, ana, ben):
    """The same person is Ana's (bad input): Ben is told that they are a colleague's, and does not get them."""
    await comes(mia, "ana", email="dana@alder.example")
    try:
        said = await adds(ben, "Dana Roe", "Alder Yard", email="dana@alder.example")
    except AssertionError as refused:
        said = str(refused)
    if ben.modal():
        await ben.closes(everything=True)
    assert has(r"already|colleague|\bAna\b|somebody", said), said
    for line in LIST:
        assert not line_with(await tried(ben, line), "Dana Roe", "Alder")


async def test_words_that_look_like_markup_are_words(mia, ana):
    """<@U3>, *stars* and a link in a name and a reason (bad input): shown as typed, and nobody is mentioned by them."""
    await brings(mia, row(1, "Dana <@U3> *Roe*", "Alder & <http://x.example|Yard>"))
    said = await leads(ana)
    assert has(r"Dana[^A-Z]{0,6}<@U3>.{0,6}Roe", said), said
    assert "Mia Horvat" not in said


async def test_a_line_that_starts_a_formula_is_no_formula(mia, ana):
    """=HYPERLINK(…) in a name (bad input): kept as words, and harmless on the way out."""
    await brings(mia, row(1, "=1+2", "Alder Yard", email="dana@alder.example"))
    await asks(mia, "/rainmaker export", "sales")
    found = [text for name, text in files_given(mia).items() if has(r"lead", name)]
    assert found
    assert not re.search(r'(^|,)"?=1\+2', "\n".join(found), re.MULTILINE)


@pytest.mark.large
async def test_a_hundred_thousand_leads_are_five_lines(team, mia, ana):
    """10⁵ of them (bad input): in, five on a list with the number of the rest, and four messages a day at most."""
    before = mark(ana)
    rows = [row(one, f"Pat Name{one:06}", f"Firm {one:06}", source="Cold list") for one in range(10**5)]
    await brings(mia, *rows, header=HEADER)
    said = await leads(ana)
    assert len(set(re.findall(r"Name\d{6}", said))) <= 6, said
    assert has(r"99,99\d more|100,000", said), said
    assert "Pat Name" in await tried(ana, "/lead next")
    await lives(team, team.clock.now().date(), team.clock.now().date() + timedelta(days=1))
    days = [at.date() for at in arrived(ana, before, r".")]
    assert max(days.count(one) for one in days) <= 4
    assert max(len(one) for one in texts(ana)) < 4_000
