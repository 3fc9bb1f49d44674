"""The import that stands for all a CRM brings: it is no file's, and nobody takes it back."""

import pytest

from bot.sync.connect import disconnect
from sales.imports.sync.record import Vendor
from sales.refusal import Refusal
from storage.imports.files.runs import unfinished_runs
from storage.imports.files.undo import built_upon, take_back
from tests.bot.sync.desk import DEALS, connected, deals, desk, row_of
from tests.known import WORKSPACE
from tests.storage.imports.taken import acme, entry, take


async def refused(database, crm, run_id) -> str:
    with pytest.raises(Refusal) as why:
        await take_back(database, WORKSPACE, run_id, crm.clock.now)
    return why.value.text


async def test_it_is_refused_with_the_mend_and_a_file_goes_back_around_it(database):
    """Before the first pull, after it, and when the CRM is not connected any more; the deals stay."""
    async with connected(database) as crm:
        run_id = (await row_of(database)).import_id
        assert "`rainmaker disconnect hubspot`" in await refused(database, crm, run_id)
        async with database.read(WORKSPACE) as scope:
            assert not await unfinished_runs(scope)
        theirs = crm.deal("Lockside", amount="31500")
        of_both = entry(theirs, "", "Lockside", "", "Ana Bell", "open", "100", "2026-01-05", "")
        file, _ = await take(database, acme(), of_both)
        await desk(database, crm).round()
        assert await deals(database) == DEALS + 2
        assert "`rainmaker disconnect hubspot`" in await refused(database, crm, run_id)
        async with database.read(WORKSPACE) as scope:
            assert not await built_upon(scope, [file])
        undone = await take_back(database, WORKSPACE, file, crm.clock.now)
        assert undone.removed == 1
        (left,) = undone.left
        assert left.endswith("HubSpot changed it since")
        await disconnect(database, WORKSPACE, Vendor.HUBSPOT)
        assert "its deals stay" in await refused(database, crm, run_id)
        assert await deals(database) == DEALS + 1
