"""How often Slack is asked whether it takes our token again."""

from datetime import timedelta

from bot.held import HeldWorkspace
from storage.people.workspace import is_held, suspend_workspace
from tests.known import T0, WORKSPACE
from tests.undelivered import provoked

MINUTE = timedelta(minutes=1)


async def suspend(town, reason="token_revoked"):
    async with town.bot.database.write_ledger() as ledger:
        await suspend_workspace(ledger, WORKSPACE, reason)


async def looked(town, held, minutes):
    """Look once a minute for so long; return after how many it went on."""
    return [at for at in range(minutes) if await held.look(T0 + at * MINUTE)]


async def test_nothing_is_asked_while_nothing_is_held(town):
    before = town.server.faults._counts.get("auth.test", 0)
    assert await looked(town, HeldWorkspace(town.bot.database, town.bot.slack, WORKSPACE), 5) == []
    assert town.server.faults._counts.get("auth.test", 0) == before


async def test_it_is_asked_once_a_minute_until_it_works(town):
    held = HeldWorkspace(town.bot.database, town.bot.slack, WORKSPACE)
    town.server.double.installed = False
    await suspend(town)
    before = town.server.faults._counts.get("auth.test", 0)
    for second in range(0, 180, 15):
        assert not await held.look(T0 + timedelta(seconds=second))
    assert town.server.faults._counts["auth.test"] - before == 3
    town.server.double.installed = True
    assert await held.look(T0 + timedelta(seconds=195))
    provoked(town)
    async with town.bot.database.read_ledger() as ledger:
        assert not await is_held(ledger, WORKSPACE)


async def test_a_token_of_another_workspace_lets_nothing_go(town):
    held = HeldWorkspace(town.bot.database, town.bot.slack, "T2")
    assert not await held.works()


async def test_where_nothing_can_be_sent_all_the_same_it_is_asked_ever_more_seldom(town):
    held = HeldWorkspace(town.bot.database, town.bot.slack, WORKSPACE)
    went_on = []
    for at in range(200):
        await suspend(town, "missing_scope")
        if await held.look(T0 + at * MINUTE):
            went_on.append(at)
    assert went_on == [0, 2, 6, 14, 30, 62, 122, 182]
