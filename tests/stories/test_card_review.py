"""Cards past their review day: who is asked, where and how often, and what becomes of a card (#69)."""

from datetime import date

import pytest

from sales.coaching.drill.card import Deck, DrillCard
from storage.coaching.drill.card import add_card, find_card_row, written_for
from storage.nudges.mute import set_mutes
from storage.people.member import save_member
from storage.people.team import find_team_named
from tests.known import WORKSPACE
from tests.stories.craft.lived import has, lives, mark, since, tried
from tests.stories.drilled.drilled import people
from tests.stories.face.seen import label, presses
from tests.stories.led.led import told
from tests.stories.pipeline.books import HERE

pytestmark = pytest.mark.engines("sqlite")
FRIDAY = date(2026, 9, 18)
PRICE = "They say the price is too high for a depot of theirs"
ASKS = r"past the review day"


def dm(person) -> str:
    return person._place(None).id


async def holds(town, *questions, owner="U3", review=FRIDAY, for_id=None) -> None:
    async with town.bot.database.write(WORKSPACE) as scope:
        team = await find_team_named(scope, "Field")
        for question in questions:
            said = DrillCard(
                deck=Deck.OBJECTIONS,
                question=question,
                answer="Ask what a day without the truck costs them",
                owner_id=owner,
                review_by=review,
                for_id=for_id,
            )
            await add_card(scope, team.id, said, date(2026, 9, 1))


async def held(town, user_id="") -> dict[str, tuple]:
    async with town.bot.database.read(WORKSPACE) as scope:
        team = await find_team_named(scope, "Field")
        cards, _ = await written_for(scope, team.id, user_id)
        return {one.question: (one.owner_id, one.review_by) for one in cards}


def asked(person, before) -> list[str]:
    return [one for one in since(person, before) if has(ASKS, one)]


def everybody(town):
    return mark(*(town.person(one) for one in ("ana", "ben", "mia")))


async def test_on_the_next_working_day_its_owner_reads_it_with_its_answer(team):
    mia = team.person("mia")
    await holds(team, PRICE)
    before = everybody(team)
    await lives(team, "2026-09-15", "2026-09-18")
    assert asked(mia, before) == []
    await lives(team, "2026-09-21", "2026-09-21")
    [said] = asked(mia, before)
    assert has(r"A card is past the review day", said)
    assert has(r"Ask what a day without the truck costs them", said)
    assert has(r"Objections · review by 18 Sep", said)
    assert not has(r"nobody in the team", said)
    assert asked(team.person("ana"), before) + asked(team.person("ben"), before) == []


async def test_still_true_holds_half_a_year_and_undo_takes_it_back(team):
    mia = team.person("mia")
    await holds(team, PRICE)
    await lives(team, "2026-09-18", "2026-09-21")
    await presses(mia, r"^still true", where=dm(mia))
    assert has(r"stays\. I ask again after 22 Mar", since(mia, {"U3": 0})[-1])
    assert label(told(mia)[-1].blocks, r"^retire") is None
    assert await held(team) == {PRICE: ("U3", date(2027, 3, 22))}
    await presses(mia, r"^undo", where=dm(mia))
    assert await held(team) == {PRICE: ("U3", FRIDAY)}


async def test_a_retired_card_comes_back_by_undo(team):
    mia = team.person("mia")
    await holds(team, PRICE)
    await lives(team, "2026-09-18", "2026-09-21")
    await presses(mia, r"^retire", where=dm(mia))
    assert await held(team) == {}
    await tried(mia, "/rainmaker undo")
    assert await held(team) == {PRICE: ("U3", FRIDAY)}


async def test_it_is_asked_twice_and_then_no_more(team):
    mia = team.person("mia")
    await holds(team, PRICE)
    before = everybody(team)
    await lives(team, "2026-09-18", "2026-10-02")
    assert len(asked(mia, before)) == 1
    await lives(team, "2026-10-05", "2026-10-30")
    assert len(asked(mia, before)) == 2


async def test_after_five_are_answered_the_others_come_up(team):
    mia = team.person("mia")
    await holds(team, *(f"Depot question {number}" for number in range(8)))
    before = everybody(team)
    await lives(team, "2026-09-18", "2026-09-21")
    [said] = asked(mia, before)
    assert has(r"8 cards are past the review day", said)
    assert has(r"3 more come up", said)
    assert "Depot question 5" not in said
    await presses(mia, r"^still true", where=dm(mia))
    said = asked(mia, before)[-1]
    assert "Depot question 5" in said
    assert has(r"7 cards", said)


