"""Pseudonyms: by which marks a file that still names somebody forgotten is told from one that names another.

Without the marks the next weekly import would bring the name back. A mark is a keyed fingerprint: whoever has the
database can try a name against it, and reads none from it.
"""

from collections.abc import Iterable

from sqlmodel import Field, SQLModel, col, select

from sales.people.pseudonym import name_mark
from storage.engines.statement import Statement, given
from storage.inserts import insert_missing
from storage.scope import Scope


class ErasedNameRow(SQLModel, table=True):
    """One name or address of somebody who was forgotten, as its mark, and the pseudonym that stands for them."""

    __tablename__ = "erased_name"

    workspace_id: str = Field(primary_key=True, foreign_key="workspace.id")
    mark: str = Field(primary_key=True, max_length=32)
    salt: str = Field(max_length=32)
    pseudonym: str = Field(max_length=40)


MARKS = Statement(
    select(col(ErasedNameRow.salt), col(ErasedNameRow.mark), col(ErasedNameRow.pseudonym)).where(
        given(ErasedNameRow.workspace_id)
    )
)


async def note_erased(scope: Scope, pseudonym: str, salt: str, names: Iterable[str]) -> None:
    """Keep the marks of the names and addresses that somebody forgotten went by."""
    marks = {name_mark(salt, name) for name in names if name.strip()}
    rows = [
        {"workspace_id": scope.workspace_id, "mark": mark, "salt": salt, "pseudonym": pseudonym}
        for mark in sorted(marks)
    ]
    await insert_missing(scope.session, ErasedNameRow, rows)


async def erased_marks(scope: Scope) -> list[tuple[str, str, str]]:
    """Return salt, mark and pseudonym of every name that was forgotten in the workspace."""
    return [(salt, mark, pseudonym) for salt, mark, pseudonym in await scope.ask(MARKS)]
