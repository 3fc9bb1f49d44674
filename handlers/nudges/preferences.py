"""Preferences: a person's own settings, opened and kept."""

from datetime import date, time

from handlers.context import Context
from handlers.nudges.pause import paused, paused_day, set_pause, spoken
from handlers.reply import Reply
from messages.nudges import pause
from messages.nudges.pause import PAUSE_UNTIL, WANTED, kept
from messages.nudges.preferences import evening_saved, own_form, own_saved
from messages.people.settings import EVENING
from sales.language.dates.instants import local_date, local_instant
from sales.nudges.kind import END_OF_DAY, offered_to
from sales.nudges.schedule import arrives_by
from sales.people.hours import check_evening
from sales.people.settings import time_of_day
from storage.nudges.policy import kinds_switched_off, set_mutes
from storage.nudges.schedule.specs import set_member_schedules
from storage.people.member import find_member, save_member


async def keep_settings(context: Context) -> str:
    """Keep what a person's own form says of muting and pausing; return it in words, empty if all comes."""
    user_id, values = context.member.user_id, context.request.values
    offered = {kind.key for kind in offered_to(context.member)}
    if offered:
        wanted = set(values.get(WANTED) or [])
        await set_mutes(context.scope, user_id, sorted(offered - wanted), offered)
    until = None
    if values.get(PAUSE_UNTIL):
        day = date.fromisoformat(values[PAUSE_UNTIL])
        shown = context.member.paused_until
        same = shown is not None and local_date(shown, context.zone) == day
        until = shown if same else local_instant(context.zone, time.min, day)
    if until is not None and until <= context.now:
        until = None  # a day that is over pauses nothing
    if until is not None:
        await paused(context, until)
    else:
        await set_pause(context, None)
    until_words = spoken(until, context.today, context.zone) if until is not None else ""
    return kept(until_words, await kinds_switched_off(context.scope, context.member))


async def open_own(context: Context) -> Reply:
    """Open a person's own settings: what may come and from when on, and for reps when their day ends.

    Raises:
        Refusal: for somebody in no team, to whom nothing comes.
    """
    member = context.member
    offered = offered_to(member)
    team = context.team if offered else context.their_team
    muted = {kind.key for kind in await kinds_switched_off(context.scope, member)}
    fields = pause.fields(offered, muted, paused_day(member, context.now))
    return Reply(view=own_form(member, team if member.is_rep else None, fields))


async def save_own(context: Context) -> Reply:
    """Keep what a person decided for themselves."""
    lines = []
    if context.request.values.get(EVENING):
        lines.append(await save_evening(context))
    lines.append(await keep_settings(context))
    if END_OF_DAY in {kind.key for kind in await kinds_switched_off(context.scope, context.member)}:
        lines = lines[-1:]  # when it would come is no news to somebody who does not want it
    return Reply(say=own_saved(lines), home=True)


async def save_evening(context: Context) -> str:
    """Keep when a rep's day ends; the team's own time means following the team."""
    team = context.their_team
    chosen = time_of_day(context.request.values[EVENING], EVENING)
    check_evening(chosen, team.quiet_from, team.quiet_until)
    own = None if chosen == team.evening_at else chosen
    await save_member(context.scope, context.member.user_id, evening_at=own)
    member = await find_member(context.scope, context.member.user_id)
    assert member is not None
    await set_member_schedules(context.scope, team, member, context.now)
    return evening_saved(member, team, arrives_by(member.user_id, chosen))
