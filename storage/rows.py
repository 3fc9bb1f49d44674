"""Rows: a stored value is changed by making its row say another value of the same noun."""

from typing import TypeVar

from sqlmodel import SQLModel

from storage.scope import Scope

AnyValue = TypeVar("AnyValue", bound=SQLModel)
AnyRow = TypeVar("AnyRow", bound=SQLModel)


async def restate(scope: Scope, row: AnyValue, kind: type[AnyValue], value: AnyValue) -> None:
    """Store that a row says what `value` says in the fields of `kind`; its id and workspace stay.

    Raises:
        ValidationError: if the value contradicts itself, as for a new one.
    """
    row.sqlmodel_update(kind.model_validate(value.model_dump(include=set(kind.model_fields))).model_dump())
    scope.session.add(row)
    await scope.session.flush()


async def state_for_workspace(
    scope: Scope, row_kind: type[AnyRow], kind: type[AnyValue], value: AnyValue
) -> AnyRow:
    """Store what the one row of a workspace says from now on, and return it; `workspace_id` is its key.

    Raises:
        ValidationError: if the value contradicts itself.
    """
    row = await scope.session.get(row_kind, scope.workspace_id)
    if row is not None:
        await restate(scope, row, kind, value)
        return row
    row = row_kind.model_validate({**value.model_dump(), "workspace_id": scope.workspace_id})
    scope.session.add(row)
    await scope.session.flush()
    return row
