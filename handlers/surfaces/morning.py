"""The morning: one note for who asked for it, before their day, only if something is due."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from functools import partial

from handlers.context import Context
from handlers.feature import (
    Feature,
    Job,
    Kind,
    Look,
    Made,
    Rendered,
    Section,
    Shown,
    Subject,
    Surface,
    routes,
)
from handlers.nudges.preferences import choices_touched, chosen
from handlers.remembered import remember
from handlers.reply import Reply
from handlers.section import LastNote, Sections, collected, led
from messages.blocks import Message
from messages.surfaces import morning as views
from sales.language.dates.instants import local_date, local_instant
from sales.nudges.kind import NudgeKind, Topic
from sales.nudges.ledger import Nudge
from sales.nudges.policy import Skip
from sales.nudges.schedule import CatchUp, Occurrence
from sales.people.permission import Act
from sales.surfaces.morning import MORNING, morning_at, morning_spec
from storage.nudges.ledger.lookup import last_sent
from storage.nudges.ledger.rows import DeliveryRow, listed_by
from storage.nudges.mute import mutes, set_mutes
from storage.nudges.schedule.rows import ScheduleRow
from storage.people.calendar import calendar_of
from storage.people.member import MemberRow, find_member
from storage.people.team import TeamRow, find_team
from storage.scope import Scope

NOTHING = "Nothing is due today."
NOON = time(12, 0)  # a morning note that comes after it is none
LEAST = timedelta(hours=1)
REMEMBERED = timedelta(days=7)  # after so long it is worth saying again


async def decide(scope: Scope, schedule: ScheduleRow, occurrence: Occurrence, now: datetime) -> list[Nudge]:
    """Ask for the note of who wants one; whether anything is due is looked up when it is sent."""
    user_id, day = schedule.subject_id, occurrence.local_date
    if MORNING in await mutes(scope, user_id):
        return []
    nudge = Nudge(
        key=f"{MORNING}:{scope.workspace_id}:{user_id}:{day}",
        kind=MORNING,
        intent={"day": day.isoformat()},
        why=views.why(schedule.local_time),
        not_before=occurrence.due_at,
        user_id=user_id,
        expires_at=max(local_instant(schedule.zone, NOON, day), occurrence.due_at + LEAST),
    )
    return [nudge]


def collecting(sections: Sections) -> Made:
    """Return how the note is made from what features have to say."""
    every = sections.sections(Surface.MORNING)
    return Made(partial(render, every), partial(show_again, every))


async def render(sections: Sequence[Section], scope: Scope, delivery: DeliveryRow, now: datetime) -> Rendered:
    """The note as things stand now, or why there is none."""
    member = await find_member(scope, str(delivery.user_id))
    team = await find_team(scope, member.team_id) if member else None
    if member is None or team is None:
        return Skip("in no team any more")
    look = morning(scope, member, team, now)
    day_off = (await calendar_of(scope, team, member)).why_not(look.today)
    if day_off is not None:
        return Skip(f"no working day: {day_off}")
    found = await led(sections, replace(look, last=await last_note(look)))
    return Skip(found or NOTHING) if isinstance(found, str) else note(found)


async def last_note(look: Look, before: datetime | None = None) -> LastNote | None:
    """Return what the last note said, of those `before` an instant; None where it is too long ago to be remembered."""
    for row in await last_sent(look.scope, look.member.user_id, {MORNING}, look.now - REMEMBERED, before):
        if row.sent_at is not None:
            listed = frozenset(one for ids in listed_by(row).values() for one in ids)
            return LastNote(local_date(row.sent_at, look.member.zone), listed)
    return None


async def show_again(
    sections: Sequence[Section], scope: Scope, delivery: DeliveryRow, ids: Sequence[int], now: datetime
) -> Message:
    """The note as things stand, with what was done last and its way back."""
    member = await find_member(scope, str(delivery.user_id))
    assert member is not None
    look = morning(scope, member, await find_team(scope, member.team_id), now)
    last = await last_note(look, delivery.sent_at)
    return note(await collected(sections, replace(look, last=last, is_again=True)))


def morning(scope: Scope, member: MemberRow, team: TeamRow | None, now: datetime) -> Look:
    """Return whose morning it is."""
    today: date = local_date(now, member.zone)
    return Look(scope, member, team, now, today, place=f"{views.PLACE}{today}")


def note(found: Sequence[Shown]) -> Message:
    return views.note([shown.blocks for shown in found])


async def offer(look: Look) -> Shown | None:
    """The way to ask for it, in the first words to a rep."""
    wanted = MORNING not in await mutes(look.scope, look.member.user_id)
    return None if wanted or look.team is None or not look.member.is_rep else Shown(buttons=[views.offer()])


async def want(context: Context) -> Reply:
    """Somebody asks for the note."""
    was = await chosen(context)
    await set_mutes(context.scope, context.member.user_id, [], [MORNING])
    if touched := await choices_touched(context, was):
        await remember(context, "Morning note switched on", *touched)
    return Reply(say=views.wanted(morning_at(context.their_team)), home=True)


FEATURE = Feature(
    name="morning",
    actions=routes(Act.OWN_WORK, {views.WANT: want}),
    jobs=(Job(MORNING, CatchUp.DELIVER_LATEST, decide, of=Subject.MEMBER, spec=morning_spec),),
    kinds=(
        Kind(
            NudgeKind(
                MORNING,
                "Morning note",
                "what is due today and the one thing worth doing, before your day",
                recurs=True,
                for_reps=True,
                opt_in=True,
                topic=Topic.DAY,
                order=5,
            ),
            collects=collecting,
            rehearsed=True,
        ),
    ),
    sections=(Section(Surface.WELCOME, 50, offer, Act.OWN_WORK),),
)
