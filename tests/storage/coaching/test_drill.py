"""Cards of a team and of a rep, what each remembers, and every answer, on either engine (68, 70)."""

from datetime import date, timedelta

from sales.coaching.drill.card import Deck, DrillCard
from sales.coaching.drill.memory import Recall
from sales.people.member import Member
from sales.people.team import Team
from sales.value import changed
from storage.coaching.drill import card as cards
from storage.coaching.drill import memory as memories
from storage.people.member import meet_member
from storage.people.team import add_team, set_people
from storage.people.workspace import install_workspace
from storage.undo import remember_undo, undo_last
from tests.known import T0, WORKSPACE

TODAY = date(2026, 9, 14)
DAY = timedelta(days=1)


async def field(scope, name="Field", reps=("U1", "U2")):
    for user_id in reps:
        await meet_member(scope, Member(user_id=user_id, name=f"Person {user_id}"))
    team = await add_team(scope, Team(name=name, zone="Europe/Ljubljana"))
    await set_people(scope, team.id, list(reps), [])
    return team


def made(question="Lockside wants ten per cent. And you?", **more) -> DrillCard:
    return DrillCard(deck=Deck.NEGOTIATION, question=question, answer="Ask what for.", owner_id="U3", **more)


async def questions(scope, team_id, user_id) -> list[str]:
    return [one.question for one in await cards.cards_for(scope, team_id, user_id) if one.id]


async def card_called(scope, team_id, user_id, key):
    return next((one for one in await cards.cards_for(scope, team_id, user_id) if one.key == key), None)


async def remembered(scope, card):
    return (await memories.memories_of(scope, "U1")).get(card.key)


async def test_a_teams_card_is_everybodys_and_ones_own_is_ones_own(database):
    async with database.write(WORKSPACE) as scope:
        team = await field(scope)
        other = await field(scope, "West", ("U5",))
        await cards.add_card(scope, team.id, made(), TODAY)
        await cards.add_card(scope, team.id, made("Mine alone, and what then?", for_id="U1"), TODAY)
        assert await questions(scope, team.id, "U1") == [made().question, "Mine alone, and what then?"]
        assert await questions(scope, team.id, "U2") == [made().question]
        assert await questions(scope, other.id, "U5") == []
        assert len(await cards.cards_for(scope, other.id, "U5")) == 40
        assert await cards.cards_for(scope, None, "U9") == []
        assert [one.question for one in await cards.cards_for(scope, None, "U1")] == [
            "Mine alone, and what then?"
        ]


async def test_one_of_ours_is_changed_retired_and_brought_back(database):
    async with database.write(WORKSPACE) as scope:
        team = await field(scope)
        ours = await card_called(scope, team.id, "U1", "starter:linkedin")
        touched = await cards.change_card(
            scope, team.id, ours, changed(DrillCard, ours, answer="Say thank you, and wait."), TODAY
        )
        await remember_undo(scope, "U3", T0, "a card", [touched])
        now = await card_called(scope, team.id, "U1", "starter:linkedin")
        assert (now.answer, now.key, now.changed_on) == (
            "Say thank you, and wait.",
            "starter:linkedin",
            TODAY,
        )
        assert now.fingerprint != ours.fingerprint
        gone = await cards.retire_card(scope, team.id, now, TODAY)
        await remember_undo(scope, "U3", T0, "a card", [gone])
        assert await card_called(scope, team.id, "U1", "starter:linkedin") is None
        await undo_last(scope, "U3", T0)
        assert (
            await card_called(scope, team.id, "U1", "starter:linkedin")
        ).answer == "Say thank you, and wait."
        await undo_last(scope, "U3", T0)
        assert await card_called(scope, team.id, "U1", "starter:linkedin") == ours
        await cards.retire_card(scope, team.id, ours, TODAY)
        assert len(await cards.team_cards(scope, team.id)) == 39


