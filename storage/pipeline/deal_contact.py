"""Contacts of deals: who is spoken to at a customer."""

from sqlmodel import Field, col, select

from sales.language.names.match import name_key
from sales.pipeline.deal_contact import DealContact, StoredContact
from storage.row_image import Touched, image
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


async def contact_called(scope: Scope, deal_id: int, name: str) -> DealContactRow | None:
    """Return the contact of a deal who has a name, letter case and accents aside; None where nobody has."""
    known = await contacts_of(scope, deal_id)
    return next((one for one in known if name_key(one.name) == name_key(name)), None)


async def contacts_called(scope: Scope, name: str) -> list[DealContactRow]:
    """Return the contacts of all deals who have a name, letter case and accents aside."""
    statement = select(DealContactRow).where(DealContactRow.workspace_id == scope.workspace_id)
    return [row for row in await scope.session.exec(statement) if name_key(row.name) == name_key(name)]


async def name_contact(scope: Scope, said: DealContact) -> Touched:
    """Store somebody at a customer, in the place of whom the deal has by that name; return what undoing it needs."""
    same = await contact_called(scope, said.opportunity_id, said.name)
    return (
        Touched(await add_contact(scope, said)) if same is None else await change_contact(scope, same, said)
    )


async def name_decider(scope: Scope, deal_id: int, name: str, role: str = "") -> Touched:
    """Store that somebody decides on a deal; who is a contact already keeps their role where none is said."""
    same = await contact_called(scope, deal_id, name)
    role = role or (same.role if same is not None else "")
    return await name_contact(scope, DealContact(opportunity_id=deal_id, name=name, role=role, decides=True))


async def change_contact(scope: Scope, row: DealContactRow, said: DealContact) -> Touched:
    """Store what is known of a contact now; return what undoing it needs."""
    before = image(row)
    await restate(scope, row, DealContact, said)
    return Touched(row, before)


async def remove_contact(scope: Scope, row: DealContactRow) -> None:
    """Take somebody off a deal."""
    await scope.session.delete(row)
    await scope.session.flush()
