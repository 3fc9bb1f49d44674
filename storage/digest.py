"""The digest: what a team won and agreed in a span of days, and which digests it got before."""

from collections.abc import Collection
from datetime import date
from typing import Any

from sqlmodel import case, col, func, select

from sales.followups.next_step import CONVERSATIONS, NextStep
from sales.pipeline.opportunity import Stage
from storage.scope import Scope
from storage.tables.activity import ActivityRow
from storage.tables.delivery import DeliveryRow
from storage.tables.opportunity import OpportunityRow

LOOK_BACK = 26  # digests; half a year of Mondays


async def wins_between(
    scope: Scope, owner_ids: Collection[str], first: date, last: date
) -> list[OpportunityRow]:
    """Return the deals these people won between two days, both included, the latest first."""
    asked = select(OpportunityRow).where(
        OpportunityRow.workspace_id == scope.workspace_id,
        col(OpportunityRow.owner_id).in_(owner_ids),
        OpportunityRow.stage == Stage.WON,
        col(OpportunityRow.closed_on).between(first, last),
    )
    latest_first = asked.order_by(col(OpportunityRow.closed_on).desc(), col(OpportunityRow.id).desc())
    return list(await scope.session.exec(latest_first))


async def next_steps_between(
    scope: Scope, owner_ids: Collection[str], first: date, last: date
) -> dict[str, tuple[int, int]]:
    """Return how many conversations of each of these people left an agreed next step, and how many there were.

    Conversations are those with somebody named; bare counts say nothing of what was agreed.
    """
    agreed = func.sum(case((col(ActivityRow.next_step) == NextStep.AGREED, 1), else_=0))
    columns: list[Any] = [ActivityRow.owner_id, agreed, func.count()]
    asked = (
        select(*columns)
        .where(
            ActivityRow.workspace_id == scope.workspace_id,
            col(ActivityRow.owner_id).in_(owner_ids),
            col(ActivityRow.kind).in_(CONVERSATIONS),
            col(ActivityRow.account).is_not(None),
            col(ActivityRow.on).between(first, last),
        )
        .group_by(col(ActivityRow.owner_id))
    )
    return {owner_id: (int(done), held) for owner_id, done, held in await scope.session.exec(asked)}


async def earlier_digests(scope: Scope, prefix: str, key: str) -> list[DeliveryRow]:
    """Return the messages whose keys begin with `prefix` and sort before `key`, the latest first.

    The keys end in a local date, so that they sort by day. Those of a season ago are in the archive, and not
    looked for there: a digest covers what went unread lately.
    """
    asked = (
        select(DeliveryRow)
        .where(
            DeliveryRow.workspace_id == scope.workspace_id,
            col(DeliveryRow.occurrence_key) >= prefix,
            col(DeliveryRow.occurrence_key) < key,
        )
        .order_by(col(DeliveryRow.occurrence_key).desc())
        .limit(LOOK_BACK)
    )
    return list(await scope.session.exec(asked))