async def test_who_left_hands_it_to_the_manager_who_keeps_it(team):
    ana, mia = team.person("ana"), team.person("mia")
    await holds(team, PRICE, owner="U1")
    await people(team, ["U2"])
    before = everybody(team)
    await lives(team, "2026-09-18", "2026-09-21")
    [said] = asked(mia, before)
    assert has(r"nobody in the team looks after it", said)
    assert asked(ana, before) == []
    await presses(mia, r"^still true", where=dm(mia))
    assert await held(team) == {PRICE: ("U3", date(2027, 3, 22))}


async def test_who_leaves_after_the_question_changes_nothing(team):
    ana = team.person("ana")
    await holds(team, PRICE, owner="U1")
    await lives(team, "2026-09-18", "2026-09-21")
    await people(team, ["U2"])
    await presses(ana, r"^retire", where=dm(ana))
    assert has(r"Somebody else looks after that card", since(ana, {"U1": 0})[-1])
    assert await held(team) == {PRICE: ("U1", FRIDAY)}


async def test_what_the_manager_settled_is_settled_for_its_owner(team):
    ana = team.person("ana")
    await holds(team, PRICE, owner="U1")
    await lives(team, "2026-09-18", "2026-09-21")
    async with team.bot.database.write(WORKSPACE) as scope:
        field = await find_team_named(scope, "Field")
        [card], _ = await written_for(scope, field.id, "")
        row = await find_card_row(scope, card.id)
        row.review_by = date(2027, 1, 1)
        scope.session.add(row)
    await presses(ana, r"^retire", where=dm(ana))
    said = since(ana, {"U1": 0})[-1]
    assert has(r"looked at already", said)
    assert has(r"No card of yours is past", said)
    assert await held(team) == {PRICE: ("U1", date(2027, 1, 1))}


async def test_a_card_of_ones_own_is_asked_of_its_owner_alone(team):
    ana, mia = team.person("ana"), team.person("mia")
    await holds(team, PRICE, owner="U1", for_id="U1")
    before = everybody(team)
    await lives(team, "2026-09-18", "2026-09-21")
    assert has(r"yours alone", asked(ana, before)[0])
    assert asked(mia, before) == []
    await presses(ana, r"^retire", where=dm(ana))
    assert await held(team, "U1") == {}


async def test_with_a_morning_note_it_stands_there(team):
    """And makes one where nothing else is due; the question opens beside it."""
    ana = team.person("ana")
    await holds(team, PRICE, owner="U1")
    async with team.bot.database.write(WORKSPACE) as scope:
        await save_member(scope, "U1", is_rep=True)
        await set_mutes(scope, "U1", [], ["morning"])
    before = everybody(team)
    await lives(team, "2026-09-18", "2026-09-22")
    assert len(asked(ana, before)) == 1
    assert label(told(ana)[-1].blocks, r"^look at it") is not None
    assert label(told(ana)[-1].blocks, r"^still true") is None
    await presses(ana, r"^look at it", where=dm(ana))
    assert has(r"Ask what a day without the truck costs them", since(ana, before)[-1])
    await presses(ana, r"^still true", where=dm(ana))
    assert (await held(team))[PRICE][1] == date(2027, 3, 23)


async def test_whoever_switched_it_off_is_not_asked(team):
    mia = team.person("mia")
    await holds(team, PRICE)
    async with team.bot.database.write(WORKSPACE) as scope:
        await set_mutes(scope, "U3", ["card_review"], [])
    before = everybody(team)
    await lives(team, "2026-09-18", "2026-09-22")
    assert asked(mia, before) == []


async def test_one_switched_off_and_on_is_asked_then(team):
    """What was missed is not lost: the first working day on which it may come, it does."""
    mia = team.person("mia")
    await holds(team, PRICE)
    async with team.bot.database.write(WORKSPACE) as scope:
        await set_mutes(scope, "U3", ["card_review"], [])
    before = everybody(team)
    await lives(team, "2026-09-18", "2026-09-22")
    async with team.bot.database.write(WORKSPACE) as scope:
        await set_mutes(scope, "U3", [], ["card_review"])
    await team.jump("2026-09-23 11:00", HERE)
    assert len(asked(mia, before)) == 1
