"""Values: a rule never changes one, it returns another, validated like any new one."""

from typing import TypeVar

from sqlmodel import SQLModel

AnyValue = TypeVar("AnyValue", bound=SQLModel)


def changed(kind: type[AnyValue], value: AnyValue, **changes: object) -> AnyValue:
    """Return what a value says with these fields changed; a plain `kind`, also where `value` is a stored row.

    Raises:
        ValidationError: if it would contradict itself.
        TypeError: for a field the kind does not have.
    """
    if unknown := changes.keys() - kind.model_fields.keys():
        raise TypeError(f"{kind.__name__} has no {', '.join(sorted(unknown))}")
    return kind.model_validate(value, from_attributes=True, update=changes)
