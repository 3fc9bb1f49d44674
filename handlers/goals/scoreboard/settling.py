"""Settling: what goals came to once their period is over, and how often chance alone gives as much (mechanism 10)."""

import asyncio
from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta

from handlers.goals.forecast.asking import FROM_DEALS, Reader
from handlers.goals.forecast.grounds import TOGETHER
from handlers.goals.runway.grounds import aimed_at
from handlers.people.calendars import calendar_of
from sales.followups.activity import ActivityKind
from sales.goals.forecast.luck import Luck
from sales.goals.goal import Goal, Metric
from sales.goals.outcome import GoalOutcome, TeamOutcome
from sales.goals.scoreboard.chance_alone import luck_in_counts, luck_in_deals
from sales.goals.scoreboard.statement import LATE_FOR, can_settle
from sales.language.dates.period import span
from storage.database import Database
from storage.goals import attainment
from storage.goals.goal import GoalRow, ended_goals
from storage.goals.outcome import keep_outcome, keep_team_outcomes, outcomes
from storage.people import member as members
from storage.people.team import TeamRow


async def settle(database: Database, team: TeamRow, today: date) -> None:
    """Keep what the goals of a team came to that ended lately, each and together."""
    assert team.id is not None
    day = today - timedelta(days=1)
    async with database.read(team.workspace_id) as scope:
        people = [member.user_id for member in await members.in_team(scope, team.id) if member.active]
        calendar = await calendar_of(scope, team)
        rows = [
            row
            for row in await ended_goals(scope, people, day - timedelta(days=LATE_FOR), day)
            if can_settle(row.ends_on, day, calendar)
        ]
        counts = await attainment.attained_of(scope, rows, day)
        before = await outcomes(scope, [row.id for row in rows if row.id is not None])
    counted = list(zip(rows, counts, strict=True))
    news = [(row, count) for row, count in counted if is_news(before.get(row.id or 0), row, count)]
    if not news:
        return
    async with database.read(team.workspace_id) as scope:
        reader = Reader(scope, team, today)
        found = [(row.id or 0, await outcome(reader, row, count)) for row, count in news]
        touched = [group for group in groups(counted, team) if any(one in news for one in group)]
        together = [await team_outcome(reader, group) for group in touched]
    async with database.write(team.workspace_id) as scope:
        for goal_id, one in found:
            await keep_outcome(scope, goal_id, one)
        await keep_team_outcomes(scope, team.id, together)


def is_news(before: GoalOutcome | None, row: GoalRow, count: int) -> bool:
    """Say whether a goal came to something else than is kept of it."""
    return before is None or (before.attained, before.target) != (count, row.target)


def groups(counted: Sequence[tuple[GoalRow, int]], team: TeamRow) -> list[list[tuple[GoalRow, int]]]:
    """Return the goals of a team that can be added up: of one thing, currency and period."""
    found: dict[tuple[object, ...], list[tuple[GoalRow, int]]] = defaultdict(list)
    for row, count in counted:
        found[row.activity_kind, *aimed_at(row, team)].append((row, count))
    return list(found.values())


async def outcome(reader: Reader, row: GoalRow, count: int) -> GoalOutcome:
    """Return what one goal came to."""
    assert reader.team.id is not None
    luck = await luck_of(reader, row, count, row.owner_id)
    return GoalOutcome(
        team_id=reader.team.id,
        owner_id=row.owner_id,
        target=row.target,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        attained=count,
        expected=luck.expected if luck is not None else None,
        luck=luck.share if luck is not None else None,
        settled_on=reader.today,
    )


async def team_outcome(reader: Reader, group: Sequence[tuple[GoalRow, int]]) -> TeamOutcome:
    """Return what the goals of a group came to together, as if one rep had them all."""
    row, attained = group[0][0], sum(count for _, count in group)
    owners = sorted({one.owner_id for one, _ in group})
    luck = await luck_of(reader, row, attained, TOGETHER, owners)
    metric, currency, period = aimed_at(row, reader.team)
    return TeamOutcome(
        metric=metric,
        activity=row.activity_kind or "",
        currency=currency,
        starts_on=period.start,
        ends_on=period.end,
        goals=len(group),
        target=sum(one.target for one, _ in group),
        attained=attained,
        expected=luck.expected if luck is not None else None,
        luck=luck.share if luck is not None else None,
        settled_on=reader.today,
    )


def goal_of(one: TeamOutcome) -> Goal:
    """Return the goal that a team's goals are together; nobody owns it."""
    return Goal(
        owner_id="",
        metric=one.metric,
        activity_kind=ActivityKind(one.activity) if one.activity else None,
        currency=one.currency,
        target=one.target,
        period_kind=span(one.starts_on, one.ends_on).kind,
        starts_on=one.starts_on,
        ends_on=one.ends_on,
    )


async def luck_of(
    reader: Reader, row: GoalRow, attained: int, rep: str, owners: Sequence[str] = ()
) -> Luck | None:
    """Return how a result compares with what the rate before the period was good for; None where too little tells.

    It is worked out in a thread, from what was known on the day before the period.
    """
    year_start = reader.team.fiscal_year_start
    period = span(row.starts_on, row.ends_on, year_start)
    record = await reader.record(row, period.start - timedelta(days=1), owners)
    about = rep, attained, period, year_start
    if record.known is None or row.metric not in FROM_DEALS:
        return await asyncio.to_thread(luck_in_counts, record.past, *about)
    in_deals = row.metric is Metric.DEALS_WON
    return await asyncio.to_thread(luck_in_deals, record.known, *about, in_deals=in_deals)
