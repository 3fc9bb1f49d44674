"""The port: what is asked of a CRM, and every way in which it may not answer. An adapter is one file that does it.

An adapter holds no state that matters: cursors, ids and what was asked are kept by whoever asks. It tries again by
itself what is safe to try again (reading) a few times within seconds, and then says what is in the way.
"""

from collections.abc import AsyncIterator, Collection, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple, Protocol

from sales.imports.sync.record import (
    CrmAccess,
    CrmDeal,
    CrmFound,
    CrmGone,
    CrmObject,
    CrmOwner,
    CrmPage,
    CrmPlace,
    CrmStage,
    Vendor,
)


class CrmTrouble(Exception):
    """A CRM did not do what was asked. The text says what is in the way and the mend, and names no secret."""


class TokenRefused(CrmTrouble):
    """The token is refused, also after a new one was asked for: a person has to connect again."""


class NotAllowed(CrmTrouble):
    """The connection may not do this; asking again changes nothing until somebody allows it."""


class CrmBusy(CrmTrouble):
    """The CRM asks for a pause: too many requests, or too many today."""

    def __init__(self, text: str, pause: timedelta) -> None:
        super().__init__(text)
        self.pause = pause


class CrmSilent(CrmTrouble):
    """It did not answer, or not with what it says it answers: an error of its own, a page cut off, no JSON."""


class WriteRefused(CrmTrouble):
    """A write was refused for what it says: a field that is needed, a rule of the account's. Nothing was written."""


class WriteMoved(CrmTrouble):
    """The record changed since it was read; nothing was written."""


class WriteUnknown(CrmTrouble):
    """Nobody knows whether a write was done: the answer was lost. It is read back before anything is sent again."""


class CrmChange(NamedTuple):
    """What is to be set on a deal, in absolute values; None leaves a field as it is.

    A `close_on` is the day in the account's zone. `stage_id` is a stage's own id.
    """

    stage_id: str | None = None
    close_on: date | None = None
    next_step: str | None = None


class CrmPort(Protocol):
    """A CRM. Every method raises a `CrmTrouble`, whatever went wrong on the way."""

    vendor: Vendor

    async def probe(self) -> CrmAccess:
        """Try the credentials, and find out what they may read and write."""

    async def clock(self) -> datetime:
        """Return what time it is there, by the answer to a cheap request: windows end by their clock, not by ours."""

    async def owners(self) -> Sequence[CrmOwner]:
        """Return everybody who may own records, those who left included."""

    async def stages(self) -> Sequence[CrmStage]:
        """Return the stages of all pipelines of deals."""

    def changed(self, what: CrmObject, since: CrmPlace, until: datetime) -> AsyncIterator[CrmPage]:
        """Yield what was modified from `since` (included, behind its id where it has one) to `until` (left out).

        Pages come in the order of when, then id. A record that is modified meanwhile may be missing: it is in the next
        window. One may come twice.
        """

    async def gone(self, what: CrmObject, since: datetime, until: datetime) -> Sequence[CrmGone]:
        """Return what was deleted or merged between two instants; more than that may come."""

    async def by_ids(self, what: CrmObject, ids: Collection[str]) -> CrmFound:
        """Return records as they are now, by id."""

    def ids(self, what: CrmObject) -> AsyncIterator[Sequence[str]]:
        """Yield the ids of all open deals, or of all accounts, contacts, activities: a whole sweep, page by page."""

    async def write(self, seen: CrmDeal, change: CrmChange) -> CrmDeal:
        """Set fields on a deal that stood as `seen`; return it as it stands now.

        Raises:
            WriteRefused: if the CRM refuses what is written.
            WriteMoved: if it has changed since it was `seen`.
            WriteUnknown: if the answer did not come.
        """

    def link(self, what: CrmObject, record_id: str) -> str:
        """Return the address of a record on the CRM's own pages, for people."""

    async def close(self) -> None:
        """Let go of connections."""
