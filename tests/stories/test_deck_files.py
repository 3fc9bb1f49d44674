"""Decks as files, where something comes in between: rights, two teams, letters, a change meanwhile, a way back."""

import pytest

from sales.people.team import Team
from storage.people.team import add_team, find_team_named, set_people
from tests.known import WORKSPACE
from tests.stories.craft.lived import has
from tests.stories.drilled.drilled import (
    ANSWER,
    OTHER,
    QUESTION,
    WHY,
    adds,
    brings,
    direct,
    exported,
    offered,
    presses,
    rows,
    sheet,
)
from tests.stories.files.chat import can_confirm, chooses, confirms, newest, words
from tests.stories.pipeline.walked import text_of

CARD = ("objection", QUESTION, ANSWER, WHY)
LIBRARY = "## Ring twice\n- Kind: play\n- Owner: nobody\n\nRing on two days.\n"


@pytest.fixture
def mia(team):
    return team.person("mia")


@pytest.fixture
def ana(team):
    return team.person("ana")


async def cards(person) -> dict[str, dict[str, str]]:
    return {one["question"]: one for one in rows(await exported(person))}


async def test_both_files_come_in_one_message(mia):
    await exported(mia)
    assert sorted(one.name for one in newest(mia).files) == ["cards.csv", "cards.md"]


async def test_a_rep_brings_in_cards_and_nothing_else(ana):
    for name, content in (
        ("cards.csv", "Deal Name,Deal Stage,Amount,Close Date\nQuay,Won,1,2026-10-04\n"),
        ("cards.md", LIBRARY),
    ):
        said = await offered(ana, content, name)
        assert has(r"was not read", said), said
        assert has(r"manager|Mia", said), said
        assert not can_confirm(ana)
    said = await offered(ana, sheet(CARD), "deals.csv")
    assert "cards of your own, which nobody else reads" in said, said


async def test_a_library_in_markdown_is_one_still(mia):
    said = await offered(mia, LIBRARY, "cards.md")
    assert "for the library of" in said, said


async def test_an_own_card_of_a_manager_stays_their_own(mia, ana):
    """What goes out of theirs and comes in changed is theirs, and a card of the team's is the team's."""
    await adds(ana, question=OTHER)
    mended = (await exported(ana)).replace(ANSWER, "Wait.")
    said = await offered(ana, mended)
    assert "1 changed" in said, said
    assert "40 the same" in said, said
    await confirms(ana)
    assert (await cards(ana))[OTHER]["answer"] == "Wait."
    assert OTHER not in await cards(mia)


async def test_who_leads_two_teams_is_asked_whose_cards_they_are(team, mia, ana):
    async with team.bot.database.write(WORKSPACE) as scope:
        west = await add_team(scope, Team(name="West", zone="Europe/Ljubljana"))
        await set_people(scope, west.id, ["U9"], [mia.person.id])
    said = await offered(mia, sheet(CARD))
    assert "Whose cards are these?" in said, said
    assert not can_confirm(mia)
    await chooses(mia, "Whose cards", "West")
    assert "cards for the decks of West" in words(mia), words(mia)
    await confirms(mia)
    assert QUESTION not in await cards(ana)


async def test_letters_that_may_be_either_are_asked(mia, ana):
    text = "area;question;answer\nproduct;Kdo je to? čaj;Počakaj.\n"
    said = await offered(mia, text.encode("cp1250"))
    assert "How are the letters to be read?" in said, said
    await chooses(mia, "letters", "čaj")
    await confirms(mia)
    assert (await cards(ana))["Kdo je to? čaj"]["answer"] == "Počakaj."


async def test_undo_beside_the_result(mia, ana):
    await brings(mia, sheet(CARD))
    await presses(mia, r"^undo", where=direct(mia))
    assert "is taken back" in text_of(mia, newest(mia))
    assert QUESTION not in await cards(ana)


async def leads(team, reps, managers) -> None:
    async with team.bot.database.write(WORKSPACE) as scope:
        field = await find_team_named(scope, "Field")
        await set_people(scope, field.id, reps, managers)


async def test_who_leads_the_team_no_more_takes_nothing_in(team, ana):
    ben = team.person("ben")
    await leads(team, ["U1"], ["U2", "U3"])
    said = await offered(ben, sheet(CARD))
    assert "cards for the decks of Field" in said, said
    await leads(team, ["U1", "U2"], ["U3"])
    await confirms(ben)
    assert "Mia Horvat" in words(ben), words(ben)
    assert QUESTION not in await cards(ana)
