"""Twenty minutes that were agreed on are called off by either of the two; the other hears it, without a reason."""

from datetime import datetime

from handlers.coaching.mentor.asked import tell
from handlers.coaching.mentor.people import pair_of, pressed
from handlers.context import Context
from handlers.feature import Rendered
from handlers.reply import Reply
from messages.coaching import mentor as views
from sales.coaching.mentor.mentorship import MentorNote, MentorState
from sales.nudges.policy import Skip
from storage.coaching.mentor import move_mentorship
from storage.nudges.ledger.rows import DeliveryRow
from storage.scope import Scope


async def call_off(context: Context) -> Reply:
    """Call it off: once, before the talk; who pressed it is told that the other hears of it."""
    found = await pressed(context, context.request.value)
    if found is None:
        return Reply(edit=views.over())
    is_rep = found.row.rep_id == context.member.user_id
    other = found.mentor_name if is_rep else found.rep_name
    if found.row.state is MentorState.CALLED_OFF:
        return Reply(edit=views.off(found.row, other))
    if found.row.state is not MentorState.AGREED:
        return Reply(
            edit=views.stands(found.row, other, context.zone, context.today) if is_rep else views.over()
        )
    if found.row.slot_at is not None and found.row.slot_at <= context.now:
        return Reply(edit=views.too_late(other))
    await move_mentorship(context.scope, found.row, MentorState.CALLED_OFF)
    await tell(context, found, MentorNote.OFF_TO_MENTOR if is_rep else MentorNote.OFF_TO_REP, context.now)
    return Reply(edit=views.off(found.row, other))


async def render(scope: Scope, delivery: DeliveryRow, now: datetime) -> Rendered:
    """That the talk is off, to the other of the two."""
    found = await pair_of(scope, int(delivery.intent["mentorship"]))
    if found is None or found.rep is None or found.mentor is None:
        return Skip("one of the two is not known any more")
    to_rep = delivery.intent["note"] == MentorNote.OFF_TO_REP
    reader, other = (found.rep, found.mentor_name) if to_rep else (found.mentor, found.rep_name)
    return views.is_off(found.row, other, reader.zone, to_rep=to_rep)
