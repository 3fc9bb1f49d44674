"""The question to the colleague: the topic and a few times; and what they answer, told to the rep."""

from datetime import UTC, datetime, timedelta

from handlers.coaching.mentor.people import MentorPair, noted, pair_of, pressed
from handlers.context import Context
from handlers.feature import Rendered
from handlers.reply import Reply
from messages.blocks import Message
from messages.coaching import mentor as views
from sales.coaching.mentor.mentorship import OUTCOMES, MentorNote, MentorState
from sales.coaching.mentor.slot import LENGTH, Attendee, slots
from sales.nudges.policy import Skip
from storage.coaching.mentor import move_mentorship
from storage.nudges.ledger.intake import enqueue
from storage.nudges.ledger.rows import DeliveryRow
from storage.people.calendar import calendar_of
from storage.people.member import MemberRow
from storage.people.team import TeamRow
from storage.scope import Scope

AFTER = timedelta(minutes=20)  # the talk, its outcome is asked
BETWEEN_THEM = timedelta(days=7)  # in which two who find a time themselves have met
SETTLED = "it was answered already, or one of the two is not in the team any more"


async def render(scope: Scope, delivery: DeliveryRow, now: datetime) -> Rendered:
    """The question, with times as they are free now."""
    found = await pair_of(scope, int(delivery.intent["mentorship"]))
    if found is None or found.row.state is not MentorState.ASKED or not found.together:
        return Skip(SETTLED)
    return await question(scope, found, now)


async def question(scope: Scope, found: MentorPair, now: datetime, *, late: bool = False) -> Message:
    assert found.rep is not None
    assert found.mentor is not None
    assert found.team is not None
    mentor = await attendee(scope, found.team, found.mentor)
    times = slots(mentor, await attendee(scope, found.team, found.rep), now)
    return views.asked(found.row, found.row.id, found.rep_name, times, found.mentor.zone, late=late)


async def attendee(scope: Scope, team: TeamRow, member: MemberRow) -> Attendee:
    return Attendee(member.zone, await calendar_of(scope, team, member))


async def take(context: Context) -> Reply:
    """A time was chosen: both know it, and the rep is asked afterwards what came of it."""
    number, _, at = context.request.value.partition(":")
    found = await mine(context, number)
    if isinstance(found, Message):
        return Reply(edit=found)
    slot_at = datetime.fromtimestamp(int(at), UTC)
    if slot_at <= context.now:
        return Reply(edit=await question(context.scope, found, context.now, late=True))
    return await agreed(context, found, slot_at)


async def between(context: Context) -> Reply:
    """Yes, I write to them: whose hours never meet find a time themselves."""
    found = await mine(context, context.request.value)
    if isinstance(found, Message):
        return Reply(edit=found)
    return await agreed(context, found, None)


async def agreed(context: Context, found: MentorPair, slot_at: datetime | None) -> Reply:
    await move_mentorship(context.scope, found.row, MentorState.AGREED, slot_at=slot_at)
    await tell(context, found, MentorNote.ANSWER, context.now)
    after = slot_at + LENGTH + AFTER if slot_at is not None else context.now + BETWEEN_THEM
    await tell(context, found, MentorNote.OUTCOME, after)
    return Reply(edit=views.taken(found.row, found.row.id, found.rep_name, context.zone))


async def not_now(context: Context) -> Reply:
    """Not now: the rep hears that it does not suit, without a reason."""
    found = await mine(context, context.request.value)
    if isinstance(found, Message):
        return Reply(edit=found)
    await move_mentorship(context.scope, found.row, MentorState.TURNED_DOWN)
    await tell(context, found, MentorNote.ANSWER, context.now)
    return Reply(edit=views.not_now(found.rep_name))


async def mine(context: Context, number: str) -> MentorPair | Message:
    """Return the mentorship that waits for the asking person's answer, or what the message says instead."""
    found = await pressed(context, number)
    if found is None or found.row.mentor_id != context.member.user_id or not found.together:
        return views.over()
    return found if found.row.state is MentorState.ASKED else stands(context, found)


def stands(context: Context, found: MentorPair) -> Message:
    """Return to the colleague what they answered before."""
    if found.row.state is MentorState.CALLED_OFF:
        return views.off(found.row, found.rep_name)
    if found.row.state is MentorState.AGREED or found.row.state in OUTCOMES:
        return views.taken(found.row, found.row.id, found.rep_name, context.zone)
    return views.not_now(found.rep_name)


async def tell(context: Context, found: MentorPair, note: MentorNote, at: datetime) -> None:
    """Let one of the two know, in their own working hours."""
    nudge = noted(context.scope, found.row, note, found.rep_name, at)
    await enqueue(context.scope, nudge, context.now)
