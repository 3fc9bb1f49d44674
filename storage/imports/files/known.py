"""What an import needs to know beforehand: who is in the workspace, and which accounts and products."""

from sqlmodel import select

from sales.imports.files.deals import Catalogue
from storage.pipeline.account import AccountRow, ProductRow
from storage.scope import Scope


async def known_catalogue(scope: Scope) -> Catalogue:
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
