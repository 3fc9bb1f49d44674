"""How long the bot takes from the start of its process to being connected, and what memory it then holds."""

import asyncio
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from rig.child import memory
from rig.engines import Fresh, engines
from rig.report import Report, arguments, at_most, p
from rig.workspace import workspace

from playground.box import Server

TIMES = 3
IDLE = 1.0  # seconds after it is connected; then it has done what it puts off until then
BARE = "import slack_bolt.async_app, sqlmodel.ext.asyncio.session, apscheduler.schedulers.asyncio, jinja2"


def bare() -> float:
    """Return seconds for a process that imports the libraries and ends."""
    started = time.perf_counter()
    subprocess.run([sys.executable, "-c", BARE], check=True)
    return time.perf_counter() - started


async def started(server: Server, address: str) -> tuple[float, float]:
    """Start the bot, wait until it is connected, let it rest, stop it; return seconds until then, and MiB."""
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
    async with asyncio.timeout(20):
        async for said in process.stderr:
            if b"connected" in said:
                break
        else:
            raise SystemExit("the bot ended before it was connected")
    took = time.perf_counter() - before
    await asyncio.sleep(IDLE)
    held = memory(process.pid)
    process.send_signal(signal.SIGTERM)
    await process.communicate()
    return took, held


async def measure(report: Report, engine: str, fresh: Fresh, server: Server, low: float, times: int) -> None:
    address = await fresh("start")
    first, _ = await started(server, address)
    runs = [await started(server, address) for _ in range(times)]
    report.add(f"{engine}: start, new database", first, "s", low)
    best = min(took for took, _ in runs)
    report.add(f"{engine}: start, existing database", best, "s", low, at_most(1.1))
    held = p([held for _, held in runs], 50)
    report.add(f"{engine}: memory, idle", held, "MiB", bar=at_most(110))


async def main() -> None:
    given, report = arguments(__doc__).parse_args(), Report()
    times = 1 if given.quick else TIMES
    with tempfile.TemporaryDirectory() as folder:
        low = min([await asyncio.to_thread(bare) for _ in range(times)])
        report.add("floor, importing the libraries", low, "s")
        async with Server(workspace(3), rates=None) as server:
            async for engine, fresh in engines(Path(folder), only_sqlite=given.quick):
                await measure(report, engine, fresh, server, low, times)
    report.write(given.json)


if __name__ == "__main__":
    asyncio.run(main())
