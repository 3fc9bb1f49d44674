"""The customer's time: a call that is promised for a day takes the time of whom it is about, and says so (56, 57)."""

from datetime import datetime, time

from handlers.context import Context
from messages.followups import contact_slot as views
from messages.formatting import Mrkdwn
from sales.followups.followup import FollowUp, FollowUpState, Owes
from sales.followups.slot import ReachedContact, may_be_call
from sales.value import changed
from storage.followups.followup import FollowUpRow


def may_take(promise: FollowUp) -> bool:
    """Say whether a promise may take the time of a contact: a call of ours without a time of its own, for once."""
    return promise.due_at is None and not promise.repeats and is_ours_to_make(promise)


def is_ours_to_make(promise: FollowUp) -> bool:
    return promise.owes is Owes.ME and may_be_call(promise.what)


async def on_their_time(context: Context, promise: FollowUp, deal_id: int | None) -> FollowUp:
    """Return a promise for a deal at the time of its contact; as it is where it has a time, or they have none."""
    found = await contact_of(context, promise, deal_id) if may_take(promise) else None
    if found is None or found.slot is None or not found.slot.is_taken:
        return promise
    return changed(FollowUp, promise, due_at=found.slot.at)


async def on_another_day(context: Context, row: FollowUpRow, said: FollowUp) -> FollowUp:
    """Return a promise that goes to another day: at the contact's time there, if it had theirs, or none of its own.

    Nine o'clock theirs stays nine when a clock changes in between.
    """
    is_moved = said.due_on != row.due_on and said.state is row.state is FollowUpState.OPEN
    if not is_moved or said.repeats or wall_time(context, said) != wall_time(context, row):
        return said
    if row.due_at is not None:
        found = await contact_of(context, row, row.opportunity_id, row.created_at)
        if found is None or found.slot is None or found.slot.at != row.due_at:
            return said
    return await on_their_time(context, changed(FollowUp, said, due_at=None), row.opportunity_id)


def wall_time(context: Context, promise: FollowUp) -> time | None:
    return promise.due_at.astimezone(context.wall).time() if promise.due_at is not None else None


async def contact_of(
    context: Context, promise: FollowUp, deal_id: int | None, now: datetime | None = None
) -> ReachedContact | None:
    """Return whom a call of ours is about, with their time on its day; None where nobody is known."""
    if deal_id is None or not is_ours_to_make(promise):
        return None
    return await context.declared.contact_of(context, promise, deal_id, now or context.now)


async def said_of_contact(context: Context, row: FollowUpRow) -> Mrkdwn | str:
    """Return what a confirmation says of whom a call is about; empty where there is nothing to say."""
    if row.state is not FollowUpState.OPEN:
        return ""
    found = await contact_of(context, row, row.opportunity_id)
    return views.line(found, row, context.zone, context.today) if found is not None else ""
