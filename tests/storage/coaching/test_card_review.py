"""Cards past their review day as they are stored, and who is asked of them, on both engines."""

from datetime import timedelta

from sales.coaching.drill.card import Deck, DrillCard
from sales.people.member import Member
from sales.people.team import Team
from storage.coaching.card_review import cards_to_review, note_asked, readers_of, reviews_asked_of
from storage.coaching.drill.card import add_card, retire_card, stored
from storage.people.member import meet_members, save_member
from storage.people.team import add_team, set_people
from tests.known import T0, WORKSPACE

TODAY = T0.date()
PAST = TODAY - timedelta(days=1)


def card(question, **more) -> DrillCard:
    return DrillCard(**{"deck": Deck.OWN, "question": question, "answer": "Ask", "review_by": PAST, **more})


async def staffed(scope):
    """Field, whose reps are Ana and Ben and whom Mia leads; Noa sells elsewhere."""
    await meet_members(scope, [Member(user_id=one, name=one) for one in ("ana", "ben", "mia", "noa")])
    field, quarry = await add_team(scope, Team(name="Field")), await add_team(scope, Team(name="Quarry"))
    await set_people(scope, field.id, ["ana", "ben"], ["mia"])
    await set_people(scope, quarry.id, ["noa"], [])
    return field, quarry


async def questions(scope, user_id, *teams) -> list[str]:
    return [one.question for one in await cards_to_review(scope, user_id, {one.id for one in teams}, TODAY)]


async def test_each_keeps_their_own_and_who_manages_what_is_nobodys(database):
    async with database.write(WORKSPACE) as scope:
        field, quarry = await staffed(scope)
        for team, one in (
            (field, card("Ana's", owner_id="ana")),
            (field, card("Of who left", owner_id="noa")),
            (field, card("Nobody's")),
            (field, card("Today", owner_id="ana", review_by=TODAY)),
            (field, card("Without a day", owner_id="ana", review_by=None)),
            (field, card("Alone", owner_id="ana", for_id="ana")),
            (quarry, card("Elsewhere", owner_id="noa")),
        ):
            await add_card(scope, team.id, one, PAST)
        touched = await add_card(scope, field.id, card("Retired", owner_id="ana", starter="too-dear"), PAST)
        await retire_card(scope, field.id, stored(touched.row), TODAY)
    async with database.read(WORKSPACE) as scope:
        assert await questions(scope, "ana", field) == ["Ana's", "Alone"]
        assert await questions(scope, "ben", field) == []
        assert await questions(scope, "mia", field) == ["Of who left", "Nobody's"]
        assert await questions(scope, "noa", quarry) == ["Elsewhere"]
        assert await questions(scope, "ana") == ["Alone"]


async def test_who_is_here_no_more_reads_no_cards(database):
    async with database.write(WORKSPACE) as scope:
        field, _ = await staffed(scope)
        await save_member(scope, "ben", active=False)
    async with database.read(WORKSPACE) as scope:
        readers = await readers_of(scope, field.id)
        assert (set(readers.everybody), list(readers.managers)) == ({"ana", "mia"}, ["mia"])
        assert await readers_of(scope, None) == ((), ())


async def test_what_was_asked_of_whom(database):
    async with database.write(WORKSPACE) as scope:
        field, _ = await staffed(scope)
        await add_card(scope, field.id, card("Ana's", owner_id="ana"), PAST)
        cards = await cards_to_review(scope, "ana", {field.id}, TODAY)
        await note_asked(scope, "ana", cards, TODAY)
    async with database.read(WORKSPACE) as scope:
        [found] = await reviews_asked_of(scope, "ana")
        assert (found.card_id, found.review_by, found.asked_on) == (cards[0].id, PAST, TODAY)
        assert await reviews_asked_of(scope, "mia") == []
    async with database.read("T2") as scope:
        assert await reviews_asked_of(scope, "ana") == []
