"""How a window is read out of HubSpot's search, which sorts by one property, shuffles ties and ends at 10,000.

Pages are not counted by offset: records leave a window while it is read, and whatever is behind them would move up and
be missed. Each page begins with the last millisecond of the one before it, as some of that may not have been shown; a
millisecond that fills a page is read by itself, by id (docs/crm.md, "How it is read").
"""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any, NamedTuple

from sales.imports.sync.hubspot.instant import instant, milliseconds
from sales.imports.sync.hubspot.property import stamp_of

LARGEST = 200  # records of a page


class SearchHit(NamedTuple):
    """A record that a search found: its id, and when it was modified as the search has it."""

    at: int  # milliseconds
    id: str


class SearchPart(NamedTuple):
    """A page of a search; `more` where it is not the last one."""

    hits: tuple[SearchHit, ...]
    more: bool = False


class ById(StrEnum):
    """What is read by id next, as the order of when does not lead on."""

    MILLISECOND = "millisecond"  # in which a page's records all were modified
    REST = "rest"  # of the window, where what the search shows is older than what it looked for


class Onward(NamedTuple):
    """What a page of a window gives, and how it goes on from there.

    `hits` are all there are before `low`, the millisecond at which the next page begins, once what is to be read
    `by_id` is. With `low` None the window is read.
    """

    hits: tuple[SearchHit, ...]
    low: int | None = None
    by_id: ById | None = None


def onward(part: SearchPart, low: int) -> Onward:
    """Return what a page says of a window that is read from the millisecond `low` on."""
    if not part.more or not part.hits:
        return Onward(part.hits)
    last = max(one.at for one in part.hits)
    if last < low:
        return Onward((), low, ById.REST)
    before = tuple(one for one in part.hits if one.at < last)
    if last > low and before:
        return Onward(before, last)
    return Onward((), last, ById.MILLISECOND)


def between(kind: str, low: int, high: int) -> Mapping[str, Any]:
    """Return the filter for what was modified in a span of milliseconds, both included."""
    filtered = {"propertyName": stamp_of(kind), "operator": "BETWEEN"}
    return {**filtered, "value": str(low), "highValue": str(high)}


def within(kind: str, at: int) -> Mapping[str, Any]:
    """Return the filter for what was modified in one millisecond."""
    return {"propertyName": stamp_of(kind), "operator": "EQ", "value": str(at)}


def behind(record_id: str) -> Mapping[str, Any]:
    """Return the filter for what has a higher id."""
    return {"propertyName": "hs_object_id", "operator": "GT", "value": record_id or "0"}


def asked(filters: Sequence[Mapping[str, Any]], kind: str, sort: str) -> dict[str, Any]:
    """Return a search: ids and stamps alone, as what it shows of a record may be old."""
    return {
        "limit": LARGEST,
        "sorts": [{"propertyName": sort, "direction": "ASCENDING"}],
        "properties": [stamp_of(kind)],
        "filterGroups": [{"filters": list(filters)}],
    }


def part_of(kind: str, body: Mapping[str, Any]) -> SearchPart:
    """Return a page as it was answered."""
    hits = []
    for row in body.get("results") or ():
        at = instant(row["properties"].get(stamp_of(kind))) or instant(row.get("updatedAt"))
        hits.append(SearchHit(milliseconds(at) if at is not None else 0, str(row["id"])))
    return SearchPart(tuple(hits), bool((body.get("paging") or {}).get("next")))


def latest(hits: Sequence[SearchHit]) -> SearchHit:
    """Return the hit that comes last by when, then id."""
    return max(hits, key=lambda one: (one.at, int(one.id)))
