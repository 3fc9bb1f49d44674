"""Pausing: nothing comes until a day, and everything comes again."""

import re
from datetime import UTC, date, datetime, time, timedelta

from handlers.context import Context
from handlers.feature import (
    Command,
    Feature,
    Look,
    Phrase,
    Section,
    Shown,
    Surface,
    routes,
)
from handlers.people.customs import customs_of
from handlers.people.touched import member_touched
from handlers.remembered import TakenBack, remember
from handlers.reply import Reply
from messages.nudges import pause as views
from messages.nudges.pause import PAUSE_UNTIL, RESUME, home_line, resumed
from sales.language.dates.instants import local_date, local_instant
from sales.language.dates.spoken.reading import SeveralDays, find_when
from sales.language.figures import day_and_time, long_day
from sales.people.permission import Act
from sales.refusal import Reading, Refusal
from storage.nudges.mute import kinds_switched_off
from storage.nudges.policy import judge_anew
from storage.people.member import MemberRow, save_member
from storage.row_image import image

LONGEST_PAUSE = timedelta(days=366)  # a longer one is a slip of the finger, or somebody who left
EXAMPLE = "pause until Monday"
OFFERED = (
    ("Until tomorrow", "until tomorrow"),
    ("For a week", "for a week"),
    ("For two weeks", "for two weeks"),
)
HOW_LONG = re.compile(  # "2 weeks", "for 3 days": so long from now
    r"^(?:for\s+(?:the next\s+)?|(?:the )?next\s+(?=\S+\s+\w+s\b)"
    r"|(?=(?:\d+|an?|one|two|three|four|five|six|seven|ten|half an?|a few|a couple of)[\s-]?(?:working\s)?"
    r"(?:minutes?|mins?|hours?|hrs?|h|days?|d|weeks?|wks?|w|months?)\b))",
    re.IGNORECASE,
)
PAUSE = ("paused_until",)  # what of a member a pause changes
STOP = (
    r"stop (?:messaging|nudging|pinging|reminding|bothering|writing(?: to)?|all|the|your|sending)"
    r"(?: ?(?:messages|nudges|reminders|notifications|me messages))?"
)


# what people set


async def pause(context: Context) -> Reply:
    """`/rainmaker pause until Monday`: nothing comes before that day, but for what was asked for."""
    words = HOW_LONG.sub("in ", context.text.strip())
    try:
        customs = await customs_of(context, words)
        when = find_when(words, context.now, context.zone, customs=customs) if words else None
    except SeveralDays as several:
        raise several.asked_in(lambda typed: f"/rainmaker pause {typed}") from several
    except Refusal as refusal:
        refusal.example = f"/rainmaker {f'pause until {refusal.example}' if refusal.example else EXAMPLE}"
        raise
    if when is None:
        raise Refusal(
            "Until when? Name a day, or how long.",
            example=f"/rainmaker {EXAMPLE}",
            readings=[Reading(label, f"/rainmaker pause {words}") for label, words in OFFERED],
        )
    day = when.day if when.day > context.today else context.today + timedelta(days=1)
    return await paused(context, when.at or local_instant(context.zone, time.min, day))


async def paused(context: Context, until: datetime) -> Reply:
    """Keep a pause and say until when it lasts.

    Raises:
        Refusal: if it is longer than a year.
    """
    check_length(until, context.now)
    words = spoken(until, context.today, context.zone)
    await change_pause(context, until, f"messages paused until {words}")
    return Reply(say=views.paused(words), home=True)


def check_length(until: datetime, now: datetime) -> None:
    """Pass a pause that is no slip of the finger.

    Raises:
        Refusal: if it is longer than a year.
    """
    if until - now > LONGEST_PAUSE:
        raise Refusal(
            "That is more than a year away. Pause for a shorter time.",
            field=PAUSE_UNTIL,
            example=f"/rainmaker {EXAMPLE}",
        )


