"""How a window is read out of HubSpot's search, which sorts by one property, shuffles ties and ends at 10,000.

Pages are not counted by offset: records leave a window while it is read, and whatever is behind them would move up and
be missed. Each page begins with the last millisecond of the one before it, as some of that may not have been shown; a
millisecond that fills a page is read by itself, by id (crm-sync.md, 7.1).
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from sales.imports.sync.hubspot.instant import instant, milliseconds
from sales.imports.sync.hubspot.property import stamp_of

LARGEST = 200  # records of a page


class SearchHit(NamedTuple):
    """A record that a search found: its id, and when it was modified as the search has it."""

    at: int  # milliseconds
    id: str


class SearchPart(NamedTuple):
    """A page of a search; `more` says where the next one is by offset, None where this is the last."""

    hits: tuple[SearchHit, ...]
    more: str | None = None


class Onward(NamedTuple):
    """What a page of a window gives, and how it goes on from there.

    `hits` are all there are before `low`, the millisecond at which the next page begins. Where `alone`, that
    millisecond is read by itself first. `offset` is set where what the search shows is older than what it looked for,
    so that nothing but an offset leads on. With `low` None the window is read.
    """

    hits: tuple[SearchHit, ...]
    low: int | None = None
    alone: bool = False
    offset: str | None = None


def onward(part: SearchPart, low: int) -> Onward:
    """Return what a page says of a window that is read from the millisecond `low` on."""
    if part.more is None or not part.hits:
        return Onward(part.hits)
    last = max(one.at for one in part.hits)
    if last > low:
        return Onward(tuple(one for one in part.hits if one.at < last), last)
    if last == low:
        return Onward((), low, alone=True)
    return Onward(part.hits, low, offset=part.more)


def between(kind: str, low: int, high: int) -> Mapping[str, Any]:
    """Return the filter for what was modified in a span of milliseconds, both included."""
    filtered = {"propertyName": stamp_of(kind), "operator": "BETWEEN"}
    return {**filtered, "value": str(low), "highValue": str(high)}


def within(kind: str, at: int, after_id: str) -> list[Mapping[str, Any]]:
    """Return the filters for what was modified in one millisecond, behind an id."""
    return [
        {"propertyName": stamp_of(kind), "operator": "EQ", "value": str(at)},
        {"propertyName": "hs_object_id", "operator": "GT", "value": after_id or "0"},
    ]


def asked(filters: Sequence[Mapping[str, Any]], kind: str, sort: str, after: str | None) -> dict[str, Any]:
    """Return a search: ids and stamps alone, as what it shows of a record may be old."""
    body: dict[str, Any] = {
        "limit": LARGEST,
        "sorts": [{"propertyName": sort, "direction": "ASCENDING"}],
        "properties": [stamp_of(kind)],
        "filterGroups": [{"filters": list(filters)}],
    }
    return body if after is None else {**body, "after": after}


def part_of(kind: str, body: Mapping[str, Any]) -> SearchPart:
    """Return a page as it was answered."""
    hits = []
    for row in body.get("results") or ():
        at = instant(row["properties"].get(stamp_of(kind))) or instant(row.get("updatedAt"))
        hits.append(SearchHit(milliseconds(at) if at is not None else 0, str(row["id"])))
    more = ((body.get("paging") or {}).get("next") or {}).get("after")
    return SearchPart(tuple(hits), str(more) if more is not None else None)


def latest(hits: Sequence[SearchHit]) -> SearchHit:
    """Return the hit that comes last by when, then id."""
    return max(hits, key=lambda one: (one.at, int(one.id)))
