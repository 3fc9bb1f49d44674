"""How long the bot takes from the start of its process to being connected, and what memory it then holds."""

import asyncio
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from rig.report import line, p
from rig.workspace import workspace

from playground.box import Server

TIMES = 3
BARE = "import slack_bolt.async_app, sqlmodel.ext.asyncio.session, apscheduler.schedulers.asyncio, jinja2"


def bare() -> float:
    """Return seconds for a process that imports the libraries and ends."""
    started = time.perf_counter()
    subprocess.run([sys.executable, "-c", BARE], check=True)
    return time.perf_counter() - started


def memory(process: int) -> float:
    """Return the MiB a process holds; 0 where the system does not tell."""
    status = Path(f"/proc/{process}/status")
    return int(status.read_text().partition("VmRSS:")[2].split()[0]) / 1024 if status.exists() else 0.0


async def started(server: Server, folder: Path) -> tuple[float, float]:
    """Start the bot, wait until it is connected, stop it; return seconds and MiB."""
    environment = {
        **os.environ,
        "SLACK_BOT_TOKEN": server.bot_token,
        "SLACK_APP_TOKEN": server.app_token,
        "SLACK_API_URL": server.api_url,
        "DATABASE_URL": f"sqlite+aiosqlite:///{folder}/rainmaker.db",
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
    held = memory(process.pid)
    process.send_signal(signal.SIGTERM)
    await process.communicate()
    return took, held


async def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        low = min([await asyncio.to_thread(bare) for _ in range(TIMES)])
        line("floor, importing the libraries", f"{low:.2f} s")
        async with Server(workspace(3), rates=None) as server:
            first, _ = await started(server, Path(folder))
            line("start, new database", f"{first:.2f} s", f"{first / low:.1f}× the floor")
            runs = [await started(server, Path(folder)) for _ in range(TIMES)]
        best = min(took for took, _ in runs)
        line("start, existing database", f"{best:.2f} s", f"{best / low:.1f}× the floor", "≤ 1.5 s")
        line("memory when connected", f"{p([held for _, held in runs], 50):.0f} MiB")


if __name__ == "__main__":
    asyncio.run(main())
