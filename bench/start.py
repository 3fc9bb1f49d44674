"""How long the bot takes from the start of its process to being connected, and what memory it then holds."""

import asyncio
import os
import resource
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from rig.child import memory
from rig.engines import Fresh, engines
from rig.report import Report, arguments, at_most, p
from rig.workspace import workspace

from playground.box import Server

TIMES = 3
IDLE = 1.0  # seconds after it is connected; then it has done what it puts off until then
PATIENCE = 60  # seconds until it is connected; a machine that is busy takes its time
BARE = "import slack_bolt.async_app, sqlmodel.ext.asyncio.session, apscheduler.schedulers.asyncio, jinja2"


@dataclass(frozen=True)
class Started:
    """What a start took until it was connected, and the MiB that are held when all is quiet."""

    seconds: float
    cpu: float
    memory: float = 0.0


def bare() -> Started:
    """Return what a process takes that imports the libraries and ends."""
    before, computed = time.perf_counter(), children()
    subprocess.run([sys.executable, "-c", BARE], check=True)
    return Started(time.perf_counter() - before, children() - computed)


def children() -> float:
    """Return the CPU seconds of all processes of ours that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def cpu(process: int) -> float:
    """Return the CPU seconds of a process; 0 where the system does not tell."""
    told = Path(f"/proc/{process}/stat")
    if not told.exists():
        return 0.0
    user, system = told.read_text().rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


async def started(server: Server, address: str) -> Started:
    """Start the bot, wait until it is connected, let it rest, stop it."""
    environment = {
        **os.environ,
        "SLACK_BOT_TOKEN": server.bot_token,
        "SLACK_APP_TOKEN": server.app_token,
        "SLACK_API_URL": server.api_url,
        "DATABASE_URL": address,
    }
    before = time.perf_counter()
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "run", env=environment, stderr=asyncio.subprocess.PIPE
    )
    assert process.stderr is not None
    async with asyncio.timeout(PATIENCE):
        async for said in process.stderr:
            if b"connected" in said:
                break
        else:
            raise SystemExit("the bot ended before it was connected")
    took, computed = time.perf_counter() - before, cpu(process.pid)
    await asyncio.sleep(IDLE)
    held = memory(process.pid)
    process.send_signal(signal.SIGTERM)
    await process.communicate()
    return Started(took, computed, held)


async def measure(
    report: Report, engine: str, fresh: Fresh, server: Server, low: Started, times: int
) -> None:
    address = await fresh("start")
    first = await started(server, address)
    runs = [await started(server, address) for _ in range(times)]
    report.add(f"{engine}: start, new database", first.seconds, "s", low.seconds)
    best = min(run.seconds for run in runs)
    report.add(f"{engine}: start, existing database", best, "s", low.seconds, at_most(1.1))
    computed = min(run.cpu for run in runs)
    report.add(f"{engine}: start, existing database, CPU", computed, "s CPU", low.cpu)
    held = p([run.memory for run in runs], 50)
    report.add(f"{engine}: memory, idle", held, "MiB", bar=at_most(110))


async def main() -> None:
    given, report = arguments(__doc__).parse_args(), Report()
    times = 1 if given.quick else TIMES
    with tempfile.TemporaryDirectory() as folder:
        bares = [await asyncio.to_thread(bare) for _ in range(times)]
        low = Started(min(each.seconds for each in bares), min(each.cpu for each in bares))
        report.add("floor, importing the libraries", low.seconds, "s")
        report.add("floor, importing the libraries, CPU", low.cpu, "s CPU")
        async with Server(workspace(3), rates=None) as server:
            async for engine, fresh in engines(Path(folder), only_sqlite=given.quick):
                await measure(report, engine, fresh, server, low, times)
    report.write(given.json)


if __name__ == "__main__":
    asyncio.run(main())
