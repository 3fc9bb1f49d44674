"""The page of a 1:1: what a pack tells and goes on telling, whom one talks with, and who reads it after a change."""

import pytest

from tests.stories.files.chat import files_given
from tests.stories.led.led import (
    HERE,
    action,
    asks,
    books,
    facts,
    goal,
    has,
    home,
    item,
    joined,
    lives,
    mark,
    note,
    pack,
    packs,
    people,
    presses,
    stands,
    still_open,
    text_of,
    told,
    tried,
)
from tests.stories.pipeline.books import TODAY, days
from tests.story_workspace import StoryWorkspace

pytestmark = pytest.mark.engines("sqlite")


async def test_a_deal_lost_between_two_packs_is_told_in_the_second_alone(team: StoryWorkspace) -> None:
    ana, mia = team.person("ana"), team.person("mia")
    await stands(team, "Lockside")
    before = mark(mia)
    await lives(team, "2026-09-21", "2026-09-25")
    await ana.says("/deal lost Lockside price", channel="sales")
    await lives(team, "2026-09-28", "2026-10-02")
    await lives(team, "2026-10-05", "2026-10-09")
    found = packs(mia, before)
    assert ["Lockside was lost." in one for one in found] == [False, True, False], found


async def test_a_rep_of_two_managers_is_asked_which_and_the_words_are_kept(team: StoryWorkspace) -> None:
    await team.known("raj")
    await people(team, ("U1", "U2"), ("U3", "U4"))
    ana = team.person("ana")
    said = await asks(ana, "/team 1on1: the territory of Ptuj", "sales")
    assert "Whose 1:1? Yours are with Mia Horvat and Raj Patel." in said
    await ana.clicks("Raj Patel", where="sales")
    assert "the territory of Ptuj" in ana.sees("sales")[-1]
    assert "the territory of Ptuj" not in await asks(ana, "/team 1on1 @mia", "sales")


async def test_that_two_talked_is_noted_once_a_day(team: StoryWorkspace) -> None:
    mia = team.person("mia")
    await asks(mia, "/team 1on1 @ana", "sales")
    for said in ("Noted that you talked.", "It is noted already that you talked today."):
        await mia.clicks("We talked", where="sales")
        assert said in mia.sees("sales")[-1]


async def test_a_pack_is_not_sent_of_somebody_who_left_meanwhile(team: StoryWorkspace) -> None:
    mia = team.person("mia")
    before = mark(mia)
    await team.jump("2026-09-21T07:30", HERE)
    await people(team, ("U2",))
    await lives(team, TODAY + days(7), TODAY + days(11))
    assert packs(mia, before, "ana") == []


async def test_a_pack_that_came_keeps_its_facts_when_something_is_added(team: StoryWorkspace) -> None:
    """Added to in the morning, it is still the page for the talk in the afternoon."""
    mia = team.person("mia")
    await books.promised_for(team, "Iron Lane", TODAY - days(3))
    before = mark(mia)
    await lives(team, "2026-09-21", "2026-09-25")
    [first] = packs(mia, before)
    assert "1 promise overdue: Iron Lane" in first
    sent = next(one for one in told(mia) if text_of(mia, one) == first)
    for saying in ("Noted that you talked.", "It is noted already that you talked today."):
        await presses(mia, r"^We talked", where=mia._place(None).id)
        changed = next(text_of(mia, one) for one in told(mia) if one.ts == sent.ts)
        assert saying in changed
        assert facts(changed) == facts(first)


async def test_prepare_on_home_has_what_the_message_has(team: StoryWorkspace) -> None:
    """No two surfaces disagree: the agenda and what was agreed on stand in the modal too."""
    ana, mia = team.person("ana"), team.person("mia")
    await still_open(team, "U1", 3, TODAY - days(20))
    await goal(ana)
    for number in range(7):
        await asks(ana, f"/team 1on1: topic {number}", "sales")
    await action(mia, "ana", "send the list of depots", "2026-09-17")
    await home(mia)
    await presses(mia, r"^Prepare", where="home", near="Ana")
    said = mia.modal() or ""
    for words in ("topic 0", "and 2 more", "send the list of depots", "Question to begin with"):
        assert words in said, said


