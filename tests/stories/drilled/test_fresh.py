"""Fresh: a card past its review day is approved anew or retired by its owner; whoever learned the old one is told."""

import pytest

from tests.stories.drilled.practised import (
    ANSWERS,
    HERE,
    PRICE,
    SUPPLIER,
    TODAY,
    books,
    brings_cards,
    came_up,
    cards_of,
    days,
    drilled,
    drills,
    drills_days,
    fills,
    has,
    here,
    learns,
    line_with,
    lives,
    loses,
    mark,
    objections,
    people,
    presses,
    row,
    since,
    tried,
)
from tests.stories.led.led import PACK, head

pytestmark = pytest.mark.engines("sqlite")

APPROVE, RETIRE = r"^(still (true|right|good|holds)|re-?approve|approve|keep)", r"^(retire|take out|withdraw)"
DUE = r"review|still (true|right|holds)|out of date|re-?approve"
NEW = r"(new|changed|updated|rewritten|edited) since you (last )?(learn|saw|answered)"
NEWER = "Ask what a day without the truck costs them and write the sum down"


def asked(person, before, words=r"price is too high") -> list[str]:
    """What came to somebody since that asks whether a card still holds."""
    found = [one for one in since(person, before) if has(DUE, one) and has(words, one)]
    return [one for one in found if not has(PACK, head(one))]


async def stale(team, mia, *, owner="Mia Horvat", review="2026-09-18"):
    """Both objections are on hand, that on price to be reviewed by a Friday; the mark stands before that day."""
    await brings_cards(
        mia, *objections(PRICE, owner=owner, review=review), *objections(SUPPLIER, owner=owner)
    )
    before = mark(*(team.person(one) for one in ("ana", "ben", "mia")))
    await lives(team, "2026-09-15", "2026-09-17")
    return before


async def test_its_owner_is_asked_when_its_day_has_passed(team, ana, ben, mia):
    """Review by (#69): not before; on the next working day Mia is asked of it, with both answers; no rep is."""
    before = await stale(team, mia)
    assert asked(mia, before) == []
    await lives(team, "2026-09-18", "2026-09-21")
    found = asked(mia, before)
    assert len(found) == 1, since(mia, before)
    assert has(r"\[(still|re-?approve|approve|keep)", found[0]), found[0]
    assert has(r"\[(retire|take out|withdraw)", found[0]), found[0]
    assert "another supplier has served" not in found[0]
    assert asked(ana, before) + asked(ben, before) == []


async def test_a_card_of_a_reps_is_asked_of_the_rep(team, ana, mia):
    """Owner (#69): the team's card stands with Ana Kovač; she is asked, and Mia is not."""
    before = await stale(team, mia, owner="Ana Kovač")
    await lives(team, "2026-09-18", "2026-09-21")
    assert len(asked(ana, before)) == 1, since(ana, before)
    assert asked(mia, before) == []


async def test_approved_it_has_a_new_day_and_is_left_alone(team, mia):
    """Re-approved (#69): the card stays, its day is months ahead, and nothing is asked in the weeks after."""
    before = await stale(team, mia)
    await lives(team, "2026-09-18", "2026-09-21")
    await presses(mia, APPROVE, where=here(mia))
    if mia.modal():
        await fills(mia, {r"review": "2027-03-01"})
    line = line_with(await cards_of(mia), "price is too high")
    assert line, "The card is gone."
    assert not has(r"2026-09-18", line), line
    assert has(r"2026-1[12]|2027-\d\d", line), line
    await lives(team, "2026-09-22", "2026-10-09")
    assert len(asked(mia, before)) <= 1, asked(mia, before)


async def test_retired_it_comes_to_nobody_and_undo_brings_it_back(team, ana, mia):
    """Retired (#69): Ana, who lost on price, is not asked it in a week; the other card she is. Undone, she is."""
    await loses(team, ana, "Lockside", "Granary", "Iron Lane")
    await stale(team, mia)
    await lives(team, "2026-09-18", "2026-09-21")
    await presses(mia, RETIRE, where=here(mia))
    if mia.modal():
        await mia.submits()
    sessions = await drills_days(team, ana, "2026-09-22", "2026-09-28")
    assert came_up(sessions, "price is too high") == []
    assert came_up(sessions, "another supplier has served")
    assert "price is too high" not in await cards_of(mia)
    await tried(mia, "/rainmaker undo")
    assert "price is too high" in await cards_of(mia)
    assert came_up(await drills_days(team, ana, "2026-09-29", "2026-10-06"), "price is too high")


async def test_what_was_learned_and_is_retired_comes_no_more(team, ana, mia):
    """Learned, then retired (#69): what Ana had answered is not due again, and no card stands in its place broken."""
    await loses(team, ana, "Lockside", "Granary", "Iron Lane")
    await stale(team, mia)
    await learns(team, ana, "price is too high", "2026-09-17")
    await lives(team, "2026-09-18", "2026-09-21")
    await presses(mia, RETIRE, where=here(mia))
    if mia.modal():
        await mia.submits()
    assert came_up(await drills_days(team, ana, "2026-09-22", "2026-10-06"), "price is too high") == []


