"""The part follow-ups have in surfaces: what is due on App Home and in the evening."""

from collections.abc import Sequence
from datetime import date, time, timedelta

from handlers.feature import Look, Shown
from handlers.followups.followup.slipped import last_action
from messages.blocks import divider
from messages.followups import due as due_views
from messages.followups import due_today
from messages.followups.followup import LastAction
from sales.followups.followup import REMINDER, subject
from sales.followups.offered_days import put_off_from
from sales.language.dates.instants import local_instant
from sales.nudges.policy import all_brought_up
from storage.followups.followup import FollowUpRow, done_since, due_through, open_ahead, open_between
from storage.nudges.policy import told
from storage.people.calendar import next_working_day
from storage.undo import newest_action

LOOK_AHEAD = timedelta(days=7)
AHEAD_OF_EVENINGS = timedelta(days=14)  # two weeks of leave; after a longer one is asked for by itself


async def on_home(look: Look) -> Shown | None:
    """What is due, and what comes within a week; nothing for those who neither sell nor promised anything."""
    found = await open_between(look.scope, look.member.user_id, date.min, look.today + LOOK_AHEAD)
    if not look.member.is_rep and not found:
        return None
    blocks = due_today.blocks(
        [row for row in found if row.due_on <= look.today],
        [row for row in found if row.due_on > look.today],
        await last_done(look),
        look.today,
        await next_working_day(look.scope, look.team, look.member, look.today),
        look.member.zone,
        done=await is_some_done(look),
    )
    return Shown([*blocks, divider()])


async def is_some_done(look: Look) -> bool:
    """Say whether something that was due is done today; what was moved or dropped is not."""
    since = local_instant(look.member.zone, time.min, look.today)
    return any(row.due_on <= look.today for row in await done_since(look.scope, look.member.user_id, since))


async def home_button(look: Look) -> Shown | None:
    return Shown(buttons=[due_today.home_button()]) if look.team is not None else None


async def in_morning(look: Look) -> Shown:
    """What is due today; no reason to write if nothing is."""
    due = await due_through(look.scope, look.member.user_id, look.today)
    if not due and not look.is_again:
        return Shown(quiet="Nothing is due today.")
    if not look.is_again and said_overdue(look, due):
        return Shown(quiet="Nothing is due that the last morning note did not call overdue.")
    done = look.is_again and await is_some_done(look)
    last = await last_done(look) if look.is_again else None
    tomorrow = await next_working_day(look.scope, look.team, look.member, look.today)
    zone = look.member.zone
    return Shown(
        due_today.blocks(due, [], last, look.today, tomorrow, zone, done=done, place=look.place),
    )


def said_overdue(look: Look, due: Sequence[FollowUpRow]) -> bool:
    """Say whether the last morning note called exactly these overdue: it would come again as is."""
    last = look.last
    return (
        last is not None
        and last.on < look.today
        and all(one.due_on < last.on for one in due)
        and {one.id for one in due} == last.listed
    )


async def in_evening(look: Look) -> Shown:
    """What is open of what was due, and what the next working day holds; no reason to write if nothing is due."""
    day, today, zone = look.day or look.today, look.today, look.member.zone
    due = await due_through(look.scope, look.member.user_id, day)
    if not due and not look.is_again:
        return Shown(quiet="Nothing was due.")
    tomorrow = await next_working_day(look.scope, look.team, look.member, today)
    after = put_off_from(day, today)
    to = tomorrow if after == today else await next_working_day(look.scope, look.team, look.member, after)
    ahead = await open_between(look.scope, look.member.user_id, today + timedelta(days=1), tomorrow)
    last = await last_done(look) if look.is_again else None
    return Shown(
        due_views.blocks(due, ahead, last, look.place, day, today, to, tomorrow, zone),
        why=due_views.why(due, day),
        quiet="" if look.is_again else await quiet(look, due),
    )


async def evenings_ahead(looks: Sequence[Look]) -> None:
    """Read at once what is due of many people, and what their next working days hold, unless one is weeks away."""
    last = max(look.today for look in looks) + AHEAD_OF_EVENINGS
    await open_ahead(looks[0].scope, [look.member.user_id for look in looks], last)


async def last_done(look: Look) -> LastAction | None:
    """Return what the person did last, if that changed promises and may be taken back still, or was."""
    found = await newest_action(look.scope, look.member.user_id, look.now)
    if found is None or not found.changed(str(FollowUpRow.__tablename__)):
        return None
    return last_action(found, stands=found.undone_at is None)


async def quiet(look: Look, due: Sequence[FollowUpRow]) -> str:
    """Return why what is due is no reason to write: it was brought up just now."""
    told_lately = await told(look.scope, look.member.user_id)
    if all_brought_up([subject(row.id) for row in due], told_lately, REMINDER, look.now):
        return "Reminders had brought up everything that was due within the two hours before."
    return ""
