"""Who sits across the table: a card for each role, from set-up and debriefs, and which roles still lack one."""

import pytest

from tests.stories.craft.lived import has, line_with
from tests.stories.face.seen import presses
from tests.stories.leads import books
from tests.stories.leads.prospected import PERSONAS, fills, opens, reads
from tests.stories.pipeline.walked import asks

pytestmark = pytest.mark.engines("sqlite")

SIX = ("Alder", "Birch", "Cedar", "Dogwood", "Elm", "Fir")
CFO = {
    r"role|who|title|persona": "CFO",
    r"goals?|aims?|wants?": "Cash by the year's end",
    r"pains?|worr": "Surprises in the fourth quarter",
    r"objections?|says?": "It is not in the budget",
}


async def personas(person) -> str:
    return await reads(person, r"persona", *PERSONAS, helped=r"personas?")


async def writes(mia) -> None:
    """The manager writes the card of a CFO."""
    await opens(mia, r"persona", *PERSONAS, helped=r"personas?")
    if not mia.modal():
        await presses(mia, r"add|new|write|＋", where="sales")
    await fills(mia, CFO)


async def test_a_persona_is_written_once_and_read_by_reps(mia, ana):
    """Set-up (#34): aims, worries and objections of a role, read by whoever sells."""
    await writes(mia)
    said = await personas(ana)
    for word in ("CFO", "Cash by the year's end", "Surprises in the fourth quarter", "not in the budget"):
        assert has(word.replace("'", "['’]"), said), (word, said)


async def test_six_deals_need_one_for_a_cfo(team, mia):
    """“Six deals need one for a CFO” (#34): counted among open deals whose contact has that role and no card."""
    await books.has_contacts(team, SIX, "CFO")
    await books.has_contacts(team, ("Gorse", "Hazel"), "CFO", lost=True, reason="too dear")
    said = await personas(mia)
    assert has(r"\b(6|six)\b deals?", line_with(said, r"CFO")), said


async def test_a_card_fills_the_need(team, mia):
    """Written (#34): the six are served, and no need of a CFO is said."""
    await books.has_contacts(team, SIX, "cfo")
    await writes(mia)
    assert not has(r"need[^\n]*CFO|CFO[^\n]*need", await personas(mia))


async def test_objections_of_debriefs_are_on_the_card(team, mia):
    """From debriefs (#34): three deals with a CFO lost on price put the price among what a CFO objects to."""
    await writes(mia)
    await books.has_contacts(team, SIX[:3], "CFO", lost=True, reason="the price is above their board's limit")
    said = await personas(mia)
    assert has(r"price", said), said
    assert has(r"\b3\b|three", line_with(said, r"price")), said


async def test_the_card_stands_where_the_deal_is_prepared(team, mia, ana):
    """In use (#34): the card of a deal with a CFO says what worries one, in a line."""
    await writes(mia)
    await books.has_contacts(team, ("Alder",), "CFO")
    said = await asks(ana, "/deal Alder", "sales")
    assert has(r"Surprises in the fourth quarter|not in the budget|Cash by the year", said), said
