"""Names one letter off, found in the tables: of accounts and deals, of this workspace, known today."""

import pytest

from sales.language.names.near import nearest
from storage.people.workspace import install_workspace
from storage.pipeline.account import AccountRow
from storage.pipeline.near_name import names_alike
from storage.pipeline.opportunity import add_opportunity
from tests.known import T0, WORKSPACE
from tests.storage.pipeline.test_known_name import TODAY, TOMORROW, deal


@pytest.fixture
async def listed(database):
    async with database.write_ledger() as ledger:
        await install_workspace(ledger, "T2", "Other", "UBOT", T0)
    async with database.write(WORKSPACE) as scope:
        for workspace, name in ((WORKSPACE, "Vandelay"), ("T2", "Hoolie")):
            scope.session.add(AccountRow(workspace_id=workspace, name=name, name_key=name.casefold()))
        await add_opportunity(scope, deal("Redwood Transport", "Globex"), T0)
        later = deal("Umbrella", None)
        later.opened_on = TOMORROW
        await add_opportunity(scope, later, T0)
    return database


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("vandelai", ["Vandelay"]),
        ("redwod transport", ["Redwood Transport"]),
        ("erdwood transport", ["Redwood Transport"]),
        ("Globx", ["Globex"]),
        ("hooli", []),
        ("umbrela", []),
        ("vandelay", []),
    ],
)
async def test_a_slip_finds_the_name_that_is_meant(listed, typed, found):
    async with listed.read(WORKSPACE) as scope:
        assert nearest([typed], await names_alike(scope, [typed], "U1", TODAY, None))[1] == found


async def test_nothing_is_asked_for_nothing(listed):
    async with listed.read(WORKSPACE) as scope:
        assert await names_alike(scope, [], "U1", TODAY, None) == {}


async def test_deals_of_others_are_not_told(listed):
    async with listed.read(WORKSPACE) as scope:
        found = await names_alike(scope, ["globx"], "U2", TODAY, None)
        assert nearest(["globx"], found) == ("", [])
        found = await names_alike(scope, ["vandelai"], "U9", TODAY, None)
        assert nearest(["vandelai"], found)[1] == ["Vandelay"]
