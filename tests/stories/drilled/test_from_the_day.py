"""From the day's work: losses, the weak stage and red lights choose cards; an objection becomes one; roles to play."""

import re

import pytest

from tests.stories.drilled.practised import (
    AREAS,
    HERE,
    PRICE,
    ROLE_PLAY,
    SUPPLIER,
    TODAY,
    areas,
    asks,
    books,
    brings_cards,
    cards_of,
    days,
    drilled,
    drills_days,
    fills,
    has,
    here,
    label,
    lives,
    loses,
    mark,
    objections,
    pair,
    presses,
    since,
    stands,
    start,
    switches,
    texts,
    told,
    wins,
)
from tests.stories.led.led import PACK, head, red_thing
from tests.stories.pipeline.walked import inclined

pytestmark = pytest.mark.engines("sqlite")

TOO_DEAR = "the price was too high"
HAS_ONE = "they already have another supplier"
THREE = r"\b3\b|\bthree\b|third time"
ACCEPT = r"^(write|finish|complete|make|add (it|the|this|a)\b|approve|accept)"
DECLINE = r"^(no\b|decline|drop|discard|not (now|this|worth)|leave)"
LOST_ON = {"price": (TOO_DEAR, PRICE, SUPPLIER), "supplier": (HAS_ONE, SUPPLIER, PRICE)}


def drafts(person, before, words=r"price|expensive|too high") -> list[str]:
    """What came to somebody since that offers a card made of what was heard."""
    found = [
        one for one in since(person, before) if has(r"\bcard\b|\bdraft\b", head(one)) and has(words, one)
    ]
    return [one for one in found if not has(PACK, head(one))]


async def days_pass(town, first="2026-09-15", last="2026-09-16") -> None:
    await lives(town, first, last)


def first_with(cards, words) -> int:
    """The place of the first card whose question says this; far behind for none."""
    return next((number for number, one in enumerate(cards) if has(re.escape(words), one.asked)), 999)


# which cards


@pytest.mark.parametrize("lost", LOST_ON)
async def test_ones_own_objections_come_first(team, ana, mia, lost):
    """Own objections (#73, #68): of two cards that came together, that on what Ana lost three deals on comes first."""
    because, wanted, other = LOST_ON[lost]
    await brings_cards(mia, *objections(PRICE, SUPPLIER))
    await loses(team, ana, "Lockside", "Granary", "Iron Lane", because=because)
    sessions = await drills_days(team, ana, "2026-09-15", "2026-09-17")
    cards = [card for _, one in sessions for card in one.cards]
    assert first_with(cards, wanted) < 6, [one.question for one in cards]
    assert first_with(cards, wanted) < first_with(cards, other), [one.question for one in cards]


async def test_a_card_says_why_it_was_chosen(team, ana, mia):
    """Why this one (#73): it says in a few words that Ana lost deals on it, without a name of a customer."""
    await brings_cards(mia, *objections(PRICE, SUPPLIER))
    await loses(team, ana, "Lockside", "Granary", "Iron Lane")
    cards = (await drilled(ana)).cards
    found = [one for one in cards if PRICE in one.asked]
    assert found, [one.question for one in cards]
    said = "\n".join([found[0].asked, found[0].answered])
    assert has(r"\b(you (lost|heard|met)|your (lost|losses|last|own|deals)|heard|lost)\b", said), said
    assert not has(r"Lockside|Granary|Iron Lane", said), said


async def test_what_a_colleague_heard_is_no_reason_of_mine(team, ana, ben, mia):
    """Own ones (#73): Ben lost on price and Ana did not; no card of hers says that anybody lost or heard anything."""
    await brings_cards(mia, *objections(PRICE, SUPPLIER))
    await loses(team, ben, "Lockside", "Granary", "Iron Lane")
    said = (await drilled(ana)).read
    assert not has(r"you (lost|heard)|your (lost|losses)|\bBen\b|Lockside", said), said


async def test_the_weak_stage_chooses(team, ana):
    """Weak stage (#68, #70): Ana loses eight of nine at Negotiation; half of her first six cards are about that."""
    await loses(team, ana, *(f"Depot {one}" for one in range(8)), because="they stopped writing back")
    await wins(team, ana, "Granary")
    cards = (await drilled(ana)).cards
    assert len(cards) == 6, [one.question for one in cards]
    known = await areas(ana)
    assert len([one for one in cards if has(r"negotiation", known[start(one.question)])]) >= 3, cards


