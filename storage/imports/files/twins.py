"""Deals that somebody typed here, which a file may have too: asked about, so that none counts twice."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from sqlalchemy import select

from sales.imports.files.entry import ImportEntry
from sales.imports.files.lookalike import ANOTHER, SAME, may_be_one
from sales.imports.files.preset import FileKind
from sales.language.names.descent import comparable
from sales.people.directory import Directory
from storage.engines.turn import give_way
from storage.imports.files.rows import TABLES, ImportedRow, rows_by_id
from storage.pieces import AT_ONCE, pieces
from storage.scope import Scope

KEPT = TABLES[FileKind.DEALS]


@dataclass
class TypedDeals:
    """The deals that no file brought, by name; `chosen` says of ids of the file whether they are one of them."""

    by_name: Mapping[str, list[ImportedRow]]
    chosen: Mapping[str, str]
    taken: set[int] = field(default_factory=set)

    def like(self, entry: ImportEntry, people: Directory) -> ImportedRow | None:
        """Return the deal that a new one of the file may be; each is so for one of the file alone."""
        values = entry.values
        names = [comparable(values.get("name") or ""), comparable(values.get("account") or "")]
        here = [row for name in dict.fromkeys(names) for row in self.by_name.get(name, ())]
        if self.chosen.get(entry.key) == ANOTHER or not here:
            return None
        owner_id = people.find(values["owner_name"]) if values.get("owner_name") else None
        for row in here:
            if row["id"] not in self.taken and may_be_one(row, values, owner_id):
                self.taken.add(row["id"])
                return row
        return None

    def is_same(self, entry: ImportEntry) -> bool:
        return self.chosen.get(entry.key) == SAME


async def typed_deals(scope: Scope, chosen: Mapping[str, str]) -> TypedDeals:
    """Return the deals that no file brought, with what somebody said of those of a file."""
    found: dict[str, list[ImportedRow]] = {}
    for row in await every_typed(scope):
        found.setdefault(row["name_folded"], []).append(row)
    return TypedDeals(found, chosen)


async def every_typed(scope: Scope) -> list[ImportedRow]:
    """Return the deals without an id of a file."""
    connection, table = await scope.session.connection(), KEPT.table
    found: list[ImportedRow] = []
    while True:
        statement = (
            select(table)
            .where(
                table.c.workspace_id == scope.workspace_id,
                table.c.external_id.is_(None),
                table.c.id > (found[-1]["id"] if found else 0),
            )
            .order_by(table.c.id)
            .limit(AT_ONCE)
        )
        rows = [dict(row) for row in (await connection.execute(statement)).mappings()]
        found += rows
        if len(rows) < AT_ONCE:
            return found
        await give_way()


async def typed_called(scope: Scope, names: Collection[str]) -> TypedDeals:
    """Return the deals of these comparable names that no file brought."""
    connection, table = await scope.session.connection(), KEPT.table
    found: dict[str, list[ImportedRow]] = {}
    for some in pieces(sorted(names)):
        statement = (
            select(table)
            .where(
                table.c.workspace_id == scope.workspace_id,
                table.c.name_folded.in_(some),
                table.c.external_id.is_(None),
            )
            .order_by(table.c.id)
        )
        for row in (await connection.execute(statement)).mappings():
            found.setdefault(row["name_folded"], []).append(dict(row))
    return TypedDeals(found, {})


async def as_it_is(scope: Scope, row: ImportedRow) -> ImportedRow | None:
    """Return a deal as it is by now; None where it has an id of a file, or is gone."""
    now = (await rows_by_id(scope, KEPT, [row["id"]])).get(row["id"])
    return now if now is not None and now["external_id"] is None else None
