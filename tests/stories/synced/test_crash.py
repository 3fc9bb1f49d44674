"""kill -9 in the middle of a pull and right after a write, on both engines: nothing is lost and nothing is there twice.

The bot is `rainmaker run` in a process of its own, with the clock on the wall. What it knows is counted in the folder
that `rainmaker export` fills, when nobody runs any more.
"""

import asyncio
from collections import Counter
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.manifest import manifest
from handlers.registry import REGISTRY
from playground.box import Server
from playground.clock import Clock
from sales.people.member import Member
from sales.people.team import Team
from storage.database import Database
from storage.people import workspace
from storage.people.member import meet_members
from storage.people.team import add_team, set_people
from tests.conftest import small_workspace
from tests.engines import ENGINES
from tests.known import WORKSPACE
from tests.stories.craft.lived import has
from tests.stories.files import ways_out
from tests.stories.files.typed import Terminal
from tests.stories.synced.returned import DONE, allows, changes, looks, settings_for, taken, writes
from tests.stories.synced.synced import double, open_labels, owner_of
from tests.topology import child

pytestmark = [pytest.mark.processes, pytest.mark.engines(*ENGINES)]

DEALS = 460  # three pages of HubSpot's search and more, and five of its batches
PATIENCE = 150.0  # seconds: a dead process's lease is a minute, on a machine with a lot to do
LOOK = 0.1


async def founded(url, now) -> None:
    """A workspace with a team, Field: reps Ana and Ben, manager Mia."""
    database = await Database.open(url, declared=REGISTRY.declared)
    async with database.write_ledger() as ledger:
        await workspace.install_workspace(ledger, WORKSPACE, "Northwind", "UBOT", now)
    async with database.write(WORKSPACE) as scope:
        await meet_members(scope, members())
        row = await add_team(scope, Team(name="Field", zone="Europe/Ljubljana", digest_channel="C1"))
        await set_people(scope, row.id, ["U1", "U2"], ["U3"])
    await database.close()


def members() -> list[Member]:
    known = small_workspace().people
    return [
        Member(user_id=one, name=known[one].real_name, zone=known[one].tz, email=known[one].email)
        for one in ("U1", "U2", "U3")
    ]


class Run:
    """A bot that can be killed: Slack, the CRM, a terminal, and the process that runs now."""

    def __init__(self, server, crm, url, folder, settings) -> None:
        self.server, self.crm, self.url, self.folder, self.settings = server, crm, url, folder, settings
        slack = {"SLACK_API_URL": server.api_url, "SLACK_BOT_TOKEN": server.bot_token}
        self.terminal = Terminal(folder, url, [*settings.items(), *slack.items()])
        self.ids: list[str] = []  # of the deals there

    @asynccontextmanager
    async def going(self):
        """One process while the block lasts; killed at its end."""
        async with child(self.server, self.url, self.folder, **self.settings) as made:
            await seen(lambda: self.server.app_connected)
            yield made

    async def asked_for(self, count) -> None:
        """Wait until the CRM was asked so often."""
        await seen(lambda: len(self.crm.requests) >= count)

    async def quiet(self) -> None:
        """Wait until the CRM has not been asked for a while after it was."""
        count = -1
        while count != len(self.crm.requests):
            count = len(self.crm.requests)
            await asyncio.sleep(4)

    async def deals(self) -> list[dict[str, str]]:
        """Every deal that is known, as `rainmaker export` writes it."""
        said = await self.terminal.beside("export", self.folder / "out")
        assert said.code == 0, said.said
        return ways_out.table(ways_out.tables(self.folder / "out"), "deals")


async def seen(happened) -> None:
    async with asyncio.timeout(PATIENCE):
        while not happened():  # noqa: ASYNC110 -- another process does it
            await asyncio.sleep(LOOK)


@asynccontextmanager
async def stage(name, url, folder, count=DEALS):
    """Slack, a CRM with so many deals of Ana's and Ben's, a database with their team, connected at the terminal."""
    clock = Clock()
    await founded(url, clock.now())
    async with (
        Server(small_workspace(), clock=clock, manifest=manifest(), rates=None) as server,
        asynccontextmanager(double)(name, clock) as crm,
    ):
        owners, firm = [owner_of(crm, "ana"), owner_of(crm, "ben")], crm.account("Haulmate")
        made = Run(server, crm, url, folder, settings_for(crm))
        fields = {"stage": open_labels(crm)[0], "amount": "24000", "close": in_days(30), "account": firm}
        for number in range(count):
            made.ids.append(crm.deal(f"Depot {number:04}", owner=owners[number % 2], **fields))
        said = await made.terminal.beside("connect", name, "--team", "Field")
        assert said.code == 0, said.said
        yield made


