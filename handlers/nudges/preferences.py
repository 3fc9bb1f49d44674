"""Preferences: a person's own settings, opened and kept."""

from datetime import date, time

from handlers.context import Ask
from handlers.nudges.pause import paused, paused_day, set_pause, spoken
from handlers.reply import Reply
from messages.nudges import pause
from messages.nudges.pause import PAUSE_UNTIL, WANTED, kept
from messages.nudges.preferences import evening_saved, own_form, own_saved
from messages.people import settings as messages
from sales.language.dates.instants import local_date, local_instant
from sales.nudges import kind as kind_rules
from sales.nudges.kind import END_OF_DAY, offered_to
from sales.nudges.schedule import arrives_by
from sales.people.hours import check_evening
from sales.people.settings import time_of_day
from storage.nudges import policy as facts
from storage.nudges.policy import off
from storage.nudges.schedule.specs import set_member_schedules
from storage.people import member as members


async def keep_settings(ask: Ask) -> str:
    """Keep what a person's own form says of muting and pausing; return it in words, empty if all comes."""
    user_id, values = ask.member.user_id, ask.request.values
    offered = {kind.key for kind in offered_to(ask.member)}
    if offered:
        wanted = set(values.get(WANTED) or [])
        await facts.set_mutes(ask.scope, user_id, sorted(offered - wanted), offered)
    until = None
    if values.get(PAUSE_UNTIL):
        day = date.fromisoformat(values[PAUSE_UNTIL])
        shown = ask.member.paused_until
        same = shown is not None and local_date(shown, ask.zone) == day
        until = shown if same else local_instant(ask.zone, time.min, day)
    if until is not None and until <= ask.now:
        until = None  # a day that is over pauses nothing
    if until is not None:
        await paused(ask, until)
    else:
        await set_pause(ask, None)
    until_words = spoken(until, ask.today, ask.zone) if until is not None else ""
    return kept(until_words, await off(ask.scope, ask.member))


async def open_own(ask: Ask) -> Reply:
    """Open a person's own settings: what may come and from when on, and for reps when their day ends.

    Raises:
        Refusal: for somebody in no team, to whom nothing comes.
    """
    member = ask.member
    offered = kind_rules.offered_to(member)
    team = ask.team if offered else ask.their_team
    muted = {kind.key for kind in await facts.off(ask.scope, member)}
    fields = pause.fields(offered, muted, paused_day(member, ask.now))
    return Reply(view=own_form(member, team if member.is_rep else None, fields))


async def save_own(ask: Ask) -> Reply:
    """Keep what a person decided for themselves."""
    lines = []
    if ask.request.values.get(messages.EVENING):
        lines.append(await save_evening(ask))
    lines.append(await keep_settings(ask))
    if END_OF_DAY in {kind.key for kind in await facts.off(ask.scope, ask.member)}:
        lines = lines[-1:]  # when it would come is no news to somebody who does not want it
    return Reply(say=own_saved(lines), home=True)


async def save_evening(ask: Ask) -> str:
    """Keep when a rep's day ends; the team's own time means following the team."""
    team = ask.their_team
    chosen = time_of_day(ask.request.values[messages.EVENING], messages.EVENING)
    check_evening(chosen, team.quiet_from, team.quiet_until)
    own = None if chosen == team.evening_at else chosen
    await members.save_member(ask.scope, ask.member.user_id, evening_at=own)
    member = await members.member(ask.scope, ask.member.user_id)
    assert member is not None
    await set_member_schedules(ask.scope, team, member, ask.now)
    return evening_saved(member, team, arrives_by(member.user_id, chosen))
