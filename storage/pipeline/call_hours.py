"""Calls somebody made with what came of them, each at the hour it was on the clock of whoever was called (56)."""

from datetime import datetime, timedelta
from typing import Any

from sqlmodel import col, select

from sales.followups.activity import ActivityKind
from sales.followups.answered import WasAnswered, answered_by
from sales.language.dates.instants import local_date, place
from sales.pipeline.call_hours import CallAttempt
from storage.followups.activity import WORDED, ActivityRow
from storage.pipeline.deal_contact import zones_beside
from storage.scope import Scope

LOOKED_BACK = timedelta(days=365)  # habits of customers and markets change; a year has every season
MOST = 2_000


async def call_attempts(scope: Scope, owner_id: str, zone: str, now: datetime) -> list[CallAttempt]:
    """Return a person's calls of a year that say what came of them.

    What was logged at once for several, or on another day than it was done, says nothing of the hour. Where the zone
    of whoever was called is not known, it is taken to be that of the caller.
    """
    columns: list[Any] = [
        ActivityRow.created_at,
        ActivityRow.on,
        ActivityRow.outcome,
        ActivityRow.opportunity_id,
    ]
    statement = (
        select(*columns)
        .where(
            ActivityRow.workspace_id == scope.workspace_id,
            ActivityRow.owner_id == owner_id,
            ActivityRow.kind == ActivityKind.CALL,
            ActivityRow.count == 1,
            WORDED,
            ActivityRow.on >= local_date(now - LOOKED_BACK, zone),
        )
        .order_by(col(ActivityRow.on).desc())
        .limit(MOST)
    )
    rows = list(await scope.session.exec(statement))
    zones = await zones_beside(scope, {deal_id for *_, deal_id in rows if deal_id is not None})
    found = []
    for at, on, outcome, deal_id in rows:
        answered = answered_by(ActivityKind.CALL, outcome)
        if answered is not WasAnswered.UNSAID and local_date(at, zone) == on:
            there = place(zones.get(deal_id or 0, ""), zone)
            found.append(CallAttempt(at.astimezone(there).hour, answered is WasAnswered.YES))
    return found
