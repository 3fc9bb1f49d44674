"""Price cuts: wishes for a lower price that wait for a manager."""

from datetime import date

from sqlalchemy import bindparam
from sqlmodel import Field, col, or_, select, update

from sales.pipeline.price_cut import DiscountRequest, DiscountState, StoredRequest
from storage.engines.statement import Joined, given
from storage.pipeline.opportunity import OpportunityRow
from storage.row_image import Touched, image
from storage.scope import Scope


class DiscountRequestRow(StoredRequest, table=True):
    __tablename__ = "discount_request"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: int = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspace.id")
    opportunity_id: int = Field(foreign_key="opportunity.id", ondelete="CASCADE", index=True)


REQUEST = DiscountRequestRow.__table__  # type: ignore[attr-defined]
DEAL = OpportunityRow.__table__  # type: ignore[attr-defined]
WISHES_SINCE = Joined(
    select(REQUEST, DEAL)
    .join(DEAL, DEAL.c.id == REQUEST.c.opportunity_id)
    .where(
        given(REQUEST.c.workspace_id),
        or_(REQUEST.c.asked_on >= bindparam("since"), REQUEST.c.answered_on >= bindparam("since")),
    )
    .order_by(REQUEST.c.id),
    DiscountRequestRow,
    OpportunityRow,
)


async def add_request(scope: Scope, request: DiscountRequest) -> list[Touched]:
    """Store a wish for a lower price; an earlier one of the same deal that nobody answered is withdrawn.

    Return what undoing both needs, the new wish last.
    """
    withdrawn = await withdraw_requests(scope, request.opportunity_id)
    row = DiscountRequestRow.model_validate({**request.model_dump(), "workspace_id": scope.workspace_id})
    scope.session.add(row)
    await scope.session.flush()
    return [*withdrawn, Touched(row)]


async def withdraw_requests(scope: Scope, opportunity_id: int) -> list[Touched]:
    """Withdraw what was wished for of a deal and nobody answered; return what undoing that needs."""
    statement = select(DiscountRequestRow).where(
        DiscountRequestRow.workspace_id == scope.workspace_id,
        DiscountRequestRow.opportunity_id == opportunity_id,
        DiscountRequestRow.state == DiscountState.OPEN,
    )
    touched: list[Touched] = []
    for row in list(await scope.session.exec(statement.execution_options(populate_existing=True))):
        touched.append(Touched(row, image(row)))
        row.state = DiscountState.WITHDRAWN
        scope.session.add(row)
    await scope.session.flush()
    return touched


async def find_request(scope: Scope, request_id: int) -> DiscountRequestRow | None:
    """Return one wish of this workspace as it stands in the database, or None."""
    row = await scope.session.get(DiscountRequestRow, request_id, populate_existing=True)
    return row if row is not None and row.workspace_id == scope.workspace_id else None


async def latest_request(scope: Scope, opportunity_id: int) -> DiscountRequestRow | None:
    """Return the newest wish of a deal, or None."""
    statement = (
        select(DiscountRequestRow)
        .where(
            DiscountRequestRow.workspace_id == scope.workspace_id,
            DiscountRequestRow.opportunity_id == opportunity_id,
        )
        .order_by(col(DiscountRequestRow.id).desc())
        .limit(1)
    )
    return (await scope.session.exec(statement)).first()


async def wishes_since(scope: Scope, since: date) -> list[tuple[DiscountRequestRow, OpportunityRow]]:
    """Return the wishes that were asked for or answered since a day, with their deals."""
    return [(request, deal) for request, deal in await scope.joined(WISHES_SINCE, since=since)]


async def answer_request(
    scope: Scope, row: DiscountRequestRow, state: DiscountState, by: str, on: date, reason: str = ""
) -> Touched | None:
    """Store a manager's answer; return what undoing it needs, None if somebody answered before or it was withdrawn."""
    before = image(row)
    done = await scope.session.exec(
        update(DiscountRequestRow)
        .where(
            col(DiscountRequestRow.workspace_id) == scope.workspace_id,
            col(DiscountRequestRow.id) == row.id,
            col(DiscountRequestRow.state) == DiscountState.OPEN,
        )
        .values(state=state, answered_by=by, answered_on=on, reason=reason)
    )
    await scope.session.refresh(row)
    return Touched(row, before) if done.rowcount else None
