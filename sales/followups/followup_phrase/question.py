"""What is asked of somebody who typed a follow-up: what is missing of it, and which of two days or names is meant."""

import re
from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple, TypeGuard

from sales.followups.followup import Owes
from sales.followups.followup_phrase.draft import Incomplete, typed_again
from sales.followups.followup_phrase.marks import DATE, NAME, Dated
from sales.followups.followup_phrase.task import FOLLOW_UP, task
from sales.language.dates.instants import local_instant, place
from sales.language.dates.spoken.circumstances import COUNTED, MONTH, NUMBERED_THING, WEEKDAY, DateForm
from sales.language.dates.spoken.clock import spoken_hour
from sales.language.dates.spoken.reading import PastDate, When
from sales.language.figures import MONTHS, WEEKDAYS, clock, day_and_time
from sales.language.typed_text import shorten
from sales.refusal import Reading, Refusal

_JOINERS = r"[\s,/&|–—-]*(?:(?:or|and|then|maybe|perhaps|vs)(?!\w)[\s,/&|–—-]*)*"
_MARKS = rf"[{NAME}{DATE}](?:(?:['’]s)?{_JOINERS}[{NAME}{DATE}])*(?:['’]s)?"
_BESIDE = re.compile(rf"(?P<run>{_MARKS})(?P<joined>{_JOINERS})")
_MAY_BE_DAY = re.compile(
    rf"(?:on\s+|at\s+|by\s+|in\s+|the\s+|@\s*)*(?:\d|{WEEKDAY}(?!\w)|{MONTH}(?!\w)"
    r"|(?:today|tonight|to?mo?rr?o?w?|tmrw?|noon|midnight|midday|next|end|eo[dwmq]|cob|half|quarter)(?!\w))",
    re.I,
)
_JOINED_ON = re.compile(r"[\s,/&|–—-]*(?:(?<!\w)(?:or|and|then|maybe|perhaps|vs)[\s,/&|–—-]*)*$", re.I)
_FULL_DAY = re.compile(rf"(?:today|tomorrow|tonight|noon|{'|'.join(WEEKDAYS)}|{'|'.join(MONTHS)})", re.I)

_HOUR = r"(?P<{}>2[0-3]|1[0-9]|0?[1-9])"
# A number right beside the day, that may be an hour: "thu 3 call", "9 thu"; not "fri 2 demos", "phase 2 thu".
_BARE_HOUR = re.compile(
    rf"{DATE}[\s,]*{_HOUR.format('after')}(?!\s?(?:or|/)\s?\d)(?:(?=\s*[,;:–—-]\s)|(?![\w:.,%/'’+-]){COUNTED})"
    rf"|(?<![\w.,:/$€£#+-]){_HOUR.format('before')}(?:\s+in\s+the)?[\s,]*{DATE}",
    re.I,
)
NEAR = 80  # characters beside a name or a day in which another day is looked for


class Alternative(NamedTuple):
    """One way of reading a sentence of which something could belong to either side."""

    who: str
    day: date
    at: datetime | None
    what: str


def incomplete(
    missing: str,
    who: str,
    what: str,
    when: When | None,
    owes: Owes,
    worth: str,
    *,
    sure: bool = False,
    repeats: str = "",
    is_urgent: bool = False,
) -> Incomplete:
    """Return the refusal that asks for what is missing, with an example made of what was typed."""
    them = shorten(who) or "Acme"
    day = when.words if when else "fri 3pm"
    named = shorten(what) or "send the ROI sheet"
    if not (who or what or when):
        text = "A follow-up says who, by when, and what."
    elif missing == "who":
        text = "Who is this follow-up with? Put their name first."
    elif missing == "what":
        text = f"What does {them} owe you?"
    else:
        text = f"By when? Name a day for {them}, such as “fri 3pm”, “tomorrow” or “26 Sep”."
    example = f"{them} owes me {named} {day}" if owes is Owes.THEM else f"{them} {day} {named}"
    return Incomplete(
        text,
        missing,
        example,
        who=who,
        what=what,
        when=when,
        owes=owes,
        worth=worth,
        sure=sure,
        repeats=repeats,
        is_urgent=is_urgent,
    )


def typed_day(day: date, at: datetime | None, zone: str) -> str:
    """Return a day, and a time on the wall, as they can be typed and mean nothing else: "15:00 Fri 18 Sep 2026"."""
    said = f"{WEEKDAYS[day.weekday()][:3]} {day.day} {MONTHS[day.month - 1][:3]} {day.year}"
    return said if at is None else f"{clock(at.astimezone(place(zone)).time())} {said}"


