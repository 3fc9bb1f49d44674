"""Contacts of deals: who is spoken to at a customer."""

from sqlmodel import Field, col, select

from sales.pipeline.deal_contact import DealContact, StoredContact
from storage.rows import restate
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


async def contacts_of(scope: Scope, deal_id: int) -> list[DealContactRow]:
    """Return who is spoken to about a deal, in the order they were named."""
    statement = select(DealContactRow).where(
        DealContactRow.workspace_id == scope.workspace_id, DealContactRow.opportunity_id == deal_id
    )
    return list(await scope.session.exec(statement.order_by(col(DealContactRow.id))))


async def change_contact(scope: Scope, row: DealContactRow, said: DealContact) -> None:
    """Store what is known of a contact now."""
    await restate(scope, row, DealContact, said)


async def remove_contact(scope: Scope, row: DealContactRow) -> None:
    """Take somebody off a deal."""
    await scope.session.delete(row)
    await scope.session.flush()
