"""What an import needs to know beforehand: accounts and products, whose deals pass which gate, and by which rates."""

from collections.abc import AsyncIterator, Callable, Mapping
from typing import Any, NamedTuple

from sqlalchemy import bindparam
from sqlmodel import col, select

from sales.imports.files.deals import Catalogue
from sales.people.currency_rate import CurrencyRate, Rates, agreed, by_code
from sales.people.directory import Directory
from sales.pipeline.gate import Gate
from storage.engines.statement import Answer, Statement, given
from storage.people.currency_rate import rates_into
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


class OwnerTeams(NamedTuple):
    """Of which team a deal is by its owner: the one they are in, else the named one, else the only one there is."""

    people: Directory
    teams: Mapping[str, int]
    otherwise: int | None

    def own(self, owner: str) -> int | None:
        """Return the team that an owner, by name, is in."""
        return self.teams.get(self.people.find(owner) or "") if owner else None


async def owner_teams(scope: Scope, people: Directory, team_name: str | None) -> OwnerTeams:
    """Return of which teams deals are by their owners."""
    every = await every_team(scope)
    named = await find_team_named(scope, team_name) if team_name else every[0] if len(every) == 1 else None
    teams = {member.user_id: team.id for team in every for member in await members_in(scope, team.id)}
    return OwnerTeams(people, teams, named.id if named is not None else None)


async def known_gates(scope: Scope, owners: OwnerTeams) -> Callable[[str], Gate]:
    """Return by a deal's owner which gate it has to pass: that of its team, and the usual where it is of none."""
    gates = await gates_by_team(scope)
    otherwise = Gate() if owners.otherwise is None else gates.get(owners.otherwise, Gate())

    def gate_of(owner: str) -> Gate:
        team_id = owners.own(owner)
        return otherwise if team_id is None else gates.get(team_id, Gate())

    return gate_of


async def known_rates(scope: Scope, owners: OwnerTeams, currency: str) -> Callable[[str], Rates]:
    """Return by a deal's owner the rates into a currency: of each other currency what its team says it is worth.

    Where that says nothing, the named or only team's count, and without one what all teams say alike.
    """
    theirs: dict[int, list[CurrencyRate]] = {}
    for row in await rates_into(scope, currency):
        theirs.setdefault(row.team_id, []).append(CurrencyRate.model_validate(row.model_dump()))
    by_team = {team_id: by_code(rates) for team_id, rates in theirs.items()}
    otherwise = agreed(by_team.values()) if owners.otherwise is None else by_team.get(owners.otherwise, {})
    own = {team_id: {**otherwise, **rates} for team_id, rates in by_team.items()}

    def rates_of(owner: str) -> Rates:
        team_id = owners.own(owner)
        return otherwise if team_id is None else own.get(team_id, otherwise)

    return rates_of
