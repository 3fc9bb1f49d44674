"""What an import needs to know beforehand: who is in the workspace, and which accounts and products."""

from collections.abc import AsyncIterator
from typing import Any

from sqlalchemy import bindparam
from sqlmodel import col, select

from sales.imports.files.deals import Catalogue
from storage.engines.statement import Answer, Statement, given
from storage.pipeline.account import AccountRow, ProductRow
from storage.scope import Scope

ROWS = 1000  # read at once, a millisecond or two; there may be as many accounts as deals


def page(table: type[AccountRow | ProductRow], *besides: Any) -> Statement:
    """Ask for the next names of a table, in the order of their keys."""
    return Statement(
        select(col(table.name_key), col(table.name), *besides)
        .where(given(table.workspace_id), col(table.name_key) > bindparam("after"))
        .order_by(col(table.name_key))
        .limit(ROWS)
    )


ACCOUNTS = page(AccountRow)
PRODUCTS = page(ProductRow, col(ProductRow.list_price_minor))


async def known_catalogue(scope: Scope) -> Catalogue:
    """Return the accounts and products of the workspace, by folded name."""
    return Catalogue(
        {key: name async for key, name in pages(scope, ACCOUNTS)},
        {key: (name, price) async for key, name, price in pages(scope, PRODUCTS)},
    )


async def pages(scope: Scope, statement: Statement) -> AsyncIterator[Answer]:
    """Yield all rows, page by page."""
    after = ""
    while rows := await scope.ask(statement, after=after):
        for row in rows:
            yield row
        after = rows[-1][0]
