"""What is known of deals beside themselves, read for many of them at once."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any, TypeVar

from sqlmodel import SQLModel, col, func, or_, select

from sales.followups.followup import FollowUpState
from sales.followups.next_step import CONVERSATIONS, NextStep
from sales.language.dates.instants import local_date
from sales.pipeline.deal_facts import DealFacts
from sales.pipeline.stage import DealStage, stage_of
from storage.followups.activity import ActivityRow
from storage.followups.followup import FollowUpRow
from storage.people.member import find_member, members_ahead
from storage.pieces import pieces
from storage.pipeline.deal_contact import DealContactRow
from storage.pipeline.deal_history import history_of
from storage.pipeline.imported import imported_at
from storage.pipeline.obstacle import ObstacleRow
from storage.pipeline.opportunity import OpportunityRow
from storage.pipeline.stage import stages_for
from storage.scope import Scope

FIRST_DUE = (col(FollowUpRow.due_on), col(FollowUpRow.id))
OfDeals = TypeVar("OfDeals", bound=SQLModel)


async def deal_facts(
    scope: Scope, deals: Sequence[OpportunityRow], stages: Sequence[DealStage]
) -> list[DealFacts]:
    """Return deals of one team with what stands beside them, in the order given; `stages` are the team's."""
    found: list[DealFacts] = []
    for some in pieces(deals):
        found += await _facts(scope, some, stages)
    return found


async def facts_of_deal(scope: Scope, deal: OpportunityRow) -> DealFacts:
    """Return one deal with what stands beside it; its stages are those of its owner's team."""
    return (await deal_facts(scope, [deal], await stages_for(scope, deal.owner_id)))[0]


async def step_of(scope: Scope, deal_id: int) -> FollowUpRow | None:
    """Return the open commitment of a deal that is due first, or None."""
    statement = select(FollowUpRow).where(
        FollowUpRow.workspace_id == scope.workspace_id,
        FollowUpRow.opportunity_id == deal_id,
        FollowUpRow.state == FollowUpState.OPEN,
    )
    return (await scope.session.exec(statement.order_by(*FIRST_DUE).limit(1))).first()


async def promises_for(scope: Scope, deal_ids: Sequence[int], owner_id: str) -> dict[int, list[FollowUpRow]]:
    """Return what somebody has open for some deals, by deal, the first due first. Ask for at most 500."""
    is_open = col(FollowUpRow.state) == FollowUpState.OPEN
    is_theirs = col(FollowUpRow.owner_id) == owner_id
    return await _by_deal(scope, FollowUpRow, deal_ids, is_open, is_theirs, order=FIRST_DUE)


async def _facts(
    scope: Scope, deals: Sequence[OpportunityRow], stages: Sequence[DealStage]
) -> list[DealFacts]:
    ids = [deal.id for deal in deals]
    contacts = await _by_deal(scope, DealContactRow, ids, order=(col(DealContactRow.id),))
    obstacles = await _by_deal(
        scope,
        ObstacleRow,
        ids,
        order=(col(ObstacleRow.due_on).is_(None), col(ObstacleRow.due_on), col(ObstacleRow.id)),
    )
    steps = await _by_deal(
        scope,
        FollowUpRow,
        ids,
        col(FollowUpRow.state) == FollowUpState.OPEN,
        order=FIRST_DUE,
    )
    changes, touched = await history_of(scope, ids), await last_touches(scope, ids)
    came, nowhere = await imported_at(scope, deals), await led_nowhere(scope, ids)
    zones = await zones_of(scope, {deal.owner_id for deal in deals if deal.owner_id and deal.id in came})
    return [
        DealFacts(
            deal,
            stage_of(deal, stages),
            contacts.get(deal.id, []),
            [one for one in obstacles.get(deal.id, []) if one.cleared_on is None],
            changes.get(deal.id, []),
            next(iter(steps.get(deal.id, [])), None),
            touched.get(deal.id),
            sum(one.cleared_on is not None for one in obstacles.get(deal.id, [])),
            local_date(came[deal.id], zones.get(str(deal.owner_id), "UTC")) if deal.id in came else None,
            nowhere.get(deal.id, 0),
        )
        for deal in deals
    ]