async def test_what_is_remembered_is_each_ones_own_and_every_answer_is_kept(database):
    async with database.write(WORKSPACE) as scope:
        team = await field(scope)
        card = await card_called(scope, team.id, "U1", "starter:linkedin")
        for day, recall in ((TODAY, Recall.GOOD), (TODAY + 2 * DAY, Recall.AGAIN)):
            said = memories.RecalledCard(card.key, card.fingerprint, recall, day, T0)
            await memories.keep_answer(scope, "U1", await remembered(scope, card), said)
    async with database.read(WORKSPACE) as scope:
        held = (await memories.memories_of(scope, "U1"))[card.key]
        assert (held.times, held.lapses, held.first_on, held.fingerprint) == (2, 1, TODAY, card.fingerprint)
        assert await memories.memories_of(scope, "U2") == {}
        assert await memories.answered_on(scope, "U1", TODAY) == {card.key}
        assert await memories.days_practised(scope, "U1", TODAY + DAY) == {TODAY}
        assert await memories.days_practised(scope, "U1", TODAY + 9 * DAY) == {TODAY, TODAY + 2 * DAY}


async def test_an_answer_taken_back_leaves_what_was_remembered_before(database):
    async with database.write(WORKSPACE) as scope:
        team = await field(scope)
        card = await card_called(scope, team.id, "U1", "starter:linkedin")
        for day, recall in ((TODAY, Recall.GOOD), (TODAY + 2 * DAY, Recall.AGAIN)):
            before = await remembered(scope, card)
            stood = before.model_dump() if before is not None else None
            said = memories.RecalledCard(card.key, card.fingerprint, recall, day, T0)
            touched = await memories.keep_answer(scope, "U1", before, said)
        await remember_undo(scope, "U1", T0, "a card answered with Again", touched)
        await undo_last(scope, "U1", T0)
    async with database.read(WORKSPACE) as scope:
        assert (await remembered(scope, card)).model_dump() == stood
        assert await memories.answered_on(scope, "U1", TODAY + 2 * DAY) == set()
        assert await memories.answered_on(scope, "U1", TODAY) == {card.key}


async def test_another_workspace_reads_none_of_it(database):
    async with database.write_ledger() as ledger:
        await install_workspace(ledger, "T2", "Other", "UBOT", T0)
    async with database.write(WORKSPACE) as scope:
        team = await field(scope)
        touched = await cards.add_card(scope, team.id, made(), TODAY)
        card = await card_called(scope, team.id, "U1", f"card:{touched.row.id}")
        said = memories.RecalledCard(card.key, card.fingerprint, Recall.EASY, TODAY, T0)
        await memories.keep_answer(scope, "U1", None, said)
    async with database.read("T2") as scope:
        assert await cards.find_card_row(scope, touched.row.id) is None
        assert await questions(scope, team.id, "U1") == []
        assert await memories.memories_of(scope, "U1") == {}
        assert await memories.answered_on(scope, "U1", TODAY) == set()


async def test_a_card_is_found_by_its_key_by_who_practises_it(database):
    async with database.write(WORKSPACE) as scope:
        team = await field(scope)
        await cards.add_card(scope, team.id, made(), TODAY)
        await cards.add_card(scope, team.id, made(question="Mine alone. And then?", for_id="U1"), TODAY)
        held = await cards.cards_for(scope, team.id, "U1")
        for one in held:
            assert await cards.find_card(scope, team.id, "U1", one.key) == one
        own = next(one for one in held if one.for_id)
        assert await cards.find_card(scope, team.id, "U2", own.key) is None
        assert await cards.find_card(scope, None, "U1", own.key) == own
        assert await cards.find_card(scope, None, "U1", held[-1].key) is None
        await cards.change_card(scope, team.id, held[-1], made(starter=held[-1].starter), TODAY)
        ours = await cards.find_card(scope, team.id, "U1", held[-1].key)
        assert ours.answer == made().answer
        for one in (own, ours):
            await cards.retire_card(scope, team.id, one, TODAY)
            assert await cards.find_card(scope, team.id, "U1", one.key) is None
