"""The history of deals: a row for each thing that one of them said otherwise from a day on."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import insert
from sqlmodel import Field, Index, col, delete, select

from sales.pipeline.deal_history import MAX_SAID, DealField, MovedBy, StoredChange, differing, text_of
from sales.pipeline.opportunity import Opportunity
from storage.row_image import Touched, image
from storage.scope import Scope


class DealChangeRow(StoredChange, table=True):
    __tablename__ = "deal_change"
    __table_args__ = (
        Index("ix_deal_change_deal", "opportunity_id", "on"),
        Index("ix_deal_change_import", "import_id"),
        {"sqlite_autoincrement": True},
    )

    id: int = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspace.id")
    opportunity_id: int = Field(foreign_key="opportunity.id", ondelete="CASCADE")
    import_id: int | None = Field(default=None, foreign_key="import_run.id")


async def write_history(
    scope: Scope, deal_id: int, was: Opportunity, now: Opportunity, by: str, on: date
) -> list[DealChangeRow]:
    """Store what a deal says otherwise from a local day on, by whom; return the rows, none where it says the same."""
    rows = [
        DealChangeRow(
            workspace_id=scope.workspace_id,
            opportunity_id=deal_id,
            what=what,
            was=before,
            now=after,
            on=on,
            by=by,
        )
        for what, before, after in differing(was, now)
    ]
    scope.session.add_all(rows)
    await scope.session.flush()
    return rows


async def note_change(
    scope: Scope, deal_id: int, what: DealField, was: str, now: str, by: str, on: date
) -> Touched:
    """Store a line of something that stands beside a deal: a contact, a wish for a price; return what undoing needs."""
    row = DealChangeRow(
        workspace_id=scope.workspace_id,
        opportunity_id=deal_id,
        what=what,
        was=was[:MAX_SAID],
        now=now[:MAX_SAID],
        on=on,
        by=by,
    )
    scope.session.add(row)
    await scope.session.flush()
    return Touched(row)


class BetweenImports(NamedTuple):
    """Which import changed deals, and between which two local days: `since` is that of the import before it."""

    import_id: int
    since: date | None
    on: date


async def write_imported_history(
    scope: Scope, changed: Sequence[tuple[Mapping[str, Any], Mapping[str, Any]]], seen: BetweenImports
) -> None:
    """Store what an import found changed: pairs of a stored row and of what is set on it."""
    rows = [
        {
            "workspace_id": scope.workspace_id,
            "opportunity_id": row["id"],
            "what": what,
            "was": text_of(row[what.value]),
            "now": text_of(news[what.value]),
            "on": seen.on,
            "since": seen.since,
            "by": "",
            "import_id": seen.import_id,
        }
        for row, news in changed
        for what in DealField
        if what.value in news and text_of(row[what.value]) != text_of(news[what.value])
    ]
    if rows:
        await (await scope.session.connection()).execute(insert(DealChangeRow), rows)


async def forget_imported_history(scope: Scope, import_id: int, deal_ids: Sequence[int]) -> None:
    """Forget what an import that is taken back had found changed on some deals."""
    gone = delete(DealChangeRow).where(
        col(DealChangeRow.import_id) == import_id, col(DealChangeRow.opportunity_id).in_(deal_ids)
    )
    await (await scope.session.connection()).execute(gone)


async def history_of(scope: Scope, deal_ids: Sequence[int]) -> dict[int, list[DealChangeRow]]:
    """Return the history of some deals, the oldest first; a deal without any is missing. Ask for at most 500."""
    statement = select(DealChangeRow).where(
        DealChangeRow.workspace_id == scope.workspace_id, col(DealChangeRow.opportunity_id).in_(deal_ids)
    )
    found: dict[int, list[DealChangeRow]] = {}
    for row in await scope.session.exec(statement.order_by(col(DealChangeRow.id))):
        found.setdefault(row.opportunity_id, []).append(row)
    return found


async def changes_of(scope: Scope, deal_id: int) -> list[DealChangeRow]:
    """Return the history of one deal, the oldest first."""
    return (await history_of(scope, [deal_id])).get(deal_id, [])


async def find_change(scope: Scope, change_id: int) -> DealChangeRow | None:
    """Return one line of a deal's history, or None."""
    row = await scope.session.get(DealChangeRow, change_id)
    return row if row is not None and row.workspace_id == scope.workspace_id else None


async def say_who_moved(scope: Scope, change: DealChangeRow, who: MovedBy) -> Touched:
    """Keep with a date who wanted it moved; return what undoing that needs."""
    before = image(change)
    change.moved_by = who
    scope.session.add(change)
    await scope.session.flush()
    return Touched(change, before)


async def last_said_by(scope: Scope, deal_ids: Sequence[int]) -> set[str]:
    """Return who said something of some deals here last, by id; nobody of a deal that files alone changed."""
    found = set[str]()
    for history in (await history_of(scope, deal_ids)).values():
        by = next((row.by for row in reversed(history) if row.import_id is None and row.by), "")
        found |= {by} - {""}
    return found


async def owners_on_file(scope: Scope, deal_ids: Sequence[int]) -> dict[int, str]:
    """Return whom files named as owners of deals that were given to somebody else since. Ask for at most 500."""
    found: dict[int, str] = {}
    for deal_id, history in (await history_of(scope, deal_ids)).items() if deal_ids else ():
        for row in history:
            if row.what is DealField.OWNER and row.import_id is not None:
                found.pop(deal_id, None)
            elif row.what is DealField.OWNER:
                found.setdefault(deal_id, row.was)
    return found
