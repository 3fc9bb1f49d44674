"""A window of what changed, read out of HubSpot's search page by page (sales/imports/sync/hubspot/window.py)."""

from collections.abc import AsyncIterator, Mapping
from datetime import datetime
from typing import Any

from bot.sync.hubspot.api import HubSpotApi
from bot.sync.requests import not_understood
from sales.imports.sync.hubspot.instant import at_milliseconds, milliseconds
from sales.imports.sync.hubspot.property import stamp_of
from sales.imports.sync.hubspot.window import ById, SearchHit, behind, between, latest, onward, within
from sales.imports.sync.record import CrmPlace, Vendor

STEPS = 10  # pages that bring nothing new, until it is given up
Hits = tuple[SearchHit, ...]


async def walk(
    api: HubSpotApi, kind: str, since: CrmPlace, until: datetime, *filters: Mapping[str, Any]
) -> AsyncIterator[tuple[Hits, CrmPlace]]:
    """Yield what was modified in a window, page by page, and from where the next page goes on."""
    low, high = milliseconds(since.at), milliseconds_up(until) - 1
    if since.after_id:
        async for hits, last in by_id(api, kind, since.after_id, within(kind, low), *filters):
            yield hits, CrmPlace(at_milliseconds(low), last)
        low += 1
    while low <= high:
        part = await api.search(kind, [between(kind, low, high), *filters], stamp_of(kind))
        step = onward(part, low)
        if step.low is None:
            if step.hits:
                newest = latest(step.hits)
                yield step.hits, CrmPlace(at_milliseconds(max(newest.at, low)), newest.id)
            return
        if step.hits:
            yield step.hits, CrmPlace(at_milliseconds(step.low))
        low = step.low
        if step.by_id is ById.MILLISECOND:
            async for hits, last in by_id(api, kind, "", within(kind, low), *filters):
                yield hits, CrmPlace(at_milliseconds(low), last)
            low += 1
        elif step.by_id is ById.REST:  # no instant says how far it came until all of it did
            async for hits, _ in by_id(api, kind, "", between(kind, low, high), *filters):
                yield hits, CrmPlace(at_milliseconds(low))
            return


async def by_id(
    api: HubSpotApi, kind: str, after_id: str, *filters: Mapping[str, Any]
) -> AsyncIterator[tuple[Hits, str]]:
    """Yield what filters let through by id, and the last id of each page."""
    idle = 0
    while idle < STEPS:
        part = await api.search(kind, [*filters, behind(after_id)], "hs_object_id")
        hits = tuple(one for one in part.hits if int(one.id) > int(after_id or 0))
        if hits:
            after_id = str(max(int(one.id) for one in hits))
            yield hits, after_id
        elif part.hits:  # a page that was there before
            idle += 1
            continue
        if not part.more:
            return
    raise not_understood(Vendor.HUBSPOT)


def milliseconds_up(at: datetime) -> int:
    """Return the first whole millisecond that is not before an instant."""
    return milliseconds(at) + (at.microsecond % 1000 != 0)
