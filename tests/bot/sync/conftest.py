"""The account and the adapter."""

from collections.abc import AsyncIterator

import pytest

from bot.sync.hubspot import HubSpot
from playground.hubspot import HubSpotDouble
from tests.bot.sync.crm import Pauses, account, adapter


@pytest.fixture
async def crm() -> AsyncIterator[HubSpotDouble]:
    async with account() as made:
        yield made


@pytest.fixture
def pauses() -> Pauses:
    return Pauses()


@pytest.fixture
async def port(crm: HubSpotDouble, pauses: Pauses) -> AsyncIterator[HubSpot]:
    made = adapter(crm, pauses)
    yield made
    await made.close()
