"""Writing: a batch of differences, with what undoing it needs, in one unit of work."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, insert, update
from sqlmodel import col

from sales.imports.files.entry import ImportEntry
from sales.imports.files.preset import FileKind
from sales.people.directory import Directory
from storage.engines.turn import give_way
from storage.imports.files.compare import Differences
from storage.imports.files.rows import TABLES, ImportedRow, KeptRows, image, rows_by_id, says
from storage.imports.files.runs import ImportChangeRow, ImportRow
from storage.pipeline.comparable_name import with_comparable
from storage.pipeline.deal_history import BetweenImports, write_imported_history
from storage.scope import Scope


async def write_entries(
    scope: Scope, seen: BetweenImports, differences: Differences, people: Directory, now: datetime
) -> None:
    """Add and change rows, and remember what they said before; `count` says so on the run."""
    kept, run_id = TABLES[differences.kind], seen.import_id
    before = [(row, image(kept, row)) for row, _ in differences.changed]
    added = await add(scope, kept, run_id, differences.added, people, now)
    await change(scope, kept, run_id, differences.changed, now)
    if differences.kind is FileKind.DEALS:
        await write_imported_history(scope, differences.changed, seen)
    await give_way()  # what was compiled for the first piece took long already
    changed = [row["id"] for row, _ in differences.changed]
    stored = await rows_by_id(scope, kept, changed) if changed else {}
    images = {row["id"]: said for row, said in before}
    await give_way()
    await remember(scope, kept, run_id, [*added, *stored.values()], images)


async def add(
    scope: Scope,
    kept: KeptRows,
    run_id: int,
    entries: Sequence[ImportEntry],
    people: Directory,
    now: datetime,
) -> list[ImportedRow]:
    """Store new rows; return them as they are stored."""
    if not entries:
        return []
    stamp = {"workspace_id": scope.workspace_id, "import_id": run_id}
    rows = []
    for entry in entries:
        row = {**entry.values, **stamp, "import_sha": entry.sha}
        if kept.keyed:
            row[kept.key] = entry.key
        if "owner_name" in row:
            named = row["owner_name"]
            row |= {"owner_name": people.shown(named), "owner_id": people.find(named), "updated_at": now}
        rows.append(with_comparable(kept.table, row))
    # With what it returns a batch is one statement, for which the deals' stamp is renewed once, not for each row.
    together = insert(kept.table).returning(*kept.table.c)
    stored = await (await scope.session.connection()).execute(together, rows)
    return [dict(row) for row in stored.mappings()]


async def change(
    scope: Scope,
    kept: KeptRows,
    run_id: int,
    changed: Sequence[tuple[ImportedRow, ImportedRow]],
    now: datetime,
) -> None:
    """Set each row's new values; only the columns that change in some row of the batch are written."""
    if not changed:
        return
    stamp: ImportedRow = {"import_id": run_id}
    if "updated_at" in kept.table.c:
        stamp["updated_at"] = now
    columns = {name for _, news in changed for name in news}
    rows = [{**{name: news.get(name, row[name]) for name in columns}, **stamp} for row, news in changed]
    await set_rows(scope, kept, [(row["id"], values) for (row, _), values in zip(changed, rows, strict=True)])


async def set_rows(scope: Scope, kept: KeptRows, rows: Sequence[tuple[int, dict[str, Any]]]) -> None:
    """Set values, the same columns for all, on rows by id."""
    if not rows:
        return
    table = kept.table
    statement = update(table).where(
        table.c.id == bindparam("of_row"), table.c.workspace_id == scope.workspace_id
    )
    values = [{"of_row": row_id, **with_comparable(table, row)} for row_id, row in rows]
    await (await scope.session.connection()).execute(statement, values)


async def remember(
    scope: Scope, kept: KeptRows, run_id: int, rows: Sequence[ImportedRow], before: dict[int, dict[str, Any]]
) -> None:
    """Store what each row said before the run, None where it did not exist, and how the run left it."""
    if not rows:
        return
    changes = [
        {
            "workspace_id": scope.workspace_id,
            "import_id": run_id,
            "table_name": kept.table.name,
            "row_id": row["id"],
            "before": before.get(row["id"]),
            "after_sha": says(row),
            "after_owner_id": row.get("owner_id"),
        }
        for row in rows
    ]
    await (await scope.session.connection()).execute(insert(ImportChangeRow), changes)


async def count(scope: Scope, run_id: int, written: Sequence[Differences]) -> None:
    """Count on the run what was written of it, in the unit of work that wrote it."""
    await (await scope.session.connection()).execute(
        update(ImportRow)
        .where(col(ImportRow.id) == run_id, col(ImportRow.workspace_id) == scope.workspace_id)
        .values(
            added=ImportRow.added + sum(len(each.added) for each in written),
            changed=ImportRow.changed + sum(len(each.changed) for each in written),
            unchanged=ImportRow.unchanged + sum(each.unchanged for each in written),
        )
    )
