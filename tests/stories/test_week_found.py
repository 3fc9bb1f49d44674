"""What a manager and a rep tripped over in a week: a brief from a fact, thanks that read as they were written."""

import pytest

from tests.stories.led.led import action, asks, pack, people
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
    assert "Nothing is called" not in said, said
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


async def test_a_name_needs_no_sign(team: StoryWorkspace) -> None:
    """`/team 1on1 ana`, `/team kudos ben for …`: who alone has the name is found; of two with it both are offered."""
    mia, raj = team.person("mia"), team.person("raj")
    assert "1:1 with Ana Kovač" in await asks(mia, "/team 1on1 ana", "sales")
    said = await asks(mia, "/team 1on1 Ana Kovač ask about Graz", "sales")
    assert "which both of you read: ask about Graz" in said, said
    await asks(mia, "/team kudos ben for the quote", "sales")
    await team.jump("2026-09-14 11:30", "Europe/Ljubljana")
    assert "thanks Ben Ito for the quote" in "\n".join(raj.sees("sales"))
    server = team.server.workspace
    server.add_person("U6001", "ana2", "Ana Novak", tz="Europe/Ljubljana")
    server.channels["C1"].members.append("U6001")
    await team.known("ana2")
    await people(team, ("U1", "U2", "U6001"))
    said = await asks(mia, "/team 1on1 ana: her list", "sales")
    assert "Whose 1:1? Yours are with Ana Kovač and Ana Novak." in said, said
    assert "1:1 with Ana Novak" in await asks(mia, "/team 1on1 ana novak", "sales")


@pytest.mark.parametrize(
    "line", ["@ana and @ben: both late", "@ana, @ben both late", "ana and ben: both late"]
)
async def test_what_is_of_two_stands_on_no_page(team: StoryWorkspace, line: str) -> None:
    """Ana would read what is said of Ben."""
    mia = team.person("mia")
    assert "One 1:1 at a time" in await asks(mia, f"/team 1on1 {line}", "sales")
    assert "late" not in await pack(mia)


async def test_what_was_agreed_on_today_was_not_agreed_on_last_time(team: StoryWorkspace) -> None:
    """And what stands open names the talk, not the colleague as if something were sold to them."""
    mia, ana = team.person("mia"), team.person("ana")
    said = await action(mia, "ana", "send the list of depots", "2026-09-17")
    assert "Agreed on today" in said, said
    assert "last time" not in said, said
    assert "1:1 with Mia Horvat" in await asks(ana, "/followup list", "sales")


async def test_thanks_for_nothing_are_asked_what_for(team: StoryWorkspace) -> None:
    assert "What did they do?" in await asks(team.person("mia"), "/team kudos @ben 🎉🎉", "sales")


async def test_a_suspect_is_told_beside_what_was_opened(team: StoryWorkspace) -> None:
    """Ben noted a deal that day: "0 opened" alone would read as if he had done nothing."""
    await asks(team.person("ben"), "/deal Quayside 12k", "sales")
    said = await asks(team.person("mia"), "/team monday", "sales")
    assert "0 won since Mon 7 Sep · 1 suspect not counted yet" in said, said
    assert "1 suspect in no forecast yet: Quayside." in await pack(team.person("mia"), "ben")
