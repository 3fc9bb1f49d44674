"""Dropped files: one row each on its way, a copy of the file in pieces while it may be needed, and who works on it.

The database is the only place that all replicas share, and what was confirmed must be there after a restart though
the file is gone from Slack by then. So the copy is kept here, compressed, until the file is in or given up.
"""

import zlib
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import ForeignKey, LargeBinary, UniqueConstraint, delete, text
from sqlmodel import JSON, Column, Field, Index, SQLModel, col, func, or_, select, update

from sales.imports.files.drop import ENDED, UNDO, WORK, DropNews, DropStep
from storage.scope import Ledger, Scope

PIECE = (
    1_000_000  # bytes of the file in one row, a tenth of that compressed: some milliseconds of a unit of work
)
LEASE = timedelta(seconds=60)
AT_WORK = text("step IN ('arrived', 'confirmed', 'undoing')")
UNSHOWN = text("version <> shown")
WOKEN = "a dropped file waits for us"


class DroppedFileRow(SQLModel, table=True):
    """A file that somebody dropped, and where it is on its way.

    `file_id` and `url` are Slack's. `version` goes up with everything its message has to say, and `shown` is the one
    that it says. `answers` are the terms of reading it that the person chose, `news` what its message says beside its
    step. `runs` are the imports it came to, several where one was cut short. Whoever works on it holds a lease, under
    a fence that goes up with each: what comes later from somebody who lost it counts no more.
    """

    __tablename__ = "import_drop"
    __table_args__ = (
        UniqueConstraint("workspace_id", "file_id", "said_at"),
        Index("ix_import_drop_work", "not_before", sqlite_where=AT_WORK, postgresql_where=AT_WORK),
        Index("ix_import_drop_unshown", "version", sqlite_where=UNSHOWN, postgresql_where=UNSHOWN),
        Index("ix_import_drop_until", "until"),
        {"sqlite_autoincrement": True},
    )

    id: int = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspace.id")
    user_id: str
    channel_id: str
    file_id: str
    said_at: str  # the ts of the message it came with
    name: str
    size: int
    url: str
    step: DropStep = DropStep.ARRIVED
    version: int = 1
    shown: int = 0
    answers: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    news: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    runs: list[int] = Field(default_factory=list, sa_type=JSON)
    shape: str = ""
    pieces: int = 0  # of our copy; none while it is not fetched whole
    attempts: int = 0
    fence: int = 0
    lease_owner: str | None = None
    lease_until: datetime | None = None
    not_before: datetime
    until: datetime | None = None  # when a preview expires, or undoing ends
    arrived_at: datetime

    @property
    def told(self) -> DropNews:
        return DropNews.model_validate(self.news)

    @property
    def key(self) -> str:
        """The occurrence key of its message."""
        return f"import_drop:{self.workspace_id}:{self.id}"


class FilePieceRow(SQLModel, table=True):
    """Some of a dropped file, compressed."""

    __tablename__ = "import_piece"
    __table_args__ = (UniqueConstraint("drop_id", "number"),)

    id: int = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspace.id")
    drop_id: int = Field(
        sa_column=Column("drop_id", ForeignKey("import_drop.id", ondelete="CASCADE"), nullable=False)
    )
    number: int
    content: bytes = Field(sa_type=LargeBinary)


async def note_drop(scope: Scope, row: DroppedFileRow) -> DroppedFileRow | None:
    """Keep that a file was dropped; None where the same message said so before."""
    statement = select(DroppedFileRow.id).where(
        DroppedFileRow.workspace_id == scope.workspace_id,
        DroppedFileRow.file_id == row.file_id,
        DroppedFileRow.said_at == row.said_at,
    )
    if (await scope.session.exec(statement)).first() is not None:
        return None
    scope.session.add(row)
    await scope.session.flush()
    return row


async def find_drop(scope: Scope, drop_id: int) -> DroppedFileRow | None:
    """Return a dropped file of this workspace, or None."""
    row = await scope.session.get(DroppedFileRow, drop_id)
    return row if row is not None and row.workspace_id == scope.workspace_id else None


async def taken_drops(scope: Scope, user_id: str) -> list[DroppedFileRow]:
    """Return the files of a person that are in and can be taken back."""
    statement = select(DroppedFileRow).where(
        DroppedFileRow.workspace_id == scope.workspace_id,
        DroppedFileRow.user_id == user_id,
        DroppedFileRow.step == DropStep.TAKEN,
    )
    return list(await scope.session.exec(statement.order_by(col(DroppedFileRow.id))))


async def move_drop(
    scope: Scope, row: DroppedFileRow, step: DropStep, now: datetime, news: DropNews | None = None
) -> None:
    """Let a dropped file go on to a step, at once; its message says so next."""
    row.step, row.not_before, row.attempts = step, now, 0
    row.lease_owner = row.lease_until = None
    if step is DropStep.TAKEN:
        row.until = now + UNDO
    elif step in ENDED:
        row.until = None
    if news is not None:
        row.news = news.model_dump(mode="json")
    await say_anew(scope, row)


async def say_anew(scope: Scope, row: DroppedFileRow) -> None:
    """Let the message of a dropped file say what is so, once this unit of work is durable."""
    row.version += 1
    scope.unit.noted.add(WOKEN)
    scope.session.add(row)
    await scope.session.flush()


def has_woken(scope: Scope) -> bool:
    """Say whether this unit of work left something of a dropped file to be done."""
    return WOKEN in scope.unit.noted


