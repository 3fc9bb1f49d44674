"""What the day's work brings into the drill, a draft answered in every way, and roles beside a morning note (#73)."""

import pytest

from sales.coaching.drill.card import Deck
from sales.coaching.drill.starters import STARTERS
from storage.coaching.drill.card import team_cards
from storage.people.member import save_member
from storage.people.team import find_team_named
from tests.known import WORKSPACE
from tests.stories.craft.lived import has, lives, mark, since
from tests.stories.drilled.practised import drilled, loses, pair, start, wins
from tests.stories.face.seen import label, presses
from tests.stories.led.led import fills, red_thing, told
from tests.stories.led.named import switches
from tests.stories.pipeline.books import HERE
from tests.stories.pipeline.walked import asks

pytestmark = pytest.mark.engines("sqlite")
DECK = {start(one.question): one.deck for one in STARTERS}
WRITE, NO = r"^write the answer", r"^no, not this one"
TUESDAY = "2026-09-15"


def dm(person) -> str:
    return person._place(None).id


def decks_in(session) -> list[Deck]:
    return [DECK[start(one.question)] for one in session.cards]


async def test_a_weak_stage_brings_its_deck_and_says_so(team):
    ana = team.person("ana")
    await loses(team, ana, *(f"Depot {one}" for one in range(8)), because="they stopped writing back")
    await wins(team, ana, "Granary")
    session = await drilled(ana)
    came = decks_in(
        session
    )  # every other card is asked for, here by why deals were lost and where they stood
    assert came.count(Deck.NEGOTIATION) >= 1
    assert came.count(Deck.NEGOTIATION) + came.count(Deck.OBJECTIONS) >= 3
    assert "Of your last 9 deals that stood at an offer or in negotiation, 8 were lost." in session.read
    assert not has(r"Depot|Granary", session.read)


async def test_a_red_light_brings_techniques_and_says_so(team):
    await red_thing(team)
    session = await drilled(team.person("ana"))
    assert decks_in(session).count(Deck.TECHNIQUE) >= 3
    assert "“the right thing” is red" in session.read


async def test_losses_on_price_come_at_once_beside_the_weak_stage_to_who_lost_them_alone(team):
    ana, ben = team.person("ana"), team.person("ben")
    await loses(team, ana, "Lockside", "Granary", "Iron Lane")
    stage, price = (await drilled(ana)).cards[:2]
    assert "3 were lost" in stage.answered
    assert "expensive" in price.asked
    assert "You lost 3 deals on price lately." in price.answered
    assert not has(r"you lost|Ana|Lockside", (await drilled(ben)).read)


async def asked_of_mia(town):
    """Three deals were lost on price, and Mia has the draft; Mia."""
    await loses(town, town.person("ana"), "Lockside", "Granary", "Iron Lane")
    await lives(town, TUESDAY, TUESDAY)
    return town.person("mia")


async def answers(town) -> list[str]:
    async with town.bot.database.read(WORKSPACE) as scope:
        field = await find_team_named(scope, "Field")
        return [one.answer for one in await team_cards(scope, field.id)]


async def test_what_is_written_is_a_card_and_undo_brings_the_draft_back(team):
    mia = await asked_of_mia(team)
    await presses(mia, WRITE, where=dm(mia))
    assert "Your price is too high" in str(mia.modal())
    await fills(mia, {r"^answer": "Say what a lost day costs, then stop"})
    assert "Say what a lost day costs, then stop" in await answers(team)
    assert not [one for one in told(mia) if label(one.blocks or [], WRITE)]
    await asks(mia, "/rainmaker undo")
    assert "Say what a lost day costs, then stop" not in await answers(team)


async def test_a_declined_one_is_asked_no_more_that_month(team):
    mia = await asked_of_mia(team)
    await presses(mia, NO, where=dm(mia))
    before = mark(mia)
    await loses(team, team.person("ana"), "Quayside")
    await lives(team, "2026-09-16", "2026-09-18")
    assert not [one for one in since(mia, before) if has(r"card on price", one)]


async def test_who_wants_no_such_question_is_not_asked(team):
    mia = team.person("mia")
    await switches(mia, r"cards from what is heard", on=False)
    before = mark(mia)
    await loses(team, team.person("ana"), "Lockside", "Granary", "Iron Lane")
    await lives(team, TUESDAY, "2026-09-16")
    assert not [one for one in since(mia, before) if has(r"card on price", one)]


async def test_a_role_stands_in_the_morning_note_of_who_has_one(team):
    ana, other = await pair(team, "ana", "rep1")
    await switches(ana, r"^morning", on=True)
    await asks(ana, f"/followup Acme {TUESDAY} send the sheet")
    before = mark(ana, other)
    await lives(team, TUESDAY, "2026-09-18")
    [mine] = [one for one in since(ana, before) if has(r"role play", one)]
    [theirs] = [one for one in since(other, before) if has(r"role play", one)]
    assert "Acme" in mine
    assert has(r"you play the buyer", mine) is not has(r"you play the buyer", theirs)


async def test_who_paused_messages_is_waited_for_by_nobody(team):
    ana, other = await pair(team, "ana", "rep1")
    async with team.bot.database.write(WORKSPACE) as scope:
        until = team.clock.now().replace(month=10)
        await save_member(scope, other.person.id, paused_until=until)
    before = mark(ana, other)
    await team.jump(f"{TUESDAY} 07:45", HERE)
    await lives(team, TUESDAY, "2026-09-18")
    assert not [one for one in since(ana, before) + since(other, before) if has(r"role play", one)]


async def test_a_role_is_reason_enough_for_a_morning_note(team):
    """Nothing else is due: who gets a note in the morning reads it there all the same."""
    ana, other = await pair(team, "ana", "rep1")
    await switches(ana, r"^morning", on=True)
    before = mark(ana, other)
    await lives(team, TUESDAY, "2026-09-18")
    for person in (ana, other):
        assert len([one for one in since(person, before) if has(r"role play", one)]) == 1
