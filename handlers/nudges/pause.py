"""Pausing: nothing comes until a day, and everything comes again."""

import re
from datetime import UTC, date, datetime, time, timedelta

from handlers.context import Ask
from handlers.reply import Reply
from messages.nudges import pause as pause_rules
from messages.nudges.pause import PAUSE_UNTIL, resumed
from sales.language.dates.instants import local_date, local_instant
from sales.language.dates.spoken.reading import find_when
from sales.language.figures import say_day, say_when
from sales.refusal import Refusal
from storage.nudges import policy as facts
from storage.nudges.policy import off
from storage.people import member as members
from storage.people.member import MemberRow

LONGEST_PAUSE = timedelta(days=366)  # a longer one is a slip of the finger, or somebody who left
EXAMPLE = "pause until Monday"


# what people set


async def pause(ask: Ask) -> Reply:
    """`/rainmaker pause until Monday`: nothing comes before that day, but for what was asked for."""
    words = re.sub(r"^for\b", "in", ask.text.strip(), flags=re.IGNORECASE)
    when = find_when(words, ask.now, ask.zone) if words else None
    if when is None:
        raise Refusal("Until when? Name a day, or how long.", example=f"/rainmaker {EXAMPLE}")
    day = when.day if when.day > ask.today else ask.today + timedelta(days=1)
    return await paused(ask, when.at or local_instant(ask.zone, time.min, day))


async def paused(ask: Ask, until: datetime) -> Reply:
    """Keep a pause and say until when it lasts.

    Raises:
        Refusal: if it is longer than a year.
    """
    if until - ask.now > LONGEST_PAUSE:
        raise Refusal(
            "That is more than a year away. Pause for a shorter time.",
            field=PAUSE_UNTIL,
            example=f"/rainmaker {EXAMPLE}",
        )
    await set_pause(ask, until)
    return Reply(say=pause_rules.paused(spoken(until, ask.today, ask.zone)), home=True)


async def set_pause(ask: Ask, until: datetime | None) -> None:
    """Keep until when a person wants nothing, and judge anew what waits."""
    await members.save_member(ask.scope, ask.member.user_id, paused_until=until)
    await facts.reconsider(ask.scope, ask.member.user_id, ask.now)


async def resume(ask: Ask) -> Reply:
    """`/rainmaker resume`: everything that is not switched off comes again."""
    was_paused = is_paused(ask.member, ask.now)
    await set_pause(ask, None)
    return Reply(
        say=resumed(was_paused=was_paused, off=await off(ask.scope, ask.member)),
        home=True,
    )


async def resume_by_button(ask: Ask) -> Reply:
    """The same from a button: App Home shows it by the line that is gone."""
    reply = await resume(ask)
    in_home = (ask.request.body.get("view") or {}).get("type") == "home"
    if in_home:
        return Reply(home=True)
    return Reply(edit=reply.say, home=True)


def is_paused(member: MemberRow, now: datetime) -> bool:
    return member.paused_until is not None and member.paused_until > now


def paused_day(member: MemberRow, now: datetime) -> date | None:
    """Return the day on which a person's messages come again; None while they have not paused them."""
    if member.paused_until is None or not is_paused(member, now):
        return None
    return local_date(member.paused_until, member.zone)


def paused_words(member: MemberRow, now: datetime) -> str:
    """Return until when a person paused, in words; empty while they have not."""
    if member.paused_until is None or not is_paused(member, now):
        return ""
    return spoken(member.paused_until, local_date(now, member.zone), member.zone)


def spoken(until: datetime, today: date, zone: str) -> str:
    """Return an instant as the person reads it, its time left out at midnight."""
    day = local_date(until, zone)
    if local_instant(zone, time.min, day) == until:
        return say_day(day, today)
    return say_when(day, until.astimezone(UTC), today, zone)
