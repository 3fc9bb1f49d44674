"""Flow of leads: how many came and qualified in which week, and what became of those that did."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import case
from sqlmodel import col, func, or_, select

from sales.goals.runway.outlook import Outlook, has_runway
from sales.goals.team_progress import aimed_at
from sales.language.dates.instants import local_instant
from sales.language.dates.weekday import monday_of
from sales.pipeline.opportunity import Stage
from sales.prospects.flow import A_WEEK, LOOK_BACK, QUALITY_OVER, WEEKS_BEFORE, Became, FlowRecord
from sales.prospects.lead import LeadState
from storage.goals.goal import GoalRow, open_goals_of
from storage.goals.runway import outlooks, team_outlooks
from storage.goals.starting_balance import asked_goals
from storage.people.member import MemberRow, reps_counted
from storage.people.team import TeamRow, reps_of
from storage.pipeline.opportunity import OpportunityRow
from storage.prospects.lead import LeadRow
from storage.scope import Scope

DECIDED = (LeadState.QUALIFIED, LeadState.REJECTED)


async def flow_record(
    scope: Scope, owner_ids: Collection[str], team_ids: Collection[str], zone: str, today: date, now: datetime
) -> FlowRecord:
    """Return what the leads of these people came to, beside those of their whole team; weeks are those of a zone."""
    monday = monday_of(today)
    starts = [
        local_instant(zone, time.min, monday - timedelta(days=A_WEEK * back))
        for back in range(WEEKS_BEFORE, -1, -1)
    ]
    found = await qualified_by_week(scope, owner_ids, starts)
    opened = await opened_of_qualified(scope, owner_ids, now - LOOK_BACK)
    whole = set(team_ids) != set(owner_ids)
    return FlowRecord(
        this_week=found[-1],
        came=await came_since(scope, owner_ids, starts[-1]),
        before=tuple(found[:-1]),
        opened=opened,
        team_opened=await opened_of_qualified(scope, team_ids, now - LOOK_BACK) if whole else opened,
        quality=await qualified_of_decided(scope, owner_ids, now - QUALITY_OVER),
    )


async def qualified_by_week(
    scope: Scope, owner_ids: Collection[str], starts: Sequence[datetime]
) -> list[int]:
    """Return how many leads qualified from each of these instants to the next, and since the last of them."""
    row = LeadRow
    at = col(row.decided_at)
    columns: list[Any] = []
    for place, start in enumerate(starts):
        within = at >= start
        if place + 1 < len(starts):
            within &= at < starts[place + 1]
        columns.append(func.coalesce(func.sum(case((within, 1), else_=0)), 0))
    statement: Any = select(*columns).where(
        row.workspace_id == scope.workspace_id,
        col(row.owner_id).in_(owner_ids),
        row.state == LeadState.QUALIFIED,
        at >= starts[0],
    )
    return [int(one) for one in (await scope.session.exec(statement)).one()]


async def came_since(scope: Scope, owner_ids: Collection[str], since: datetime) -> int:
    """Return how many leads of these people came since an instant."""
    statement = select(func.count()).where(
        LeadRow.workspace_id == scope.workspace_id,
        col(LeadRow.owner_id).in_(owner_ids),
        LeadRow.came_at >= since,
    )
    return int((await scope.session.exec(statement)).one())


async def opened_of_qualified(scope: Scope, owner_ids: Collection[str], since: datetime) -> Became:
    """Return how many leads that qualified since an instant are open deals or were; of those lost as suspects too."""
    lead, deal = LeadRow, OpportunityRow
    was_opened = or_(col(deal.opened_on).is_not(None), col(deal.stage).in_((Stage.OPEN, Stage.WON)))
    statement: Any = (
        select(func.coalesce(func.sum(case((was_opened, 1), else_=0)), 0), func.count())
        .select_from(lead)
        .join(deal, col(deal.id) == col(lead.deal_id))
        .where(
            lead.workspace_id == scope.workspace_id,
            col(lead.owner_id).in_(owner_ids),
            lead.state == LeadState.QUALIFIED,
            col(lead.decided_at) >= since,
            or_(was_opened, deal.stage == Stage.LOST),
        )
    )
    went_on, decided = (await scope.session.exec(statement)).one()
    return Became(int(went_on), int(decided))


async def qualified_of_decided(scope: Scope, owner_ids: Collection[str], since: datetime) -> Became:
    """Return how many qualified of the leads that qualified or were rejected since an instant."""
    row = LeadRow
    is_qualified = case((col(row.state) == LeadState.QUALIFIED, 1), else_=0)
    statement: Any = select(func.coalesce(func.sum(is_qualified), 0), func.count()).where(
        row.workspace_id == scope.workspace_id,
        col(row.owner_id).in_(owner_ids),
        col(row.state).in_(DECIDED),
        col(row.decided_at) >= since,
    )
    went_on, decided = (await scope.session.exec(statement)).one()
    return Became(int(went_on), int(decided))


# the goals that leads are for


async def outlooks_of_rep(scope: Scope, member: MemberRow, team: TeamRow, today: date) -> list[Outlook]:
    """Return the outlook of each of a rep's goals that won deals bring nearer."""
    rows = [row for row in await open_goals_of(scope, [member.user_id], today) if has_runway(row, today)]
    found = await outlooks(scope, rows, member, team, today)
    asked = await asked_goals(scope, rows, team, today)
    return [replace(one, start_is_unknown=row.id in asked) for row, one in zip(rows, found, strict=True)]


async def outlooks_of_team(
    scope: Scope, goals: Sequence[GoalRow], team: TeamRow, today: date
) -> list[Outlook]:
    """Return the outlook of what a team's goals come to together; of one unknown start nothing tells the sum."""
    asked = await asked_goals(scope, goals, team, today)
    unknown = {aimed_at(row, team) for row in goals if row.id in asked}
    found = await team_outlooks(scope, goals, team, today)
    return [
        replace(one, start_is_unknown=(one.aim.goal.metric, one.aim.currency, one.aim.period) in unknown)
        for one in found
    ]


async def goals_of_team(scope: Scope, team: TeamRow, today: date) -> list[GoalRow]:
    """Return the goals of a team's reps that won deals bring nearer."""
    rows = await open_goals_of(scope, await reps_of(scope, team), today)
    return [row for row in rows if has_runway(row, today)]


async def reps_with_leads(scope: Scope, team: TeamRow) -> list[str]:
    """Return the reps of a team, those who left too: what they qualified is the team's."""
    return [one.user_id for one in await reps_counted(scope, team.id)]
