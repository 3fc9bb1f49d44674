"""A CRM of 100,000 deals read for the first time, and what changed since: seconds, processor and memory, per vendor.

The CRM is the playground's double in a process of its own, so its time to answer is in every figure: the reference is
the least anybody can do with it, one list of all deals read to its end. HubSpot itself takes ten requests a second and
five searches, which nothing here waits for: `requests` says what that comes to.
"""

import asyncio
import multiprocessing
import resource
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, timedelta
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from rig.report import Report, arguments, at_most
from yarl import URL

DEALS, FEW = 100_000, 2_000
CHANGED = 500
BACK = timedelta(days=30)
PAUSE = 0.02  # seconds between looks at what the double is told
WORKSPACE = "T1"
HUBSPOT, SALESFORCE = "hubspot", "salesforce"
LIST = "/crm/objects/2026-09/deals?limit=100&properties=dealname,amount,closedate,dealstage,hubspot_owner_id"
QUERY = "SELECT Id,Name,Amount,CloseDate,StageName,OwnerId FROM Opportunity ORDER BY Id"
MEMORY = 400  # MiB that a bot may take while it reads 100,000 deals


class Watch:
    """The account's clock: it stamps what is made over a month, and is right afterwards."""

    def __init__(self) -> None:
        self.at: datetime | None = datetime.now(UTC) - BACK

    def now(self) -> datetime:
        return self.at or datetime.now(UTC)


