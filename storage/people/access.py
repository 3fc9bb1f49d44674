"""The log of access: lines are added, and nothing here changes or removes one.

Only an erasure puts a pseudonym in a name's place, and what is older than a workspace keeps it goes.
"""

from datetime import date, datetime

from sqlalchemy import bindparam, insert, text
from sqlmodel import Field, Index, col, delete, func, select

from sales.language.typed_text import shorten
from sales.people.access import LONGEST, Access, AccessKind
from storage.engines.statement import Statement
from storage.inserts import INSERTS
from storage.scope import Scope

IS_READ = text("kind = 'read'")


class AccessRow(Access, table=True):
    __tablename__ = "access_log"
    __table_args__ = (
        Index(
            "ix_access_log_read",
            *("workspace_id", "about_id", "by_id", "on"),
            unique=True,
            sqlite_where=IS_READ,
            postgresql_where=IS_READ,
        ),
        Index("ix_access_log_about", "workspace_id", "about_id", "at"),
        Index("ix_access_log_at", "workspace_id", "at"),
        {"sqlite_autoincrement": True},
    )

    id: int = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspace.id")


LOG = AccessRow.__table__  # type: ignore[attr-defined]
GIVEN = {name: bindparam(name, type_=LOG.c[name].type) for name in (*Access.model_fields, "workspace_id")}
READ_ONCE = Statement(lambda engine: INSERTS[engine](LOG).values(GIVEN).on_conflict_do_nothing())
CHANGE = Statement(insert(LOG).values(GIVEN))


async def note_read(scope: Scope, by_id: str, about_id: str, on: date, now: datetime) -> None:
    """Note that somebody read another's record on a day of theirs; the second time that day changes nothing."""
    said = {"by_id": by_id, "about_id": about_id, "on": on, "at": now}
    await scope.ask(READ_ONCE, **said, kind=AccessKind.READ, what="")


async def note_change(scope: Scope, by_id: str, about_id: str, what: str, on: date, now: datetime) -> None:
    """Note what somebody did to another's record."""
    said = {"by_id": by_id, "about_id": about_id, "on": on, "at": now}
    await scope.ask(CHANGE, **said, kind=AccessKind.CHANGED, what=shorten(what, LONGEST))


async def accesses(scope: Scope, about_id: str | None, most: int) -> tuple[list[AccessRow], int]:
    """Return the newest lines about a person, or about everybody for None, and how many there are in all."""
    about = [AccessRow.about_id == about_id] if about_id is not None else []
    mine = (AccessRow.workspace_id == scope.workspace_id, *about)
    newest = select(AccessRow).where(*mine).order_by(col(AccessRow.at).desc(), col(AccessRow.id).desc())
    rows = list(await scope.session.exec(newest.limit(most)))
    count = (await scope.session.exec(select(func.count()).select_from(AccessRow).where(*mine))).one()
    return rows, count


async def forget_accesses(scope: Scope, before: datetime, most: int) -> int:
    """Let go of some lines from before an instant, as the workspace keeps none for longer; return how many."""
    old = (
        select(AccessRow.id)
        .where(AccessRow.workspace_id == scope.workspace_id, col(AccessRow.at) < before)
        .order_by(col(AccessRow.at))
        .limit(most)
    )
    done = await scope.session.exec(delete(AccessRow).where(col(AccessRow.id).in_(old)))
    return int(done.rowcount)
