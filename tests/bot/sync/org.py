"""An org of Salesforce's double, and the adapter that is tried against it, which waits for nothing."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import aiohttp

from bot.sync.salesforce import Salesforce
from bot.sync.salesforce.api import SalesforceApi
from playground.clock import Clock
from playground.salesforce import SalesforceDouble
from sales.imports.sync.record import CrmDeal, CrmObject, CrmPlace, CrmRecord

NOW = datetime(2026, 9, 14, 9, 0, tzinfo=UTC)
BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
AT_ONCE = aiohttp.ClientTimeout(total=0.4)


async def no_pause(_: float) -> None:
    """Wait for nothing."""


@asynccontextmanager
async def org() -> AsyncIterator[SalesforceDouble]:
    """An org whose clock stands still until a test moves it."""
    async with SalesforceDouble(Clock(NOW, frozen=True)) as crm:
        yield crm


def adapter(
    crm: SalesforceDouble, pause: Callable[[float], Awaitable[None]] = no_pause, **credentials: str
) -> Salesforce:
    """The adapter with the secret of the org's app, not as patient as it is in use."""
    known = {"host": crm.address, "url": crm.address, "client_id": "rainmaker", "client_secret": crm.token}
    given = {**known, **credentials}
    return Salesforce(given, api=SalesforceApi(given, pause=pause, times=AT_ONCE))


async def read(
    port: Salesforce,
    what: CrmObject = CrmObject.DEAL,
    since: CrmPlace | None = None,
    until: datetime | None = None,
) -> list[CrmRecord]:
    """Everything of a window, as often as it comes."""
    end = until or await port.clock()
    return [
        one async for page in port.changed(what, since or CrmPlace(BEGINNING), end) for one in page.records
    ]


async def deal_of(port: Salesforce, deal_id: str) -> CrmDeal:
    found = (await port.by_ids(CrmObject.DEAL, [deal_id])).records[deal_id]
    assert isinstance(found, CrmDeal)
    return found


async def later(crm: SalesforceDouble, seconds: float = 1.0) -> None:
    assert isinstance(crm.clock, Clock)
    await crm.clock.advance(timedelta(seconds=seconds))
