"""What stands in the database before and after: the one place that knows how deals and people are kept there."""

import re
import sqlite3
from contextlib import closing
from datetime import time
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import make_url

from sales.people.member import Member
from sales.people.team import Team
from sales.pipeline.deal_contact import DealContact
from storage.database import Database
from storage.people.member import meet_member
from storage.people.team import add_team, set_people
from storage.people.workspace import install_workspace
from storage.pipeline.deal_contact import add_contact
from tests.known import T0, WORKSPACE

COLUMNS = ("name", "stage", "value", "opened", "closed", "expected", "owner")
NOT_ASKED = "?"  # in a table of what is right
READ = """
    SELECT name, stage, value_minor, opened_on, closed_on, expected_on, owner_name, external_id, currency, account
    FROM opportunity ORDER BY id"""


class Kept(NamedTuple):
    """A deal as it is kept; "" is nothing, and so is a value of zero."""

    name: str
    stage: str
    value: str
    opened: str
    closed: str
    expected: str
    owner: str
    external_id: str
    currency: str
    account: str


async def used(path: Path, currency: str = "USD", teams: int = 1) -> str:
    """Make a database that a bot has used: one workspace, three people, a team; return its address."""
    url = f"sqlite+aiosqlite:///{path}"
    database = await Database.open(url)
    async with database.write_ledger() as ledger:
        await install_workspace(ledger, WORKSPACE, "Northwind", "UBOT", T0)
    async with database.write(WORKSPACE) as scope:
        for user_id, name in (("U1", "Ida Moss"), ("U2", "Tom Reed"), ("U3", "Mia Horvat")):
            await meet_member(scope, Member(user_id=user_id, name=name))
        for number in range(teams):
            named = Team(name=("Field", "Inside")[number], currency=currency, evening_at=time(16, 30))
            row = await add_team(scope, named)
            if not number:
                await set_people(scope, row.id, ["U1", "U2"], ["U3"])
    await database.close()
    return url


def address(town) -> str:
    """The address of a town's database."""
    return town.bot.database.url.render_as_string(hide_password=False)


async def knows(town, deal: str, contact: str) -> None:
    """Somebody at a customer, who is spoken to about a deal."""
    number = next(at for at, one in enumerate(kept(address(town)), 1) if one.name == deal)
    async with town.bot.database.write(WORKSPACE) as scope:
        await add_contact(scope, DealContact(opportunity_id=number, name=contact, role="Buyer", decides=True))


def kept(url: str) -> list[Kept]:
    """Every deal in a database, in the order in which they came."""
    if not Path(make_url(url).database or "").exists():
        return []
    with closing(sqlite3.connect(make_url(url).database or "")) as file:
        return [deal_of(*row) for row in file.execute(READ)]


def deal_of(name, stage, minor, opened, closed, expected, owner, external, currency, account) -> Kept:
    digits = 0 if currency == "JPY" else 2
    value = f"{(minor or 0) / 10**digits:.{digits}f}" if minor else ""
    dates = ((one or "")[:10] for one in (opened, closed, expected))
    return Kept(name, stage, value, *dates, owner or "", external or "", currency, account or "")


def right(table: str) -> dict[str, tuple[str, ...]]:
    """What a table says is right: a deal a line, as COLUMNS are, parted by bars; `?` is not asked."""
    rows = [[cell.strip() for cell in line.split("|")] for line in table.strip().splitlines()]
    assert all(len(row) == len(COLUMNS) for row in rows), table
    return {row[0]: tuple(row[1:]) for row in rows}


def differences(found: list[Kept], wanted: dict[str, tuple[str, ...]], *, whole: bool = True) -> list[str]:
    """Say how what is kept differs from what is right; with `whole`, also what is not there."""
    said = [f"{one.name!r} is there and should not be" for one in found if one.name not in wanted]
    for one in found:
        for column, is_there, should in zip(COLUMNS[1:], one[1:7], wanted.get(one.name, ()), strict=False):
            if should not in (is_there, NOT_ASKED):
                said.append(f"{one.name}: {column} is {is_there!r}, not {should!r}")
    names = [one.name for one in found]
    said += [f"{name!r} is there {names.count(name)} times" for name in set(names) if names.count(name) > 1]
    if whole:
        said += [f"{name!r} is missing" for name in wanted if name not in names]
    return said


def traces(url: str, *patterns: str, but: str = "") -> list[str]:
    """Where in a database something still stands, as table and row; tables whose name is like `but` are left out."""
    found = []
    with closing(sqlite3.connect(make_url(url).database or "")) as file:
        tables = [name for (name,) in file.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for table in tables:
            if but and re.search(but, table):
                continue
            for row in file.execute(f'SELECT * FROM "{table}"'):
                cells = [
                    one.decode("utf-8", "replace") if isinstance(one, bytes) else str(one) for one in row
                ]
                if any(re.search(each, cell) for each in patterns for cell in cells):
                    found.append(f"{table}: {row}")
    return found
