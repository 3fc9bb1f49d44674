"""Windows: which part of what a CRM changed is read next, so that nothing is missed and little is read twice.

A CRM shows a change late, and stamps it with its own clock, so every window overlaps the one before it and ends by
their clock (docs/crm.md, "How it is read"). What a search shows an hour late comes with the settled pass.
"""

from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from sales.imports.sync.record import CrmPlace
from sales.language.dates.instants import local_date

OVERLAP = timedelta(minutes=10)
SETTLED_AFTER = timedelta(minutes=60)
BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)


class SyncPass(StrEnum):
    """A way of reading; each has its own place for each kind of record."""

    FRESH = "fresh"  # what changed just now
    SETTLED = "settled"  # the same once more an hour later, as some of it shows late
    GONE = "gone"  # what was deleted or merged
    SWEEP = "sweep"  # every open deal, for what changes without being called modified


EVERY: dict[SyncPass, timedelta] = {
    SyncPass.FRESH: timedelta(minutes=5),
    SyncPass.SETTLED: timedelta(hours=1),
}
NIGHTLY = frozenset({SyncPass.GONE, SyncPass.SWEEP})
NIGHT = timedelta(hours=2)  # after midnight, where the account is


class SyncWindow(NamedTuple):
    """What is read in one go: from a place to an instant that is left out."""

    since: CrmPlace
    until: datetime


class ReadTo(NamedTuple):
    """How far a pass came: the end of the last window that was read whole, and where it stands inside the next."""

    to: datetime | None = None
    within: SyncWindow | None = None

    def going_on(self, window: SyncWindow, place: CrmPlace) -> "ReadTo":
        """Return how far it came once a page of a window is taken in."""
        return ReadTo(self.to, SyncWindow(place, window.until))

    def done(self, window: SyncWindow) -> "ReadTo":
        """Return how far it came once a window is read whole. It never falls behind a window read before."""
        return ReadTo(window.until if self.to is None else max(self.to, window.until))


def next_window(kind: SyncPass, read: ReadTo, now: datetime) -> SyncWindow | None:
    """Return what a pass reads next by their clock; None where there is nothing yet.

    A window that was broken off is read on to its own end. What settles begins an hour before the first reading, which
    has all that was shown by then. After a clock there that was set back, what they stamp
    anew is read from there.
    """
    if read.within is not None:
        return read.within
    until = now - SETTLED_AFTER if kind is SyncPass.SETTLED else now
    if read.to is None:
        since = BEGINNING if kind is not SyncPass.SETTLED else until - OVERLAP
    elif kind is SyncPass.SETTLED:
        since = min(read.to, until)
    else:
        since = min(read.to, until) - OVERLAP
    return SyncWindow(CrmPlace(since), until) if since < until else None


def is_due(kind: SyncPass, began: datetime | None, now: datetime, zone: str = "UTC") -> bool:
    """Say whether a pass that began last at an instant of ours is due again; at once after a clock was set back.

    What is read nightly is due once after two in the morning of a zone.
    """
    if began is None or now < began:
        return True
    if kind in NIGHTLY:
        return local_date(began - NIGHT, zone) < local_date(now - NIGHT, zone)
    return now - began >= EVERY[kind]
