"""The week's check-in: on its first morning, each step of a plan that is late or due in it, one tap each (13).

Who has a morning note reads it there; who has none gets it by itself; nobody gets it twice, and nobody who has nothing
open. It is switched off like every other kind.
"""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from handlers.context import Context
from handlers.craft.plan.steps import open_rows
from handlers.feature import Look, Rendered, Shown
from handlers.followups.followup.answers import ActedFollowUp
from handlers.followups.followup.part import last_done, said_overdue
from handlers.followups.followup.triage import form_over
from handlers.nudges.addressee import reader_at_work
from handlers.reply import Reply
from messages.blocks import Message
from messages.craft.plan import check_in as views
from sales.craft.plan import PLAN_CHECK_IN, in_time
from sales.craft.plan_week import asked_about, last_day
from sales.followups.followup import StoredFollowUp
from sales.language.dates.instants import local_date, local_instant
from sales.nudges.kind import MORNING
from sales.nudges.ledger import Nudge
from sales.nudges.policy import Skip
from sales.nudges.schedule import Occurrence
from storage.craft.plan import plans_for
from storage.followups.followup import due_through
from storage.goals.goal import open_goals
from storage.nudges.ledger.rows import DeliveryRow
from storage.nudges.mute import mutes
from storage.nudges.policy import hours_of
from storage.nudges.schedule.rows import ScheduleRow
from storage.people.member import MemberRow, find_member
from storage.people.team import TeamRow, find_team
from storage.scope import Scope

NOON = time(12, 0)  # a check-in of the week that comes after its first morning is none
LEAST = timedelta(hours=1)
SETTLED = "Every step that was due this week is settled."


async def decide(scope: Scope, schedule: ScheduleRow, occurrence: Occurrence, now: datetime) -> list[Nudge]:
    """Ask for the check-in of who has a plan and no morning note, on the first working day of their week."""
    user_id, day = schedule.subject_id, occurrence.local_date
    member = await find_member(scope, user_id)
    team = await find_team(scope, member.team_id if member else None)
    if member is None or team is None or MORNING not in await mutes(scope, user_id):
        return []
    last = await end_of_week(scope, member, team, day)
    if last is None or not await week_steps(scope, user_id, day, last):
        return []
    nudge = Nudge(
        key=f"{PLAN_CHECK_IN}:{scope.workspace_id}:{user_id}:{day}",
        kind=PLAN_CHECK_IN,
        intent={"day": day.isoformat(), "last": last.isoformat()},
        why=views.why(day),
        not_before=occurrence.due_at,
        user_id=user_id,
        expires_at=max(local_instant(schedule.zone, NOON, day), occurrence.due_at + LEAST),
    )
    return [nudge]


async def end_of_week(scope: Scope, member: MemberRow, team: TeamRow, day: date) -> date | None:
    """Return the last working day of the week that a day begins; None for a day that begins none."""
    hours = await hours_of(scope, team, member)
    return last_day(day, hours.first_weekday, hours.calendar) if hours.opens_week(day) else None


async def week_steps(scope: Scope, user_id: str, today: date, last: date) -> list[StoredFollowUp]:
    """Return what is late or due until a day of somebody's plans for goals that are not over."""
    goals = await open_goals(scope, user_id, today)
    plans = await plans_for(scope, user_id, [row.id for row in goals])
    return asked_about(plans.values(), last)


async def render(scope: Scope, delivery: DeliveryRow, now: datetime) -> Rendered:
    """The check-in as things stand now, or why there is none."""
    reader = await reader_at_work(scope, delivery, now)
    if isinstance(reader, Skip):
        return reader
    member, _, today = reader
    steps = await week_steps(scope, member.user_id, today, date.fromisoformat(delivery.intent["last"]))
    return shown(delivery, member, steps, now) if steps else Skip(SETTLED)


async def show_again(scope: Scope, delivery: DeliveryRow, ids: Sequence[int], now: datetime) -> Message:
    """The check-in as things stand, with what was done last and its way back."""
    member = await find_member(scope, str(delivery.user_id))
    assert member is not None
    today = local_date(now, member.zone)
    steps = await week_steps(scope, member.user_id, today, date.fromisoformat(delivery.intent["last"]))
    look = Look(scope, member, None, now, today, place=place_of(delivery))
    return views.check_in(
        steps,
        date.fromisoformat(delivery.intent["last"]),
        today,
        member.zone,
        look.place,
        await last_done(look),
    )


def shown(
    delivery: DeliveryRow, member: MemberRow, steps: Sequence[StoredFollowUp], now: datetime
) -> Message:
    today, last = local_date(now, member.zone), date.fromisoformat(delivery.intent["last"])
    return views.check_in(steps, last, today, member.zone, place_of(delivery), None)


def place_of(delivery: DeliveryRow) -> str:
    return f"{views.PLACE}{delivery.intent['day']}"


async def open_form(context: Context) -> Reply:
    """Move or drop…: the form over the steps that the check-in lists."""
    acted = ActedFollowUp.on(context, context.request.value)
    return await form_over(context, acted, in_time(await open_rows(context, acted.ids)))


async def in_morning(look: Look) -> Shown | None:
    """The same in the morning note of whoever has one; nothing on other days."""
    last = (
        await end_of_week(look.scope, look.member, look.team, look.today) if look.team is not None else None
    )
    if last is None:
        return None
    steps = await week_steps(look.scope, look.member.user_id, look.today, last)
    if not steps:
        return None if look.is_again else Shown(quiet="No step of your plan is late or due this week.")
    due = await due_through(look.scope, look.member.user_id, look.today)
    listed = look.is_again or not said_overdue(look, due)  # above, with all that is due
    below = [one for one in steps if one.due_on > look.today or not listed]
    done = await last_done(look) if look.is_again else None
    stamp = done.undo_id if done is not None else 0
    blocks = views.in_note(
        len(steps) - len(below), below, last, look.today, look.member.zone, look.place, stamp
    )
    return Shown(blocks)
