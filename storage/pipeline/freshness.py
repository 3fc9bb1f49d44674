"""Freshness: when any deal of some people was last written down."""

from collections.abc import Collection
from datetime import date, datetime

from sales.pipeline.freshness import Freshness, freshness
from storage.people.team import TeamRow
from storage.pipeline.deal_stamp import DealCache
from storage.pipeline.tally import newest_change_of
from storage.scope import Scope

NEWEST: DealCache[datetime | None] = DealCache(1_000)  # teams; an answer each


async def freshness_of(scope: Scope, team: TeamRow, owners: Collection[str], today: date) -> Freshness | None:
    """Return how fresh the deals of a team's people are; None without deals."""
    owned = frozenset(owners)
    newest = await NEWEST.once(scope, owned, lambda: newest_change_of(scope, owned)) if owned else None
    return freshness(newest, team, today)
