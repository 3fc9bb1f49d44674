"""Contacts of deals: who is spoken to at a customer."""

from sqlmodel import Field, select

from sales.pipeline.deal_contact import DealContact, StoredContact
from storage.scope import Scope


class DealContactRow(StoredContact, table=True):
    __tablename__ = "deal_contact"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: int = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspace.id")
    opportunity_id: int = Field(foreign_key="opportunity.id", ondelete="CASCADE", index=True)


async def add_contact(scope: Scope, contact: DealContact) -> DealContactRow:
    """Store somebody at a customer."""
    row = DealContactRow.model_validate({**contact.model_dump(), "workspace_id": scope.workspace_id})
    scope.session.add(row)
    await scope.session.flush()
    return row


async def find_contact(scope: Scope, contact_id: int) -> DealContactRow | None:
    """Return one contact of this workspace, or None."""
    statement = select(DealContactRow).where(
        DealContactRow.workspace_id == scope.workspace_id, DealContactRow.id == contact_id
    )
    return (await scope.session.exec(statement)).one_or_none()