async def change_pause(context: Context, until: datetime | None, summary: str) -> None:
    """Keep a pause, or its end, so that it can be taken back."""
    before = image(context.member, PAUSE)
    await set_pause(context, until)
    touched = await member_touched(context, context.member.user_id, before, PAUSE)
    if touched is not None:
        await remember(context, summary, touched)


async def set_pause(context: Context, until: datetime | None) -> None:
    """Keep until when a person wants nothing, and judge anew what waits."""
    await save_member(context.scope, context.member.user_id, paused_until=until)
    await judge_anew(context.scope, context.member.user_id, context.now)


async def resume(context: Context) -> Reply:
    """`/rainmaker resume`: everything that is not switched off comes again."""
    was_paused = is_paused(context.member, context.now)
    await change_pause(context, None, "messages resumed")
    return Reply(
        say=resumed(was_paused=was_paused, off=await kinds_switched_off(context.scope, context.member)),
        home=True,
    )


async def resume_by_button(context: Context) -> Reply:
    """The same from a button: App Home shows it by the line that is gone."""
    reply = await resume(context)
    in_home = (context.request.body.get("view") or {}).get("type") == "home"
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
        return long_day(day, today)
    return day_and_time(day, until.astimezone(UTC), today, zone)


async def hear_taken_back(context: Context, news: TakenBack) -> None:
    """What waits for somebody is judged anew once a pause, or a kind switched off, was taken back."""
    for user_id in {row.user_id for row in news.rows if isinstance(row, MemberRow)}:
        await judge_anew(context.scope, user_id, context.now)


async def on_home(look: Look) -> Shown | None:
    """One quiet line while something is paused or switched off."""
    off = await kinds_switched_off(look.scope, look.member)
    return Shown(home_line(paused_words(look.member, look.now), off))


FEATURE = Feature(
    name="pause",
    commands=(
        Command(
            "rainmaker pause",
            "until Monday",
            "hold my messages back until a day",
            f"/rainmaker {EXAMPLE}",
            pause,
            Act.OWN_WORK,
            order=83,
        ),
        Command(
            "rainmaker resume",
            "",
            "let my messages come again",
            "/rainmaker resume",
            resume,
            Act.OWN_WORK,
            order=84,
        ),
    ),
    phrases=(
        Phrase(
            r"(?:i['’]?m |i am )?(?:paus(?:ed?|ing)|muted?|snooze|hold)(?: me)?"
            r"(?: (?:your|my|the|all)? ?(?:messages|nudges|reminders|notifications|everything|yourself))?"
            r"((?:,| (?:until|till?|for|through)| \d| tomorrow| all).*)?",
            "pause",
            r"\1",
        ),
        Phrase(
            rf"(?:{STOP})(?: (?:me|us))?(?: (?:anything|now|please))?,? ?((?:until|till?|for|through) .*)?",
            "pause",
            r"\1",
        ),
        Phrase(
            r"(?:leave me alone|don['’]?t (?:disturb|bother|message|nudge|ping|write to) me|be quiet|quiet|stop)"
            r",? ((?:until|till?|for|through) .*)",
            "pause",
            r"\1",
        ),
        Phrase(
            r"(?:resume|unpause|unmute)(?: (?:your|my|the|all)? ?(?:messages|nudges|reminders|everything))?",
            "resume",
        ),
        Phrase(
            r"(?:you (?:can|may)|start|please) ?(?:message|messaging|nudge|nudging|ping|pinging|write to|writing to"
            r"|remind|reminding) me(?: again| now)*",
            "resume",
        ),
        Phrase(r"i['’]?m back(?: (?:now|again|at work|from (?:holiday|vacation|leave)))?", "resume"),
    ),
    actions=routes(Act.OWN_WORK, {RESUME: resume_by_button}),
    hears={TakenBack: hear_taken_back},
    sections=(Section(Surface.HOME, 10, on_home, Act.OWN_WORK),),
)