async def test_a_red_light_chooses(team, ana):
    """Red lights (#67, #68): nothing was opened in 45 days; half of the first six are techniques, and one says so."""
    await red_thing(team)
    session = await drilled(ana)
    known = await areas(ana)
    assert len([one for one in session.cards if has(r"technique", known[start(one.question)])]) >= 3, session
    assert has(
        r"right thing|open(ed|ing)? (new|no|nothing)|nothing (was )?opened|prospect|\bred\b", session.read
    )


async def test_where_nothing_is_known_the_areas_take_turns(team, ana):
    """Nobody's weak spot yet (#70): the first ten new cards hold each of the four areas, and no reason."""
    sessions = await drills_days(team, ana, "2026-09-15", "2026-09-16")
    cards = [card for _, one in sessions for card in one.cards]
    known = await areas(ana)
    held = " ".join(known[start(one.question)] for one in cards)
    assert [one for one in AREAS if one not in held] == [], held
    assert not has(r"you lost|you heard|\bred\b|weak", "\n".join(one.asked for one in cards))


# an objection that is heard again and again


async def test_heard_three_times_it_is_a_draft_for_its_owner(team, ana, ben, mia):
    """Three in a month (#73): by the next morning Mia has one draft that says what was heard and three times."""
    await loses(team, ana, "Lockside", "Granary")
    await loses(team, ben, "Iron Lane", because="too expensive for them")
    before = mark(ana, ben, mia)
    await days_pass(team)
    found = drafts(mia, before)
    assert len(found) == 1, since(mia, before)
    assert has(THREE, found[0]), found[0]
    assert has(r"\[(write|finish|complete|make|add (it|the|this|a)|approve|accept)", found[0]), found[0]
    assert has(r"\[(no\b|decline|drop|discard|not|leave)", found[0]), found[0]
    for rep in (ana, ben):
        assert drafts(rep, before) == []


async def test_a_draft_names_nobody_who_lost(team, ana, ben, mia):
    """About the objection (#73): no rep, no customer and no sum stands in it."""
    await loses(team, ana, "Lockside", "Granary")
    await loses(team, ben, "Iron Lane")
    before = mark(mia)
    await days_pass(team)
    [said] = drafts(mia, before)
    assert not has(r"\bAna\b|\bBen\b|Lockside|Granary|Iron Lane|\$\s?\d", said), said


async def test_twice_is_no_draft_yet_and_the_third_is(team, ana, mia):
    """Three, not two (#73): nothing after two losses; one draft after the third, the week after."""
    await loses(team, ana, "Lockside", "Granary")
    before = mark(mia)
    await days_pass(team, "2026-09-15", "2026-09-18")
    assert drafts(mia, before) == []
    await loses(team, ana, "Iron Lane")
    await days_pass(team, "2026-09-21", "2026-09-22")
    assert len(drafts(mia, before)) == 1, since(mia, before)


async def test_three_in_two_months_are_none(team, ana, mia):
    """In a month (#73): the first had been heard 38 days before the third; a fourth within the month makes it three."""
    await loses(team, ana, "Lockside")
    before = mark(mia)
    await team.jump("2026-10-13 10:00", HERE)
    await loses(team, ana, "Granary")
    await team.jump("2026-10-22 10:00", HERE)
    await loses(team, ana, "Iron Lane")
    await days_pass(team, "2026-10-23", "2026-10-26")
    assert not drafts(mia, before)
    await loses(team, ana, "Quayside")
    await days_pass(team, "2026-10-27", "2026-10-28")
    assert len(drafts(mia, before)) == 1, since(mia, before)


async def test_three_different_ones_are_none(team, ana, mia):
    """The same one (#73): price, another supplier and silence are three objections; two more on price are a draft."""
    for name, because in (("Lockside", TOO_DEAR), ("Granary", HAS_ONE), ("Iron Lane", "they said nothing")):
        await loses(team, ana, name, because=because)
    before = mark(mia)
    await days_pass(team)
    assert drafts(mia, before, r".") == []
    await loses(team, ana, "Quayside", "Fen Road")
    await days_pass(team, "2026-09-17", "2026-09-18")
    assert len(drafts(mia, before)) == 1, since(mia, before)


async def test_what_a_debrief_says_counts(team, ana, mia):
    """Debriefs (#73, #33): nothing was typed with the losses; “price” was pressed three times when asked."""
    for name in ("Lockside", "Granary", "Iron Lane"):
        await stands(team, name)
        await asks(ana, f"/deal lost {name}", "sales")
        form = {r"been there": r"^yes", r"know": inclined(r"end", "2026-09-14")}
        await fills(ana, {**form, r"decided|reason": inclined(r"price", TOO_DEAR)})
    before = mark(mia)
    await days_pass(team)
    assert len(drafts(mia, before)) == 1, since(mia, before)


