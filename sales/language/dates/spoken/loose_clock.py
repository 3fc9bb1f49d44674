"""Times that are such only beside a day, or after "at": "thu 14.30", "fri 930", "9-10 tomorrow", "5p", "half nine"."""

import re
from datetime import time
from itertools import islice

from sales.language.dates.spoken.circumstances import COUNTED, MONTH
from sales.language.dates.spoken.clock import HOUR_WORDS, MOST_TIMES, SpokenTime, hour_of_day, overlaps
from sales.language.typed_text import blank_spans

_NUMBER = re.compile(r"[0-9]")
_WORDED = re.compile(r"(?<!\w)(?:half[\s-]|(?:five|ten|twenty|2[05]) (?:to|till|before) |midnight|noonish)")
_LEFT = r"(?<![\w'’.,:/$€£#+-])(?:(?P<at>(?:at|@|around|about|by|before|b4|after|ca\.?|circa|from|between|~)\s*))?"
_RIGHT = (
    r"(?![\w:%/’'])(?![.,]\d)(?!-\w)"
    rf"(?!\s?(?:of|st|nd|rd|th|usd|eur|gbp|dollars?|euros?|pounds?|{MONTH})(?!\w))"
)
_HOUR = r"(?P<hour>2[0-3]|[01]?[0-9])"
_UNTIL = r"(?:\s?(?:-|–|to)\s?[0-9]{1,2}(?:[:.]?[0-5][0-9])?)?"
_PARTS = r"(?:morning|afternoon|evening|tonight)"
_SPOKEN = rf"(?P<hour>1[0-2]|[1-9]|{'|'.join(HOUR_WORDS)})"
_TO_THE_HOUR = {"five": 5, "ten": 10, "twenty": 20, "twenty five": 25, "twenty-five": 25, "20": 20, "25": 25}
_FORMS = (
    # 14.30, but not 10.12: that may be a tenth of December
    rf"{_HOUR}\.(?P<minute>00|1[35-9]|[2-5][05])(?:\s?uhr)?",
    # 1430, 0930, 930; never a year, nor 500
    rf"(?P<hour>1[0-9]|2[1-3]|0[0-9])(?P<minute>[03]0|[14]5){_UNTIL}",
    rf"(?P<hour>[1-9])(?P<minute>15|30|45){_UNTIL}",
    r"(?P<hour>1[0-2]|0?[1-9])(?P<minute>[0-5][0-9])\s?(?P<half>[ap])\.?m\b",
    r"(?P<hour>1[0-2]|0?[1-9])(?:[:.]?(?P<minute>[0-5][0-9]))?(?P<half>[ap])",
    rf"{_HOUR}\s?uhr",
    # 9-10, from 9 to 11, between 2 and 3
    rf"{_HOUR}(?:[:.](?P<minute>[0-5][0-9]))?\s?(?P<to>-|–|to|till|until|and)\s?(?P<end>2[0-4]|1?[0-9])(?:[:.][0-5][0-9])?h?",
)
_WORD_FORMS = (
    rf"(?P<past>half)[\s-]{_SPOKEN}",
    rf"(?P<till>{'|'.join(_TO_THE_HOUR)})\s(?:to|till|before)\s{_SPOKEN}(?:\s?(?P<half>[ap])\.?m\b)?",
    r"(?P<noon>noonish)",
    r"(?P<midnight>midnight)",
)
_AROUND = r"(?<![\w'’-])(?P<at>(?:around|about|by|before|b4|after|ca\.?|circa|~)\s*)"
_NUMBERED = (
    *(re.compile(rf"{_LEFT}{form}{_RIGHT}{COUNTED}") for form in _FORMS),
    re.compile(rf"{_AROUND}(?P<hour>1[0-2]|0?[1-9]){_RIGHT}{COUNTED}"),
    # 9 tomorrow morning, 3 in the afternoon, tonight 7
    re.compile(rf"{_LEFT}{_HOUR}(?=\s(?:in\sthe\s|\w{{3,10}}\s)?{_PARTS}(?!\w))"),
    re.compile(
        rf"(?:(?<=morning\s)|(?<=afternoon\s)|(?<=evening\s)|(?<=tonight\s))(?:at\s)?{_HOUR}{_RIGHT}{COUNTED}"
    ),
)
_SPELLED = tuple(re.compile(rf"{_LEFT}{form}{_RIGHT}") for form in _WORD_FORMS)
_MINUTES_TO = (5, 10, 20)  # "10 to 4" is ten minutes before four, or from ten on


def loose_clocks(plain: str, taken: list[SpokenTime]) -> list[SpokenTime]:
    """Return such times in the lower-case text, none overlapping another or one of those `taken`."""
    found: list[SpokenTime] = []
    left = blank_spans(plain, tuple((one.start, one.end) for one in taken)) if taken else plain
    patterns = (*(_NUMBERED if _NUMBER.search(left) else ()), *(_SPELLED if _WORDED.search(plain) else ()))
    for pattern in patterns:
        for match in islice(pattern.finditer(plain), MOST_TIMES):
            if overlaps(match.span(), (*taken, *found)):
                continue
            clock = _read(match)
            if clock is not None:
                found.append(clock)
    return found


def _read(match: re.Match[str]) -> SpokenTime | None:
    groups = match.groupdict()
    lead = (groups.get("at") or "").strip()
    meant = _meant(groups, lead)
    if not meant:
        return None
    at, *others = meant
    is_said = lead in ("at", "@")
    return SpokenTime(at, None, *match.span(), prefixed=is_said, loose=not is_said, others=tuple(others))


def _meant(groups: dict[str, str | None], lead: str) -> list[time]:
    """Return the time, and behind it another that may be meant as well; none where it is no time."""
    if groups.get("noon"):
        return [time(12)]
    if groups.get("midnight"):
        return [time(23, 59), time(0)]
    typed, half = groups["hour"] or "", groups.get("half")
    typed = str(HOUR_WORDS.index(typed) + 1) if typed in HOUR_WORDS else typed
    hour = hour_of_day(typed, half)
    if groups.get("till"):
        return [_before(hour, _TO_THE_HOUR[groups["till"] or ""])]
    if groups.get("end"):
        return _range(
            int(typed), int(groups.get("minute") or 0), groups["to"] or "", int(groups["end"] or 0), lead
        )
    return [time(hour, 30 if groups.get("past") else int(groups.get("minute") or 0))]


def _before(hour: int, minutes: int) -> time:
    return time((hour - 1) % 24, 60 - minutes)


def _range(first: int, minute: int, to: str, last: int, lead: str) -> list[time]:
    """Return when "9-10" begins; "10 to 4" may be ten minutes before four, and "20 to 4" can be nothing else."""
    if (to == "and") != (lead == "between") or not last:
        return []
    begins = time(hour_of_day(str(first)), minute)
    goes_on = last > first or (first <= 12 and last < first and last <= 12)
    minutes_to = to == "to" and first in _MINUTES_TO and last <= 12 and not minute and lead != "from"
    found = [begins] if goes_on else []
    return [*found, _before(hour_of_day(str(last)), first)] if minutes_to else found
