"""A record of the double, and what queries know of it."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from playground.salesforce.soql import id18

DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"


@dataclass(slots=True)
class RecordVersion:
    """What queries show of a record from an instant on."""

    since: datetime
    values: dict[str, Any]


@dataclass(slots=True)
class SalesforceRecord:
    """A record: its fields by name, those of the system among them."""

    kind: str
    values: dict[str, Any]
    hidden: bool = False
    deleted_at: datetime | None = None
    before: dict[str, Any] | None = None  # as it was before its last change
    index: list[RecordVersion] = field(default_factory=list)  # only where queries are late

    @property
    def id(self) -> str:
        return str(self.values["Id"])

    def indexed(self, now: datetime) -> dict[str, Any] | None:
        """Return what a query shows at an instant: an older version where it is late, none of a new record."""
        if not self.index:
            return self.values
        return next((one.values for one in reversed(self.index) if one.since <= now), None)


def numbered(prefix: str, number: int) -> str:
    """Return an id of a kind of records, by the letters it begins with."""
    tail = ""
    for _ in range(9):
        number, digit = divmod(number, 62)
        tail = DIGITS[digit] + tail
    return id18(f"{prefix}Qm0{tail}")


def whole_second(at: datetime) -> datetime:
    return at.replace(microsecond=0)


def written(value: Any) -> Any:
    """Return a value as it stands in JSON: instants with an offset, amounts as fractions."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.000+0000")
    if isinstance(value, date):
        return value.isoformat()
    return float(value) if isinstance(value, Decimal) else value