def account(vendor: str, count: int, control: Connection) -> None:
    """Serve a CRM until told to stop; a number lets so many of its deals change."""
    from playground.hubspot import HubSpotDouble
    from playground.salesforce import SalesforceDouble

    async def serve() -> None:
        watch = Watch()
        async with (HubSpotDouble if vendor == HUBSPOT else SalesforceDouble)(watch) as crm:
            owners = [crm.owner(f"Rep {one}", f"rep{one}@northwind.example") for one in range(20)]
            firms = [crm.account(f"Firm {one}") for one in range(count // 20 or 1)]
            ids = []
            for one in range(count):
                assert watch.at is not None
                watch.at += BACK / (count + 1)
                owner, firm = owners[one % len(owners)], firms[one % len(firms)]
                ids.append(crm.deal(f"Deal {one}", close=date(2027, 3, 1), owner=owner, account=firm))
            watch.at = None
            control.send(credentials(vendor, crm.address, crm.token))
            while True:
                if not control.poll():
                    await asyncio.sleep(PAUSE)
                    continue
                told = control.recv()
                if told is None:
                    return
                if told:
                    watch.at = datetime.now(UTC) - timedelta(seconds=5)
                    for one in ids[:: max(len(ids) // told, 1)][:told]:
                        crm.change(one, amount="31500")
                    watch.at = None
                control.send(len(crm.requests))

    asyncio.run(serve())


def credentials(vendor: str, address: str, token: str) -> dict[str, str]:
    """Return what `rainmaker connect` would keep."""
    if vendor == HUBSPOT:
        return {"token": token, "url": address}
    return {"host": address, "client_id": "rainmaker", "client_secret": token, "url": address}


def measured(work: str, vendor: str, place: str, access: dict[str, str], control: Connection) -> None:
    """Do the work in this fresh process, and send what it took after each of its parts."""
    works = {"list": listed, "adapter": read, "pull": pulled}

    async def run() -> None:
        started, cpu = time.perf_counter(), time.process_time()
        async for rows in works[work](Path(place), vendor, access):
            control.send(
                {
                    "seconds": time.perf_counter() - started,
                    "cpu": time.process_time() - cpu,
                    "rows": rows,
                    "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
                }
            )
            await asyncio.to_thread(control.recv)
            started, cpu = time.perf_counter(), time.process_time()

    asyncio.run(run())


async def listed(_: Path, vendor: str, access: dict[str, str]) -> AsyncIterator[int]:
    """Read one list to its end, and nothing more."""
    import aiohttp

    address, rows = access["url"], 0
    async with aiohttp.ClientSession() as session:
        if vendor == HUBSPOT:
            token, path, goes_on = access["token"], LIST, after
        else:
            form = {"grant_type": "client_credentials", "client_id": access["client_id"]}
            form["client_secret"] = access["client_secret"]
            async with session.post(f"{address}/services/oauth2/token", data=form) as answer:
                token = (await answer.json())["access_token"]
            path, goes_on = f"/services/data/v66.0/query?{urlencode({'q': QUERY})}", following
        while path:
            async with session.get(
                URL(address + path, encoded=True), headers={"Authorization": f"Bearer {token}"}
            ) as answer:
                page = await answer.json()
            rows += len(page["results" if vendor == HUBSPOT else "records"])
            path = goes_on(page)
    yield rows


def after(page: dict[str, Any]) -> str:
    """Return where a list of HubSpot's goes on; "" at its end."""
    place = page.get("paging", {}).get("next", {}).get("after")
    return f"{LIST}&after={place}" if place else ""


def following(page: dict[str, Any]) -> str:
    """Return where a query of Salesforce's goes on; "" at its end."""
    return str(page.get("nextRecordsUrl") or "")


async def read(_: Path, vendor: str, access: dict[str, str]) -> AsyncIterator[int]:
    """Read all deals as the adapter does, with what they are linked to."""
    from bot.sync.adapters import ADAPTERS
    from sales.imports.sync.record import CrmObject, CrmPlace, Vendor

    port, rows = ADAPTERS[Vendor(vendor)].opened(access), 0
    until = await port.clock()
    async for page in port.changed(CrmObject.DEAL, CrmPlace(datetime(1970, 1, 1, tzinfo=UTC)), until):
        rows += len(page.records)
    await port.close()
    yield rows


async def pulled(place: Path, vendor: str, access: dict[str, str]) -> AsyncIterator[int]:
    """Pull everything into an empty workspace, and then what changed; yield the deals that are known each time."""
    from cryptography.fernet import Fernet

    from bot.sync.adapters import port_of
    from bot.sync.connect import connect
    from bot.sync.desk import SyncDesk
    from bot.sync.secret import Secrets
    from sales.imports.sync.record import Vendor
    from storage.imports.sync.connection import ask_for_pull, connections

    def now() -> datetime:
        return datetime.now(UTC)

    key = Fernet.generate_key().decode()
    async with founded(place / "bench.db", now()) as database:
        await connect(database, WORKSPACE, Vendor(vendor), access, Secrets(key), now())
        desk = SyncDesk(database, WORKSPACE, now, "bench", lambda: None, port_of, lambda: key)
        await desk.round()
        yield await known(database)
        async with database.write(WORKSPACE) as scope:
            (row,) = await connections(scope)
            ask_for_pull(scope, row, now())
        await desk.round()
        yield await known(database)


@asynccontextmanager
async def founded(file: Path, now: datetime) -> AsyncIterator[Any]:
    """A workspace with a team and nobody's deals."""
    from handlers.registry import REGISTRY
    from sales.people.member import Member
    from sales.people.team import Team
    from storage.database import Database
    from storage.people.member import meet_members
    from storage.people.team import add_team, set_people
    from storage.people.workspace import install_workspace

    database = await Database.open(f"sqlite+aiosqlite:///{file}", declared=REGISTRY.declared)
    async with database.write_ledger() as ledger:
        await install_workspace(ledger, WORKSPACE, "Bench", "UBOT", now)
    reps = [f"U{one}" for one in range(20)]
    async with database.write(WORKSPACE) as scope:
        members = [
            Member(user_id=one, name=f"Rep {one[1:]}", zone="UTC", email=f"rep{one[1:]}@northwind.example")
            for one in reps
        ]
        await meet_members(scope, members)
        team = await add_team(scope, Team(name="Field", zone="UTC", digest_channel="C1"))
        await set_people(scope, team.id, reps, reps[:1])
    yield database
    await database.close()


async def known(database: Any) -> int:
    """Return how many deals of the CRM are known."""
    from storage.imports.sync.connection import connections
    from storage.imports.sync.record import count_deals

    async with database.read(WORKSPACE) as scope:
        (row,) = await connections(scope)
        return int(await count_deals(scope, row.id))


def ask(control: Connection, told: Any) -> Any:
    control.send(told)
    return control.recv()


def vendor_measured(vendor: str, count: int, report: Report) -> None:
    """Measure one CRM of so many deals, and add what was found."""
    fresh = multiprocessing.get_context("spawn")
    control, theirs = fresh.Pipe()
    double = fresh.Process(target=account, args=(vendor, count, theirs))
    double.start()
    access = control.recv()
    found: dict[str, list[dict[str, Any]]] = {}
    asked: dict[str, list[int]] = {}
    for work, parts in (("list", 1), ("adapter", 1), ("pull", 2)):
        with tempfile.TemporaryDirectory() as place:
            here, there = fresh.Pipe()
            worker = fresh.Process(target=measured, args=(work, vendor, place, access, there))
            before = ask(control, 0)
            worker.start()
            there.close()  # so that one that fails is noticed
            for part in range(parts):
                found.setdefault(work, []).append(here.recv())
                after = ask(control, CHANGED if part + 1 < parts else 0)
                asked.setdefault(work, []).append(after - before)
                before = after
                here.send(None)
            worker.join()
    control.send(None)
    double.join()
    (least,), (adapter,), (first, second) = found["list"], found["adapter"], found["pull"]
    assert least["rows"] == adapter["rows"] == first["rows"] == second["rows"] == count

    def add(name: str, *figure: Any) -> None:
        report.add(f"{vendor}: {name}", *figure)

    add(f"one list of {count:,} deals", least["seconds"], "s")
    add("all read by the adapter", adapter["seconds"], "s", least["seconds"])
    add("the adapter, CPU", adapter["cpu"], "s CPU", least["cpu"])
    add("the adapter, requests", asked["adapter"][0], "", asked["list"][0])
    add("the adapter, peak memory", adapter["peak_mb"], "MiB", least["peak_mb"])
    add("a first pull", first["seconds"], "s", least["seconds"])
    add("a first pull, CPU", first["cpu"], "s CPU", least["cpu"])
    add("a first pull, requests", asked["pull"][0], "", asked["list"][0])
    add("a first pull, peak memory", first["peak_mb"], "MiB", least["peak_mb"], at_most(MEMORY))
    add(f"a pull of {CHANGED} that changed", second["seconds"], "s", first["seconds"])
    add("a pull of what changed, CPU", second["cpu"], "s CPU", first["cpu"])
    add("a pull of what changed, requests", asked["pull"][1], "", asked["pull"][0])


def main() -> None:
    parser = arguments(__doc__)
    parser.add_argument("--deals", type=int, default=DEALS, metavar="COUNT")
    parser.add_argument("--vendor", choices=(HUBSPOT, SALESFORCE), help="this one alone")
    given, report = parser.parse_args(), Report()
    for vendor in (given.vendor,) if given.vendor else (HUBSPOT, SALESFORCE):
        vendor_measured(vendor, FEW if given.quick else given.deals, report)
    report.write(given.json)


if __name__ == "__main__":
    main()
