"""The end of the day: one prompt per rep in their own evening, only if something is due."""

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
    Setting,
    Shown,
    Subject,
    Surface,
)
from handlers.people.news import MemberChanged
from handlers.section import Sections, collected, led, read_ahead
from messages.blocks import Message
from messages.people.settings import EVENING
from messages.surfaces import evening as views
from sales.language.dates.instants import local_date, local_instant
from sales.language.figures import short_day
from sales.nudges.end_of_day import END_OF_DAY, prompt_key
from sales.nudges.kind import NudgeKind, Topic
from sales.nudges.ledger import Nudge
from sales.nudges.policy import Skip
from sales.nudges.schedule import CatchUp, Occurrence
from sales.people.hours import check_evening
from sales.people.settings import time_of_day
from sales.surfaces.evening import arrives_by, evening_spec
from storage.nudges.ledger.rows import DeliveryRow
from storage.nudges.mute import kinds_switched_off
from storage.nudges.policy import people_ahead
from storage.nudges.schedule.rows import ScheduleRow
from storage.people.calendar import calendar_of
from storage.people.member import MemberRow, find_member, save_member
from storage.people.team import TeamRow, find_team
from storage.scope import Scope

NOTHING = "Nothing was due."
TOO_LATE = time(22, 0)  # the same evening; after that it is tomorrow's business
LEAST = timedelta(hours=1)  # for those whose evening is so late that 22:00 is over
FIRST_THING = time(9, 0)  # of the next working day, where the evening was the last before days off


async def decide(scope: Scope, schedule: ScheduleRow, occurrence: Occurrence, now: datetime) -> list[Nudge]:
    """Ask for one prompt; whether anything is due is looked up when it is sent."""
    user_id, day = schedule.subject_id, occurrence.local_date
    nudge = Nudge(
        key=prompt_key(scope.workspace_id, user_id, day),
        kind=END_OF_DAY,
        intent={"day": day.isoformat()},
        why=views.why(schedule.local_time),
        not_before=occurrence.due_at,
        user_id=user_id,
        expires_at=max(expiry(schedule, day), occurrence.due_at + LEAST),
    )
    return [nudge]


def expiry(schedule: ScheduleRow, day: date) -> datetime:
    """Return when a prompt for `day` is too late: 22:00, or 09:00 after the days off that follow."""
    following = day + timedelta(days=1)
    if schedule.weekdays >> following.weekday() & 1:
        return local_instant(schedule.zone, TOO_LATE, day)
    while not schedule.weekdays >> following.weekday() & 1:
        following += timedelta(days=1)
    return local_instant(schedule.zone, FIRST_THING, following)


def collecting(sections: Sections) -> Made:
    """Return how the prompt is made from what features have to say."""
    every = sections.sections(Surface.EVENING)
    return Made(partial(render, every), partial(show_again, every), partial(ahead, every))


async def ahead(
    sections: Sequence[Section], scope: Scope, rows: Sequence[DeliveryRow], now: datetime
) -> None:
    """Read at once what the prompts of several people are going to ask for."""
    await people_ahead(scope, [str(row.user_id) for row in rows])
    looks = []
    for row in rows:
        member = await find_member(scope, str(row.user_id))
        team = await find_team(scope, member.team_id) if member is not None else None
        if member is not None and team is not None:
            looks.append(evening(scope, member, team, row, now))
    await read_ahead(sections, looks)


async def render(sections: Sequence[Section], scope: Scope, delivery: DeliveryRow, now: datetime) -> Rendered:
    """The prompt as things stand now, or why there is none."""
    member = await find_member(scope, str(delivery.user_id))
    team = await find_team(scope, member.team_id) if member else None
    if member is None or team is None:
        return Skip("in no team any more")
    look = evening(scope, member, team, delivery, now)
    day_off = (await calendar_of(scope, team, member)).why_not(day_of(delivery))
    if day_off is not None:
        return Skip(f"{short_day(day_of(delivery))} was no working day: {day_off}")
    found = await led(sections, look)
    if isinstance(found, str):
        return Skip(found or NOTHING)
    why = views.why_of(member.evening_at or team.evening_at, [shown.why for shown in found if shown.why])
    return replace(prompt(found), why=why)


async def show_again(
    sections: Sequence[Section], scope: Scope, delivery: DeliveryRow, ids: Sequence[int], now: datetime
) -> Message:
    """The prompt as things stand, with what was done last and its way back."""
    member = await find_member(scope, str(delivery.user_id))
    assert member is not None
    team = await find_team(scope, member.team_id)
    return prompt(await collected(sections, evening(scope, member, team, delivery, now, is_again=True)))


def evening(
    scope: Scope,
    member: MemberRow,
    team: TeamRow | None,
    delivery: DeliveryRow,
    now: datetime,
    *,
    is_again: bool = False,
) -> Look:
    """Return whose evening it is, and whether its prompt is shown again."""
    day = day_of(delivery)
    today = local_date(now, member.zone)
    return Look(scope, member, team, now, today, day=day, is_again=is_again, place=f"{views.PLACE}{day}")


def day_of(delivery: DeliveryRow) -> date:
    """Return the working day that a prompt stands for."""
    return date.fromisoformat(str(delivery.intent["day"]))


def prompt(found: Sequence[Shown]) -> Message:
    return views.prompt([shown.blocks for shown in found])


async def own_time(look: Look) -> Shown | None:
    """When a rep's day ends; nothing for somebody who has no evening prompt."""
    return Shown([views.own_time(look.member, look.team)]) if look.member.is_rep and look.team else None


async def keep_own_time(context: Context) -> str:
    """Keep when a rep's day ends; the team's own time means following the team.

    When it would come is no news to somebody who does not want it.
    """
    if not context.request.values.get(EVENING):
        return ""
    team = context.their_team
    chosen = time_of_day(context.request.values[EVENING], EVENING)
    check_evening(chosen, team.quiet_from, team.quiet_until)
    own = None if chosen == team.evening_at else chosen
    await save_member(context.scope, context.member.user_id, evening_at=own)
    member = await find_member(context.scope, context.member.user_id)
    assert member is not None
    await context.announce(MemberChanged(member, team))
    if END_OF_DAY in {kind.key for kind in await kinds_switched_off(context.scope, member)}:
        return ""
    return views.own_time_saved(member, team, arrives_by(member.user_id, chosen))


FEATURE = Feature(
    name="evening",
    jobs=(Job(END_OF_DAY, CatchUp.DELIVER_LATEST, decide, of=Subject.MEMBER, spec=evening_spec),),
    kinds=(
        Kind(
            NudgeKind(
                END_OF_DAY,
                "End-of-day prompt",
                "what is still open, once, in your evening",
                recurs=True,
                for_reps=True,
                topic=Topic.DAY,
                order=10,
            ),
            collects=collecting,
            rehearsed=True,
        ),
    ),
    settings=(Setting(10, own_time, keep_own_time),),
)
