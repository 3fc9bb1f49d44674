"""An import in a process of its own: `ADDRESS FILE`. It says how many rows, how long, and what held its loop."""

import asyncio
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from bot.garbage import uncollected

with uncollected():  # as the command does
    from bot.logs import set_up
    from handlers.imports.files.run import bring_in
    from handlers.registry import REGISTRY
    from rig.child import say
    from rig.hold import LoopHold
    from storage.database import Database


async def main(address: str, file: str) -> None:
    set_up("error")
    database = await Database.open(address, declared=REGISTRY.declared)
    hold = LoopHold()
    await hold.begin()
    started = time.perf_counter()
    tally = await bring_in(database, "T1", Path(file), lambda: datetime.now(UTC))
    took = time.perf_counter() - started
    say({"rows": sum(each.added for each in tally.files), "seconds": took, "hold": await hold.longest()})
    await database.close()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
