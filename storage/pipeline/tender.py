"""Tenders: what was said before going into one."""

from sqlmodel import Field, select

from sales.pipeline.tender import Tender
from storage.row_image import Touched, image
from storage.scope import Scope


class TenderRow(Tender, table=True):
    """One per deal that is a tender and was thought about; it goes when the deal goes."""

    __tablename__ = "tender"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: int = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspace.id")
    opportunity_id: int = Field(foreign_key="opportunity.id", ondelete="CASCADE", unique=True)


async def tender_of(scope: Scope, opportunity_id: int) -> TenderRow | None:
    """Return what was said of a tender, or None."""
    statement = select(TenderRow).where(
        TenderRow.workspace_id == scope.workspace_id, TenderRow.opportunity_id == opportunity_id
    )
    return (await scope.session.exec(statement)).one_or_none()


async def save_tender(scope: Scope, tender: Tender) -> Touched:
    """Store what was said of a tender, in the place of what was said before; return what undoing it needs."""
    row = await tender_of(scope, tender.opportunity_id)
    before = image(row) if row is not None else None
    if row is None:
        row = TenderRow.model_validate({**tender.model_dump(), "workspace_id": scope.workspace_id})
    else:
        row.sqlmodel_update(tender.model_dump())
    scope.session.add(row)
    await scope.session.flush()
    return Touched(row, before)