def in_days(count) -> date:
    return datetime.now(UTC).date() + timedelta(days=count)


async def killed_in_the_middle(made, after) -> None:
    """Begin to pull, and end the process as a power cut would when the CRM was asked so many times more."""
    async with made.going() as running:
        begun = len(made.crm.requests)
        asking = asyncio.create_task(made.server.visitor("mia").says("/rainmaker sync", channel="sales"))
        await made.asked_for(begun + after)
        await running.killed()
        asking.cancel()
        await asyncio.gather(asking, return_exceptions=True)


async def pulled_to_the_end(made, done) -> None:
    """Another process goes on by itself; whoever asks it to hurry only makes it sooner."""
    async with made.going():
        asking = asyncio.create_task(made.server.visitor("mia").says("/rainmaker sync", channel="sales"))
        await seen(done)
        await made.quiet()
        asking.cancel()
        await asyncio.gather(asking, return_exceptions=True)


@pytest.mark.parametrize("name", ["hubspot", "salesforce"])
async def test_killed_in_the_first_pull(database_url, tmp_path, name):
    """kill -9 in mid-sync (Show): after the second start all deals are there, each once, with what they are worth."""
    async with stage(name, database_url, tmp_path) as made:
        await killed_in_the_middle(made, after=7)
        held = Counter(one["name"] for one in await made.deals())
        assert not [one for one, times in held.items() if times > 1]
        begun = len(made.crm.requests)
        await pulled_to_the_end(made, lambda: len(made.crm.requests) > begun + 5)
        deals = await made.deals()
        assert Counter(one["name"] for one in deals) == Counter(f"Depot {one:04}" for one in range(DEALS))
        assert {one["owner"] for one in deals if "owner" in one} <= {"Ana Kovač", "Ben Ito", "U1", "U2"}


async def test_killed_in_a_pull_of_changes(database_url, tmp_path):
    """kill -9 in mid-sync (Show): changes that came while it was dead or dying are all there afterwards."""
    async with stage("hubspot", database_url, tmp_path, count=120) as made:
        async with made.going():
            await made.server.visitor("mia").says("/rainmaker sync", channel="sales")
            await made.quiet()
        for each in made.ids:
            made.crm.change(each, amount="31500")
        await killed_in_the_middle(made, after=3)
        for each in made.ids[:20]:
            made.crm.change(each, amount="42000")
        begun = len(made.crm.requests)
        await pulled_to_the_end(made, lambda: len(made.crm.requests) > begun + 3)
        deals = await made.deals()
        assert len(deals) == 120
        worth = Counter(str(one["value"]).replace(",", "").split(".")[0] for one in deals)
        assert worth == {"31500": 100, "42000": 20}


async def test_killed_right_after_a_write(database_url, tmp_path):
    """kill -9 between a write and its reply (2): it is read back by the next process, told once, not sent again."""
    async with stage("hubspot", database_url, tmp_path, count=1) as made:
        ana, mia = made.server.visitor("ana"), made.server.visitor("mia")
        async with made.going() as running:
            await mia.says("/rainmaker sync", channel="sales")
            await made.quiet()
            await allows(mia, r"clos")
            day = in_days(40)
            await changes(ana, name='"Depot 0000"', value=day.isoformat())
            await looks(ana)
            made.crm.faults.plan(made.ids[0], "commit then drop", times=1)
            sending = asyncio.create_task(ana.submits())
            await seen(lambda: writes(made.crm))
            await running.killed()
            sending.cancel()
            await asyncio.gather(sending, return_exceptions=True)
        async with made.going():
            await seen(lambda: has(DONE, "\n".join(ana.sees() + ana.sees("sales"))))
            await made.quiet()
        assert len(taken(made.crm)) == 1
        assert str(made.crm.read(made.ids[0])["close"])[:10] == day.isoformat()
