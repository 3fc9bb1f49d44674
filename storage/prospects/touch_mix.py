"""The mix of warm and cold: what a rep did to win customers, who of them was no stranger, and what was opened."""

from datetime import date, datetime, time, timedelta
from typing import Any

from sqlmodel import col, or_, select

from sales.followups.channel import CHANNELS
from sales.language.dates.instants import local_date, local_instant
from sales.language.names.customer import customer_in
from sales.language.names.descent import comparable
from sales.pipeline.phone_first import DealAtWork
from sales.prospects.source import clock_of
from sales.prospects.touch_mix import (
    LED_WITHIN,
    MIX_OVER,
    READ_FOR,
    ProspectTouch,
    TouchMix,
    WarmSpan,
    touch_mix,
)
from storage.followups.activity import ActivityRow
from storage.people.member import MemberRow
from storage.pieces import pieces
from storage.pipeline.opportunity import OpportunityRow
from storage.prospects.content_event import ContentEventRow
from storage.prospects.lead import LeadRow
from storage.prospects.source import clocks_of_team
from storage.scope import Scope

A_DAY = timedelta(days=1)


async def own_mix(scope: Scope, member: MemberRow, now: datetime) -> TouchMix:
    """Return the mix of a rep's own half year."""
    today = local_date(now, member.zone)
    first = today - MIX_OVER
    touches = await touches_of(scope, member.user_id, first, today)
    names = sorted({comparable(one.who) for one in touches})
    deals = await deals_of(scope, member.user_id)
    spans = [
        WarmSpan(name, deal.closed_on) for deal in deals for name in deal.names if deal.closed_on is not None
    ]
    spans += await leads_among(scope, member, names)
    spans += await read_by(scope, member, names, first)
    recent = [one for one in deals if one.closed_on is None or one.closed_on >= first - LED_WITHIN]
    return touch_mix(touches, spans, recent, today)


async def touches_of(scope: Scope, owner_id: str, first: date, last: date) -> list[ProspectTouch]:
    """Return what a rep did with customers they named, between two days; looking after customers is none of it."""
    columns: list[Any] = [ActivityRow.account, ActivityRow.on, ActivityRow.count]
    statement = select(*columns).where(
        ActivityRow.workspace_id == scope.workspace_id,
        ActivityRow.owner_id == owner_id,
        col(ActivityRow.account).is_not(None),
        col(ActivityRow.kind).in_(list(CHANNELS)),
        col(ActivityRow.on).between(first, last),
    )
    found = await scope.session.exec(statement)
    return [ProspectTouch(customer_in(str(account)), on, int(times)) for account, on, times in found]


async def deals_of(scope: Scope, owner_id: str) -> list[DealAtWork]:
    """Return a rep's deals that were opened, by the names they go by."""
    row = OpportunityRow
    columns: list[Any] = [row.name, row.account, row.opened_on, row.closed_on]
    statement = select(*columns).where(
        row.workspace_id == scope.workspace_id, row.owner_id == owner_id, col(row.opened_on).is_not(None)
    )
    return [
        DealAtWork((name, account) if account and account != name else (name,), opened_on, closed_on)
        for name, account, opened_on, closed_on in await scope.session.exec(statement)
    ]


async def leads_among(scope: Scope, member: MemberRow, names: list[str]) -> list[WarmSpan]:
    """Return who of these was a lead of the rep's that asked or was introduced, from the day it came."""
    clocks, row = await clocks_of_team(scope, member.team_id), LeadRow
    columns: list[Any] = [row.name, row.account, row.source, row.came_at]
    found: list[WarmSpan] = []
    for some in pieces(names):
        statement = select(*columns).where(
            row.workspace_id == scope.workspace_id,
            row.owner_id == member.user_id,
            or_(col(row.name_folded).in_(some), col(row.account_folded).in_(some)),
        )
        for name, account, source, came_at in await scope.session.exec(statement):
            if clock_of(source, clocks) is not None:
                since = local_date(came_at, member.zone)
                found += [WarmSpan(one, since) for one in (name, account) if one]
    return found


async def read_by(scope: Scope, member: MemberRow, names: list[str], first: date) -> list[WarmSpan]:
    """Return who of these used something that we publish, for as long as that makes them no stranger."""
    row, since = ContentEventRow, local_instant(member.zone, time.min, first - READ_FOR)
    columns: list[Any] = [row.account, row.name, row.happened_at]
    found: list[WarmSpan] = []
    statement = select(*columns).where(
        row.workspace_id == scope.workspace_id, row.owner_id == member.user_id, col(row.happened_at) >= since
    )
    for account, name, at in await scope.session.exec(statement):
        on = local_date(at, member.zone)
        found += [
            WarmSpan(one, on, on + READ_FOR) for one in (account, name) if one and comparable(one) in names
        ]
    return found
