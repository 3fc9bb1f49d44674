"""An evening of many reps: each has two follow-ups due, and a prompt about them is due in the ledger."""

from datetime import UTC, datetime, timedelta

from handlers.registry import REGISTRY
from rig.fill import fill, stored
from rig.record import deals, goals, prepare
from rig.workspace import T0
from sales.nudges.end_of_day import END_OF_DAY
from sales.nudges.ledger import Nudge
from storage.database import Database
from storage.nudges.ledger.intake import enqueue_all

EVENING = datetime(2026, 9, 14, 15, 0, tzinfo=UTC)  # a Monday, 17:00 in Ljubljana
BEFORE = EVENING - timedelta(minutes=20)
DAY = EVENING.date().isoformat()
EARLY = EVENING - timedelta(minutes=10)
FIRST = 16  # reps whose prompts come early: what a process does for the first time is done for them
TEAM = 50  # reps in one
AT_ONCE = 1_000  # messages put into the ledger in one unit of work


async def prepare_evening(address: str, reps: int, name: str, *, with_goals: int = 0) -> None:
    """Fill a new database; the prompts' keys begin with `name`. With goals there are so many deals too."""
    await prepare(address, reps, zone="Europe/Ljubljana", team=TEAM)
    await fill(
        address,
        (
            2 * reps,
            "INSERT INTO followup (workspace_id, owner_id, who, what, worth, owes, due_on, state, drop_reason,"
            f" moves, created_at) SELECT 'T1', 'U' || (i % {reps}), 'Acme', 'send the revised pricing',"
            f" 'it closes their budget question', 'me', '{DAY}', 'open', '', 0, '{stored(T0)}' FROM n",
        ),
        *((*goals(reps), *deals(address, with_goals, reps)) if with_goals else ()),
    )
    database = await Database.open(address, declared=REGISTRY.declared)
    for start in range(0, reps, AT_ONCE):
        async with database.write_ledger() as ledger:
            nudges = [("T1", prompt(name, number)) for number in range(start, min(start + AT_ONCE, reps))]
            await enqueue_all(ledger, nudges, BEFORE)
    await database.close()


def prompt(name: str, number: int) -> Nudge:
    """Return what the heartbeat asks for when a rep's evening comes."""
    return Nudge(
        key=f"{name}:{'first' if number < FIRST else END_OF_DAY}:T1:U{number}:{DAY}", kind=END_OF_DAY,
        intent={"day": DAY}, why="Your end of day is 17:00.",
        not_before=EARLY if number < FIRST else EVENING, user_id=f"U{number}",
        expires_at=EVENING + timedelta(hours=5),
    )  # fmt: skip
