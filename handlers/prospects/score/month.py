"""What scoring says, kept each night for its month, with what it says of open leads; monthly a manager reads (37)."""

import asyncio
from datetime import date, datetime, time

from handlers.feature import Look, Shown
from handlers.prospects.score.page import part_of
from messages.blocks import section
from messages.prospects import score as views
from sales.language.dates.instants import local_date, local_instant
from sales.nudges.ledger import Nudge
from sales.nudges.schedule import Occurrence
from sales.people.team import TEAMS_SHOWN
from sales.prospects.score.scoring import MOST_CASES, ScoreBasis
from storage.database import Database
from storage.engines.turn import give_way
from storage.nudges.schedule.rows import ScheduleRow
from storage.people.team import TeamRow, every_team, find_team, teams_managed_by
from storage.prospects.score.case import count_decided, lead_decided_since
from storage.prospects.score.live import worked_out
from storage.prospects.score.month import keep_scoring, scoring_of_month
from storage.prospects.score.rating import keep_odds, leads_to_rate, rated, rating_of
from storage.scope import Scope


async def decide(scope: Scope, schedule: ScheduleRow, occurrence: Occurrence, now: datetime) -> list[Nudge]:
    """Ask for no message: what is learned is read where it is asked for."""
    return []


async def keep(database: Database, schedule: ScheduleRow, now: datetime) -> None:
    """Work out what a team's outcomes teach, and keep it for its month; then rate its open leads by it."""
    team_id, today = int(schedule.subject_id), local_date(now, schedule.zone)
    await keep_month(database, schedule.workspace_id, team_id, today)
    await rate_leads(database, schedule.workspace_id, team_id, today)


async def keep_month(database: Database, workspace_id: str, team_id: int, today: date) -> None:
    """Keep what a team's outcomes teach for a month, if anything was decided since it was kept."""
    async with database.read(workspace_id) as scope:
        team = await find_team(scope, team_id)
        if team is None or not await has_news(scope, team, today):
            return
        found = await worked_out(scope, team, today)
    async with database.write(workspace_id) as scope:
        for one in found:
            if one is not None:
                await keep_scoring(scope, team_id, one, today)


async def rate_every_team(database: Database, workspace_id: str, now: datetime) -> None:
    """Rate the open leads of all teams of a workspace anew."""
    async with database.read(workspace_id) as scope:
        teams = await every_team(scope)
    for team in teams:
        await rate_leads(database, workspace_id, team.id, local_date(now, team.zone))


async def rate_leads(database: Database, workspace_id: str, team_id: int, today: date) -> int:
    """Rate a team's open leads anew, some at a time, so that nobody waits; return of how many that changed."""
    async with database.read(workspace_id) as scope:
        team = await find_team(scope, team_id)
        rating = await rating_of(scope, team, today) if team is not None else None
    changed, last = 0, 0
    while rating is not None:
        async with database.read(workspace_id) as scope:
            rows, firms = await leads_to_rate(scope, rating, last)
        if not rows:
            break
        news = await asyncio.to_thread(rated, rows, firms, rating)
        if news:
            async with database.write(workspace_id) as scope:
                await keep_odds(scope, news)
        changed, last = changed + len(news), rows[-1].id
        await give_way()
    return changed


async def has_news(scope: Scope, team: TeamRow, today: date) -> bool:
    """Say whether anything was decided since what is kept for the month, or the month is new."""
    row = await scoring_of_month(scope, team.id, today.replace(day=1), ScoreBasis.DEALS)
    if row is None or row.cases != min(MOST_CASES, (await count_decided(scope, team, today)).closed):
        return True
    return await lead_decided_since(scope, team, local_instant(team.zone, time.min, row.made_on))


async def in_review(look: Look) -> Shown | None:
    """To a manager, what a month changed of the scores of each team; nothing where nothing did."""
    if not look.member.is_manager:
        return None
    teams = (await teams_managed_by(look.scope, look.member.user_id))[:TEAMS_SHOWN]
    found = [await in_a_line(look.scope, team, local_date(look.now, team.zone)) for team in teams]
    blocks = [section(line) for line in found if line]
    return Shown(blocks) if blocks else None


async def in_a_line(scope: Scope, team: TeamRow, today: date) -> str:
    """Return what changed of a team's scores as they were last kept; empty where nothing did."""
    row = await scoring_of_month(scope, team.id, today.replace(day=1), ScoreBasis.DEALS)
    now = row.scoring if row is not None else None
    if now is None:
        return ""
    part = await part_of(scope, team, now, today)
    is_news = part.news is not None and part.news.is_any
    if not is_news and (now.model is None or now.drift is None or not now.drift.is_off):
        return ""
    return views.reviewed(team.name, now, part.news if is_news else None, part.before_month)
