"""The retrospective: a target that moved is counted, and what a leader changes can be taken back (11)."""

import pytest

from tests.stories.led.led import asks, fills, goal, lives, mark, presses, retrospectives
from tests.story_workspace import StoryWorkspace

pytestmark = pytest.mark.engines("sqlite")


async def test_a_target_that_moved_is_counted(team: StoryWorkspace) -> None:
    ana, mia = team.person("ana"), team.person("mia")
    await goal(ana)
    await asks(mia, "/goal set @ana 90k this quarter because the region grew", "sales")
    await mia.clicks("Change to $90,000", where="sales")
    await lives(team, "2026-09-28", "2026-09-30")
    before = mark(mia)
    await lives(team, "2026-10-01", "2026-10-07")
    [said] = retrospectives(mia, before)
    assert said.startswith("Retrospective of Q3 2026, Field"), said
    assert "1 target moved while the quarter ran" in said


async def test_what_one_changes_is_taken_back(team: StoryWorkspace) -> None:
    mia = team.person("mia")
    await team.jump("2026-10-05 10:00", "Europe/Ljubljana")
    await asks(mia, "/team retrospective", "sales")
    await presses(mia, r"^What will you change", where="sales")
    await fills(mia, {"change": "I read every lead list on Tuesdays"})
    assert "I read every lead list on Tuesdays" in mia.sees("sales")[-1]
    await mia.clicks("Undo", where="sales")
    assert "Tuesdays" not in await asks(mia, "/team retrospective", "sales")
