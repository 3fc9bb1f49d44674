"""Rows: a stored value is changed by making its row say another value of the same noun."""

from typing import TypeVar

from sqlmodel import SQLModel

from storage.scope import Scope

AnyValue = TypeVar("AnyValue", bound=SQLModel)


async def restate(scope: Scope, row: AnyValue, kind: type[AnyValue], value: AnyValue) -> None:
    """Store that a row says what `value` says in the fields of `kind`; its id and workspace stay.

    Raises:
        ValidationError: if the value contradicts itself, as for a new one.
    """
    row.sqlmodel_update(kind.model_validate(value.model_dump(include=set(kind.model_fields))).model_dump())
    scope.session.add(row)
    await scope.session.flush()
