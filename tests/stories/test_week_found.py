"""What a manager and a rep tripped over in a week: a brief from a fact, thanks that read as they were written."""

import pytest

from tests.stories.led.led import asks
from tests.story_workspace import StoryWorkspace

pytestmark = pytest.mark.engines("sqlite")


@pytest.mark.parametrize(
    ("line", "asked"),
    [
        ("/lead fact Kestrel: they open a plant in Graz", "Kestrel"),
        ("/lead add Dana Cole at Kestrel from web form", "Dana Cole"),
        ("/lead target Kestrel", "Kestrel"),
    ],
    ids=["a fact", "a lead", "a target"],
)
async def test_a_brief_is_of_whoever_something_is_noted_of(
    team: StoryWorkspace, line: str, asked: str
) -> None:
    ana = team.person("ana")
    await asks(ana, line, "sales")
    said = await asks(ana, f"/prep {asked}", "sales")
    assert "No deal and no account" not in said, said
    assert "Kestrel" in said, said


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("for calling back every lead", "thanks Ben Ito for calling back every lead."),
        ("he stayed late for the quote", "thanks Ben Ito: he stayed late for the quote."),
        ("because he called back", "thanks Ben Ito because he called back."),
        (": the quote", "thanks Ben Ito: the quote."),
        ("thanks for the quote", "thanks Ben Ito for the quote."),
    ],
)
async def test_thanks_read_as_they_were_written(team: StoryWorkspace, typed: str, read: str) -> None:
    mia, raj = team.person("mia"), team.person("raj")
    await asks(mia, f"/team kudos @ben {typed}", "sales")
    await team.jump("2026-09-14 11:30", "Europe/Ljubljana")
    assert read in "\n".join(raj.sees("sales"))


async def test_two_are_not_thanked_as_one(team: StoryWorkspace) -> None:
    said = await asks(team.person("mia"), "/team kudos @ben and @ana for the quote", "sales")
    assert "One person at a time" in said, said


async def test_the_librarys_own_example_finds_something(team: StoryWorkspace) -> None:
    ana = team.person("ana")
    for asked in ("price", "objections"):
        said = await asks(ana, f"/team library {asked}", "sales")
        assert "Nothing in the library" not in said, said


async def test_both_read_what_is_added_to_an_agenda(team: StoryWorkspace) -> None:
    said = await asks(team.person("mia"), "/team 1on1 @ben: his numbers", "sales")
    assert "which both of you read" in said, said
