"""The library where people and days come in between: who looks after it, who left, two teams, what is left alone."""

import pytest

from sales.people.member import Member
from sales.people.team import Team
from storage.people.member import meet_member, save_member
from storage.people.team import add_team, set_people
from tests.known import WORKSPACE
from tests.stories.craft.lived import home, line_with
from tests.stories.face.seen import presses
from tests.stories.files.chat import can_confirm, chooses, drops, words
from tests.stories.pipeline.books import HERE
from tests.stories.pipeline.walked import asks, fills_in, text_of, told
from tests.stories.prepared.prepared import adds_entry, fills, offers
from tests.stories.prepared.test_library import TEXT, TITLE, exported, lets_reps
from tests.stories.prepared.test_library_files import own

DM = None
PLAY = "## Ring twice\n- Kind: play\n- Owner: nobody\n\nRing on two days, at two times of day, before you write.\n"


@pytest.fixture
def mia(team):
    return team.person("mia")


@pytest.fixture
def ana(team):
    return team.person("ana")


def newest(person, place="sales"):
    return text_of(person, told(person, place)[-1])


async def test_whoever_looks_after_an_entry_reads_on_home_that_it_is_past_its_day(team, mia, ana):
    """#69."""
    await adds_entry(mia, "talking", TITLE, TEXT, owner="Ana Kovač", review="2026-09-18")
    assert TITLE not in await home(ana)
    await team.jump("2026-09-21 10:00", HERE)
    said = await home(ana)
    assert "of yours in the library is past its review day" in line_with(said, TITLE), said
    assert TITLE not in await home(mia)
    await presses(ana, "Look at them", where="home")
    await presses(ana, "Read", where="modal")
    await presses(ana, "Still true", where="modal")
    said = ana.modal()
    assert "stands as it is until 22 Mar 2027" in said, said
    assert "Past" not in said
    await ana.closes(everything=True)
    assert TITLE not in await home(ana)
    await asks(ana, "/rainmaker undo", "sales")
    assert TITLE in await home(ana)


async def test_an_entry_whose_owner_left_is_nobodys_and_can_be_taken(team, mia, ana):
    """Bad input, #15."""
    await adds_entry(mia, "talking", TITLE, TEXT, owner="Ana Kovač")
    async with team.bot.database.write(WORKSPACE) as scope:
        await save_member(scope, "U1", active=False)
    said = await asks(mia, "/team library", "sales")
    assert "1 with nobody to look after it: Trucks in winter" in said, said
    await asks(mia, f"/team library {TITLE}", "sales")
    await presses(mia, "I look after it", where="sales")
    assert "Mia Horvat looks after it" in newest(mia)
    assert "nobody" not in await asks(mia, "/team library", "sales")


async def test_one_of_ours_is_the_teams_own_once_somebody_looks_after_it(mia):
    await asks(mia, "/team library If it stays as it is", "sales")
    assert "It came with me" in newest(mia)
    await presses(mia, "I look after it", where="sales")
    said = await asks(mia, "/team library", "sales")
    assert "24 entries" in said
    assert "23 of them came with me" in said


async def test_what_two_entries_are_called_alike_is_refused_under_the_title(mia):
    await adds_entry(mia, "talking", TITLE, TEXT)
    await asks(mia, "/team library", "sales")
    await presses(mia, "^Add", where="sales")
    await fills_in(mia, {"title": TITLE.upper(), "text": "Else."})
    assert "is in the library already" in mia.modal_errors()["Title"]
    await mia.closes(everything=True)


async def test_a_search_finds_by_any_word_and_says_when_nothing_does(mia):
    said = await asks(mia, "/team library budget", "sales")
    assert "There is no budget this year" in said, said
    said = await asks(mia, "/team library the", "sales")
    assert "24 entries with “the”" in said, said
    await presses(mia, "^Next", where="sales")
    assert "entries with “the”" in newest(mia)
    assert offers(mia, "^Previous")
    said = await asks(mia, "show me the library", DM)
    assert "24 entries" in said
    said = await asks(mia, "/team library hovercraft", "sales")
    assert "Nothing in the library says “hovercraft”" in said


