"""What the colleague said, what came of the talk, and how it stands beside the rep's own lights."""

from datetime import datetime

from handlers.coaching.mentor.people import pair_of, pressed
from handlers.context import Context
from handlers.feature import Rendered
from handlers.reply import Reply
from messages.blocks import Block, section
from messages.coaching import mentor as views
from sales.coaching.mentor.mentorship import OUTCOMES, MentorNote, MentorState
from sales.language.dates.instants import local_date
from sales.nudges.policy import Skip
from storage.coaching.mentor import mentorships_of, move_mentorship
from storage.nudges.ledger.rows import DeliveryRow
from storage.people.member import MemberRow
from storage.scope import Scope

ANSWERS = frozenset({MentorState.AGREED, MentorState.TURNED_DOWN})


async def render(scope: Scope, delivery: DeliveryRow, now: datetime) -> Rendered:
    """What the colleague answered; after the talk the question what came of it."""
    found = await pair_of(scope, int(delivery.intent["mentorship"]))
    if found is None or found.rep is None or found.row.state not in ANSWERS:
        return Skip("it is settled already")
    if delivery.intent["note"] == MentorNote.OUTCOME:
        return views.outcome_asked(found.row, found.row.id, found.mentor_name)
    if found.row.slot_at is not None and found.row.slot_at <= now:
        return Skip("the time is over already")
    return views.answer(found.row, found.row.id, found.mentor_name, found.rep.zone)


async def answer(context: Context) -> Reply:
    """It helped, not much, or we did not meet; the first answer is kept."""
    number, _, said = context.request.value.partition(":")
    found = await pressed(context, number)
    if found is None or found.row.rep_id != context.member.user_id:
        return Reply(edit=views.over())
    if found.row.state is MentorState.AGREED and MentorState(said) in OUTCOMES:
        await move_mentorship(context.scope, found.row, MentorState(said))
    return Reply(edit=views.outcome(found.row, found.mentor_name))


async def beside_lights(scope: Scope, member: MemberRow, now: datetime) -> list[Block]:
    """Return how somebody's last mentorship stands, for their own eyes; nothing of one they said no to."""
    for row in await mentorships_of(scope, member.user_id, 1):
        found = await pair_of(scope, row.id)
        assert found is not None
        said = views.line(row, found.mentor_name, member.zone, local_date(now, member.zone))
        return [section(said)] if said else []
    return []