async def drafted(team, ana, mia) -> None:
    """A draft on price stands with Mia; her newest message is that."""
    await loses(team, ana, "Lockside", "Granary", "Iron Lane")
    await days_pass(team)
    assert drafts(mia, {"U3": 0}), texts(mia)


async def test_a_draft_becomes_a_card_when_its_owner_writes_the_answer(team, ana, mia):
    """Its owner writes it (#73): not a card before; with an answer it is one of the team's, and Ana is asked it."""
    await drafted(team, ana, mia)
    assert "a lost day costs" not in await cards_of(mia)
    await presses(mia, ACCEPT, where=here(mia))
    answer, situation = "Say what a lost day costs, then stop", "They say it costs too much"
    await fills(mia, {r"question|situation": situation, r"^answer|good answer": answer})
    said = await cards_of(mia)
    assert answer in said, said
    line = next(one for one in said.splitlines() if answer in one)
    assert has(r"objection", line), line
    sessions = await drills_days(team, ana, "2026-09-17", "2026-09-23")
    assert any(situation in card.asked for _, one in sessions for card in one.cards)


async def test_a_declined_draft_is_the_end_of_it(team, ana, mia):
    """No (#73): no card, and a fourth loss in the same month asks nothing anew."""
    await drafted(team, ana, mia)
    count = len(await cards_of(mia))
    await presses(mia, DECLINE, where=here(mia))
    assert not [one for one in told(mia) if label(one.blocks or [], ACCEPT)]
    before = mark(mia)
    await loses(team, ana, "Quayside")
    await days_pass(team, "2026-09-17", "2026-09-25")
    assert drafts(mia, before) == []
    assert len(await cards_of(mia)) == count


# roles to play


def plays(person, before) -> list[str]:
    return [one for one in since(person, before) if has(ROLE_PLAY, one)]


async def test_a_pair_that_wants_to_gets_roles_to_play(team):
    """Both want (#73): in a week each reads the other's name, what is objected, and who plays whom; no figure."""
    ana, other = await pair(team, "ana", "rep1")
    before = mark(ana, other)
    await loses(team, ana, "Lockside", "Granary", "Iron Lane")
    await days_pass(team, "2026-09-15", "2026-09-21")
    for person, partner in ((ana, "Rep1"), (other, "Ana")):
        found = plays(person, before) or [""]
        assert partner in found[0], since(person, before)
        assert has(r"buyer|customer|client|seller|swap|you (are|play)", found[0]), found[0]
        assert not has(r"\d\s?%|weak|forgot|Again\b|Lockside|Granary|you lost|she lost|Ana lost", found[0])


async def test_roles_come_once_a_week(team):
    """Once a week (#73): in three weeks three for each, never two in one."""
    ana, other = await pair(team, "ana", "rep1")
    for monday in (TODAY + days(7), TODAY + days(14), TODAY + days(21)):
        before = mark(ana, other)
        await days_pass(team, monday, monday + days(4))
        for person in (ana, other):
            assert len(plays(person, before)) == 1, (monday, since(person, before))


async def test_one_who_wants_alone_is_asked_nothing_and_nobody_is_told(team):
    """When both want (#73): Ana alone wants; neither reads of it in a week. Once Rep1 wants too, both do."""
    ana, other = await pair(team, "ana")
    before = mark(ana, other)
    await days_pass(team, "2026-09-15", "2026-09-22")
    assert plays(ana, before) + plays(other, before) == []
    await switches(other, ROLE_PLAY, on=True)
    await days_pass(team, "2026-09-23", "2026-09-30")
    assert plays(ana, before), since(ana, before)
    assert plays(other, before), since(other, before)


async def test_who_is_away_plays_no_role(team, raj):
    """Away (#73): Rep1 is on leave for the week; nobody is asked until they are back, and the channel never is."""
    ana, other = await pair(team, "ana", "rep1")
    await books.on_leave(team, TODAY + days(1), TODAY + days(11), owner=other.person.id)
    before, at = mark(ana, other), len(texts(raj, "sales"))
    await days_pass(team, "2026-09-15", "2026-09-25")
    assert plays(ana, before) + plays(other, before) == []
    await days_pass(team, "2026-09-28", "2026-10-02")
    assert plays(ana, before), since(ana, before)
    assert not has(ROLE_PLAY, "\n".join(texts(raj, "sales")[at:]))
