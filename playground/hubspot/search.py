"""The search of the double: filters, one sort, pages by offset, and everything in which it is not to be trusted.

Records that share a stamp come in another order with each request, so that a page may show one twice and another not
at all. What it finds and shows is what its index knows, which may be late.
"""

import random
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any, overload

from playground.hubspot.portal import Portal
from playground.hubspot.record import DATES, HubSpotRecord, IndexedVersion, stamp_of
from playground.hubspot.refusal import invalid

LONGEST_BODY = 3_000  # characters
MOST_GROUPS, MOST_FILTERS, LARGEST_PAGE = 5, 6, 200
Found = tuple[HubSpotRecord, IndexedVersion]
Value = int | float | str


class FoundBetween(Sequence[Found]):
    """Records that lie between two places of a sorted list, none of them looked at before it is asked for."""

    def __init__(self, records: Sequence[HubSpotRecord], places: range) -> None:
        self.records, self.places = records, places

    def __len__(self) -> int:
        return len(self.places)

    @overload
    def __getitem__(self, at: int) -> Found: ...
    @overload
    def __getitem__(self, at: slice) -> "FoundBetween": ...
    def __getitem__(self, at: int | slice) -> "Found | FoundBetween":
        if isinstance(at, slice):
            return FoundBetween(self.records, self.places[at])
        record = self.records[self.places[at]]
        return record, record.version


class HubSpotSearch:
    """Finds records. What is asked by the stamp alone is found in a sorted list, as there may be very many."""

    def __init__(self, portal: Portal, seed: int = 20) -> None:
        self.portal = portal
        self.random = random.Random(seed)
        self.sorted: dict[str, tuple[int, list[int], list[HubSpotRecord]]] = {}

    def page(self, kind: str, body: dict[str, Any], size: int) -> tuple[int, list[Found], int | None]:
        """Return how many there are, a page of them, and where the next one begins.

        Raises:
            HubSpotRefusal: if what is asked is more than a search takes.
        """
        if size > LONGEST_BODY:
            raise invalid(f"The request body is {size} characters long, {LONGEST_BODY} are allowed.")
        groups, sorts = body.get("filterGroups") or [], body.get("sorts") or []
        if len(sorts) > 1:
            raise invalid("Only one sort is allowed.")
        if len(groups) > MOST_GROUPS or any(len(one["filters"]) > MOST_FILTERS for one in groups):
            raise invalid("Too many filters.")
        asked = int(body.get("limit", 10))
        if not 1 <= asked <= LARGEST_PAGE:
            raise invalid(f"The limit is between 1 and {LARGEST_PAGE}.")
        start = offset(body.get("after"))
        limit = min(asked, self.portal.page)
        if start + limit > self.portal.search_cap:
            raise invalid(f"Paging stops at {self.portal.search_cap} results.")
        name, down = sorting(sorts, kind)
        found = self.found(kind, groups, name)
        page = self.cut(found, name, down, start, limit)
        after = start + limit
        return len(found), page, after if after < len(found) else None

    def found(self, kind: str, groups: Sequence[dict[str, Any]], name: str) -> Sequence[Found]:
        """Return everything that is found, in the order of the property it is sorted by."""
        quick = self.by_stamp(kind, groups) if name == stamp_of(kind) and not self.portal.lag else None
        if quick is not None:
            return quick
        now = self.portal.clock.now()
        found = []
        for record in self.portal.records[kind].values():
            version = record.indexed(now)
            if version is None or record.archived_at or record.hidden:
                continue
            if not groups or any(
                all(holds(one, record, version) for one in group["filters"]) for group in groups
            ):
                found.append((record, version))
        found.sort(key=key_of(name))
        return found

    def by_stamp(self, kind: str, groups: Sequence[dict[str, Any]]) -> Sequence[Found] | None:
        """Return what was modified between two instants, where nothing else is asked and nothing is late."""
        if len(groups) != 1 or len(groups[0]["filters"]) != 1:
            return None
        (one,) = groups[0]["filters"]
        if one["operator"] != "BETWEEN" or one["propertyName"] != stamp_of(kind):
            return None
        changes, stamps, records = self.sorted.get(kind, (-1, [], []))
        if changes != self.portal.changes:
            here = self.portal.records[kind].values()
            if any(record.index for record in here):
                return None
            records = sorted(
                (record for record in here if not record.archived_at and not record.hidden),
                key=lambda record: record.modified,
            )
            stamps = [ms(record.modified) for record in records]
            self.sorted[kind] = (self.portal.changes, stamps, records)
        low, high = number(one["value"]), number(one["highValue"])
        return FoundBetween(records, range(bisect_left(stamps, low), bisect_right(stamps, high)))

    def cut(self, found: Sequence[Found], name: str, down: bool, start: int, limit: int) -> list[Found]:
        """Return a page, those that are equal in an order that nobody can rely on."""
        key = key_of(name)
        if down:
            found = found[::-1]
        low, high = start, min(start + limit, len(found))
        while low > 0 and low < len(found) and key(found[low - 1]) == key(found[low]):
            low -= 1
        while 0 < high < len(found) and key(found[high]) == key(found[high - 1]):
            high += 1
        around = list(found[low:high])
        self.random.shuffle(around)
        around.sort(key=key, reverse=down)
        return around[start - low : start - low + limit]


