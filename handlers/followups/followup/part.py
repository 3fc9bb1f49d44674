"""The part follow-ups have in surfaces: what is due on App Home and in the evening."""

from collections.abc import Sequence
from datetime import date, time, timedelta

from handlers.feature import Look, Shown
from messages.followups import due as due_views
from messages.followups import followup as views
from sales.followups.followup import REMINDER, subject
from sales.language.dates.instants import local_instant
from sales.nudges.policy import all_brought_up
from storage.followups.followup import (
    FollowUpRow,
    done_since,
    due_through,
    followups_among,
    open_ahead,
    open_between,
)
from storage.nudges.policy import told
from storage.people.calendar import next_working_day

LOOK_AHEAD = timedelta(days=7)
AHEAD_OF_EVENINGS = timedelta(days=14)  # two weeks of leave; after a longer one is asked for by itself


async def on_home(look: Look) -> Shown | None:
    """What is due, and what comes within a week; nothing for those who neither sell nor promised anything."""
    found = await open_between(look.scope, look.member.user_id, date.min, look.today + LOOK_AHEAD)
    if not look.member.is_rep and not found:
        return None
    due = [row for row in found if row.due_on <= look.today]
    ahead = [row for row in found if row.due_on > look.today]
    since = local_instant(look.member.zone, time.min, look.today)
    done = [
        row for row in await done_since(look.scope, look.member.user_id, since) if row.due_on <= look.today
    ]
    return Shown(views.home_blocks(due, done, ahead, look.today, look.member.zone))


async def home_button(look: Look) -> Shown | None:
    return Shown(buttons=[views.home_button()]) if look.team is not None else None


async def in_evening(look: Look) -> Shown:
    """What is due with its answers, and what the next working day holds; no reason to write if nothing is due."""
    day, today, zone = look.day or look.today, look.today, look.member.zone
    due = await asked_about(look, day)
    if not due and not look.items:
        return Shown(quiet="Nothing was due.")
    tomorrow = await next_working_day(look.scope, look.team, look.member, today)
    ahead = await open_between(look.scope, look.member.user_id, today + timedelta(days=1), tomorrow)
    shown = {row.id for row in due}
    ahead = [row for row in ahead if row.id not in shown]
    return Shown(
        due_views.blocks(due, ahead, look.place, today, tomorrow, zone),
        text=due_views.opening(due, day, today),
        why=due_views.why(due, day),
        quiet="" if look.items else await quiet(look, due),
    )


async def evenings_ahead(looks: Sequence[Look]) -> None:
    """Read at once what is due of many people, and what their next working days hold, unless one is weeks away."""
    last = max(look.today for look in looks) + AHEAD_OF_EVENINGS
    await open_ahead(looks[0].scope, [look.member.user_id for look in looks], last)


async def asked_about(look: Look, day: date) -> list[FollowUpRow]:
    """Return what is due by a day; where the prompt is shown again, what it listed, whatever became of it."""
    user_id = look.member.user_id
    if not look.items:
        return await due_through(look.scope, user_id, day)
    rows = {row.id: row for row in await followups_among(look.scope, look.items) if row.owner_id == user_id}
    return [rows[item_id] for item_id in look.items if item_id in rows]


async def quiet(look: Look, due: Sequence[FollowUpRow]) -> str:
    """Return why what is due is no reason to write: it was brought up just now."""
    told_lately = await told(look.scope, look.member.user_id)
    if all_brought_up([subject(row.id) for row in due], told_lately, REMINDER, look.now):
        return "Reminders had brought up everything that was due within the two hours before."
    return ""
