"""Standing: which deals of some people stand in which stage of their team's."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlmodel import col, func, select

from sales.pipeline.opportunity import CLOSED, in_stage
from storage.pipeline.opportunity import OpportunityRow, Typed, change_opportunity
from storage.row_image import Touched
from storage.scope import Scope

LABEL = ("stage_label", "updated_at")  # what moving a deal to another stage changes


async def deals_in_stages(scope: Scope, owner_ids: Collection[str]) -> dict[str, int]:
    """Return how many deals that are neither won nor lost stand in each stage, the most first; none without a label."""
    count = func.count()
    statement = (
        select(OpportunityRow.stage_label, count)
        .where(*_live(scope, owner_ids), OpportunityRow.stage_label != "")
        .group_by(col(OpportunityRow.stage_label))
        .order_by(count.desc(), col(OpportunityRow.stage_label))
    )
    return dict(list(await scope.session.exec(statement)))


async def send_to_stage(
    scope: Scope, owner_ids: Collection[str], label: str, to: str, typed: Typed
) -> list[Touched]:
    """Let every deal of a stage stand in another; return what undoing it needs, nothing where none stood there."""
    statement = select(OpportunityRow).where(*_live(scope, owner_ids), OpportunityRow.stage_label == label)
    touched: list[Touched] = []
    for row in await scope.session.exec(statement.order_by(col(OpportunityRow.id))):
        deal, *history = await change_opportunity(scope, row, in_stage(row, to), typed)
        assert deal.before is not None
        touched.append(deal._replace(before={name: deal.before[name] for name in LABEL}, columns=LABEL))
        touched += history
    return touched


def _live(scope: Scope, owner_ids: Collection[str]) -> Sequence[Any]:
    return (
        OpportunityRow.workspace_id == scope.workspace_id,
        col(OpportunityRow.owner_id).in_(owner_ids),
        col(OpportunityRow.stage).not_in(CLOSED),
    )