def offset(after: Any) -> int:
    if after in (None, ""):
        return 0
    if not str(after).isdecimal():
        raise invalid("after is a whole number.")
    return int(after)


def sorting(sorts: Sequence[Any], kind: str) -> tuple[str, bool]:
    """Return by which property is sorted, and whether downwards."""
    if not sorts:
        return "createdate", False
    (one,) = sorts
    if isinstance(one, str):
        return one.removeprefix("-"), one.startswith("-")
    return one["propertyName"], one.get("direction", "ASCENDING") == "DESCENDING"


def key_of(name: str) -> Callable[[Found], tuple[bool, Value]]:
    def key(one: Found) -> tuple[bool, Value]:
        value = comparable(name, one[0].value(name, one[1]))
        return value is not None, value if value is not None else 0

    return key


def holds(asked: dict[str, Any], record: HubSpotRecord, version: IndexedVersion) -> bool:
    """Return whether a filter takes a record."""
    name, operator = asked["propertyName"], asked["operator"]
    value = comparable(name, record.value(name, version))
    if operator == "HAS_PROPERTY":
        return value is not None
    if operator == "NOT_HAS_PROPERTY":
        return value is None
    if value is None:
        return False
    if operator in ("IN", "NOT_IN"):
        return (value in [comparable(name, one) for one in asked["values"]]) is (operator == "IN")
    low = comparable(name, str(asked["value"]))
    if operator == "BETWEEN":
        return bool(low <= value <= comparable(name, str(asked["highValue"])))  # type: ignore[operator]
    compared: dict[str, Callable[[Any, Any], bool]] = {
        "EQ": lambda one, other: one == other,
        "NEQ": lambda one, other: one != other,
        "GT": lambda one, other: one > other,
        "GTE": lambda one, other: one >= other,
        "LT": lambda one, other: one < other,
        "LTE": lambda one, other: one <= other,
    }
    if operator not in compared:
        raise invalid(f"There is no operator {operator}.")
    return compared[operator](value, low)


def comparable(name: str, value: str | None) -> Value | None:
    """Return a value as it is compared: instants in milliseconds, numbers as numbers."""
    if value is None or value == "":
        return None
    if name in DATES:
        return number(value)
    if name in ("hs_object_id", "amount"):
        return float(value)
    return value


def number(value: str) -> int:
    """Return an instant in milliseconds, however it is written."""
    text = str(value)
    if text.lstrip("-").isdecimal():
        return int(text)
    return ms(datetime.fromisoformat(text))


def ms(at: datetime) -> int:
    since = at - datetime(1970, 1, 1, tzinfo=UTC)
    return since.days * 86_400_000 + since.seconds * 1000 + since.microseconds // 1000
