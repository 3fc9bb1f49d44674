"""Times of day as people type them: "3pm", "at 9", "14:30", "3-4pm ET", "half past two", "noon", "in the morning"."""

import re
from collections.abc import Iterable
from datetime import time
from itertools import islice
from typing import NamedTuple

from sales.language.dates.spoken.circumstances import COUNTED, FIGURE, is_there, signs_in
from sales.language.dates.zone import ZONES, place_said
from sales.language.spelled_count import UNITS

MOST_TIMES = 16  # looked at of each kind; with more in a sentence none of them is the one meant
AFTERNOON_UNTIL = 6  # "at 3" in a working day is 15:00; nobody sells at three in the morning

# What a part of the day is taken to mean, and the hour at which that part is over.
PARTS: dict[str, tuple[time, int]] = {
    "first thing": (time(9), 12),
    "early morning": (time(8), 12),
    "mid morning": (time(10), 12),
    "late morning": (time(11), 12),
    "morning": (time(9), 12),
    "am": (time(9), 12),
    "lunchtime": (time(12), 14),
    "before lunch": (time(11), 12),
    "after lunch": (time(13), 15),
    "over lunch": (time(12), 14),
    "at lunch": (time(12), 14),
    "early afternoon": (time(13), 18),
    "mid afternoon": (time(15), 18),
    "late afternoon": (time(16), 18),
    "afternoon": (time(14), 18),
    "pm": (time(14), 18),
    "evening": (time(18), 24),
    "night": (time(18), 24),
    "tonight": (time(18), 24),
}
LATE_PARTS = frozenset({"afternoon", "pm", "evening", "night", "tonight"})
AFTER_A_DAY = frozenset({"am", "pm"})  # "tomorrow am"; alone they are other words
DAY_ENDS = r"(?:eod|eob|cob|end of (?:the )?(?:business )?day|close of (?:business|play))"

_AM_PM = r"(?:\s?(?P<half>[ap])\.?m\b\.?)"
_HOUR = r"(?P<hour>2[0-3]|[01]?[0-9])"
_EDGE_LEFT = r"(?<![\w'’.:,/$€£-])"
_EDGE_RIGHT = r"(?![\w:%])(?!['’]s\b)(?!-\w)"
_ZONE = rf"(?:\s(?P<zone>{'|'.join(sorted(ZONES, key=len, reverse=True))})\b)?"

_MINUTE = r"(?P<minute>[0-5][0-9])"
_TO = r"\s?(?:-|–|to)\s?"
HOUR_WORDS = UNITS[1:13]
_MINUTE_WORDS = {
    "half": 30,
    "a quarter": 15,
    "quarter": 15,
    "five": 5,
    "ten": 10,
    "twenty": 20,
    "20": 20,
    "10": 10,
    "5": 5,
}
_SPOKEN_HOUR = rf"(?P<hour>1[0-2]|0?[1-9]|{'|'.join(HOUR_WORDS)})"
_FORMS = (
    r"(?:12(?::00)?(?:\s?pm)?\s)?(?P<word>noon|midday)",
    rf"(?P<past>{'|'.join(_MINUTE_WORDS)})\s(?:past|after)\s{_SPOKEN_HOUR}{_AM_PM}?",
    rf"(?P<till>a quarter|quarter)\s(?:to|till|before)\s{_SPOKEN_HOUR}{_AM_PM}?",
    rf"between\s{_HOUR}(?:[:.]{_MINUTE})?{_AM_PM}?\sand\s"
    r"(?P<hour_end>1[0-2]|0?[1-9])(?:[:.][0-5][0-9])?\s?(?P<half_end>[ap])\.?m\b\.?",
    rf"{_HOUR}(?:[:.]{_MINUTE})?{_AM_PM}?\s?-?ish",
    rf"{_HOUR}(?:[:.]{_MINUTE})?{_AM_PM}?{_TO}"
    r"(?P<hour_end>1[0-2]|0?[1-9])(?:[:.][0-5][0-9])?\s?(?P<half_end>[ap])\.?m\b\.?",
    rf"{_HOUR}(?:[:.]{_MINUTE})?{_AM_PM}{_TO}(?:2[0-3]|1?[0-9])(?:[:.][0-5][0-9])?{_EDGE_RIGHT}{COUNTED}",
    rf"{_HOUR}[:h]{_MINUTE}{_TO}(?:2[0-3]|[01]?[0-9])[:h][0-5][0-9]",
    rf"{_HOUR}(?:[:.h]{_MINUTE})?{_AM_PM}",
    rf"{_HOUR}[:h]{_MINUTE}",
    rf"{_HOUR}\s?(?:o['’]?clock|h)",
)
_NEEDS = (
    ("noon", "midday"),
    ("past", "after"),
    ("quarter",),
    ("between",),
    ("ish",),
    *(((FIGURE,),) * 6),
)
_AT = r"(?P<at>(?:at|@|around|about|by|before|from)\s*)"
# "at 9" is a time; "at 9 Main Street" and "at 24,000" are not.
_BARE = rf"(?:at|@)\s*{_HOUR}(?![\w:%.,/][\w]|[\w:%/])"
_PART = (
    r"(?:in the |at (?!lunch\b))?(?P<part>first thing(?: in the morning)?|(?:early|mid|late)[ -](?:morning|afternoon)"
    r"|(?:before|after|over|at) lunch"
    r"|morning|lunchtime|afternoon|evening|night|[ap]m)"
)


