"""Contacts of deals: who is spoken to at a customer."""

from collections.abc import Collection

from sqlmodel import Field, and_, col, or_, select

from sales.followups.contact import ContactTerms
from sales.language.names.match import name_key
from sales.pipeline.deal_contact import DealContact, StoredContact
from sales.value import changed
from storage.engines.statement import Rows, given
from storage.pieces import pieces
from storage.pipeline.opportunity import OpportunityRow
from storage.row_image import Touched, image
from storage.rows import restate
from storage.scope import Scope


class DealContactRow(StoredContact, table=True):
    __tablename__ = "deal_contact"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: int = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspace.id")
    opportunity_id: int = Field(foreign_key="opportunity.id", ondelete="CASCADE", index=True)


BESIDE = Rows(
    DealContactRow,
    given(DealContactRow.workspace_id),
    given(DealContactRow.opportunity_id),
    order=[col(DealContactRow.id)],
)


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


async def names_beside(scope: Scope, deal_ids: Collection[int]) -> dict[int, list[str]]:
    """Return what those are called who are spoken to about each of these deals; deals without any are missing."""
    found: dict[int, list[str]] = {}
    for some in pieces(sorted(deal_ids)):
        statement = select(DealContactRow.opportunity_id, DealContactRow.name).where(
            DealContactRow.workspace_id == scope.workspace_id, col(DealContactRow.opportunity_id).in_(some)
        )
        for deal_id, name in await scope.session.exec(statement):
            found.setdefault(deal_id, []).append(name)
    return found


async def contacts_beside(scope: Scope, deal_id: int) -> list[DealContactRow]:
    """Return who is spoken to about a deal, as `contacts_of` does, in the compiled question that hot paths ask."""
    return await scope.find(BESIDE, opportunity_id=deal_id)


async def own_contacts(scope: Scope, owner_id: str) -> list[tuple[DealContactRow, OpportunityRow]]:
    """Return who is spoken to about each of a person's live deals, with the deal, in the order they were named."""
    statement = (
        select(DealContactRow, OpportunityRow)
        .join(OpportunityRow, col(OpportunityRow.id) == col(DealContactRow.opportunity_id))
        .where(
            DealContactRow.workspace_id == scope.workspace_id,
            OpportunityRow.workspace_id == scope.workspace_id,
            OpportunityRow.owner_id == owner_id,
            col(OpportunityRow.closed_on).is_(None),
        )
        .order_by(col(DealContactRow.id))
    )
    return list(await scope.session.exec(statement))


async def zones_beside(scope: Scope, deal_ids: Collection[int]) -> dict[int, str]:
    """Return the zone of each of these deals whose contacts are all known to be in one; the others are missing."""
    statement = select(DealContactRow.opportunity_id, DealContactRow.zone).where(
        DealContactRow.workspace_id == scope.workspace_id,
        col(DealContactRow.opportunity_id).in_(deal_ids),
        DealContactRow.zone != "",
    )
    zones: dict[int, set[str]] = {}
    for deal_id, zone in await scope.session.exec(statement) if deal_ids else ():
        zones.setdefault(deal_id, set()).add(zone)
    return {deal_id: found.pop() for deal_id, found in zones.items() if len(found) == 1}


async def same_person(scope: Scope, deal_id: int, name: str) -> list[DealContactRow]:
    """Return where else somebody of a deal's customer stands: the same name, on another deal of that customer."""
    deal = await scope.session.get(OpportunityRow, deal_id)
    customer = (deal.account_folded or deal.name_folded) if deal is not None else ""
    if not customer:
        return []
    statement = (
        select(DealContactRow)
        .join(OpportunityRow, col(OpportunityRow.id) == col(DealContactRow.opportunity_id))
        .where(
            DealContactRow.workspace_id == scope.workspace_id,
            OpportunityRow.workspace_id == scope.workspace_id,
            DealContactRow.opportunity_id != deal_id,
            or_(
                OpportunityRow.account_folded == customer,
                and_(col(OpportunityRow.account_folded).is_(None), OpportunityRow.name_folded == customer),
            ),
        )
        .order_by(col(DealContactRow.id))
    )
    return [row for row in await scope.session.exec(statement) if name_key(row.name) == name_key(name)]


async def terms_known(scope: Scope, deal_id: int, name: str) -> ContactTerms:
    """Return how somebody wants to be reached, as it stands for them on a deal, or on another of that customer's."""
    same = await contact_called(scope, deal_id, name)
    others = await same_person(scope, deal_id, name) if same is None else []
    found = same or next((one for one in others if one.terms_told), None)
    return ContactTerms(**found.terms) if found is not None else ContactTerms()


async def share_terms(scope: Scope, row: DealContactRow) -> list[Touched]:
    """Let how somebody wants to be reached hold wherever they stand at that customer; return what undoing it needs."""
    touched = []
    for other in await same_person(scope, row.opportunity_id, row.name):
        if other.terms != row.terms:
            said = changed(DealContact, other, **row.terms)
            touched.append(await change_contact(scope, other, said))
    return touched


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
    """Store that somebody decides on a deal; who is a contact already stays what else is known of them."""
    same = await contact_called(scope, deal_id, name)
    said = DealContact(opportunity_id=deal_id, name=name, role=role, decides=True)
    if same is not None:
        said = changed(DealContact, same, name=name, role=role or same.role, decides=True)
    return await name_contact(scope, said)


async def change_contact(scope: Scope, row: DealContactRow, said: DealContact) -> Touched:
    """Store what is known of a contact now; return what undoing it needs."""
    before = image(row)
    await restate(scope, row, DealContact, said)
    return Touched(row, before)


async def remove_contact(scope: Scope, row: DealContactRow) -> None:
    """Take somebody off a deal."""
    await scope.session.delete(row)
    await scope.session.flush()