def which(
    found: Iterable[Alternative], owes: Owes, worth: str, today: date, zone: str, *, names: bool
) -> Refusal:
    """Return the question which of several readings is meant, a button for each."""
    different = list({(one.who, one.day, one.at): one for one in found}.values())
    readings = []
    for one in different:
        day = day_and_time(one.day, one.at, today, zone)
        label = f"{one.who}, {day}" if names else day
        readings.append(
            Reading(label, typed_again(one.who, typed_day(one.day, one.at, zone), one.what, owes, worth))
        )
    text = "Who is it with?" if names else "That names more than one day or time. Which one?"
    return Refusal(text, field="when", readings=readings)


def left_beside(marked: str, who: str, when: When, dated: Dated, zone: str) -> list[Alternative]:
    """Return what a sentence can mean where another day or time stands beside the name or the day; none if it is clear.

    After a colon the task begins, whatever its first words are.
    """
    for beside in _BESIDE.finditer(marked):
        after, far = near_words(marked[beside.end() :])
        if _MAY_BE_DAY.match(after):
            other = plainly(dated, after)
            if is_named(other) and not after[: other.spans[0][0]].strip():
                rest = f"{marked[: beside.end('run')]} {other.cut_from(after)}{far}"
                return alternatives(rest, who, when, other, zone)
        far, before = last_words(marked[: beside.start()])
        words = before.rsplit(maxsplit=2)[-2:]
        if any(_MAY_BE_DAY.match(" ".join(words[at:])) for at in range(len(words))):
            other = plainly(dated, before)
            if is_named(other) and not before[other.spans[-1][1] :].strip():
                rest = f"{far}{other.cut_from(before)} {marked[beside.start() :]}"
                return alternatives(rest, who, when, other, zone)
    return hour_beside(marked, who, when, zone)


def hour_beside(marked: str, who: str, when: When, zone: str) -> list[Alternative]:
    """Return what a sentence can mean where a number beside the day may be an hour, or a part of the task."""
    found = _BARE_HOUR.search(marked) if when.form is not DateForm.CLOCK else None
    if found is None or (found["before"] and NUMBERED_THING.search(last_words(marked[: found.start()])[1])):
        return []
    typed = found["after"] or found["before"]
    part = when.at.astimezone(place(zone)).time() if when.at is not None else None
    at = local_instant(zone, spoken_hour(typed, part), when.day)
    rest = f"{marked[: found.start()]} {DATE} {marked[found.end() :]}"
    return [
        Alternative(who, when.day, at, task(rest) or FOLLOW_UP),
        Alternative(who, when.day, when.at if when.at != at else None, task(marked)),
    ]


def near_words(text: str) -> tuple[str, str]:
    """Part a text where the words that may stand beside something end, and return both parts."""
    end = len(text) if len(text) <= NEAR else max(text.rfind(" ", 0, NEAR), 0) or NEAR
    return text[:end], text[end:]


def last_words(text: str) -> tuple[str, str]:
    """Part a text where the words begin that may stand before something, both without "or" at the end."""
    place = max(len(text) - NEAR, 0)
    return text[:place], _JOINED_ON.sub("", text[place:], count=1)


def is_named(when: When | None) -> TypeGuard[When]:
    """Say whether words name a day; a number alone may count anything."""
    return when is not None and not when.words.isdigit()


def alternatives(rest: str, who: str, when: When, other: When, zone: str) -> list[Alternative]:
    """Return the sentence with the one day, and with the other; `rest` is what is left without either."""
    what = task(rest) or FOLLOW_UP
    if other.form is DateForm.CLOCK and other.at is not None:
        wall = other.at.astimezone(place(zone)).time()
        found = [
            Alternative(who, when.day, when.at, what),
            Alternative(who, when.day, local_instant(zone, wall, when.day), what),
        ]
        return found if when.at is not None else found[1:]
    return [Alternative(who, when.day, when.at, what), Alternative(who, other.day, other.at, what)]


def day_as_name(marked: str, who: str, when: When) -> str:
    """Return the name of which a day may be the first word, as in Friday Health; empty where it is none."""
    if not re.match(rf"[\s]*{DATE}\s+(?:{NAME})", marked):
        return ""
    word = when.words.strip()
    return f"{word} {who}" if _FULL_DAY.fullmatch(word) else ""


def plainly(dated: Dated, text: str) -> When | None:
    """Return the day that words name; None also where they name one that cannot be meant."""
    try:
        return dated(text)
    except PastDate as past:
        return past.suggestion
    except Refusal:
        return None
