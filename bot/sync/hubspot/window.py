"""A window of what changed, read out of HubSpot's search page by page (sales/imports/sync/hubspot/window.py)."""

from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from bot.sync.hubspot.api import HubSpotApi, not_understood
from sales.imports.sync.hubspot import window as windows
from sales.imports.sync.hubspot.instant import at_milliseconds, milliseconds
from sales.imports.sync.hubspot.property import stamp_of
from sales.imports.sync.record import CrmPlace

STEPS = 10  # pages of one millisecond that bring nothing new, until it is given up
Hits = tuple[windows.SearchHit, ...]


async def walk(
    api: HubSpotApi, kind: str, since: CrmPlace, until: datetime, *filters: Mapping[str, Any]
) -> AsyncIterator[tuple[Hits, CrmPlace]]:
    """Yield what was modified in a window, page by page, and from where the next page goes on."""
    low, high, offset = milliseconds(since.at), milliseconds_up(until) - 1, None
    if since.after_id:
        async for one in alone(api, kind, low, since.after_id, filters):
            yield one
        low += 1
    while low <= high:
        part = await api.search(kind, [windows.between(kind, low, high), *filters], stamp_of(kind), offset)
        step = windows.onward(part, low)
        if step.low is None:
            if step.hits:
                last = windows.latest(step.hits)
                yield step.hits, CrmPlace(at_milliseconds(max(last.at, low)), last.id)
            return
        if step.hits:
            yield step.hits, CrmPlace(at_milliseconds(step.low))
        low, offset = step.low, step.offset
        if step.alone:
            async for one in alone(api, kind, low, "", filters):
                yield one
            low += 1


async def alone(
    api: HubSpotApi, kind: str, at: int, after_id: str, filters: Sequence[Mapping[str, Any]]
) -> AsyncIterator[tuple[Hits, CrmPlace]]:
    """Yield what was modified in one millisecond, by id."""
    idle = 0
    while idle < STEPS:
        part = await api.search(kind, [*windows.within(kind, at, after_id), *filters], "hs_object_id")
        hits = tuple(one for one in part.hits if int(one.id) > int(after_id or 0))
        if hits:
            after_id = str(max(int(one.id) for one in hits))
            yield hits, CrmPlace(at_milliseconds(at), after_id)
        elif part.hits:  # a page that was there before
            idle += 1
            continue
        if part.more is None or not part.hits:
            return
    raise not_understood()


def milliseconds_up(at: datetime) -> int:
    """Return the first whole millisecond that is not before an instant."""
    return milliseconds(at) + (at.microsecond % 1000 != 0)
