"""The note of drills: off until somebody wants it; in the morning note, or by itself where none comes (68)."""

from dataclasses import replace
from datetime import datetime, timedelta

from handlers.coaching.drill.session import first_card, practice_of
from handlers.coaching.skill import line_of_week
from handlers.context import Context
from handlers.feature import Look, Rendered, Shown
from handlers.nudges.addressee import of_the_morning, reader_at_work, wants_alone
from handlers.nudges.menu import switch_off
from handlers.nudges.preferences import choices_touched, chosen
from handlers.remembered import remember
from handlers.reply import Reply
from messages.coaching import drill as views
from sales.coaching.drill.note import DRILL
from sales.nudges.kind import MORNING
from sales.nudges.ledger import Nudge
from sales.nudges.policy import Skip
from sales.nudges.schedule import Occurrence
from sales.refusal import Refusal
from storage.nudges.ledger.rows import DeliveryRow
from storage.nudges.mute import mutes, set_mutes
from storage.nudges.schedule.rows import ScheduleRow
from storage.scope import Scope

WORTH_READING = timedelta(hours=4)
NOTHING = "no card is due, or today's are done"


async def decide(scope: Scope, schedule: ScheduleRow, occurrence: Occurrence, now: datetime) -> list[Nudge]:
    """Ask for the note by itself, for who wants it and gets no morning note; that has it else."""
    if not await wants_alone(scope, schedule.subject_id, DRILL):
        return []
    return [of_the_morning(scope, DRILL, schedule.subject_id, occurrence, views.why(), WORTH_READING)]


async def render(scope: Scope, delivery: DeliveryRow, now: datetime) -> Rendered:
    """The first card as things stand when it is sent, or why there is none."""
    reader = await reader_at_work(scope, delivery, now)
    if isinstance(reader, Skip):
        return reader
    member, team, today = reader
    message = await first_card(scope, member, today)
    if message is None:
        return Skip(NOTHING)
    return replace(message, blocks=[*message.blocks, *await line_of_week(scope, member, team, today)])


async def in_morning(look: Look) -> Shown | None:
    """How many cards are due, with the way to begin, in the morning note of who asked for both."""
    if look.team is None or DRILL in await mutes(look.scope, look.member.user_id):
        return None
    practice = await practice_of(look.scope, look.member, look.today, chooses=False)
    if practice.done or not practice.queue:
        return None
    return Shown(views.in_note(len(practice.queue)), why=views.why())


async def offer(look: Look) -> Shown | None:
    """The way to ask for it, in the first words to a rep."""
    if (
        look.team is None
        or not look.member.is_rep
        or DRILL not in await mutes(look.scope, look.member.user_id)
    ):
        return None
    return Shown(buttons=[views.offer()])


async def want(context: Context) -> Reply:
    """Somebody asks for it.

    Raises:
        Refusal: for who sells in no team, to whom none comes.
    """
    if context.team is None or not context.member.is_rep:
        raise Refusal(views.said("for_reps"), example="/drill")
    was = await chosen(context)
    await set_mutes(context.scope, context.member.user_id, [], [DRILL])
    if touched := await choices_touched(context, was):
        await remember(context, "three minutes of practice in the morning", *touched)
    with_note = MORNING not in await mutes(context.scope, context.member.user_id)
    return Reply(say=views.comes(with_note=with_note), home=True)


async def stop(context: Context) -> Reply:
    """Somebody wants it no more."""
    return await switch_off(context, context.scope.declared.kind(DRILL))