class SpokenTime(NamedTuple):
    """A wall-clock time, the IANA zone if one was named, and where its words stand.

    `until` is the hour at which a named part of the day is over; None for an exact time. `prefixed` says
    that "at" or the like came before, `bare` that there was but an hour ("at 9"). A `loose` one is a time only beside
    a day ("thu 1430"). `others` are times that the words can mean as well.
    """

    at: time
    zone: str | None
    start: int
    end: int
    until: int | None = None
    prefixed: bool = False
    bare: bool = False
    loose: bool = False
    others: tuple[time, ...] = ()


# "9am London time": up to three words, of which those count that a place is called by.
_ELSEWHERE = re.compile(r"\s(?:in\s)?(?P<place>[^\W\d_][\w.]*(?:[ -][^\W\d_][\w.]*){0,2}) time\b")
_HOUR_ELSEWHERE = re.compile(rf"{_EDGE_LEFT}{_AT}?{_HOUR}(?={_ELSEWHERE.pattern})")
_TAIL = r"(?: in the (?P<tail>morning|afternoon|evening))?"
# What a text has that has such a time, looked for first as it is quick; beside it the form.
_CLOCKS = (
    *(
        (needs, re.compile(rf"{_EDGE_LEFT}{_AT}?{form}{_EDGE_RIGHT}{_ZONE}{_TAIL}"))
        for needs, form in zip(_NEEDS, _FORMS, strict=True)
    ),
    (("at", "@"), re.compile(rf"{_EDGE_LEFT}{_BARE}{_ZONE}{_TAIL}")),
)
_PARTS = re.compile(rf"{_EDGE_LEFT}{_PART}{_EDGE_RIGHT}")


def clocks(text: str) -> list[SpokenTime]:
    """Return the exact times in the lower-case text, in order, none overlapping another."""
    found: list[SpokenTime] = []
    signs = signs_in(text)
    for pattern in (pattern for needs, pattern in _CLOCKS if is_there(needs, signs)):
        for match in islice(pattern.finditer(text), MOST_TIMES):
            if not overlaps(match.span(), found):
                found.append(_read(match))
    if " time" in text:
        elsewhere = map(_read, islice(_HOUR_ELSEWHERE.finditer(text), MOST_TIMES))
        found += [one for one in elsewhere if one.zone and not overlaps((one.start, one.end), found)]
    return sorted(found, key=lambda clock: clock.start)


def overlaps(place: tuple[int, int], found: Iterable[SpokenTime]) -> bool:
    """Say whether a place has words in common with one of these times."""
    return any(one.start < place[1] and place[0] < one.end for one in found)


def parts_of_day(text: str) -> list[SpokenTime]:
    """Return "morning", "in the afternoon" and the like in the lower-case text, in order."""
    found = []
    for match in islice(_PARTS.finditer(text), MOST_TIMES):
        at, until = PARTS[match["part"].removesuffix(" in the morning").replace("-", " ")]
        found.append(SpokenTime(at, None, match.start(), match.end(), until))
    return found


def spoken_hour(typed: str, part: time | None = None) -> time:
    """Return an hour that a number names, in the part of the day that begins at a time: "3" is in the afternoon."""
    hour = int(typed)
    late = part is not None and part.hour >= 12
    if hour < 12 and (late or (part is None and hour <= AFTERNOON_UNTIL)):
        hour += 12
    return time(hour)


def in_part(clock: SpokenTime, part: str) -> SpokenTime:
    """Return the time as meant in that part of the day: "evening at 7" is 19:00."""
    return clock._replace(
        at=_in_part(clock.at, part), others=tuple(_in_part(at, part) for at in clock.others)
    )


def _in_part(at: time, part: str) -> time:
    if part in LATE_PARTS and at.hour < 12:
        return at.replace(hour=at.hour + 12)
    if part == "morning" and 12 < at.hour <= 12 + AFTERNOON_UNTIL:
        return at.replace(hour=at.hour - 12)
    return at


def hour_of_day(typed: str, half: str | None = None) -> int:
    """Return the hour that a number names: without am or pm, "2" is in the afternoon, and "02" is not."""
    number = int(typed)
    if half and number <= 12:
        return number % 12 + (12 if half == "p" else 0)
    return number + 12 if not typed.startswith("0") and 1 <= number <= AFTERNOON_UNTIL else number


def _read(match: re.Match[str]) -> SpokenTime:
    groups = match.groupdict()
    typed = groups.get("hour") or "12"
    if typed in HOUR_WORDS:
        typed = str(HOUR_WORDS.index(typed) + 1)
    hour, half = int(typed), groups.get("half") or groups.get("half_end")
    if groups.get("half_end") and not groups.get("half") and int(groups["hour_end"]) < hour < 12:
        half = "a"  # 11-1pm begins in the morning
    if half and hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    elif not half and 1 <= hour <= AFTERNOON_UNTIL and len(typed) == 1:
        hour += 12
    minute = int(groups.get("minute") or 0) + _MINUTE_WORDS.get(groups.get("past") or "", 0)
    if groups.get("till"):
        hour, minute = (hour - 1) % 24, 45
    zone, end = ZONES.get(groups.get("zone") or ""), match.end()
    if zone is None and (elsewhere := _ELSEWHERE.match(match.string, end)) is not None:
        zone = place_said(elsewhere["place"])
        end = elsewhere.end() if zone else end
    tail = groups.get("tail")
    clock = SpokenTime(
        time(hour, minute),
        zone,
        match.start(),
        end,
        prefixed="at" not in groups or groups["at"] is not None,
        bare="at" not in groups,
    )
    return in_part(clock, tail) if tail else clock
