"""A heart that a test lets beat, with a clock it sets and one kind of prompt."""

from datetime import UTC, datetime, time

from bot.heartbeat import Heartbeat
from bot.retention import LettingGo
from handlers.kind import Job
from handlers.registry import REGISTRY
from sales.nudges.declared import Subject
from sales.nudges.ledger import DeliveryState, Nudge
from sales.nudges.schedule import CatchUp, ScheduleSpec
from sales.people.member import Member
from storage.database import Database
from storage.nudges.ledger.lookup import delivery_by_key
from storage.nudges.schedule.due import set_schedule
from storage.people.member import meet_member
from tests.known import T0, WORKSPACE

EVENING = datetime(2026, 9, 14, 17, 0, tzinfo=UTC)


class BeatWatch:
    """A clock that a test sets."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


async def decide(scope, schedule, occurrence, now) -> list[Nudge]:
    """Ask for one message; for U13 only after having written something, and then fail."""
    if schedule.subject_id == "U13":
        await meet_member(scope, Member(user_id="U13", name="Half done"))
        raise ZeroDivisionError
    key = f"prompt:{schedule.subject_id}:{occurrence.local_date}"
    return [Nudge(key=key, kind="prompt", intent={}, why="", not_before=occurrence.due_at, user_id="U1")]


def at_five(team, member) -> ScheduleSpec:
    return ScheduleSpec("prompt", member.user_id, "UTC", time(17), 31, 0, enabled=True)


def heart(database: Database, watch: BeatWatch, catch_up: CatchUp = CatchUp.DELIVER_LATEST) -> Heartbeat:
    return Heartbeat(
        database,
        watch,
        {"prompt": Job("prompt", catch_up, decide, Subject.MEMBER, at_five)},
        lambda: None,
        let_go=LettingGo(database, REGISTRY.keeps).some,
    )


async def put(database: Database, *subjects: str) -> None:
    async with database.write(WORKSPACE) as scope:
        for subject in subjects:
            await set_schedule(
                scope, "prompt", subject, zone="UTC", at=time(17), weekdays=31, now=T0, spread_seconds=0
            )


async def state(database: Database, subject: str, day: str = "2026-09-14") -> DeliveryState | None:
    async with database.read(WORKSPACE) as scope:
        found = await delivery_by_key(scope, f"prompt:{subject}:{day}")
    return found.state if found else None
