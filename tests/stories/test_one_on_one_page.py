"""The page of a 1:1: a deal lost between two packs, whom one talks with, and a talk that was marked (6)."""

import pytest

from tests.stories.led.led import HERE, asks, lives, mark, packs, people, stands
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