async def waiting_drops(ledger: Ledger, workspace_id: str, now: datetime) -> list[DroppedFileRow]:
    """Return the dropped files that wait for us and that nobody works on, the oldest first."""
    statement = select(DroppedFileRow).where(
        DroppedFileRow.workspace_id == workspace_id,
        col(DroppedFileRow.step).in_(WORK),
        col(DroppedFileRow.not_before) <= now,
        or_(col(DroppedFileRow.lease_until).is_(None), col(DroppedFileRow.lease_until) < now),
    )
    return list(await ledger.session.exec(statement.order_by(col(DroppedFileRow.id)).limit(10)))


async def unshown_drops(ledger: Ledger, workspace_id: str) -> list[DroppedFileRow]:
    """Return the dropped files whose message does not say what is so, and on which nobody works."""
    statement = select(DroppedFileRow).where(
        DroppedFileRow.workspace_id == workspace_id,
        col(DroppedFileRow.version) != col(DroppedFileRow.shown),
        col(DroppedFileRow.lease_owner).is_(None),
    )
    return list(await ledger.session.exec(statement.order_by(col(DroppedFileRow.id)).limit(20)))


async def outlived_drops(ledger: Ledger, workspace_id: str, now: datetime) -> list[DroppedFileRow]:
    """Return the previews nobody confirmed in time, and the imports that cannot be taken back any more."""
    statement = select(DroppedFileRow).where(
        DroppedFileRow.workspace_id == workspace_id,
        col(DroppedFileRow.until) <= now,
        col(DroppedFileRow.step).in_([DropStep.SHOWN, DropStep.TAKEN]),
    )
    return list(await ledger.session.exec(statement.limit(20)))


async def forget_drops(scope: Scope, before: datetime, most: int) -> int:
    """Forget some files that came to their end before an instant; how files of their shape are read stays known."""
    ended = (
        select(DroppedFileRow.id)
        .where(
            DroppedFileRow.workspace_id == scope.workspace_id,
            col(DroppedFileRow.step).in_(ENDED),
            col(DroppedFileRow.not_before) < before,
        )
        .limit(most)
    )
    done = await scope.session.exec(delete(DroppedFileRow).where(col(DroppedFileRow.id).in_(ended)))
    return int(done.rowcount)


async def claim_drop(scope: Scope, drop_id: int, owner: str, now: datetime) -> DroppedFileRow | None:
    """Take a dropped file to work on; None where somebody has it, or another of the workspace.

    A workspace has one import at a time. Requests of it come one after the other, so no two claim at once.
    """
    held = select(func.count()).where(
        DroppedFileRow.workspace_id == scope.workspace_id,
        col(DroppedFileRow.lease_until) >= now,
        col(DroppedFileRow.lease_owner).is_not(None),
    )
    row = await find_drop(scope, drop_id)
    if row is None or row.step not in WORK or (await scope.session.exec(held)).one():
        return None
    row.lease_owner, row.lease_until, row.fence = owner, now + LEASE, row.fence + 1
    scope.session.add(row)
    await scope.session.flush()
    return row


async def renew_lease(scope: Scope, drop_id: int, fence: int, now: datetime) -> bool:
    """Hold on to a dropped file; False where somebody else has it by now."""
    statement = (
        update(DroppedFileRow)
        .where(col(DroppedFileRow.id) == drop_id, col(DroppedFileRow.fence) == fence)
        .where(col(DroppedFileRow.lease_owner).is_not(None))
        .values(lease_until=now + LEASE)
    )
    return bool((await (await scope.session.connection()).execute(statement)).rowcount)


async def held_drop(scope: Scope, drop_id: int, fence: int) -> DroppedFileRow | None:
    """Return a dropped file for whoever holds it under this fence; None where they lost it."""
    row = await find_drop(scope, drop_id)
    return row if row is not None and row.fence == fence and row.lease_owner is not None else None


async def note_shown(scope: Scope, drop_id: int, version: int) -> None:
    """Note which version of a dropped file its message says."""
    statement = (
        update(DroppedFileRow)
        .where(col(DroppedFileRow.id) == drop_id, col(DroppedFileRow.shown) < version)
        .values(shown=version)
    )
    await (await scope.session.connection()).execute(statement)


def packed(path: Path) -> Iterator[bytes]:
    """Yield a file in compressed pieces."""
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            yield zlib.compress(piece, 1)


async def keep_piece(scope: Scope, drop_id: int, number: int, content: bytes) -> None:
    """Keep a piece of a file, in place of one from a fetch that was cut short."""
    await forget_pieces(scope, drop_id, number)
    scope.session.add(
        FilePieceRow(workspace_id=scope.workspace_id, drop_id=drop_id, number=number, content=content)
    )
    await scope.session.flush()


async def find_piece(scope: Scope, drop_id: int, number: int) -> bytes | None:
    """Return a compressed piece of a file; None where it is not kept any more."""
    statement = select(FilePieceRow.content).where(
        FilePieceRow.workspace_id == scope.workspace_id,
        FilePieceRow.drop_id == drop_id,
        FilePieceRow.number == number,
    )
    return (await scope.session.exec(statement)).first()


async def copied_drops(scope: Scope) -> list[DroppedFileRow]:
    """Return the dropped files of which we keep a copy."""
    kept = select(FilePieceRow.drop_id).where(FilePieceRow.workspace_id == scope.workspace_id)
    statement = select(DroppedFileRow).where(
        DroppedFileRow.workspace_id == scope.workspace_id, col(DroppedFileRow.id).in_(kept)
    )
    return list(await scope.session.exec(statement.order_by(col(DroppedFileRow.id))))


async def forget_pieces(scope: Scope, drop_id: int, number: int | None = None) -> None:
    """Erase our copy of a file, or one piece of it."""
    statement = delete(FilePieceRow).where(
        col(FilePieceRow.workspace_id) == scope.workspace_id, col(FilePieceRow.drop_id) == drop_id
    )
    if number is not None:
        statement = statement.where(col(FilePieceRow.number) == number)
    await (await scope.session.connection()).execute(statement)
