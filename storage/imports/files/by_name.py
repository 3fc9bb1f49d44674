"""Deals known by name: of lists without ids, beside those of files with ids, so that neither counts twice.

A list without ids finds the deals of a file that has them, and that file finds theirs: it gives them their ids.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from sqlalchemy import select

from sales.imports.files.entry import ImportEntry
from sales.imports.files.key_by_name import BY_NAME, is_by_name, key_by_name
from sales.imports.files.preset import FileKind
from sales.language.names.descent import comparable
from storage.imports.files.rows import TABLES, ImportedRow, rows_by_key, rows_where
from storage.scope import Scope

KEPT = TABLES[FileKind.DEALS]
TWO_OF_A_NAME = "two deals here have its name and company, and it has no id that says which of them it is"


class FoundByName(NamedTuple):
    """The stored rows of some entries by key, and the entries of which it is not clear which row is theirs."""

    rows: dict[str, ImportedRow]
    unclear: list[ImportEntry]


@dataclass
class NamedDeals:
    """`are_any` says whether there are deals that a list without ids brought; each is one deal of a file alone."""

    are_any: bool
    taken: set[int] = field(default_factory=set)

    async def rows(self, scope: Scope, entries: Sequence[ImportEntry]) -> FoundByName:
        """Return the deals that are here under a name alone, or that entries without an id are."""
        nameless = [entry for entry in entries if not is_by_name(entry.key)] if self.are_any else []
        keys = {key_by_name(one.values["name"], one.values["account"]): one.key for one in nameless}
        stored = await rows_by_key(scope, KEPT, list(keys)) if keys else {}
        found = {keys[key]: row for key, row in stored.items() if row["id"] not in self.taken}
        self.taken |= {row["id"] for row in found.values()}
        by_name = [entry for entry in entries if is_by_name(entry.key)]
        alike = await self.called_so(scope, by_name) if by_name else {}
        unclear = [entry for entry in by_name if len(alike.get(entry.key, ())) > 1]
        for entry in by_name:
            if len(rows := alike.get(entry.key, [])) == 1:
                found[entry.key] = rows[0]
        return FoundByName(found, unclear)

    async def called_so(self, scope: Scope, entries: Sequence[ImportEntry]) -> dict[str, list[ImportedRow]]:
        """Return the deals with an id of a system that have the names and companies of entries without one."""
        names = list({comparable(entry.values["name"]) for entry in entries})
        found: dict[str, list[ImportedRow]] = {}
        for row in await rows_where(scope, KEPT, KEPT.table.c.name_folded, names):
            if row["external_id"] is not None:
                found.setdefault(key_by_name(row["name"], row["account"]), []).append(row)
        return found


async def named_deals(scope: Scope) -> NamedDeals:
    """Return what is known of deals that lists without ids brought."""
    table = KEPT.table
    statement = select(table.c.id).where(
        table.c.workspace_id == scope.workspace_id,
        table.c.external_id.startswith(BY_NAME),
    )
    first = (await (await scope.session.connection()).execute(statement.limit(1))).first()
    return NamedDeals(first is not None)
