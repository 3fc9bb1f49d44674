"""The library of a team: its entries, which of ours it took away, and who may write in it.

A row stands for an entry of the team's own, for one of ours that it changed (`starter`), or for one that it took away
(`is_gone`). Personas are the team's cards (`storage/prospects/persona.py`), read and written here too.
"""

from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Date, bindparam
from sqlmodel import Field, Index, SQLModel, UniqueConstraint, col, select

from sales.craft.library import EntryKind, LibraryEntry, StoredEntry
from sales.craft.persona_entry import persona_of, text_of
from sales.craft.starters import library_with_starters, starter_called
from sales.value import changed
from storage.engines.statement import Statement, Together, given
from storage.prospects.persona import (
    PersonaRow,
    add_persona,
    change_persona,
    find_persona,
    personas_of,
    remove_persona,
)
from storage.row_image import Touched, image
from storage.rows import restate
from storage.scope import Scope


class LibraryEntryRow(LibraryEntry, table=True):
    __tablename__ = "library_entry"
    __table_args__ = (
        Index("ix_library_entry_team", "workspace_id", "team_id"),
        Index("ix_library_entry_owner", "workspace_id", "owner_id", "review_by"),
        {"sqlite_autoincrement": True},
    )

    id: int = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspace.id")
    team_id: int = Field(foreign_key="team.id")
    is_gone: bool = False  # one of ours that the team does not want to see


class LibraryRights(SQLModel):
    """Who writes in a library besides whoever leads the team: its people, where the team lets them."""

    lets_reps: bool = False


class LibraryRightsRow(LibraryRights, table=True):
    """What a team decided; one without a row keeps it to those who lead it."""

    __tablename__ = "library_rights"
    __table_args__ = (UniqueConstraint("workspace_id", "team_id"), {"sqlite_autoincrement": True})

    id: int = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspace.id")
    team_id: int = Field(foreign_key="team.id")


class DueEntry(NamedTuple):
    """An entry whose day to look at it again is past."""

    title: str
    review_by: date


def past_for(row: Any, title: Any, *more: Any) -> Statement:
    """Return the question which rows of somebody's are past their day; it is asked for each Home."""
    theirs = (
        given(row.workspace_id),
        given(row.owner_id),
        col(row.review_by) < bindparam("today", type_=Date()),
    )
    return Statement(select(col(title), col(row.review_by)).where(*theirs, *more))


DUE = Together(
    past_for(LibraryEntryRow, LibraryEntryRow.title, col(LibraryEntryRow.is_gone).is_(False)),
    past_for(PersonaRow, PersonaRow.role),
)


async def library_of(scope: Scope, team_id: int | None) -> list[StoredEntry]:
    """Return everything that stands in a team's library, in the order of the kinds, its own before ours.

    Whoever is in no team has none.
    """
    if team_id is None:
        return []
    rows = await rows_of(scope, team_id)
    own = [stored(one) for one in rows if not one.is_gone]
    cards = [card(one) for one in await personas_of(scope, team_id)]
    return library_with_starters([*own, *cards], [one.starter for one in rows if one.is_gone])


async def rows_of(scope: Scope, team_id: int) -> list[LibraryEntryRow]:
    statement = select(LibraryEntryRow).where(
        LibraryEntryRow.workspace_id == scope.workspace_id, LibraryEntryRow.team_id == team_id
    )
    return list(await scope.session.exec(statement.order_by(col(LibraryEntryRow.id))))


def stored(row: LibraryEntryRow) -> StoredEntry:
    return StoredEntry.model_validate(row.model_dump(include=set(StoredEntry.model_fields)))


def card(row: PersonaRow) -> StoredEntry:
    """Return a persona as an entry."""
    return StoredEntry(
        id=row.id,
        kind=EntryKind.PERSONA,
        title=row.role,
        role=row.also,
        text=text_of(row),
        owner_id=row.owner_id,
        review_by=row.review_by,
    )


async def add_entry(scope: Scope, team_id: int, said: LibraryEntry) -> list[Touched]:
    """Put an entry into a team's library, in the place of one of ours where it began as that.

    Return what undoing it needs.

    Raises:
        Refusal: for a persona that says what a card has no place for.
    """
    if said.kind is not EntryKind.PERSONA:
        return [Touched(await keep(scope, team_id, said))]
    row = await add_persona(scope, team_id, persona_of(said))
    await look_after(scope, row, said)
    return [Touched(row), *await take_away(scope, team_id, said.starter)]


