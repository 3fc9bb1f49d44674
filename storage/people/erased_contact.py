"""Erased contacts as they are kept: marks of names and addresses, with the day, by one secret of the workspace."""

import secrets
from collections.abc import Iterable
from datetime import date

from sqlmodel import Field, SQLModel, col, delete, select

from sales.people.erased_contact import ErasedContacts
from sales.people.pseudonym import name_mark
from storage.engines.statement import Statement, given
from storage.inserts import insert_missing
from storage.scope import Scope


class ErasedContactRow(SQLModel, table=True):
    """One name or address of somebody at a customer's who was forgotten, as its mark. It goes into no export."""

    __tablename__ = "erased_contact"

    workspace_id: str = Field(primary_key=True, foreign_key="workspace.id")
    mark: str = Field(primary_key=True, max_length=32)
    salt: str = Field(max_length=32)
    erased_on: date


MARKS = Statement(
    select(col(ErasedContactRow.salt), col(ErasedContactRow.mark), col(ErasedContactRow.erased_on)).where(
        given(ErasedContactRow.workspace_id)
    )
)


async def erased_contacts(scope: Scope) -> ErasedContacts:
    """Return who of the workspace's customers was erased."""
    rows = await scope.ask(MARKS)
    return ErasedContacts(rows[0][0] if rows else "", {mark: on for _, mark, on in rows})


async def note_contact_erased(scope: Scope, names: Iterable[str], on: date) -> None:
    """Keep the marks of the names and addresses that somebody forgotten went by."""
    salt = (await erased_contacts(scope)).salt or secrets.token_hex(16)
    rows = [
        {"workspace_id": scope.workspace_id, "mark": mark, "salt": salt, "erased_on": on}
        for mark in sorted({name_mark(salt, name) for name in names if name.strip()})
    ]
    await insert_missing(scope.session, ErasedContactRow, rows)


async def take_again(scope: Scope, names: Iterable[str]) -> None:
    """Let whoever goes by one of some names or addresses be taken again, as somebody said so."""
    marks = (await erased_contacts(scope)).marks_of(names)
    if marks:
        await scope.session.exec(
            delete(ErasedContactRow).where(
                col(ErasedContactRow.workspace_id) == scope.workspace_id,
                col(ErasedContactRow.mark).in_(marks),
            )
        )