async def test_a_rep_is_not_told_that_the_manager_reads_the_very_same(team: StoryWorkspace) -> None:
    """A hard talk is the manager's to prepare: nothing on the rep's page says that there is none."""
    said = await pack(team.person("ana"), "")
    assert "has the same" not in said
    assert "Items and notes are read by you two alone." in said


async def test_who_has_nobody_to_talk_with_is_told_why(team: StoryWorkspace) -> None:
    """Nobody leads, nobody sells, no team: three sentences, each with what would change it."""
    ana, mia, raj = (team.person(name) for name in ("ana", "mia", "raj"))
    await team.known("raj")
    assert "You are in no team yet" in await tried(raj, "/team 1on1")
    await people(team, ())
    assert "Nobody sells in a team of yours yet" in await tried(mia, "/team 1on1")
    await people(team, ("U1", "U2"), ())
    assert "Nobody manages your team yet" in await tried(ana, "/team 1on1")


async def test_a_manager_of_many_is_told_how_to_name_one(team: StoryWorkspace) -> None:
    await joined(team, 4)
    said = await tried(team.person("mia"), "/team 1on1")
    assert "Ana Kovač, Ben Ito, Rep1 Surname and 3 more" in said, said
    assert "name them: /team 1on1 @ana" in said.replace("`", ""), said


async def test_who_goes_to_another_team_has_an_empty_page_there_and_their_own_when_they_return(
    team: StoryWorkspace,
) -> None:
    """Handed over: neither the next manager nor the last one reads what was noted; the old pair does again."""
    ana, mia, raj = (team.person(name) for name in ("ana", "mia", "raj"))
    await team.known("raj")
    await note(mia, "She thinks of moving to Graz")
    await item(mia, "ask about Lockside")
    old_button = told(mia, "sales")[-1]
    await people(team, ("U1", "U2"), ("U4",))
    assert not has("Graz|Lockside", await pack(raj))
    assert not has("Graz|Lockside", await tried(mia, "/team 1on1 @ana"))
    assert not has("Graz|Lockside", await pack(ana, ""))
    assert old_button is not None
    await presses(mia, r"^We talked", where="sales")
    assert "You two are not in one team any more" in mia.sees("sales")[-1]
    await people(team, ("U1", "U2"), ("U3",))
    assert "Graz" in await pack(mia)


async def test_an_export_of_everybody_holds_no_note_of_a_talk_of_others(team: StoryWorkspace) -> None:
    """The pair alone: of Raj, an admin, the file of everybody has neither; that of Mia, who wrote it, has both."""
    ana, mia, raj = team.person("ana"), team.person("mia"), team.person("raj")
    await team.server.change_person("U4", is_admin=True)
    await note(mia, "She thinks of moving to Graz")
    await item(mia, "ask about Lockside")
    for person, holds in ((raj, False), (mia, True), (ana, True)):
        await asks(person, "/rainmaker export")
        await team.server.settled()
        held = "\n".join(files_given(person).values())
        assert held
        assert (("Graz" in held), ("ask about Lockside" in held)) == (holds, holds)


async def test_the_further_words_of_a_name_are_the_name(team: StoryWorkspace) -> None:
    """“@ana kovač: …” adds what stands behind the colon, and “@ana kovač” alone adds nothing."""
    mia = team.person("mia")
    said = await asks(mia, "/team 1on1 @ana kovač", "sales")
    assert "Nothing yet" in said, said
    said = await asks(mia, "/team 1on1 @ana Kovac: ask about Lockside", "sales")
    assert "ask about Lockside" in said, said
    assert "ovač: ask" not in said, said
