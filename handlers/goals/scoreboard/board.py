"""`/team scoreboard`, `/goal scoreboard` and `/team winrates`: how good the numbers were, and what can be compared."""

import asyncio
from typing import NamedTuple

from handlers.context import Ask, Before, may_manage, prepared_by
from handlers.people import team as asked
from handlers.reply import Reply
from messages.goals import scoreboard as told
from sales.goals.forecast.calibration import Calibration
from sales.goals.scoreboard.board import Scoreboard, scoreboard
from sales.language.dates.period import span
from storage.goals import goal as goals
from storage.goals import scoreboard as kept
from storage.goals.calibration import calibrated
from storage.goals.outcome import reviews
from storage.people import member as members
from storage.people import team as teams

GOALS_SHOWN = 8


class Scored(NamedTuple):
    """A team's scoreboard, and how its chances are put right by it."""

    team: str
    board: Scoreboard
    right: Calibration | None


async def scored(ask: Ask) -> Scored:
    """Score the forecasts of the team that is meant; a year of thirty reps takes a third of a second."""
    team = await asked.to_change(ask)
    assert team.id is not None
    said = await kept.said(ask.scope, team.id, ask.today)
    waiting, next_end = await kept.waiting(ask.scope, team.id)
    board = await asyncio.to_thread(scoreboard, said, waiting, next_end)
    return Scored(team.name, board, await calibrated(ask.scope, team))


async def scored_before(before: Before) -> Scored | None:
    """Score before the unit of work, while nobody waits for the writer; None for whoever may not see it."""
    async with before.read() as scope:
        member = await members.member(scope, before.request.user_id)
        team = await teams.team(scope, member.team_id if member else None)
        if member is None or not may_manage(member, team):
            return None
        return await scored(Ask(before.request, scope, member, team, before.now))


@prepared_by(scored_before)
async def show(ask: Ask) -> Reply:
    """`/team scoreboard`: the team's forecasts scored beside the usual guesses, also where those were better."""
    found: Scored = ask.found or await scored(ask)
    return Reply(say=told.board(found.board, found.team, found.right))


async def show_own(ask: Ask) -> Reply:
    """`/goal scoreboard`: what was said of one's own goals, and what came of them; for the person alone."""
    team = ask.their_team
    rows = await goals.goals_of(ask.scope, ask.member.user_id, GOALS_SHOWN)
    ids = [row.id for row in rows if row.id is not None]
    said, ended = await kept.said_of(ask.scope, ids), await reviews(ask.scope, team, ids)
    lines = []
    for row in rows:
        assert row.id is not None
        label = span(row.starts_on, row.ends_on, team.fiscal_year_start).label
        days = [(day, chance) for day, chance, target in said[row.id] if target == row.target]
        if days:
            came = ended[row.id].is_reached if row.id in ended else None
            lines.append(told.Line(row, label, told.waypoints(days, row.starts_on, row.ends_on), came))
    return Reply(say=told.own(lines))
