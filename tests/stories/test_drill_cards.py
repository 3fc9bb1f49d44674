"""Cards looked for, changed and retired where one reads them: whose they are decides who may (69, 70)."""

import pytest

from sales.coaching.drill.card import DrillCard
from sales.value import changed
from storage.coaching.drill.card import change_card, team_cards
from storage.people.team import find_team_named
from tests.known import WORKSPACE
from tests.stories.drilled.drilled import (
    ANSWER,
    QUESTION,
    SHOW,
    TODAY,
    adds,
    asks,
    begins,
    direct,
    fills,
    has,
    now,
    presses,
    tried,
)
from tests.stories.leads.prospected import fills_in
from tests.story_workspace import StoryWorkspace

pytestmark = pytest.mark.engines("sqlite")

STARTER = "/drill cards too expensive"
CHANGE, RETIRE = r"^change", r"^retire"
OTHERWISE = "Ask which of three things they mean."


async def changes(person, line, **typed: str) -> str:
    await asks(person, line)
    await presses(person, CHANGE, where=direct(person))
    await fills(person, {rf"^{name}": text for name, text in typed.items()})
    return now(person)


async def test_a_manager_changes_a_card_of_ours_and_the_team_reads_it_so(team: StoryWorkspace) -> None:
    ana, mia = team.person("ana"), team.person("mia")
    said = await changes(mia, STARTER, answer=OTHERWISE)
    assert has(r"is changed. Whoever learned it is asked it once more", said), said
    said = await asks(ana, STARTER)
    assert OTHERWISE in said, said
    assert has(r"Mia Horvat looks after it", said), said
    assert not has(r"\[Change|\[Retire", said), said
    assert has(r"changed by Mia Horvat", said), said
    await tried(mia, "/rainmaker undo")
    assert OTHERWISE not in await asks(ana, STARTER)


async def test_a_manager_retires_one_and_takes_that_back(team: StoryWorkspace) -> None:
    ana, mia = team.person("ana"), team.person("mia")
    await asks(mia, STARTER)
    await presses(mia, RETIRE, where=direct(mia))
    assert has(r"is retired: nobody is asked it any more", now(mia)), now(mia)
    assert has(r"No card of yours speaks of “too expensive”", now(mia)), now(mia)
    assert has(r"No card of yours speaks of", await asks(ana, STARTER))
    await tried(mia, "/rainmaker undo")
    assert has(r"1 card with", await asks(ana, STARTER))


async def test_ones_own_is_changed_in_the_drill_and_read_by_nobody_else(team: StoryWorkspace) -> None:
    ana, mia = team.person("ana"), team.person("mia")
    await adds(ana)
    await begins(ana)
    await presses(ana, SHOW, where=direct(ana))
    assert ANSWER in now(ana)
    await presses(ana, CHANGE, where=direct(ana))
    await fills(ana, {r"^answer": OTHERWISE})
    assert OTHERWISE in await asks(ana, "/drill cards haulmate")
    assert QUESTION not in await asks(mia, "/drill cards haulmate")
    await asks(ana, "/drill cards haulmate")
    await presses(ana, RETIRE, where=direct(ana))
    assert has(r"No card of yours speaks of “haulmate”", now(ana)), now(ana)


async def test_what_is_not_ones_to_change_is_not_offered_in_a_drill(team: StoryWorkspace) -> None:
    ana = team.person("ana")
    await begins(ana)
    await presses(ana, SHOW, where=direct(ana))
    assert not has(r"\[Change", now(ana)), now(ana)


async def test_two_who_change_it_at_once_lose_nothing(team: StoryWorkspace) -> None:
    mia = team.person("mia")
    await asks(mia, STARTER)
    await presses(mia, CHANGE, where=direct(mia))
    async with team.bot.database.write(WORKSPACE) as scope:
        field = await find_team_named(scope, "Field")
        [held] = [one for one in await team_cards(scope, field.id) if "too expensive" in one.question]
        await change_card(scope, field.id, held, changed(DrillCard, held, answer="Wait."), TODAY)
    await fills_in(mia, {r"^answer": OTHERWISE})
    assert "It says now: “Wait.”" in (mia.modal() or ""), mia.modal()
    assert OTHERWISE in (mia.modal() or ""), mia.modal()
    await mia.submits()
    assert has(r"is changed", now(mia)), now(mia)
    assert OTHERWISE in await asks(mia, STARTER)


async def test_without_a_word_five_are_shown_and_the_rest_counted(team: StoryWorkspace) -> None:
    ana = team.person("ana")
    await adds(ana)
    said = await asks(ana, "/drill cards")
    assert has(r"41 cards", said), said
    assert said.index(QUESTION) < said.index("came with Rainmaker"), said
    assert has(r"36 more", said), said
    assert has(r"in no team|no cards yet", await asks(team.person("raj"), "/drill cards"))


async def test_a_teams_card_is_looked_at_twice_a_year_and_ones_own_by_no_day(team: StoryWorkspace) -> None:
    proposed = "2027-03-13"  # 180 days after Monday 14 September 2026
    for name, is_proposed in (("mia", True), ("ana", False)):
        person = team.person(name)
        await asks(person, "/drill add", "sales")
        assert (proposed in (person.modal() or "")) is is_proposed, person.modal()
        await person.closes(everything=True)


async def test_a_card_is_found_by_its_why_too(team: StoryWorkspace) -> None:
    said = await asks(team.person("ana"), "/drill cards discount")
    assert has(r"“We need 15 percent off,”", said), said
