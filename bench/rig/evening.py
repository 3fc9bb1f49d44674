"""An evening of many reps: each has two follow-ups due, and a prompt about them is due in the ledger."""

from datetime import UTC, datetime, timedelta

from handlers.registry import REGISTRY
from rig.fill import fill, stored
from rig.workspace import T0
from sales.nudges.ledger import Nudge
from sales.people.team import Team
from sales.surfaces.evening import END_OF_DAY
from storage.database import Database
from storage.nudges.ledger.intake import enqueue_all
from storage.people import workspace
from storage.people.team import add_team

EVENING = datetime(2026, 9, 14, 15, 0, tzinfo=UTC)  # a Monday, 17:00 in Ljubljana
BEFORE = EVENING - timedelta(minutes=1)
DAY = EVENING.date().isoformat()
TEAM = 50  # reps in one
AT_ONCE = 1_000  # messages put into the ledger in one unit of work


async def prepare(address: str, reps: int, name: str) -> None:
    """Fill a new database; the prompts' keys begin with `name`."""
    database = await Database.open(address, declared=REGISTRY.declared)
    async with database.write_ledger() as ledger:
        await workspace.install_workspace(ledger, "T1", "Northwind", "UBOT", T0)
    async with database.write("T1") as scope:
        first = (await add_team(scope, Team(name="Team 0", zone="Europe/Ljubljana"))).id
        assert first == 1
        for number in range(1, -(-reps // TEAM)):
            await add_team(scope, Team(name=f"Team {number}", zone="Europe/Ljubljana"))
    await fill(
        address,
        (
            reps,
            "INSERT INTO member (workspace_id, user_id, name, zone, team_id, is_rep, is_manager, is_admin, active,"
            f" dm_channel) SELECT 'T1', 'U' || i, 'Rep ' || i, 'Europe/Ljubljana', 1 + i / {TEAM}, true, false,"
            " false, true, 'D' || i FROM n",
        ),
        (
            2 * reps,
            "INSERT INTO followup (workspace_id, owner_id, who, what, worth, owes, due_on, state, drop_reason,"
            f" moves, created_at) SELECT 'T1', 'U' || (i % {reps}), 'Acme', 'send the revised pricing',"
            f" 'it closes their budget question', 'me', '{DAY}', 'open', '', 0, '{stored(T0)}' FROM n",
        ),
    )
    for start in range(0, reps, AT_ONCE):
        async with database.write_ledger() as ledger:
            nudges = [("T1", prompt(name, number)) for number in range(start, min(start + AT_ONCE, reps))]
            await enqueue_all(ledger, nudges, BEFORE)
    await database.close()


def prompt(name: str, number: int) -> Nudge:
    """Return what the heartbeat asks for when a rep's evening comes."""
    return Nudge(
        key=f"{name}:{END_OF_DAY}:T1:U{number}:{DAY}", kind=END_OF_DAY, intent={"day": DAY},
        why="Your end of day is 17:00.", not_before=EVENING, user_id=f"U{number}",
        expires_at=EVENING + timedelta(hours=5),
    )  # fmt: skip
