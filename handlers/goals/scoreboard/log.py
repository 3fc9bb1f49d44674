"""Keeping the record: each day what was said of every open goal is written down, and what became of earlier words.

A day is written down once it is over, early the next morning, from what is known then of that day and no later
one. All of it is done in slices: read, count in a thread, write in a short unit of work; a slice that is there
already is left out, so that an interrupted morning goes on where it stopped.
"""

import asyncio
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from sales.goals.forecast.calibration import Calibration
from sales.goals.forecast.weights import Weights
from sales.goals.outcome import is_news
from sales.goals.scoreboard.board import blended_anew, calibration_of, weights_by
from sales.goals.scoreboard.log import spoken
from sales.goals.scoreboard.statement import LATE_FOR, SaidForecast, can_settle
from sales.goals.team_progress import groups
from sales.language.dates.instants import local_date, local_instant
from storage.database import Database
from storage.goals import attainment
from storage.goals import scoreboard as queries
from storage.goals.calibration import keep_learned, team_calibration
from storage.goals.forecast.reader import Reader
from storage.goals.goal import ended_goals, for_others, open_goals_on
from storage.goals.outcome import keep_outcome, keep_team_outcomes, outcome, outcomes, team_outcome
from storage.goals.progress import goal_progress
from storage.nudges.schedule.rows import ScheduleRow
from storage.people.calendar import calendar_of
from storage.people.member import members_in
from storage.people.team import TeamRow, find_team
from storage.pieces import pieces

SLICE = 20  # goals; a third of a second of counting


async def keep(database: Database, schedule: ScheduleRow, now: datetime) -> None:
    """Write down yesterday's forecasts of a team, resolve those whose period is over, and learn from them."""
    workspace_id = schedule.workspace_id
    async with database.read(workspace_id) as scope:
        team = await find_team(scope, int(schedule.subject_id))
    if team is None:
        return
    today = local_date(now, schedule.zone)
    await log_day(database, team, today - timedelta(days=1))
    if await resolve(database, team, today):
        await recalibrate(database, team, today)
    await settle(database, team, today)


async def log_day(database: Database, team: TeamRow, day: date) -> None:
    """Write down what was said of each open goal of a team's people at the end of a day."""
    async with database.read(team.workspace_id) as scope:
        people = [member.user_id for member in await members_in(scope, team.id) if member.active]
        over = local_instant(team.zone, time.min, day + timedelta(days=1))
        rows = await open_goals_on(scope, people, day, over)
        done = await queries.logged_on(scope, [row.id for row in rows], day)
        found = await team_calibration(scope, team)
    rows = [row for row in rows if row.id not in done]
    for some in pieces(rows, SLICE):
        async with database.read(team.workspace_id) as scope:
            standings = await goal_progress(scope, some, team, day)
            reader = Reader(scope, team, day)
            told = [one for one in standings if not one.asks_start]  # of the others no chance is shown
            asked = [(one.goal_id, await reader.question(one)) for one in told]
        said = await asyncio.to_thread(spoken, asked, team.id, found)
        if said:
            async with database.write(team.workspace_id) as scope:
                await queries.log_forecasts(scope, said)


async def resolve(database: Database, team: TeamRow, today: date) -> bool:
    """Note what became of forecasts whose period is over; say whether that changed anything.

    A forecast is resolved by the target and the days it was made for, whatever its goal says now, and once more
    while deals that were won in time are still being entered.
    """
    day = today - timedelta(days=1)
    async with database.read(team.workspace_id) as scope:
        calendar = await calendar_of(scope, team)
        found = await queries.claims(scope, team.id, day - timedelta(days=LATE_FOR), day)
        over = [claim for claim in found if can_settle(claim.ends_on, day, calendar)]
        counts = await attainment.attained_of(scope, over, day)
    changed = [
        (claim, count)
        for claim, count in zip(over, counts, strict=True)
        if not claim.is_resolved or claim.attained != count
    ]
    if changed:
        async with database.write(team.workspace_id) as scope:
            for claim, count in changed:
                await queries.resolve_claim(scope, claim, count, today)
    return bool(changed)


async def recalibrate(database: Database, team: TeamRow, today: date) -> None:
    """Learn from what became of a team's forecasts what each half weighs, and how the blend is put right."""
    async with database.read(team.workspace_id) as scope:
        said = await queries.said_of_team(scope, team.id, today)
    weights, found = await asyncio.to_thread(learned, said)
    async with database.write(team.workspace_id) as scope:
        await keep_learned(scope, team.id, weights, found, today)


def learned(said: Sequence[SaidForecast]) -> tuple[Weights, Calibration | None]:
    """Return the weights by these forecasts, and the calibration of chances blended by those; neither before 200."""
    weights = weights_by(said)
    return weights, calibration_of(blended_anew(said, weights))


async def settle(database: Database, team: TeamRow, today: date) -> None:
    """Keep what the goals of a team came to that ended lately, each and together."""
    day = today - timedelta(days=1)
    async with database.read(team.workspace_id) as scope:
        people = [member.user_id for member in await members_in(scope, team.id)]  # who left counts to the end
        calendar = await calendar_of(scope, team)
        rows = [
            row
            for row in await ended_goals(scope, people, day - timedelta(days=LATE_FOR), day)
            if can_settle(row.ends_on, day, calendar)
        ]
        counts = await attainment.attained_of(scope, rows, day)
        before = await outcomes(scope, [row.id for row in rows])
        shared = {row.id for row in await for_others(scope, rows)}
    counted = list(zip(rows, counts, strict=True))
    news = [(row, count) for row, count in counted if is_news(before.get(row.id), row, count)]
    if not news:
        return
    async with database.read(team.workspace_id) as scope:
        reader = Reader(scope, team, today)
        found = [(row.id, await outcome(reader, row, count)) for row, count in news]
        of_team = groups([(row, count) for row, count in counted if row.id in shared], team)
        touched = [group for group in of_team if any(one in news for one in group)]
        together = [await team_outcome(reader, group) for group in touched]
    async with database.write(team.workspace_id) as scope:
        for goal_id, one in found:
            await keep_outcome(scope, goal_id, one)
        await keep_team_outcomes(scope, team.id, together)