async def zones_of(scope: Scope, owner_ids: Collection[str]) -> dict[str, str]:
    """Return by whose clock each of these people reads what day it was."""
    await members_ahead(scope, owner_ids)
    found = [await find_member(scope, user_id) for user_id in owner_ids]
    return {one.user_id: one.zone for one in found if one is not None}


async def _by_deal(
    scope: Scope, table: type[OfDeals], ids: Sequence[int], *where: Any, order: Sequence[Any]
) -> dict[int, list[OfDeals]]:
    """Return the rows of a table that belong to some deals, each deal's in an order."""
    columns: Any = table
    statement: Any = select(table).where(
        columns.workspace_id == scope.workspace_id, columns.opportunity_id.in_(ids), *where
    )
    found: dict[int, list[OfDeals]] = {}
    for row in await scope.session.exec(statement.order_by(*order)):
        found.setdefault(row.opportunity_id, []).append(row)
    return found


async def last_touches(scope: Scope, ids: Sequence[int]) -> dict[int, date]:
    """Return the last day something was done for each of some deals: an activity, or a commitment kept."""
    done: Any = (
        select(col(ActivityRow.opportunity_id), func.max(col(ActivityRow.on)))
        .where(
            ActivityRow.workspace_id == scope.workspace_id,
            col(ActivityRow.opportunity_id).in_(ids),
        )
        .group_by(col(ActivityRow.opportunity_id))
    )
    kept: Any = (
        select(col(FollowUpRow.opportunity_id), func.max(col(FollowUpRow.settled_at)))
        .where(
            FollowUpRow.workspace_id == scope.workspace_id,
            col(FollowUpRow.opportunity_id).in_(ids),
            FollowUpRow.state == FollowUpState.DONE,
        )
        .group_by(col(FollowUpRow.opportunity_id))
    )
    found: dict[int, date] = dict((await scope.session.exec(done)).all())
    for deal_id, at in await scope.session.exec(kept):
        if at is not None:
            found[deal_id] = max(found.get(deal_id, date.min), at.date())
    return found


async def led_nowhere(scope: Scope, ids: Sequence[int]) -> dict[int, int]:
    """Return how many conversations of each of some deals left no next step, 0 being missing (mechanism 59).

    Counted are those after the last one that left a step, and after the last promise made for the deal: whoever made
    one afterwards found a way on. Of one whose next step nobody answered for, none is known either.
    """
    held = (
        ActivityRow.workspace_id == scope.workspace_id,
        col(ActivityRow.opportunity_id).in_(ids),
        col(ActivityRow.kind).in_(CONVERSATIONS),
    )
    agreed: Any = (
        select(col(ActivityRow.opportunity_id).label("deal_id"), func.max(col(ActivityRow.id)).label("id"))
        .where(*held, col(ActivityRow.next_step) == NextStep.AGREED)
        .group_by(col(ActivityRow.opportunity_id))
        .subquery()
    )
    promised: Any = (
        select(
            col(FollowUpRow.opportunity_id).label("deal_id"),
            func.max(col(FollowUpRow.created_at)).label("at"),
        )
        .where(
            FollowUpRow.workspace_id == scope.workspace_id,
            col(FollowUpRow.opportunity_id).in_(ids),
        )
        .group_by(col(FollowUpRow.opportunity_id))
        .subquery()
    )
    since: Any = (
        select(col(ActivityRow.opportunity_id), func.sum(col(ActivityRow.count)))
        .outerjoin(agreed, agreed.c.deal_id == col(ActivityRow.opportunity_id))
        .outerjoin(promised, promised.c.deal_id == col(ActivityRow.opportunity_id))
        .where(
            *held,
            or_(agreed.c.id.is_(None), col(ActivityRow.id) > agreed.c.id),
            or_(promised.c.at.is_(None), col(ActivityRow.created_at) > promised.c.at),
        )
        .group_by(col(ActivityRow.opportunity_id))
    )
    return {deal_id: int(count) for deal_id, count in await scope.session.exec(since)}
