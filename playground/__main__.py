"""`python -m playground`: the bot in a Slack workspace in a box."""

import argparse
import asyncio
import signal
import sys
import webbrowser
from datetime import datetime
from pathlib import Path

from playground.boot import PlaygroundOptions, Trouble, playing


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="rainmaker playground", description=__doc__)
    parser.add_argument(
        "--port", type=int, default=8765, help="where the page is served, on this machine only"
    )
    parser.add_argument("--crm", type=Path, help="a folder of CRM tables to load instead of the sample team")
    parser.add_argument("--at", type=datetime.fromisoformat, help="set the clock, e.g. 2017-09-20T16:30")
    parser.add_argument("--no-browser", action="store_true", help="do not open the page")
    return parser.parse_args()


async def until_stopped(town: PlaygroundOptions, *, browser: bool) -> None:
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    async with playing(town) as address:
        sys.stdout.write(f"The playground is open: {address}\nStop it with Ctrl-C.\n")
        sys.stdout.flush()
        if browser:
            webbrowser.open(address)
        await stop.wait()


def main() -> int:
    given = arguments()
    try:
        asyncio.run(
            until_stopped(PlaygroundOptions(given.port, given.crm, given.at), browser=not given.no_browser)
        )
    except Trouble as trouble:
        sys.stderr.write(f"{trouble}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
