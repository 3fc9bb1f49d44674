"""kill -9 in the middle of a first pull: what came by then is there once, and the next process brings the rest."""

from collections import Counter

import pytest
from sqlmodel import select

from handlers.registry import REGISTRY
from storage.database import Database
from storage.imports.sync.record import CrmRecordRow
from storage.pipeline.opportunity import OpportunityRow
from tests.engines import ENGINES
from tests.known import WORKSPACE
from tests.stories.synced.test_crash import killed_in_the_middle, pulled_to_the_end, stage

pytestmark = [pytest.mark.processes, pytest.mark.engines(*ENGINES)]

DEALS = 230  # a page of HubSpot's search and more; five units of work of ours
IN_IT = {"hubspot": 12, "salesforce": 10}  # requests of a first pull until deals come


async def names(url: str) -> Counter[str]:
    """How often each deal is here, and that each has one record of the CRM's."""
    database = await Database.open(url, declared=REGISTRY.declared)
    async with database.read(WORKSPACE) as scope:
        here = {row.id: row.name for row in await scope.session.exec(select(OpportunityRow))}
        records = [row for row in await scope.session.exec(select(CrmRecordRow)) if row.what == "deal"]
    await database.close()
    assert Counter(row.row_id for row in records) == Counter(dict.fromkeys(here, 1))
    return Counter(here.values())


@pytest.mark.parametrize("name", ["hubspot", "salesforce"])
async def test_killed_in_the_first_pull(database_url, tmp_path, name):
    """Nothing twice when it died, everything once when the next one is done."""
    async with stage(name, database_url, tmp_path, count=DEALS) as made:
        await killed_in_the_middle(made, after=IN_IT[name])
        assert set((await names(database_url)).values()) <= {1}
        begun = len(made.crm.requests)
        await pulled_to_the_end(made, lambda: len(made.crm.requests) > begun + 5)
        assert await names(database_url) == Counter(f"Depot {one:04}" for one in range(DEALS))
