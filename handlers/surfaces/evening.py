"""The end of the day: one prompt per rep in their own evening, only if something is due."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from handlers.feature import Feature, Job, Rendered
from messages.blocks import Message
from messages.surfaces import evening as views
from sales.followups.followup import subject
from sales.language.dates.instants import local_date, local_instant
from sales.language.figures import short_day
from sales.nudges.kind import END_OF_DAY, REMINDER
from sales.nudges.ledger import Nudge
from sales.nudges.policy import Skip, all_brought_up
from sales.nudges.schedule import CatchUp, Occurrence
from storage.followups.activity import counts_on
from storage.followups.followup import due_through, followups_among, open_between
from storage.goals import progress
from storage.goals.goal_chance import member_chances
from storage.nudges.ledger.rows import DeliveryRow
from storage.nudges.policy import lately
from storage.nudges.schedule.rows import ScheduleRow
from storage.people.calendar import calendar_of, next_working_day
from storage.people.member import MemberRow, find_member
from storage.people.team import TeamRow, find_team
from storage.scope import Scope

TOO_LATE = time(22, 0)  # the same evening; after that it is tomorrow's business
LEAST = timedelta(hours=1)  # for those whose evening is so late that 22:00 is over
FIRST_THING = time(9, 0)  # of the next working day, where the evening was the last before days off


async def decide(scope: Scope, schedule: ScheduleRow, occurrence: Occurrence, now: datetime) -> list[Nudge]:
    """Ask for one prompt; whether anything is due is looked up when it is sent."""
    user_id, day = schedule.subject_id, occurrence.local_date
    nudge = Nudge(
        key=f"{END_OF_DAY}:{scope.workspace_id}:{user_id}:{day}",
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


async def render(scope: Scope, delivery: DeliveryRow, now: datetime) -> Rendered:
    """The prompt as things stand now, or why there is none."""
    day = date.fromisoformat(str(delivery.intent["day"]))
    member = await find_member(scope, str(delivery.user_id))
    team = await find_team(scope, member.team_id) if member else None
    if member is None or team is None:
        return Skip("in no team any more")
    day_off = (await calendar_of(scope, team, member)).why_not(day)
    if day_off is not None:
        return Skip(f"{short_day(day)} was no working day: {day_off}")
    due = await due_through(scope, member.user_id, day)
    if not due:
        return Skip("Nothing was due.")
    told_lately = await lately(scope, member.user_id)
    if all_brought_up([subject(row.id) for row in due], told_lately, REMINDER, now):
        return Skip("Reminders had brought up everything that was due within the two hours before.")
    prompt = await evening_message(scope, member, team, day, now)
    return replace(prompt, why=views.why_of(member.evening_at or team.evening_at, due, day))


async def show_again(scope: Scope, delivery: DeliveryRow, ids: Sequence[int], now: datetime) -> Message:
    """The prompt with the items it listed, whatever became of them."""
    day = date.fromisoformat(str(delivery.intent["day"]))
    member = await find_member(scope, str(delivery.user_id))
    assert member is not None
    team = await find_team(scope, member.team_id)
    return await evening_message(scope, member, team, day, now, ids)


async def evening_message(
    scope: Scope, member: MemberRow, team: TeamRow | None, day: date, now: datetime, ids: Sequence[int] = ()
) -> Message:
    """Build the prompt for a day; with `ids`, the same items again, whatever became of them."""
    user_id, today = member.user_id, local_date(now, member.zone)
    tomorrow = await next_working_day(scope, team, member, today)
    if ids:
        rows = {row.id: row for row in await followups_among(scope, ids) if row.owner_id == user_id}
        due = [rows[item_id] for item_id in ids if item_id in rows]
    else:
        due = await due_through(scope, user_id, day)
    ahead = await open_between(scope, user_id, today + timedelta(days=1), tomorrow)
    shown = {row.id for row in due}
    standings = (await progress.member_progress(scope, member, team, today))[:1] if team else []
    if team is not None:
        standings = await member_chances(scope, standings, member, team, today)
    return views.prompt(
        views.Evening(
            day=day,
            today=today,
            tomorrow=tomorrow,
            zone=member.zone,
            due=due,
            ahead=[row for row in ahead if row.id not in shown],
            counts=await counts_on(scope, user_id, today),
            standings=standings,
        )
    )


FEATURE = Feature(
    jobs={END_OF_DAY: Job(CatchUp.DELIVER_LATEST, decide)},
    renderers={END_OF_DAY: render},
    again={END_OF_DAY: show_again},
)
