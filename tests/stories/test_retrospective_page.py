"""The retrospective: a target that moved is counted, and what a leader changes can be taken back (11)."""

from datetime import date

import pytest

from playground.visitor.person import Visitor
from sales.goals.goal import Goal, Metric
from sales.goals.outcome import TeamOutcome
from sales.language.dates.period import span
from storage.goals.goal import add_goal
from storage.goals.outcome import keep_team_outcomes
from storage.people.team import find_team_named
from tests.known import T0, WORKSPACE
from tests.setup_story import sets_up
from tests.stories.led.led import HERE, asks, fills, goal, lives, mark, presses, retrospectives
from tests.story_workspace import StoryWorkspace

pytestmark = pytest.mark.engines("sqlite")

LINE = "/team retrospective"
PLEDGE = "I read every lead list on Tuesdays"
KEPT = "Kept. I ask about it after the next quarter."


async def after_the_quarter(team: StoryWorkspace) -> None:
    await lives(team, "2026-09-30", "2026-10-05")


def looked_back(mia: Visitor) -> str:
    """What the message with the quarter says now; packs of that morning stand below it."""
    return next(one for one in reversed(mia.sees()) if "Retrospective of" in one).removeprefix("Rainmaker: ")


async def changes(mia: Visitor, where: str) -> None:
    await presses(mia, r"^What will you change", where=where)
    await fills(mia, {"change": PLEDGE})


async def test_a_target_that_moved_is_counted(team: StoryWorkspace) -> None:
    ana, mia = team.person("ana"), team.person("mia")
    await goal(ana)
    await asks(mia, "/goal set @ana 90k this quarter because the region grew", "sales")
    await lives(team, "2026-09-28", "2026-09-30")
    before = mark(mia)
    await lives(team, "2026-10-01", "2026-10-07")
    [said] = retrospectives(mia, before)
    assert said.startswith("Retrospective of Q3 2026, Field"), said
    assert "1 target moved while the quarter ran" in said


async def test_what_one_changes_is_taken_back(team: StoryWorkspace) -> None:
    mia = team.person("mia")
    await team.jump("2026-10-05 10:00", HERE)
    await asks(mia, LINE, "sales")
    await changes(mia, "sales")
    assert PLEDGE in mia.sees("sales")[-1]
    await mia.clicks("Undo", where="sales")
    assert "Tuesdays" not in await asks(mia, LINE, "sales")


async def test_the_rest_of_the_message_stays_when_one_says_what_changes(team: StoryWorkspace) -> None:
    """Two teams in one message: what is said of one leaves the other's page, and Undo leaves both."""
    mia = team.person("mia")
    await sets_up(mia, "West", ["raj"])
    await after_the_quarter(team)
    await changes(mia, mia._place(None).id)
    said = looked_back(mia)
    assert said.startswith(KEPT), said
    assert f"What you change  “{PLEDGE}”" in said
    for name in ("Field", "West"):
        assert f"Retrospective of Q3 2026, {name}" in said
    assert "Say it otherwise…" in said
    assert "What will you change…" in said
    await mia.clicks("Undo")
    said = looked_back(mia)
    assert said.startswith("Retrospective of Q3 2026, Field"), said
    assert "Retrospective of Q3 2026, West" in said
    assert KEPT not in said
    assert PLEDGE not in said


async def test_what_is_said_late_of_a_quarter_is_asked_about_after_the_next(team: StoryWorkspace) -> None:
    """The message of October, answered in January: it is of the third quarter all the same."""
    mia = team.person("mia")
    await after_the_quarter(team)
    await team.jump("2026-12-30 09:00", HERE)
    await presses(
        mia, r"^What will you change", where=mia._place(None).id, near="What will you do differently"
    )
    await fills(mia, {"change": PLEDGE})
    await lives(team, "2026-12-31", "2026-12-31")
    await team.jump("2027-01-11 09:00", HERE)
    said = await asks(mia, LINE, "sales")
    assert said.startswith("Retrospective of Q4 2026, Field"), said
    assert f"After the quarter before you wrote  “{PLEDGE}” Did that change?" in said


async def test_each_months_goals_of_a_quarter_stand_in_it(team: StoryWorkspace) -> None:
    """Goals by the month: what July and August came to was settled long before the quarter's end."""
    mia = team.person("mia")
    async with team.bot.database.write(WORKSPACE) as scope:
        row = await find_team_named(scope, "Field")
        for month in (7, 8):
            days = {"starts_on": date(2026, month, 1), "ends_on": date(2026, month, 31)}
            aim = {"metric": Metric.REVENUE, "target": 10_000_00, "currency": "USD", **days}
            kind = span(*days.values()).kind
            await add_goal(scope, Goal(owner_id="U1", period_kind=kind, **aim), "U1", T0)
            came = TeamOutcome(**aim, goals=1, attained=4_000_00, settled_on=date(2026, month + 1, 2))
            await keep_team_outcomes(scope, row.id, [came])
    await team.jump("2026-10-05 10:00", HERE)
    said = await asks(mia, LINE, "sales")
    assert "July came to at least $4k of $10k" in said, said
    assert "August came to at least $4k of $10k" in said, said
