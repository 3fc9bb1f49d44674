"""What an import needs to know beforehand: who is in the workspace, and which accounts and products."""

from sqlmodel import col, select, update

from sales.imports.files.deals import Catalogue
from sales.people.directory import Directory
from storage.member import all_members
from storage.scope import Ledger, Scope
from storage.tables.opportunity import AccountRow, OpportunityRow, ProductRow
from storage.tables.workspace import WorkspaceRow


async def installed(ledger: Ledger) -> list[WorkspaceRow]:
    """Return the workspaces that installed the app, the oldest first."""
    return list(await ledger.session.exec(select(WorkspaceRow).order_by(col(WorkspaceRow.installed_at))))


async def directory(scope: Scope) -> Directory:
    """Return who goes by which name in the workspace."""
    return Directory((row.user_id, row.name, row.email) for row in await all_members(scope))


async def catalogue(scope: Scope) -> Catalogue:
    """Return the accounts and products of the workspace, by folded name."""
    accounts = select(AccountRow.name_key, AccountRow.name).where(
        AccountRow.workspace_id == scope.workspace_id
    )
    products = select(ProductRow.name_key, ProductRow.name, ProductRow.list_price_minor).where(
        ProductRow.workspace_id == scope.workspace_id
    )
    return Catalogue(
        dict((await scope.session.exec(accounts)).all()),
        {key: (name, price) for key, name, price in await scope.session.exec(products)},
    )


async def link_owners(scope: Scope) -> int:
    """Give deals whose owner was only a name to the member who goes by it now; return how many deals.

    Call it whenever members were met or renamed. A deal that has an owner is left alone.
    """
    unowned = (
        col(OpportunityRow.workspace_id) == scope.workspace_id,
        col(OpportunityRow.owner_id).is_(None),
        col(OpportunityRow.owner_name) != "",
    )
    people, linked = await directory(scope), 0
    for name in await scope.session.exec(select(OpportunityRow.owner_name).where(*unowned).distinct()):
        if owner := people.find(name):
            done = await scope.session.exec(
                update(OpportunityRow)
                .where(*unowned, col(OpportunityRow.owner_name) == name)
                .values(owner_id=owner)
                .execution_options(synchronize_session=False)
            )
            linked += done.rowcount
    return linked
