"""Retention: for how many days a workspace keeps what, where an admin chose other than usual."""

from sqlmodel import Field, SQLModel, select

from storage.row_image import Touched, image
from storage.scope import Scope


class RetentionRow(SQLModel, table=True):
    """One choice; without a row it is the usual."""

    __tablename__ = "retention"

    workspace_id: str = Field(primary_key=True, foreign_key="workspace.id")
    what: str = Field(primary_key=True, max_length=40)
    days: int


async def chosen_days(scope: Scope) -> dict[str, int]:
    """Return for how many days the workspace chose to keep what."""
    return {row.what: row.days for row in await rows(scope)}


async def choose_days(scope: Scope, days: dict[str, int]) -> list[Touched]:
    """Keep what was chosen; return what undoing it needs."""
    there = {row.what: row for row in await rows(scope)}
    touched = []
    for what, number in days.items():
        row = there.get(what)
        before = image(row) if row is not None else None
        if row is not None and row.days == number:
            continue
        row = row or RetentionRow(workspace_id=scope.workspace_id, what=what, days=number)
        row.days = number
        scope.session.add(row)
        touched.append(Touched(row, before))
    await scope.session.flush()
    return touched


async def rows(scope: Scope) -> list[RetentionRow]:
    statement = select(RetentionRow).where(RetentionRow.workspace_id == scope.workspace_id)
    return list(await scope.session.exec(statement))
