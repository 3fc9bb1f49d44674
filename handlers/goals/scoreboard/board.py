"""`/team scoreboard`, `/goal scoreboard` and `/team winrates`: how good the numbers were, and what can be compared."""

import asyncio
from typing import NamedTuple

from handlers.context import Context, Preflight, prefetch
from handlers.people.team import team_to_read
from handlers.reply import Reply
from messages.goals import scoreboard as views
from sales.goals.forecast.calibration import Calibration
from sales.goals.scoreboard.board import Scoreboard, scoreboard
from sales.language.dates.period import span
from sales.language.reader import written_for
from sales.people.permission import Act, may
from storage.goals import scoreboard as queries
from storage.goals.calibration import team_calibration
from storage.goals.goal import goals_of
from storage.goals.outcome import reviews
from storage.people.member import find_member
from storage.people.team import find_team

GOALS_SHOWN = 8


class Scored(NamedTuple):
    """A team's scoreboard, and how its chances are put right by it."""

    team: str
    board: Scoreboard
    right: Calibration | None


async def scored(context: Context) -> Scored:
    """Score the forecasts of the team that is meant; a year of thirty reps takes a third of a second."""
    team = await team_to_read(context, "The scoreboard")
    said = await queries.said_of_team(context.scope, team.id, context.today)
    waiting, next_end = await queries.waiting_claims(context.scope, team.id)
    board = await asyncio.to_thread(scoreboard, said, waiting, next_end)
    return Scored(team.name, board, await team_calibration(context.scope, team))


async def scored_before(preflight: Preflight) -> Scored | None:
    """Score before the unit of work, while nobody waits for the writer; None for whoever may not see it."""
    async with preflight.read() as scope:
        member = await find_member(scope, preflight.request.user_id)
        team = await find_team(scope, member.team_id if member else None)
        if member is None or not may(Act.SEE_TEAM_NUMBERS, member):
            return None
        with written_for(member.locale):
            return await scored(preflight.context(scope, member, team))


@prefetch(scored_before)
async def show(context: Context) -> Reply:
    """`/team scoreboard`: the team's forecasts scored beside the usual guesses, also where those were better."""
    found: Scored = context.prefetched or await scored(context)
    return Reply(say=views.board(found.board, found.team, found.right))


async def show_own(context: Context) -> Reply:
    """`/goal scoreboard`: what was said of one's own goals, and what came of them; for the person alone."""
    team = context.their_team
    rows = await goals_of(context.scope, context.member.user_id, GOALS_SHOWN)
    ids = [row.id for row in rows]
    said, ended = await queries.said_of(context.scope, ids), await reviews(context.scope, team, ids)
    lines = []
    for row in rows:
        label = span(row.starts_on, row.ends_on, team.fiscal_year_start).label
        days = [(day, chance) for day, chance, target in said[row.id] if target == row.target]
        if days:
            came = ended[row.id].is_reached if row.id in ended else None
            lines.append(
                views.ScoreboardLine(row, label, views.waypoints(days, row.starts_on, row.ends_on), came)
            )
    return Reply(say=views.own(lines))
