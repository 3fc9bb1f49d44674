"""Adherence: the decided deals of a team, each with the stage it was decided in and the steps ticked for it."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlmodel import col, select

from sales.craft.adherence import LOOKS_BACK, Adherence, PlayedDeal, adherence, decided_in
from sales.pipeline.deal_history import DealField
from sales.pipeline.opportunity import Stage
from sales.pipeline.stage import DealStage
from storage.craft.playbook import StepTickRow, every_step
from storage.people.member import reps_counted
from storage.pieces import pieces
from storage.pipeline.deal_history import DealChangeRow
from storage.pipeline.opportunity import OpportunityRow
from storage.pipeline.stage import stages_of
from storage.pipeline.tender import TenderRow
from storage.pipeline.win_rate import decided_between
from storage.scope import Scope


class DecidedRow(NamedTuple):
    """What of a decided deal is asked of the database at once."""

    id: int
    owner_id: str
    stage: Stage
    closed_on: date
    label: str
    is_tender: bool


async def adherence_of(
    scope: Scope, team_id: int, today: date, first: date | None = None, last: date | None = None
) -> Adherence:
    """Return how a team's deals that were decided between two days, else in the last year, kept to its playbook.

    Those of reps whose account was closed count too.
    """
    steps, stages = await every_step(scope, team_id), await stages_of(scope, team_id)
    if not steps:
        return adherence([], steps, stages)
    since = max(first or today - LOOKS_BACK, min(step.since for step in steps))
    owners = [rep.user_id for rep in await reps_counted(scope, team_id)]
    deals = await decided_deals(scope, owners, since, min(last or today, today))
    played = [one for some in pieces(deals) for one in await _played(scope, some, stages)]
    return adherence(played, steps, stages)


async def decided_deals(
    scope: Scope, owner_ids: Collection[str], first: date, last: date
) -> list[DecidedRow]:
    """Return the deals of these people that closed between two days; a suspect that is lost was never opened."""
    deal = OpportunityRow
    columns: list[Any] = [
        deal.id,
        deal.owner_id,
        deal.stage,
        deal.closed_on,
        deal.stage_label,
        deal.is_tender,
    ]
    statement: Any = select(*columns).where(*decided_between(scope, owner_ids, first, last))
    return [DecidedRow(*row) for row in await scope.session.exec(statement.order_by(col(deal.id)))]


async def _played(scope: Scope, deals: Sequence[DecidedRow], stages: Sequence[DealStage]) -> list[PlayedDeal]:
    """Return some decided deals with what was done for each. Ask for at most 500."""
    ids = [deal.id for deal in deals]
    changes: dict[int, list[DealChangeRow]] = {}
    history = select(DealChangeRow).where(
        DealChangeRow.workspace_id == scope.workspace_id,
        col(DealChangeRow.opportunity_id).in_(ids),
        col(DealChangeRow.what).in_([DealField.STAGE, DealField.STAGE_LABEL]),
    )
    for change in await scope.session.exec(history.order_by(col(DealChangeRow.id))):
        changes.setdefault(change.opportunity_id, []).append(change)
    ticked: dict[int, dict[int, date]] = {}
    ticks = select(StepTickRow).where(
        StepTickRow.workspace_id == scope.workspace_id, col(StepTickRow.opportunity_id).in_(ids)
    )
    for tick in await scope.session.exec(ticks):
        ticked.setdefault(tick.opportunity_id, {})[tick.step_id] = tick.on
    tenders = select(TenderRow).where(
        TenderRow.workspace_id == scope.workspace_id, col(TenderRow.opportunity_id).in_(ids)
    )
    challenged = {
        row.opportunity_id: row.answered_on for row in await scope.session.exec(tenders) if row.challenge
    }
    return [
        PlayedDeal(
            deal.owner_id,
            deal.stage is Stage.WON,
            deal.closed_on,
            decided_in(deal.label, changes.get(deal.id, ()), stages),
            ticked.get(deal.id, {}),
            deal.is_tender,
            challenged.get(deal.id),
        )
        for deal in deals
    ]
