"""Whom a message of ours goes to: in their team and at work when it leaves, and with their morning note or alone."""

from datetime import datetime, timedelta

from sales.nudges.kind import MORNING
from sales.nudges.ledger import Nudge
from sales.nudges.policy import Skip
from sales.nudges.schedule import Occurrence
from storage.nudges.ledger.rows import DeliveryRow
from storage.nudges.mute import mutes
from storage.people.calendar import calendar_of
from storage.people.in_team import InTeam, in_team
from storage.scope import Scope

LEFT = "in no team any more"


async def reader_in_team(scope: Scope, delivery: DeliveryRow, now: datetime) -> InTeam | Skip:
    """Return who a message goes to, or that they are in no team any more."""
    return await in_team(scope, delivery.user_id, now) or Skip(LEFT)


async def reader_at_work(scope: Scope, delivery: DeliveryRow, now: datetime) -> InTeam | Skip:
    """Return the same on a working day of theirs, or why it is none."""
    reader = await reader_in_team(scope, delivery, now)
    if isinstance(reader, Skip):
        return reader
    day_off = (await calendar_of(scope, reader.team, reader.member)).why_not(reader.today)
    return reader if day_off is None else Skip(f"no working day: {day_off}")


async def wants_alone(scope: Scope, user_id: str, kind: str) -> bool:
    """Say whether somebody wants a kind and gets no morning note, in which it would stand."""
    off = await mutes(scope, user_id)
    return kind not in off and MORNING in off


def of_the_morning(
    scope: Scope, kind: str, user_id: str, occurrence: Occurrence, why: str, good_for: timedelta
) -> Nudge:
    """Return a message of a morning that comes by itself; what it says is worked out when it leaves."""
    return Nudge(
        key=f"{kind}:{scope.workspace_id}:{user_id}:{occurrence.local_date}",
        kind=kind,
        intent={"day": occurrence.local_date.isoformat()},
        why=why,
        not_before=occurrence.due_at,
        user_id=user_id,
        expires_at=occurrence.due_at + good_for,
    )
