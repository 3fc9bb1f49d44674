"""Merging deals: whatever belongs to the one that goes belongs to the one that stays, and can be given back."""

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import PrimaryKeyConstraint, UniqueConstraint
from sqlmodel import select

from sales.language.names.match import name_key
from sales.pipeline.deal_contact import DealContact
from sales.pipeline.deal_history import DealField
from sales.pipeline.merge import AS_USUAL, MergeTerms, merged
from sales.value import changed
from storage.pipeline.deal_contact import change_contact, contacts_of, remove_contact
from storage.pipeline.deal_history import note_change
from storage.pipeline.opportunity import OpportunityRow, Typed, change_opportunity
from storage.row_image import Touched, image
from storage.scope import Scope


async def merge_deals(
    scope: Scope,
    kept: OpportunityRow,
    gone: OpportunityRow,
    typed: Typed,
    terms: MergeTerms = AS_USUAL,
) -> list[Touched]:
    """Make two deals one and return what undoing it needs: histories, contacts, promises, activities are all kept.

    Raises:
        Refusal: where they cannot be one.
    """
    said, was = merged(kept, gone, terms), image(gone)
    touched = await carry_over(scope, kept.id, gone.id, hanging(scope))
    said_so = await note_change(scope, kept.id, DealField.NAME, gone.name, kept.name, typed.by, typed.on)
    touched.append(said_so)
    await scope.session.delete(gone)
    await scope.session.flush()
    deal, *history = await change_opportunity(scope, kept, said, typed)
    touched += [Touched(each.row) for each in history]
    # Undo begins at the end: the kept deal lets go of what was the other's, which is then there for what belongs to it.
    return [*touched, Touched(gone, was, gone=True), deal]


async def carry_over(
    scope: Scope, kept_id: int, gone_id: int, tables: Iterable[tuple[type[Any], str]]
) -> list[Touched]:
    """Let whatever belongs to a deal that goes belong to the one that stays; return what undoing that needs."""
    touched = await one_of_each_contact(scope, kept_id, gone_id)
    for table, column in tables:
        touched += await hand_over(scope, table, column, kept_id, gone_id)
    return touched


def hanging(scope: Scope) -> Iterator[tuple[type[Any], str]]:
    """Yield every table whose rows belong to a deal and can be put back, with the column that says to which."""
    for table in scope.declared.undoable.values():
        for column in table.__table__.columns:  # type: ignore[attr-defined]
            if any(key.target_fullname == "opportunity.id" for key in column.foreign_keys):
                yield table, column.name


async def hand_over(scope: Scope, table: type[Any], column: str, kept_id: int, gone_id: int) -> list[Touched]:
    """Let rows of a table belong to the deal that stays; one that it has already goes with the other deal."""
    every = select(table).where(table.workspace_id == scope.workspace_id)
    of = getattr(table, column)
    theirs = {
        key for row in await scope.session.exec(every.where(of == kept_id)) for key in keys(row, column)
    }
    touched: list[Touched] = []
    for row in list(
        await scope.session.exec(every.where(of == gone_id).order_by(*table.__table__.primary_key))
    ):
        if theirs.intersection(keys(row, column)):
            touched.append(Touched(row, image(row), gone=True))
            await scope.session.delete(row)
        else:
            touched.append(Touched(row, image(row, (column,)), columns=(column,)))
            setattr(row, column, kept_id)
            scope.session.add(row)
    await scope.session.flush()
    return touched


def keys(row: Any, column: str) -> list[tuple[Any, ...]]:
    """Return what of a row there may be only once for a deal, for each such rule of its table."""
    found: list[tuple[Any, ...]] = []
    table = row.__table__
    rules = [one for one in table.constraints if isinstance(one, UniqueConstraint | PrimaryKeyConstraint)]
    for rule in [*rules, *(one for one in table.indexes if one.unique)]:
        names = [one.name for one in rule.columns]
        if column in names:
            found.append((*names, *(getattr(row, name) for name in names if name != column)))
    return found


async def one_of_each_contact(scope: Scope, kept_id: int, gone_id: int) -> list[Touched]:
    """Let somebody who is a contact of both deals be one: with the role that is known, deciding if they do in one."""
    known = {name_key(one.name): one for one in await contacts_of(scope, kept_id)}
    touched: list[Touched] = []
    for other in await contacts_of(scope, gone_id):
        same = known.get(name_key(other.name))
        if same is None:
            continue
        said = changed(
            DealContact,
            same,
            role=same.role or other.role,
            decides=same.decides or other.decides,
            **(same if same.terms_told else other).terms,
        )
        touched += [await change_contact(scope, same, said), Touched(other, image(other), gone=True)]
        await remove_contact(scope, other)
    return touched
