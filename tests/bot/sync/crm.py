"""An account of HubSpot's double, and the adapter that is tried against it, which waits for nothing."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import aiohttp

from bot.sync.hubspot import HubSpot
from bot.sync.hubspot.api import HubSpotApi
from playground.clock import Clock
from playground.hubspot import HubSpotDouble
from sales.imports.sync.record import CrmObject, CrmPlace, CrmRecord

NOW = datetime(2026, 9, 14, 9, 0, tzinfo=UTC)
BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
AT_ONCE = aiohttp.ClientTimeout(total=0.4)


class Pauses(list[float]):
    """Pauses that are only written down."""

    async def __call__(self, seconds: float) -> None:
        self.append(seconds)


@asynccontextmanager
async def account() -> AsyncIterator[HubSpotDouble]:
    """An account whose clock stands still until a test moves it."""
    async with HubSpotDouble(Clock(NOW, frozen=True)) as crm:
        yield crm


def adapter(crm: HubSpotDouble, pauses: Pauses | None = None) -> HubSpot:
    """The adapter with the account's token, not as patient as it is in use."""
    port = HubSpot({"token": crm.token, "url": crm.address})
    port.api = HubSpotApi(crm.token, crm.address, pause=pauses or Pauses(), times=AT_ONCE)
    return port


async def read(
    port: HubSpot,
    what: CrmObject = CrmObject.DEAL,
    since: CrmPlace | None = None,
    until: datetime | None = None,
) -> list[CrmRecord]:
    """Everything of a window, as often as it comes."""
    end = until or await port.clock()
    return [
        one async for page in port.changed(what, since or CrmPlace(BEGINNING), end) for one in page.records
    ]


async def later(crm: HubSpotDouble, seconds: float = 1.0) -> None:
    assert isinstance(crm.clock, Clock)
    await crm.clock.advance(timedelta(seconds=seconds))
