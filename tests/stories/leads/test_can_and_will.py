"""Can they and will they: budget and authority, need and attitude; go on, find out, or stop, and why."""

import pytest

from tests.stories.craft.lived import has, line_with
from tests.stories.face.seen import presses
from tests.stories.leads import books
from tests.stories.leads.books import Firm
from tests.stories.leads.prospected import NO, OPEN, YES, buys_on, fills, newest, notes, offers, states
from tests.stories.pipeline.walked import asks, edits, texts

pytestmark = pytest.mark.engines("sqlite")

BUTTON = r"can\b.*\bwill|worth (our|your|the) time|budget"
GO, FIND, STOP = r"\bgo on\b", r"\bfind out\b", r"(?<!could )\bstop\b"
ALL = {"budget": YES, "authority": YES, "need": YES, "will": YES}


@pytest.fixture
async def rep(team, ana):
    """Ana with a deal at Alder Yard, which has nothing of the four on record."""
    await books.accounts(team, Firm("Alder Yard", "Logistics", 120))
    await books.stand_open(team, ("Alder Yard",))
    return ana


async def judges(person, **answers) -> str:
    """Say on a deal's card what is known of can and will; what the card says then."""
    called = {
        "budget": r"budget|money",
        "authority": r"authority|decide",
        "need": r"\bneed",
        "will": r"attitude|want|will(ing)?\b",
    }
    await asks(person, "/deal Alder Yard", "sales")
    await presses(person, BUTTON, where="sales")
    await fills(person, {called[name]: answers.get(name, OPEN) for name in called})
    return await asks(person, "/deal Alder Yard", "sales") or newest(person)


def verdict(said) -> str:
    """The line of a card with the verdict."""
    line = line_with(said, f"{GO}|{FIND}|{STOP}")
    assert line, said
    return line


async def test_who_can_and_will_is_gone_on_with(rep):
    """Budget, authority, need and attitude (#32): go on."""
    assert has(GO, verdict(await judges(rep, **ALL)))


@pytest.mark.parametrize(
    ("what", "reason"), [("budget", r"budget|money|cannot"), ("need", r"\bneed")], ids=["budget", "need"]
)
async def test_who_cannot_or_will_not_is_left_alone_with_the_reason(rep, what, reason):
    """One of them a plain no (#32): stop, and which of them it was."""
    said = verdict(await judges(rep, **{**ALL, what: NO}))
    assert has(STOP, said), said
    assert has(reason, said), said
    assert not has(GO, said), said


async def test_what_is_not_known_is_to_be_found_out(rep):
    """Budget not known (#32): find out, and what of; not a no."""
    said = verdict(await judges(rep, **{**ALL, "budget": OPEN}))
    assert has(FIND, said), said
    assert has(r"budget|money", said), said


async def test_a_new_deal_hears_it_at_once(team, ana):
    """At creation (#32): of a deal of which nothing is known, what to find out first, with the way to say it."""
    said = await asks(ana, "/deal Birch Mill 10k", "sales")
    assert has(f"{FIND}|{STOP}", said), said
    assert has(r"budget|authority|decide|need", said), said
    assert offers(ana, BUTTON)


async def test_stage_two_asks_again(rep):
    """At stage two (#32): a deal that was a no moves on when told to, and the no is said where it moves."""
    await judges(rep, **{**ALL, "budget": NO})
    await edits(rep, r"stage", lambda offered: [one for one in offered if not has("won|lost|park", one)][1])
    said = "\n".join([*texts(rep, "sales")[-2:], rep.modal() or ""])
    assert line_with(said, STOP, r"budget|money"), said


async def test_a_price_buyer_does_not_count_as_willing(rep, mia):
    """Will is need and attitude (#32): noted as one who buys on price, where we sell on value, it is no “go on”."""
    await states(mia)
    await notes(rep, "Alder Yard", buys_on("price"))
    said = verdict(await judges(rep, budget=YES, authority=YES, need=YES))
    assert not has(GO, said), said
    assert has(r"price|attitude|value", said), said


async def test_the_verdict_is_advice_and_stops_nothing(rep):
    """A recommendation (#32): the deal stands open as before, until somebody says otherwise."""
    said = await judges(rep, **{**ALL, "budget": NO})
    assert has(STOP, said), said
    listed = line_with(await asks(rep, "/deal", "sales"), r"Alder Yard")
    assert listed
    assert not has(r"\blost\b|parked", listed), listed
