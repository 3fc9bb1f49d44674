"""The grounds of forecasts: what a workspace's deals told on a day, worked out once and kept.

50,000 deals take about a second, so it is done in a thread, and kept for the process under everything it
depends on: a deal that changes makes it a new one, and the same record gives the same figure.
"""

import asyncio
from collections.abc import Collection, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from sales.followups.activity import ActivityKind
from sales.goals.forecast.question import TOGETHER
from sales.goals.forecast.record import DealRecord, Past, past_of
from sales.goals.forecast.snapshot import DealSnapshot, snapshot_on
from storage.goals.forecast.inputs import deals_by, gains_of, only_currency
from storage.pipeline.deal_stamp import DealCache, StampedKey, at_one_stamp, stamped
from storage.scope import Scope

MOST_DEALS_KEPT = 300_000  # over all that is kept, about 100 MB; a workspace keeps two days of its deals
MOST_COMPARED = 25_000  # deals; a second record of more takes too long for an answer within three seconds
QUICK = 2_000  # deals read in a hundredth of a second; a thread is for more
ACTIVITY_DAYS = 365  # of activities; what somebody did earlier says little of how they work now


def deals_in(known: DealSnapshot) -> int:
    """Return how many deals a record was worked out from, as near as what is kept of it tells."""
    return max(len(known.book.spans), len(known.book.wins))


SNAPSHOTS: DealCache[DealSnapshot] = DealCache(MOST_DEALS_KEPT, deals_in)


class SnapshotKey(NamedTuple):
    """What one record depends on, deals aside. `read_on` is the day of the read, `day` the one it is known on."""

    read_on: date
    day: date
    currency: str
    owners: frozenset[str]


async def known_of(
    scope: Scope, currency: str, today: date, day: date | None = None, owners: Collection[str] = ()
) -> DealSnapshot:
    """Return what the workspace's deals in a currency told on `day`, by default `today`.

    Without a currency all deals count, for goals that count deals. With `owners` only theirs do, as if one rep
    had them all: that is a team's own record. An earlier `day` sees only what was known then.
    """
    found, _ = await keyed_snapshot(scope, currency, today, day, owners)
    return found


async def keyed_snapshot(
    scope: Scope, currency: str, today: date, day: date | None = None, owners: Collection[str] = ()
) -> tuple[DealSnapshot, StampedKey | None]:
    """Return the same and all it depends on as one value; None where it is not known to be as of one moment."""
    scope = await at_one_stamp(scope)
    if currency and await only_currency(scope) == currency:
        currency = ""  # all deals, which goals that count deals read as well
    key = SnapshotKey(today, day or today, currency, frozenset(owners))

    async def worked_out() -> DealSnapshot:
        known: DealSnapshot = await apart(_known, await read(scope, today), key)
        return known

    return await SNAPSHOTS.keyed(scope, key, worked_out)


async def read(scope: Scope, today: date) -> Sequence[tuple[str, tuple[Any, ...]]]:
    """Return the deals as written down by `today`, read once in a unit of work as long as none changes."""
    key = await stamped(scope, today)
    return (
        await scope.once(DealRecord, key, lambda: deals_by(scope, today))
        if key
        else await deals_by(scope, today)
    )


async def apart(work: Any, rows: Sequence[Any], *args: Any) -> Any:
    """Run work on plain values, in a thread where there is much of it."""
    return work(rows, *args) if len(rows) < QUICK else await asyncio.to_thread(work, rows, *args)


def _known(rows: Sequence[tuple[str, tuple[Any, ...]]], key: SnapshotKey) -> DealSnapshot:
    records = [
        DealRecord(*fields) for currency, fields in rows if not key.currency or currency == key.currency
    ]
    if key.owners:
        records = [record._replace(rep=TOGETHER) for record in records if record.rep in key.owners]
    return snapshot_on(records, key.day)


async def activities_of(
    scope: Scope, owners: Collection[str], kind: ActivityKind, today: date, *, together: bool = False
) -> Past | None:
    """Return what these people logged of a kind of activity by `today`, a year of it; None where nothing is."""
    gains = await gains_of(scope, owners, kind, today - timedelta(days=ACTIVITY_DAYS), today)
    if together:
        gains = [gain._replace(rep=TOGETHER) for gain in gains]
    return past_of(gains, today)
