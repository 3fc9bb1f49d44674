"""The rows an import may touch: their table, what identifies a row, and what it says as one fingerprint."""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Table, select
from sqlmodel import SQLModel

from sales.imports.files.entry import fingerprint
from sales.imports.files.preset import FileKind
from sales.language.figures import long_day
from storage.followups.activity import ActivityRow
from storage.followups.followup import FollowUpRow
from storage.goals.goal import GoalRow
from storage.pieces import pieces
from storage.pipeline.account import AccountRow, ProductRow
from storage.pipeline.deal_contact import DealContactRow
from storage.pipeline.opportunity import OpportunityRow
from storage.prospects.content_event import ContentEventRow
from storage.prospects.lead import LeadRow
from storage.scope import Scope

# No part of what a row says, or said twice.
BESIDES = frozenset({"id", "workspace_id", "updated_at", "owner_id", "name_folded", "account_folded", "odds"})
LOOKED_UP = 500  # keys in one query: far below every engine's limit of parameters

ImportedRow = dict[str, Any]


class KeptRows(NamedTuple):
    """A table that imports write, and the column that identifies its rows within a workspace.

    Not all rows are `keyed` by it: a lead of a list without ids is known by its address, or its name and firm.
    """

    model: type[SQLModel]
    key: str
    keyed: bool = True

    @property
    def table(self) -> Table:
        table: Table = self.model.__table__  # type: ignore[attr-defined]  # SQLModel adds it to table models
        return table


TABLES: dict[FileKind, KeptRows] = {
    FileKind.ACCOUNTS: KeptRows(AccountRow, "name_key"),
    FileKind.PRODUCTS: KeptRows(ProductRow, "name_key"),
    FileKind.DEALS: KeptRows(OpportunityRow, "external_id"),
    FileKind.CONTENT: KeptRows(ContentEventRow, "event_id"),
    FileKind.LEADS: KeptRows(LeadRow, "external_id", keyed=False),
}
BY_NAME: dict[str, KeptRows] = {kept.table.name: kept for kept in TABLES.values()}
# What is taken back, before what it refers to: of a folder that was exported more comes in than of a file.
UNDONE: dict[str, KeptRows] = {
    **{
        kept.table.name: kept
        for kept in (KeptRows(model, "id") for model in (ActivityRow, FollowUpRow, GoalRow, DealContactRow))
    },
    **dict(reversed(BY_NAME.items())),
}


async def rows_by_key(scope: Scope, kept: KeptRows, keys: Sequence[str]) -> dict[str, ImportedRow]:
    """Return the stored rows that have one of these keys."""
    table = kept.table
    return {row[kept.key]: row for row in await rows_where(scope, kept, table.c[kept.key], keys)}


async def rows_by_id(scope: Scope, kept: KeptRows, ids: Sequence[int]) -> dict[int, ImportedRow]:
    """Return the stored rows that have one of these ids."""
    return {row["id"]: row for row in await rows_where(scope, kept, kept.table.c.id, ids)}


async def rows_where(scope: Scope, kept: KeptRows, column: Any, values: Sequence[Any]) -> list[ImportedRow]:
    connection, table = await scope.session.connection(), kept.table
    found: list[ImportedRow] = []
    for some in pieces(values, LOOKED_UP):
        statement = select(table).where(table.c.workspace_id == scope.workspace_id, column.in_(some))
        found.extend(dict(row) for row in (await connection.execute(statement)).mappings())
    return found


def says(row: ImportedRow) -> str:
    """Return the fingerprint of what a row says, its owner aside, whom names alone may bring.

    Empty values and plain noes do not count, so that a column added by a later version changes nothing.
    """
    names = sorted(row.keys() - BESIDES)
    return fingerprint(
        tuple(
            [
                (name, str(row[name]))
                for name in names
                if row[name] not in (None, "") and row[name] is not False
            ]
        )
    )


def image(kept: KeptRows, row: ImportedRow) -> dict[str, Any]:
    """Return everything a row says, as JSON."""
    return kept.model.model_construct(**row).model_dump(mode="json")


def from_image(kept: KeptRows, before: dict[str, Any]) -> ImportedRow:
    """Return the row an image is of; columns newer than the image have their defaults."""
    return kept.model.model_validate(before).model_dump()


def named(rows: Iterable[ImportedRow]) -> list[str]:
    """Return rows as a person knows them: `Acme – GTX Pro (1C1I7A6R)`."""
    return [called(row) for row in rows]


def called(row: ImportedRow) -> str:
    """Return what a row goes by: its name, else what was promised or done, and for when."""
    if row.get("external_id"):
        return f"{row['name']} ({row['external_id']})"
    if "event_id" in row:
        return f"{row['name'] or row['email']}, {row['content']}"
    if "name" in row:
        return str(row["name"])
    if "who" in row:
        return f"the follow-up with {row['who']}: {row['what']}"
    if "metric" in row:
        return f"the goal until {long_day(row['ends_on'])}"
    return f"what was done on {long_day(row['on'])}"
