"""The record of a workspace's deals, as forecasts ask for it."""

from collections.abc import Collection
from datetime import date

from sales.goals.forecast.snapshot import DealSnapshot
from storage.goals.forecast.snapshot import keyed_snapshot
from storage.scope import Scope


async def known_of(
    scope: Scope, currency: str, today: date, day: date | None = None, owners: Collection[str] = ()
) -> DealSnapshot:
    """Return what the deals told, without the key of it."""
    found, _ = await keyed_snapshot(scope, currency, today, day, owners)
    return found
