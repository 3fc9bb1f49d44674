"""What an import needs to know beforehand: accounts and products, and which gate stands before whose deals."""

from collections.abc import AsyncIterator, Callable
from typing import Any

from sqlalchemy import bindparam
from sqlmodel import col, select

from sales.imports.files.deals import Catalogue
from sales.people.directory import Directory
from sales.pipeline.gate import Gate
from storage.engines.statement import Answer, Statement, given
from storage.people.member import members_in
from storage.people.team import every_team, find_team_named
from storage.pipeline.account import AccountRow, ProductRow
from storage.pipeline.gate import gates_by_team
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


async def known_gates(scope: Scope, people: Directory, team_name: str | None) -> Callable[[str], Gate]:
    """Return by a deal's owner which gate it has to pass: that of the team they are in.

    Where they are in none it is the named team's; without a name the only team's there is, else the usual.
    """
    gates, every = await gates_by_team(scope), await every_team(scope)
    named = await find_team_named(scope, team_name) if team_name else every[0] if len(every) == 1 else None
    otherwise = gates.get(named.id, Gate()) if named is not None else Gate()
    teams = {member.user_id: team.id for team in every for member in await members_in(scope, team.id)}

    def gate_of(owner: str) -> Gate:
        team_id = teams.get(people.find(owner) or "") if owner else None
        return otherwise if team_id is None else gates.get(team_id, Gate())

    return gate_of
