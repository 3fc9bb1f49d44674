"""Drills: a card of one's own comes within the week; a manager's second team; what a line cannot mean."""

import pytest

from tests.stories.drilled.drilled import (
    ANSWER,
    OTHER,
    QUESTION,
    adds,
    answers,
    asks,
    begins,
    drills_on,
    has,
    now,
    question_of,
    readers_of,
)  # fmt: skip
from tests.story_workspace import StoryWorkspace

pytestmark = pytest.mark.engines("sqlite")


async def test_an_own_card_comes_first_with_its_answer_and_why(team: StoryWorkspace) -> None:
    ana = team.person("ana")
    await adds(ana)
    first, *_ = await drills_on(team, ana, "2026-09-15", "Easy")
    assert first.question == QUESTION
    assert ANSWER in first.back
    assert "Why: A price is compared" in first.back


async def test_the_same_situation_twice_is_refused_under_its_field(team: StoryWorkspace) -> None:
    ana = team.person("ana")
    await adds(ana)
    with pytest.raises(AssertionError):
        await adds(ana)
    assert "in that deck already" in "\n".join(ana.modal_errors().values())


async def test_what_a_manager_writes_is_asked_of_the_team(team: StoryWorkspace) -> None:
    await adds(team.person("mia"), OTHER)
    first, *_ = await drills_on(team, team.person("ana"), "2026-09-15", "Easy")
    assert first.question == OTHER


async def test_ones_own_and_the_managers_line_show_the_same_and_nobody_elses_does(
    team: StoryWorkspace,
) -> None:
    ana = team.person("ana")
    await drills_on(team, ana, "2026-09-15")
    await team.jump("2026-09-22 12:00", "Europe/Ljubljana")
    assert await readers_of(team, r"81\s?%", "/drill @ana", "/drill decks @ana") == {"ana", "mia"}


async def test_who_is_in_no_team_is_told_so(team: StoryWorkspace) -> None:
    said = await asks(team.person("raj"), "/drill decks", "sales")
    assert has("in no team", said), said
    said = await asks(team.person("raj"), "/drill", "sales")
    assert has("Nothing is due", said), said


async def test_the_third_device_shows_what_stands(team: StoryWorkspace) -> None:
    """A card that was answered elsewhere is passed over, and its answer is not shown again."""
    ana = team.person("ana")
    await begins(ana)
    first = question_of(now(ana))
    await asks(ana, "/drill", "sales")
    await answers(ana, "Good")
    assert first not in now(ana)