async def change_entry(scope: Scope, held: StoredEntry, team_id: int, said: LibraryEntry) -> list[Touched]:
    """Let an entry say something else, also one of ours. Return what undoing it needs.

    Raises:
        Refusal: for a persona that says what a card has no place for.
    """
    if said.kind is not held.kind and EntryKind.PERSONA in (said.kind, held.kind):
        gone = await remove_entry(scope, held, team_id)
        return [*gone, *await add_entry(scope, team_id, changed(LibraryEntry, said, starter=""))]
    if not held.id:
        return await add_entry(scope, team_id, said)
    if held.kind is EntryKind.PERSONA:
        return [await change_card(scope, held, said)]
    row = await find_row(scope, held.id)
    if row is None:
        return await add_entry(scope, team_id, said)
    before = image(row)
    await restate(scope, row, LibraryEntry, said)
    return [Touched(row, before)]


async def remove_entry(scope: Scope, held: StoredEntry, team_id: int) -> list[Touched]:
    """Take an entry out of a team's library, also one of ours. Return what undoing it needs."""
    if not held.id:
        return await take_away(scope, team_id, held.starter)
    if held.kind is EntryKind.PERSONA:
        persona = await find_persona(scope, held.id)
        return [await remove_persona(scope, persona)] if persona is not None else []
    row = await find_row(scope, held.id)
    if row is None:
        return []
    if row.starter:  # ours is not to come back where the team's own version stood
        before = image(row)
        row.is_gone = True
        scope.session.add(row)
        await scope.session.flush()
        return [Touched(row, before)]
    gone = Touched(row, image(row), gone=True)
    await scope.session.delete(row)
    await scope.session.flush()
    return [gone]


async def take_away(scope: Scope, team_id: int, starter: str) -> list[Touched]:
    """Let one of ours stand in a team's library no more."""
    ours = starter_called(starter)
    return [Touched(await keep(scope, team_id, ours, is_gone=True))] if ours is not None else []


async def keep(scope: Scope, team_id: int, said: LibraryEntry, *, is_gone: bool = False) -> LibraryEntryRow:
    values = {**said.model_dump(include=set(LibraryEntry.model_fields)), "workspace_id": scope.workspace_id}
    row = LibraryEntryRow.model_validate({**values, "team_id": team_id, "is_gone": is_gone})
    scope.session.add(row)
    await scope.session.flush()
    return row


async def find_row(scope: Scope, entry_id: int) -> LibraryEntryRow | None:
    """Return one row of this workspace, or None."""
    row = await scope.session.get(LibraryEntryRow, entry_id)
    return row if row is not None and row.workspace_id == scope.workspace_id else None


async def change_card(scope: Scope, held: StoredEntry, said: LibraryEntry) -> Touched:
    """Let a persona say what an entry says."""
    row = await find_persona(scope, held.id)
    assert row is not None  # it was read in this unit of work
    before = image(row)
    await change_persona(scope, row, persona_of(said))
    await look_after(scope, row, said)
    return Touched(row, before)


async def look_after(scope: Scope, row: PersonaRow, said: LibraryEntry) -> None:
    """Keep who looks after a persona, and by when."""
    row.owner_id, row.review_by = said.owner_id, said.review_by
    scope.session.add(row)
    await scope.session.flush()


async def due_for(scope: Scope, owner_id: str, today: date) -> list[DueEntry]:
    """Return the entries of somebody's whose day to look at them again is past, the longest waiting first."""
    found = await scope.together(DUE, owner_id=owner_id, today=today)
    return sorted((DueEntry(*row) for rows in found for row in rows), key=lambda one: one.review_by)


async def rights_of(scope: Scope, team_id: int) -> LibraryRights:
    """Return who writes in a team's library."""
    row = await rights_row(scope, team_id)
    return LibraryRights(lets_reps=row is not None and row.lets_reps)


async def rights_row(scope: Scope, team_id: int) -> LibraryRightsRow | None:
    statement = select(LibraryRightsRow).where(
        LibraryRightsRow.workspace_id == scope.workspace_id, LibraryRightsRow.team_id == team_id
    )
    return (await scope.session.exec(statement)).one_or_none()


async def let_reps(scope: Scope, team_id: int, *, lets: bool) -> Touched:
    """Let a team's people write in its library, or not any more. Return what undoing it needs."""
    row = await rights_row(scope, team_id)
    before = image(row) if row is not None else None
    if row is None:
        row = LibraryRightsRow(workspace_id=scope.workspace_id, team_id=team_id)
    row.lets_reps = lets
    scope.session.add(row)
    await scope.session.flush()
    return Touched(row, before)
