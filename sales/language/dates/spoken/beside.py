"""The time that belongs to a day: beside it, or clearly set apart ("Friday call Dana at 3pm")."""

import re
from typing import NamedTuple

from sales.language.dates.spoken.clock import (
    AFTER_A_DAY,
    DAY_ENDS,
    PARTS,
    SpokenTime,
    clocks,
    in_part,
    overlaps,
    parts_of_day,
)
from sales.language.dates.spoken.either_hour import either_hours, with_rivals
from sales.language.dates.spoken.loose_clock import loose_clocks
from sales.language.dates.spoken.when import Span
from sales.refusal import Refusal

MOST_ENDS = 16
REACH = 80  # characters before a place that are looked at for what leads up to it

_BEFORE = re.compile(
    r"(?:(?<!\w)(?:on|by|before|b4|until|till|til|due|for|(?:no|not) later than|starting|this coming|end of|at|around"
    r"|either|between|late|later|early|latest|some ?time|any ?time|at some point|(?:the )?(?:week|wk) (?:of|commencing"
    r"|starting|beginning)|w/?c)\s+)+$"
)
# What hedges a day behind it and says no more of when: "friday latest", "in a week or so".
_BEHIND = re.compile(
    r"[\s,(]*(?:(?:at the |by the )?(?:very )?latest|at some point|some ?time|or so|or sooner|or earlier|or before"
    r"|coming|if possible|if (?:i|we|you) can|ish)(?![\w-])\)?"
)
_OWNED = re.compile(r"(?<!\w)(?:the|their|our|my|your|his|her|a|an|that)\s+$")
_DAY_ENDS = re.compile(rf"(?<![\w'’-])(?:by\s)?{DAY_ENDS}(?![\w'’-])")
_GAP = re.compile(r"[\s,()]*(?:(?:at|by|on|@|in the|around|before|b4|um|ob|-|–)\s*)?")
_NO_TIME = re.compile(
    r"(?<![\w.:])(?:at|@|by|before|until|till|from|(?:day|mon|tue|wed|thu|thurs|fri|sat|sun|tomorrow|tmrw)(?=\s))\s*"
    r"(?P<typed>(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})(?![0-9:])|(?P<half>[0-9]{1,2})\s?[ap]\.?m\b)"
)


class Times(NamedTuple):
    """The times in a sentence: exact ones, parts of the day, and the places of words such as "end of day"."""

    exact: list[SpokenTime]
    parts: list[SpokenTime]
    ends: list[Span]


class Beside(NamedTuple):
    """The places of a day with its time, that time, and whether words before or beside it say it is one."""

    spans: tuple[Span, ...]
    clock: SpokenTime | None
    exact: bool
    named: bool


def times_in(plain: str, *, loose: bool = False) -> Times:
    """Return the times in the lower-case sentence; with `loose` those too that are one only beside a day.

    Raises:
        Refusal: for one that no clock shows.
    """
    for typed in _NO_TIME.finditer(plain):
        hour, minute = int(typed["hour"] or 0), int(typed["minute"] or 0)
        if hour > 23 or minute > 59 or int(typed["half"] or 0) > 23:
            raise Refusal(
                f"No clock shows {typed['typed']}. Which time do you mean?",
                field="when",
                example="tomorrow 15:00",
                of_value=True,
            )
    ends = [match.span() for match in _DAY_ENDS.finditer(plain)][:MOST_ENDS]
    exact = clocks(plain)
    if loose:
        either = either_hours(plain)
        exact = [*either, *(one for one in exact if not overlaps((one.start, one.end), either))]
        exact = with_rivals(plain, [*exact, *loose_clocks(plain, exact)])
    return Times(exact, parts_of_day(plain), ends)


def before(plain: str, at: int) -> str:
    """Return what leads up to a place, as far as it matters."""
    return plain[max(at - REACH, 0) : at]


def is_owned(plain: str, start: int) -> bool:
    """Say whether what starts here is somebody's thing: "the 3pm demo", "our Friday call"."""
    return _OWNED.search(before(plain, start)) is not None


def time_of(day: Span, times: Times, plain: str, *, timed: bool) -> Beside:
    """Return the day's place and time; `timed` says that the day is a moment already."""
    start, end, clock, part = _neighbours(day, times, plain)
    if part is None and plain[slice(*day)] == "tonight":
        part = SpokenTime(PARTS["tonight"][0], None, *day, until=PARTS["tonight"][1])
    lead = _BEFORE.search(before(plain, start))
    named = lead is not None or clock is not None
    if lead:
        start -= len(lead.group())
    if behind := _BEHIND.match(plain, end):
        end = behind.end()
    spans = [(start, end)]
    if clock is None and part is None and not timed:
        clock = _apart(times.exact, (start, end), plain)
        if clock:
            spans = sorted([*spans, (clock.start, clock.end)])
    if clock and part:
        clock = in_part(clock, plain[part.start : part.end].rsplit(" ", 1)[-1])
    return Beside(tuple(spans), clock or part, clock is not None, named)


def _neighbours(
    span: Span, times: Times, plain: str
) -> tuple[int, int, SpokenTime | None, SpokenTime | None]:
    """Grow the day's span over an exact time, a part of the day and "end of day" standing next to it."""
    start, end = span
    clock: SpokenTime | None = None
    part: SpokenTime | None = None
    grown = True
    while grown:
        grown = False
        for beside in (*times.exact, *times.parts):
            slot_free = clock is None if beside.until is None else part is None
            if slot_free and _touches((start, end), (beside.start, beside.end), plain):
                if plain[beside.start : beside.end] in AFTER_A_DAY and beside.start < end:
                    continue
                clock, part = (beside, part) if beside.until is None else (clock, beside)
                start, end, grown = min(start, beside.start), max(end, beside.end), True
        for beside_span in times.ends:
            if not start <= beside_span[0] < end and _touches((start, end), beside_span, plain):
                start, end, grown = min(start, beside_span[0]), max(end, beside_span[1]), True
    return start, end, clock, part


def _touches(one: Span, other: Span, plain: str) -> bool:
    first, second = sorted((one, other))
    return first[1] <= second[0] < first[1] + REACH and _GAP.fullmatch(plain, first[1], second[0]) is not None


def _apart(exact: list[SpokenTime], day: Span, plain: str) -> SpokenTime | None:
    """A time away from its day: after "at", or at the end of the sentence; never "the 3pm demo"."""
    for clock in exact:
        overlaps = clock.start < day[1] and day[0] < clock.end
        if overlaps or clock.loose or is_owned(plain, clock.start):
            continue
        last = not plain[clock.end :].strip(" .!?,")
        if last or (clock.prefixed and not clock.bare):
            return clock
    return None