async def test_a_kind_has_pages_and_a_way_back(mia):
    await asks(mia, "/team library", "sales")
    await presses(mia, "^Discovery questions", where="sales")
    assert "What makes it a good decision" in newest(mia)
    assert "What their own boss asks" not in newest(mia)
    await presses(mia, "^Next", where="sales")
    assert "What their own boss asks" in newest(mia)
    await presses(mia, "^Library", where="sales")
    assert "24 entries" in newest(mia)


async def test_whoever_writes_in_two_libraries_is_asked_whose_a_file_is(team, mia):
    """#15."""
    async with team.bot.database.write(WORKSPACE) as scope:
        await meet_member(scope, Member(user_id="U9", name="Cy Doe"))
        north = await add_team(scope, Team(name="North"))
        await set_people(scope, north.id, ["U9"], ["U3"])
    await drops(mia, "library.md", PLAY)
    assert "Whose library is it for?" in words(mia)
    assert not can_confirm(mia)
    await chooses(mia, "Whose library", "North")
    said = words(mia)
    assert "for the library of North" in said, said
    assert "1 new: “Ring twice”" in said
    await presses(mia, "^Confirm", where=team.dm("mia"))
    assert "25 entries" in await asks(mia, "/team library North", "sales")
    assert "24 entries" in await asks(mia, "/team library Field", "sales")


async def test_a_rep_who_may_no_more_takes_nothing_in(team, mia, ana):
    """#47."""
    await lets_reps(mia)
    await drops(ana, "library.md", PLAY)
    assert can_confirm(ana)
    await asks(mia, "/team library", "sales")
    await presses(mia, "^Who may", where="sales")
    await fills(mia, {"library": lambda offered: offered[0]})
    await presses(ana, "^Confirm", where=team.dm("ana"))
    assert "edited by those who lead the team" in "\n".join(text_of(ana, one) for one in told(ana)[-2:])
    assert "24 entries" in await asks(ana, "/team library", "sales")


async def test_what_was_changed_between_preview_and_yes_is_left_as_it_is(team, mia):
    """Two at once, #15."""
    await adds_entry(mia, "talking", TITLE, TEXT)
    text = own(await exported(mia)).replace("one truck in six", "one truck in nine")
    await drops(mia, "library.md", f"{text}\n{PLAY}")
    place = team.dm("mia")
    await asks(mia, f"/team library {TITLE}", "sales")
    await presses(mia, "^Edit", where="sales")
    await fills(mia, {"text": "Storms stop one truck in four."})
    await presses(mia, "^Confirm", where=place)
    said = newest(mia, DM)
    assert "1 new: “Ring twice”" in said, said
    assert "Somebody changed it since this was read" in said
    assert "one truck in four" in await asks(mia, f"/team library {TITLE}", "sales")


async def test_a_file_cannot_be_taken_back_once_somebody_changed_what_it_brought(team, mia):
    await drops(mia, "library.md", PLAY)
    await presses(mia, "^Confirm", where=team.dm("mia"))
    await asks(mia, "/team library Ring twice", "sales")
    await presses(mia, "^Edit", where="sales")
    await fills(mia, {"text": "Ring three times."})
    await presses(mia, "^Undo", where=team.dm("mia"))
    said = newest(mia, DM)
    assert "It was not taken back" in said, said
    assert "Ring three times" in await asks(mia, "/team library Ring twice", "sales")


async def test_what_is_pasted_and_holds_nothing_is_refused_under_the_field(mia):
    await asks(mia, "/team library", "sales")
    await presses(mia, "^Import", where="sales")
    await fills_in(mia, {"markdown": "Dear Dana, hello."})
    assert "There is no entry in it" in mia.modal_errors()["Markdown"]
    await mia.closes(everything=True)


async def test_ten_minutes_later_a_file_stands(team, mia):
    await drops(mia, "library.md", PLAY)
    await presses(mia, "^Confirm", where=team.dm("mia"))
    assert offers(mia, "^Undo", place=team.dm("mia"))
    await team.jump("2026-09-14 11:30", HERE)
    assert not offers(mia, "^Undo", place=team.dm("mia"))


async def test_the_card_of_a_team_counts_its_library(mia):
    assert "Library: 24 entries: /team library" in (await asks(mia, "/team", "sales")).replace("`", "")
