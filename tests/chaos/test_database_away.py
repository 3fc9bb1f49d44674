"""A database that goes away while a prompt is due and somebody uses the bot: it is said plainly, nothing that was
acknowledged is lost, and everything arrives once the database is back."""

from collections.abc import AsyncIterator

import pytest

from bot.manifest import manifest
from playground.box import Server
from playground.clock import Clock
from storage.database import Database
from storage.trouble import AWAY, NO_SERVER, StorageTrouble
from tests.chaos.ground import Databases
from tests.chaos.outage import Restart, guarded
from tests.chaos.people import schedule_evening, settle_people, small_world, user
from tests.chaos.replicas import Nest
from tests.chaos.verdict import judged
from tests.engines import BOTH, POSTGRESQL, Postgres
from tests.known import T0
from tests.story_workspace import StoryWorkspace, running_bot

DUE = 600.0  # seconds into the run

pytestmark = pytest.mark.processes


async def seed(database: Database) -> None:
    """Two people; the first one's prompt falls due in ten minutes."""
    await settle_people(database, 2)
    await schedule_evening(database, user(1), DUE)


@pytest.fixture
async def town(databases: Databases, request: pytest.FixtureRequest) -> AsyncIterator[StoryWorkspace]:
    if request.config.getoption("--engine") not in (None, BOTH, POSTGRESQL):
        pytest.skip("the other engine was asked for")
    clock = Clock(T0, frozen=True)
    async with (
        databases.fresh(POSTGRESQL, "away", seed) as url,
        Server(small_world(2), clock=clock, manifest=manifest(), rates=None) as server,
        running_bot(server, clock, url) as bot,
    ):
        yield StoryWorkspace(server, clock, bot)


async def test_what_was_acknowledged_survives_and_what_was_not_is_said_plainly(
    town: StoryWorkspace, postgres: Postgres, nursery: Nest
) -> None:
    ana, database = town.person(user(1)), Restart(postgres.server)
    [kept] = await ana.says("/followup Acme fri send the offer")
    assert "Acme send the offer" in kept
    with guarded(nursery, postgres.server):
        await database.stop()
        try:
            [refused] = await ana.says("/followup Globex fri send the offer")
            assert NO_SERVER in refused or AWAY in refused
            await ana.says("follow up with Initech on friday about the offer")  # Slack keeps what nobody took
            with pytest.raises(StorageTrouble, match=r"answer|away"):
                await town.jump("+15m")
            assert town.server.log.keys() == []
        finally:
            await database.start()
    await town.jump("+5m")
    await town.server.settled()
    [listed] = await ana.says("/followup")
    assert "Acme" in listed
    assert "Globex" not in listed
    assert listed.count("Initech") == 1
    told = town.server.log.keys()
    assert any(key.startswith("end_of_day") for key in told)
    assert judged(town.server.log, set(told), set()).clean
    assert any("Initech" in entry.text for entry in town.server.log.accepted)
