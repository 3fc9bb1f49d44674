"""The grounds of forecasts: what a workspace's deals told on a day, worked out once and kept.

It is kept for the process under everything it depends on: a deal that changes makes it a new one, and the same record
gives the same figure.
"""

import asyncio
from collections.abc import Collection
from datetime import date, timedelta
from typing import NamedTuple

from sales.followups.activity import ActivityKind
from sales.goals.forecast.question import TOGETHER
from sales.goals.forecast.record import Past, past_of, since_silence
from sales.goals.forecast.snapshot import DealSnapshot, snapshot_of
from storage.goals.forecast.inputs import gains_of, only_currency
from storage.pipeline.deal_stamp import DealCache, StampedKey, at_one_stamp
from storage.pipeline.tally import tally_on
from storage.scope import Scope

MOST_NUMBERS = 300_000  # over all that is kept, about 30 MB
MOST_COMPARED = 25_000  # deals; a second record of more takes too long for an answer within three seconds
QUICK = 200  # numbers put in order in some milliseconds; a thread is for more
NUMBERS_OF_A_REP = 12
ACTIVITY_DAYS = 365  # of activities; what somebody did earlier says little of how they work now


def deals_in(known: DealSnapshot) -> int:
    """Return how many deals a record was worked out from, as near as what is kept of it tells."""
    return known.book.size


def numbers_in(known: DealSnapshot) -> int:
    """Return how many numbers are kept with a record, as near as a bound on memory needs it."""
    days = sum(len(past.days) for past in (known.wins, known.openings) if past is not None)
    return 1 + days + NUMBERS_OF_A_REP * len(known.book.counted) + 3 * len(known.cycle.share_won)


SNAPSHOTS: DealCache[DealSnapshot] = DealCache(MOST_NUMBERS, numbers_in)


class SnapshotKey(NamedTuple):
    """What one record depends on, deals aside. `read_on` is the day of the read, `day` the one it is known on."""

    read_on: date
    day: date
    currency: str
    owners: frozenset[str]


async def keyed_snapshot(
    scope: Scope, currency: str, today: date, day: date | None = None, owners: Collection[str] = ()
) -> tuple[DealSnapshot, StampedKey | None]:
    """Return what the workspace's deals in a currency told on `day`, by default `today`, and what that depends on.

    Without a currency all deals count, for goals that count deals. With `owners` only theirs do, as if one rep
    had them all: that is a team's own record. An earlier `day` sees only what was known then. What it depends on is
    one value; None where it is not known to be as of one moment.

    Raises:
        Lacking: in a brief unit of work, where it is not kept yet.
    """
    scope = await at_one_stamp(scope)
    if currency and await only_currency(scope) == currency:
        currency = ""  # all deals, which goals that count deals read as well
    key = SnapshotKey(today, day or today, currency, frozenset(owners))

    async def worked_out() -> DealSnapshot:
        scope.work_apart(lambda other: keyed_snapshot(other, currency, today, day, owners))
        tally = await tally_on(scope, key.day, currency, owners)
        work = tally, key.read_on, TOGETHER if owners else ""
        if tally.size <= QUICK:
            return snapshot_of(*work)
        return await asyncio.to_thread(snapshot_of, *work)

    return await SNAPSHOTS.keyed(scope, key, worked_out)


async def activities_of(
    scope: Scope, owners: Collection[str], kind: ActivityKind, today: date, *, together: bool = False
) -> Past | None:
    """Return what these people logged of a kind of activity by `today`, a year of it; None where nothing is."""
    gains = since_silence(await gains_of(scope, owners, kind, today - timedelta(days=ACTIVITY_DAYS), today))
    if together:
        gains = [gain._replace(rep=TOGETHER) for gain in gains]
    return past_of(gains, today)
