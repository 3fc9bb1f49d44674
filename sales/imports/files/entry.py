"""Entries: one row of a file as checked values, ready to be compared with what is stored."""

from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from hashlib import blake2b
from typing import Any


class Remark(StrEnum):
    """What was noticed about a row that was taken all the same."""

    NO_ACCOUNT = "no_account"
    LIST_PRICE = "list_price"
    NO_VALUE = "no_value"
    NO_OPENING = "no_opening"
    OPENING_DROPPED = "opening_dropped"
    CLOSED_BEFORE_OPENED = "closed_before_opened"
    RESPELLED = "respelled"
    UNKNOWN_PRODUCT = "unknown_product"
    SECTOR = "sector"
    RATE = "rate"
    NOT_FOUND = "not_found"
    CLOSES_LATER = "closes_later"
    FAR_DAY = "far_day"
    CUT = "cut"
    NO_ADDRESS = "no_address"
    NO_REACH = "no_reach"


Remarks = tuple[tuple[Remark, str], ...]


@dataclass(frozen=True)
class ImportEntry:
    """A row's identity, its values, and which of them the file itself states.

    `said` is what the file says before anything is looked up; `fields` are the values that may replace
    stored ones when the file's row has changed. `filled` are values from elsewhere (list price) that only
    fill a gap. `derived_name` is True where the name is made of account and product.
    """

    key: str
    said: tuple[Any, ...]
    values: dict[str, Any]
    fields: frozenset[str]
    filled: dict[str, Any] = field(default_factory=dict)
    derived_name: bool = False

    @cached_property
    def sha(self) -> str:
        """Return the fingerprint of what the file says in this row."""
        return fingerprint(self.said)


@dataclass(frozen=True)
class TakenRow:
    """A row that can be taken, and what was noticed about it."""

    entry: ImportEntry
    remarks: Remarks = ()


@dataclass(frozen=True)
class RefusedRow:
    """A row that cannot be taken, and every reason."""

    reasons: tuple[str, ...]


Reading = TakenRow | RefusedRow


def fingerprint(said: tuple[Any, ...]) -> str:
    """Return 16 hexadecimal digits that differ where the values differ."""
    return blake2b(repr(said).encode("utf-8", "backslashreplace"), digest_size=8).hexdigest()
