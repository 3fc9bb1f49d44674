"""Who is there and what is asked of them: the same small world in every run."""

from datetime import datetime, timedelta
from typing import Any

from playground.workspace import Workspace
from sales.followups.followup import FollowUp
from sales.nudges.end_of_day import END_OF_DAY
from sales.nudges.kind import ANSWER
from sales.nudges.ledger import PROMPT, Nudge
from sales.people.member import Member
from sales.people.team import Team
from storage.database import Database
from storage.followups.followup import add_followup
from storage.nudges.schedule.due import set_schedule
from storage.people import workspace
from storage.people.member import meet_members
from storage.people.team import add_team, set_people
from tests.known import T0, WORKSPACE

CHANNEL = "C1"
EVERY_DAY = 0b1111111


def user(number: int) -> str:
    return f"U{number:03}"


def small_world(people: int) -> Workspace:
    """A workspace with so many people and one channel they all are in."""
    made = Workspace("Northwind", team_id=WORKSPACE)
    for number in range(1, people + 1):
        name = f"rep{number}"
        made.add_person(user(number), name, f"Rep {number}", tz="UTC", email=f"{name}@northwind.example")
    made.add_channel(CHANNEL, "sales", [user(number) for number in range(1, people + 1)])
    return made


def evening_key(user_id: str) -> str:
    """The occurrence key of a person's prompt on the day of the run."""
    return f"{END_OF_DAY}:{WORKSPACE}:{user_id}:{T0.date()}"


async def settle_people(database: Database, people: int) -> None:
    """Install the app and put everybody into one team, each owing one thing today; nobody's DM is known yet."""
    async with database.write_ledger() as ledger:
        await workspace.install_workspace(ledger, WORKSPACE, "Northwind", "U0BOT", T0)
    everybody = [user(number) for number in range(1, people + 1)]
    async with database.write(WORKSPACE) as scope:
        await meet_members(scope, [Member(user_id=one, name=one, zone="UTC") for one in everybody])
        team = await add_team(scope, Team(name="Field", zone="UTC"))
        await set_people(scope, team.id, everybody, [])
        for one in everybody:
            owed = FollowUp(owner_id=one, who="Acme", what="Send the offer", due_on=T0.date())
            await add_followup(scope, owed, T0)


async def schedule_evening(database: Database, user_id: str, after: float) -> str:
    """Let a person's prompt of the day fall due so many seconds into the run; return its key."""
    at = (T0 + timedelta(seconds=after)).time()
    async with database.write(WORKSPACE) as scope:
        await set_schedule(
            *(scope, END_OF_DAY, user_id),
            zone="UTC",
            at=at,
            weekdays=EVERY_DAY,
            now=T0 - timedelta(seconds=1),
            spread_seconds=0,
        )
    return evening_key(user_id)


def message(key: str, now: datetime, user_id: str | None = None, **values: Any) -> Nudge:
    """A message somebody caused, to a person or to the channel. It never expires."""
    told = {
        "kind": ANSWER,
        "intent": {"text": f"You asked: {key}", "blocks": []},
        "why": "Somebody asked.",
        "not_before": now,
        "user_id": user_id,
        "channel_id": None if user_id else CHANNEL,
        "priority": PROMPT,
    }
    return Nudge(key=key, **{**told, **values})
