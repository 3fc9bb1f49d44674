"""Tallies: what a workspace's deals told on a day, counted, and counted on from the last one where an owner's changed.

A tally says whose columns it was counted from, so counting on from one that an undone unit made, or another time,
comes to the same.
"""

import asyncio
from collections.abc import Collection, Hashable
from datetime import date, datetime

from sales.pipeline.tally import Tally, tally_of
from storage.cache import Cache
from storage.pipeline.deal_stamp import address
from storage.pipeline.owner_deals import QUICK, deals_of
from storage.scope import Scope

MOST_NUMBERS = 400_000  # over all that is kept; some 40 MB
LATEST: Cache[Tally] = Cache(MOST_NUMBERS, lambda tally: 1 + tally.size)


async def tally_on(scope: Scope, day: date, currency: str = "", owners: Collection[str] = ()) -> Tally:
    """Return what the workspace's deals told on `day`: of these owners or of all, in a currency or in any."""
    columns = {owner: deals.columns for owner, deals in (await deals_of(scope, owners)).items()}
    key: Hashable = address(scope), scope.workspace_id, day, currency, frozenset(owners)
    before = LATEST.get(key)
    held = before.columns if before is not None else {}
    new = sum(len(one) for owner, one in columns.items() if held.get(owner) is not one)
    if new <= QUICK:
        tally = tally_of(columns, day, currency, before)
    else:
        tally = await asyncio.to_thread(tally_of, columns, day, currency, before)
    LATEST.put(key, tally)
    return tally


async def newest_change_of(scope: Scope, owners: Collection[str] = ()) -> datetime | None:
    """Return when any deal of these owners, or of the workspace, was last written down; None without deals."""
    return max((deals.newest for deals in (await deals_of(scope, owners)).values()), default=None)


async def only_currency_of(scope: Scope) -> str | None:
    """Return the currency of all the workspace's deals; None where there are several, or no deals."""
    found = {currency for deals in (await deals_of(scope)).values() for currency in deals.currencies}
    return found.pop() if len(found) == 1 else None