async def test_many_that_are_due_are_one_message(team, mia):
    """No pile (#69): of eight cards five at most are named, with the number of the rest, in one message."""
    rows = [
        row("product", f"Depot question {one}", owner="Mia Horvat", review="2026-09-18") for one in range(8)
    ]
    await brings_cards(mia, *rows)
    before = mark(mia)
    await lives(team, "2026-09-18", "2026-09-21")
    found = asked(mia, before, r"Depot question")
    assert len(found) == 1, since(mia, before)
    named = [one for one in range(8) if f"Depot question {one}" in found[0]]
    assert 1 <= len(named) <= 5, found[0]
    assert has(r"\b8\b", found[0]) or has(rf"\b{8 - len(named)} (more|other)", found[0]), found[0]


async def test_unanswered_it_is_asked_again_seldom(team, mia):
    """Silence (#69): in three weeks it is asked twice at most; `/drill decks` says that one is past its day."""
    before = await stale(team, mia)
    await lives(team, "2026-09-18", "2026-10-09")
    assert 1 <= len(asked(mia, before)) <= 2, asked(mia, before)
    said = await tried(mia, "/drill decks")
    assert has(r"\b(1|one)\b[^\n]*(past|review|due|out of date)|price is too high", said), said


async def test_an_owner_who_left_hands_it_to_the_manager(team, ana, mia):
    """Who left (#69): the card stood with Ana, who is in the team no more; Mia is asked instead, once."""
    before = await stale(team, mia, owner="Ana Kovač")
    await people(team, ["U2"])
    await lives(team, "2026-09-18", "2026-09-22")
    assert len(asked(mia, before)) == 1, since(mia, before)
    assert asked(ana, before) == []


async def test_on_leave_it_waits(team, ana, mia):
    """Leave (#69): Ana is away when the day passes; she is asked on the day she is back, nobody in between."""
    before = await stale(team, mia, owner="Ana Kovač")
    await books.on_leave(team, TODAY + days(4), TODAY + days(11))
    await lives(team, "2026-09-18", "2026-09-25")
    assert asked(ana, before) + asked(mia, before) == []
    await lives(team, "2026-09-28", "2026-09-29")
    assert len(asked(ana, before)) == 1, since(ana, before)


# new since you learned


async def changed(team, ana, mia, answer=NEWER, *, confirms=True):
    """Ana learned the card on price; the day after Mia brings it with another answer. What the preview reads."""
    await loses(team, ana, "Lockside", "Granary", "Iron Lane")
    await brings_cards(mia, *objections(PRICE, SUPPLIER))
    day = await learns(team, ana, "price is too high")
    await team.jump(f"{day + days(1)} 09:45", HERE)
    why = ANSWERS[PRICE][1]
    return day, await brings_cards(mia, row("objections", PRICE, answer, why), confirms=confirms)


async def test_what_changed_is_new_since_it_was_learned(team, ana, mia):
    """New since you learned (#69): within the week Ana is asked it once more, so marked, and reads the new answer."""
    day, preview = await changed(team, ana, mia)
    assert has(r"\b1\b[^\n]*chang|chang[^\n]*\b1\b", preview), preview
    sessions = await drills_days(team, ana, day + days(1), day + days(7))
    cards = [card for _, one in sessions for card in one.cards if "price is too high" in card.asked]
    assert cards, [card.question for _, one in sessions for card in one.cards]
    assert has(NEW, f"{cards[0].asked}\n{cards[0].answered}"), cards[0]
    assert NEWER in cards[0].answered, cards[0].answered
    assert not any(has(NEW, f"{one.asked}\n{one.answered}") for one in cards[1:]), cards


async def test_to_who_never_learned_it_nothing_is_new(team, ana, ben, mia):
    """Only to who learned (#69): Ben meets the card for the first time, with the new answer and no such mark."""
    day, _ = await changed(team, ana, mia)
    await loses(team, ben, "Quayside", "Fen Road", "Holt")
    await team.jump(f"{day + days(1)} 16:00", HERE)
    session = await drilled(ben)
    assert not has(NEW, session.read), session.read
    found = [one for one in session.cards if "price is too high" in one.asked]
    assert found, [one.question for one in session.cards]
    assert NEWER in found[0].answered


async def test_the_same_file_again_makes_nothing_new(team, ana, mia):
    """Unchanged (#69): the same answer dropped again is no change; the card is due when it was, without a mark."""
    day, preview = await changed(team, ana, mia, ANSWERS[PRICE][0], confirms=False)
    assert not has(r"\b1 (card )?chang", preview), preview
    assert not has(NEW, (await drills(ana)).read)
    assert came_up(await drills_days(team, ana, day + days(2), day + days(4)), "price is too high"), day
