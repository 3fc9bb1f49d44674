"""Reminders: a commitment with a time of its own is brought up then, in the ledger from the start."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from handlers.feature import Rendered
from messages.blocks import Message
from messages.followups import confirmation as cards
from messages.followups import reminder as views
from sales.followups.followup import REMINDER, FollowUpState, subject
from sales.language.dates.instants import local_date
from sales.nudges.ledger import PROMPT, Nudge
from sales.nudges.policy import Skip
from storage.followups import followup as queries
from storage.followups.followup import FollowUpRow
from storage.nudges.ledger.intake import enqueue
from storage.nudges.ledger.rows import DeliveryRow
from storage.people.member import find_member
from storage.scope import Scope

KEPT = timedelta(days=7)  # a reminder somebody set is always delivered, saying how late it is


async def remind(scope: Scope, row: FollowUpRow, zone: str, now: datetime, *, given: bool = False) -> None:
    """Put the reminder of a commitment into the ledger, if it has a time to come.

    One that was `given` to somebody has another for the same time: the one of whoever had it before.
    """
    if row.due_at is None or row.due_at <= now or row.state is not FollowUpState.OPEN:
        return
    owner = f":{row.owner_id}" if given else ""
    nudge = Nudge(
        key=f"{REMINDER}:{scope.workspace_id}:{row.id}:{row.due_at:%Y%m%dT%H%M%S}" + owner,
        kind=REMINDER,
        intent={"followup": row.id, "due_at": row.due_at.isoformat()},
        why=views.why(row, zone),
        not_before=row.due_at,
        user_id=row.owner_id,
        expires_at=row.due_at + KEPT,
        priority=PROMPT,
        subject=subject(row.id),
    )
    await enqueue(scope, nudge, now)


async def render_reminder(scope: Scope, delivery: DeliveryRow, now: datetime) -> Rendered:
    """The reminder as things stand now; none for what was done, dropped or moved meanwhile."""
    row = await queries.find_followup(scope, int(delivery.intent["followup"]))
    if row is None or row.state is not FollowUpState.OPEN:
        return Skip("settled before its time came")
    if row.due_at is None or row.due_at.isoformat() != delivery.intent["due_at"]:
        return Skip("moved to another time")
    if row.owner_id != delivery.user_id:
        return Skip("it is somebody else's now")
    member = await find_member(scope, row.owner_id)
    if member is None or not member.active:
        return Skip("this person has left")
    return views.reminder(row, views.late_by(row.due_at, now))


async def show_again(scope: Scope, delivery: DeliveryRow, ids: Sequence[int], now: datetime) -> Message:
    """The same reminder while nothing was decided; after that the commitment as it stands now, if it is there."""
    found = await render_reminder(scope, delivery, now)
    if isinstance(found, Message):
        return found
    row = await queries.find_followup(scope, int(delivery.intent["followup"]))
    member = await find_member(scope, str(delivery.user_id))
    assert member is not None
    if row is None:
        return cards.taken_back()
    return cards.card(row, local_date(now, member.zone), member.zone)
