"""What a backtest takes amounts by: the team's currency and rates, where there is a database with a team."""

import asyncio
from typing import NamedTuple

from bot.clock import wall_clock
from bot.imports.place import missing_file, no_database, workspace_meant
from sales.imports.files.terms import ImportTerms
from sales.imports.files.worth import KnownRates
from sales.people.team import Team
from storage.database import Database
from storage.imports.files.desk import known_money
from storage.people.workspace import installed_workspaces
from storage.trouble import StorageTrouble

DEFAULT = str(Team.model_fields["currency"].default)


class TeamMoney(NamedTuple):
    """What amounts are counted in, and the rates of others; None where no team is known, or `trouble` is in the way."""

    currency: str = DEFAULT
    rates: KnownRates | None = None
    trouble: str = ""


def team_money(url: str, workspace: str | None, terms: ImportTerms) -> TeamMoney:
    """Return by what amounts are taken; without a database, or a workspace in it, by nothing but what was typed.

    Raises:
        Refusal: if there is no such team or workspace, or teams count in several currencies and none was named.
        StorageTrouble: if a team or a workspace was named, and the database cannot be used.
    """
    if missing := missing_file(url):
        if terms.team is not None or workspace is not None:
            raise no_database(missing, "no team whose rates could be taken")
        return TeamMoney(terms.currency or DEFAULT)
    try:
        return asyncio.run(known(url, workspace, terms))
    except StorageTrouble as trouble:
        if terms.team is not None or workspace is not None:
            raise
        return TeamMoney(terms.currency or DEFAULT, trouble=str(trouble))


async def known(url: str, workspace: str | None, terms: ImportTerms) -> TeamMoney:
    database = await Database.open(url)
    try:
        async with database.read_ledger() as ledger:
            there = await installed_workspaces(ledger)
        if not there and terms.team is None and workspace is None:
            return TeamMoney(terms.currency or DEFAULT)
        async with database.read(workspace_meant(there, workspace)) as scope:
            return TeamMoney(*await known_money(scope, terms, wall_clock()))
    finally:
        await database.close()
