"""Attacks and faults, all of them on this machine, with a table of what came of each.

python -m tests.attack              everything, some minutes
python -m tests.attack --quick      less of it, on SQLite where that will do
python -m tests.attack --only slow  those whose name holds a word
"""

import argparse
import asyncio
import logging
import os
import sys
import tempfile
import time
import warnings
from contextlib import ExitStack
from pathlib import Path

from bot.logs import set_up
from tests.attack.edge import signed_garbage, slow_connections, unsigned_garbage
from tests.attack.faults import (
    clock_jumps,
    frozen_replica,
    half_open_network,
    locked_database,
    posting_faults,
    removed_file,
)
from tests.attack.outcome import Attack, AttackGround, Outcome, say
from tests.attack.words import hostile_strings, permissions

ATTACKS: tuple[Attack, ...] = (
    unsigned_garbage,
    signed_garbage,
    slow_connections,
    permissions,
    hostile_strings,
    posting_faults,
    removed_file,
    locked_database,
    frozen_replica,
    half_open_network,
    clock_jumps,
)
LONGEST = 480.0  # seconds of one attack; it ends then, whatever it waits for
SHOWN = 5  # of what did not hold


async def attack(ground: AttackGround, one: Attack) -> Outcome:
    """Make one attack; one that hangs or breaks off did not hold."""
    try:
        async with asyncio.timeout(LONGEST):
            return await one(ground)
    except Exception as fault:  # noqa: BLE001 -- the others are made all the same
        return Outcome(one.__name__.replace("_", " "), broken=[f"broke off: {fault!r}"])


async def attacks(ground: AttackGround, word: str) -> list[Outcome]:
    say("| Attack or fault | Tried | Result | |\n|---|---|---|---|")
    found = []
    for one in ATTACKS:
        if word in one.__name__.replace("_", " "):
            since = time.monotonic()
            outcome = await attack(ground, one)
            outcome.note = "; ".join(filter(None, (outcome.note, f"{time.monotonic() - since:.0f} s")))
            say(str(outcome))
            found.append(outcome)
    return found


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="python -m tests.attack",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--quick", action="store_true", help="less of it")
    parser.add_argument("--only", default="", metavar="WORD", help="those whose name holds a word")
    given = parser.parse_args()
    os.environ.setdefault("TZ", "UTC")
    set_up("critical")
    logging.disable(logging.CRITICAL)  # what is attacked complains, and that is counted elsewhere
    warnings.filterwarnings("ignore")
    with ExitStack() as stack:
        folder = Path(
            stack.enter_context(tempfile.TemporaryDirectory(prefix="attack", ignore_cleanup_errors=True))
        )
        found = asyncio.run(attacks(AttackGround(folder, stack, given.quick), given.only))
    wrong = [one for one in found if one.broken]
    for outcome in wrong:
        say(f"\n{outcome.name}:")
        for line in outcome.broken[:SHOWN]:
            say(f"  {line}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
