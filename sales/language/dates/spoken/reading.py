"""The day and time a sentence names, and where in it they stand."""

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from sales.language.dates.instants import as_utc
from sales.language.dates.spoken.circumstances import (
    Asked,
    DateForm,
    DayForm,
    Facing,
    Meant,
    existing_date,
    weekday_after,
)
from sales.language.dates.spoken.clock import DAY_ENDS, PARTS, SpokenTime, clocks, in_part, parts_of_day
from sales.language.dates.spoken.explicit import EXPLICIT_FORMS
from sales.language.dates.spoken.relative import RELATIVE_FORMS
from sales.language.figures import day_and_time, long_day
from sales.language.typed_text import ascii_lower, set_apart, tidy
from sales.refusal import Refusal

FURTHEST = timedelta(days=5 * 366)  # a commitment beyond five years is a slip of the finger
SOON = timedelta(days=183)
MOST_DAYS = 16  # readings looked at; with more days in a sentence none of them is the one meant

DAY_FORMS: tuple[DayForm, ...] = EXPLICIT_FORMS + RELATIVE_FORMS

_BEFORE = re.compile(
    r"(?:(?<!\w)(?:on|by|before|until|till|due|for|no later than|starting|this coming|end of|at|around)\s+)+$"
)
_NOT_THIS = re.compile(r"(?<!\w)(?:from|since|after|than|every|each|re|as of)\s+$")
_OWNED = re.compile(r"(?<!\w)(?:the|their|our|my|your|his|her|a|an|that)\s+$")
_DAY_ENDS = re.compile(rf"(?<![\w'’-])(?:by\s)?{DAY_ENDS}(?![\w'’-])")
_GAP = re.compile(r"[\s,]*(?:(?:at|by|on|@|in the|around|-|–)\s*)?")
_SATURDAY_VERB = re.compile(r"(?<!\w)(?:i|we|he|she|they|you|and|who)\s+$")


class When(NamedTuple):
    """A day named in a sentence, as the local date of the person's zone.

    `at` is the UTC instant if a time was named. `words` are the words that said it and `spans` their places
    in the sentence, for cutting them out.
    """

    day: date
    at: datetime | None
    words: str
    spans: tuple[tuple[int, int], ...]
    form: DateForm

    def cut_from(self, text: str) -> str:
        """Return the sentence without the words that named the day."""
        for start, end in reversed(self.spans):
            text = f"{text[:start]} {text[end:]}"
        return tidy(text)


class PastDate(Refusal):
    """A day that is over; `suggestion` is the coming day that was probably meant."""

    def __init__(self, text: str, suggestion: When, example: str) -> None:
        super().__init__(text, field="when", example=example)
        self.suggestion = suggestion


class _Found(NamedTuple):
    """A place that names a day, how sure that is (0 is surest), and what it came to."""

    rank: int
    start: int
    outcome: When | Refusal


def find_when(
    text: str,
    now: datetime,
    zone: str,
    *,
    facing: Facing = Facing.AHEAD,
    fiscal_year_start: int = 1,
) -> When | None:
    """Return the day (and time) the sentence names, or None if it names none.

    A weekday is the next one to come; today's own name is today only with a time still ahead, otherwise in
    a week. A time alone is its next occurrence. A dash of working life: "at 3" is 15:00. "9/10" is the
    tenth of September; "end of quarter" follows `fiscal_year_start`. Facing back, a weekday is the latest one and
    days gone by are welcome. Words such as "from Monday" or "Friday's" name no day.

    Raises:
        PastDate: facing ahead, if every day named is over.
        Refusal: for a day that does not exist, contradicts its weekday, or lies beyond FURTHEST.
    """
    here = as_utc(now).astimezone(ZoneInfo(zone))
    asked = Asked(here, facing, fiscal_year_start)
    plain = ascii_lower(set_apart(text))
    found = _days(plain, text, asked) or _clock_alone(plain, text, asked)
    good = [each for each in found if isinstance(each.outcome, When)]
    best = min(good or found, key=lambda each: (each.rank, each.start), default=None)
    if best is None:
        return None
    if isinstance(best.outcome, Refusal):
        raise best.outcome
    return best.outcome


def _days(plain: str, text: str, asked: Asked) -> list[_Found]:
    """Every day named; of overlapping readings the longest, then the first in the registry."""
    matches = [(match, form) for form in DAY_FORMS for match in form.pattern.finditer(plain)]
    matches.sort(key=lambda pair: (pair[0].start(), -pair[0].end()))
    found: list[_Found] = []
    times = [*clocks(plain)[:MOST_DAYS], *parts_of_day(plain)[:MOST_DAYS]]
    ends = [match.span() for match in _DAY_ENDS.finditer(plain)][:MOST_DAYS]
    taken = 0
    for match, form in matches[:MOST_DAYS]:
        if match.start() < taken or _is_no_day(match, plain, text):
            continue
        try:
            meant = form.meaning(match, asked)
            if meant is None:
                continue
            one = _with_time(match, form.form, meant, times, ends, plain, text, asked)
        except Refusal as refusal:
            one = _Found(1, match.start(), refusal)
        taken = max(match.end(), taken)
        found.append(one)
    return found


def _is_no_day(match: re.Match[str], plain: str, text: str) -> bool:
    """True for "from Monday", "she sat", "Sun Microsystems"."""
    before = plain[: match.start()]
    word = match.group()
    if _NOT_THIS.search(before) or (word == "sat" and _SATURDAY_VERB.search(before)):
        return True
    follows = re.match(r"\s+[A-Z][a-z]", text[match.end() :])
    return word in ("sun", "sat") and text[match.start()].isupper() and follows is not None


def _with_time(
    match: re.Match[str],
    form: DateForm,
    meant: Meant,
    times: list[SpokenTime],
    ends: list[tuple[int, int]],
    plain: str,
    text: str,
    asked: Asked,
) -> _Found:
    """Join a day with the time beside it, or with one clearly set apart ("Friday call Dana at 3pm")."""
    start, end, clock, part = _neighbours(match.span(), times, ends, plain)
    if plain[match.start() : match.end()] == "tonight" and part is None:
        part = SpokenTime(PARTS["tonight"][0], None, *match.span(), until=PARTS["tonight"][1])
    before = _BEFORE.search(plain[:start])
    named = before is not None or clock is not None
    start = before.start() if before else start
    spans = [(start, end)]
    if clock is None and part is None and meant.moment is None:
        clock = _clock_apart(times, (start, end), plain)
        if clock:
            spans = sorted([*spans, (clock.start, clock.end)])
    if clock and part:
        clock = in_part(clock, plain[part.start : part.end].rsplit(" ", 1)[-1])
    at_edge = not plain[:start].strip() or not plain[end:].strip(" .!?,")
    rank = 2 if match.span() in ends else 0 if named or at_edge else 1
    when = _settle(meant, clock or part, form, text, tuple(spans), asked)
    return _Found(rank, start, when)


def _neighbours(
    span: tuple[int, int], times: list[SpokenTime], ends: list[tuple[int, int]], plain: str
) -> tuple[int, int, SpokenTime | None, SpokenTime | None]:
    """Grow the day's span over an exact time, a part of the day and "end of day" standing next to it."""
    start, end = span
    clock: SpokenTime | None = None
    part: SpokenTime | None = None
    grown = True
    while grown:
        grown = False
        for beside in times:
            slot_free = clock is None if beside.until is None else part is None
            touching = _touches((start, end), (beside.start, beside.end), plain)
            if slot_free and touching:
                clock, part = (beside, part) if beside.until is None else (clock, beside)
                start, end, grown = min(start, beside.start), max(end, beside.end), True
        for beside_span in ends:
            if not start <= beside_span[0] < end and _touches((start, end), beside_span, plain):
                start, end, grown = min(start, beside_span[0]), max(end, beside_span[1]), True
    return start, end, clock, part


def _touches(one: tuple[int, int], other: tuple[int, int], plain: str) -> bool:
    first, second = sorted((one, other))
    return first[1] <= second[0] and _GAP.fullmatch(plain[first[1] : second[0]]) is not None


def _clock_apart(times: list[SpokenTime], day: tuple[int, int], plain: str) -> SpokenTime | None:
    """A time away from its day: after "at", or at the end of the sentence; never "the 3pm demo"."""
    for clock in times:
        overlaps = clock.start < day[1] and day[0] < clock.end
        if clock.until is not None or overlaps or _OWNED.search(plain[: clock.start]):
            continue
        last = not plain[clock.end :].strip(" .!?,")
        if last or (clock.prefixed and not clock.bare):
            return clock
    return None


def _clock_alone(plain: str, text: str, asked: Asked) -> list[_Found]:
    """A time and no day: its next occurrence, or facing back the one today."""
    found = []
    for clock in clocks(plain)[:MOST_DAYS]:
        last = not plain[clock.end :].strip(" .!?,")
        first = not plain[: clock.start].strip()
        closed = last or re.match(r"\s?[,;:–—-]|\s[a-z]", text[clock.end :])  # not "at 9 Main Street"
        if _OWNED.search(plain[: clock.start]) or (clock.bare and not (closed and (first or last))):
            continue
        meant = Meant(asked.today)
        when = _settle(meant, clock, DateForm.CLOCK, text, ((clock.start, clock.end),), asked)
        found.append(_Found(0 if clock.prefixed or first or last else 1, clock.start, when))
    return found


def _settle(
    meant: Meant,
    clock: SpokenTime | None,
    form: DateForm,
    text: str,
    spans: tuple[tuple[int, int], ...],
    asked: Asked,
) -> When | Refusal:
    """Turn a day and a time into a `When`, or into the refusal of one that is over or too far off."""
    words = " ".join(text[start:end].strip() for start, end in spans)
    day, at = _moment(meant.day, clock, asked)
    if meant.moment is not None:
        day, at = meant.day, meant.moment.astimezone(UTC)
    over = day < asked.today or (at is not None and at < asked.now)
    if clock and clock.until and over and day == asked.today and asked.now.hour < clock.until:
        at, over = None, False  # "this afternoon", said in the afternoon
    if asked.facing is Facing.AHEAD:
        if form is DateForm.CLOCK and over:
            day, at = _moment(meant.day + timedelta(days=1), clock, asked)
            over = False
        elif not meant.firm and (at is None or over):
            day, at = _moment(meant.day + timedelta(days=7), clock, asked)
            over = False
    when = When(day, at, words, spans, form)
    if abs(day - asked.today) > FURTHEST:
        far = "away" if day > asked.today else "ago"
        return Refusal(f"{long_day(day, asked.today)} is more than five years {far}.", field="when")
    return _past(when, clock, asked) if over and asked.facing is Facing.AHEAD else when


def _moment(day: date, clock: SpokenTime | None, asked: Asked) -> tuple[date, datetime | None]:
    """The instant of that wall-clock time; in another zone's words the local date can be the next one.

    A time the clocks skip in spring is the same distance after the change.
    """
    if clock is None:
        return day, None
    zone = ZoneInfo(clock.zone) if clock.zone else asked.now.tzinfo
    at = datetime.combine(day, clock.at, zone).astimezone(UTC)
    return at.astimezone(asked.now.tzinfo).date(), at


def _past(when: When, clock: SpokenTime | None, asked: Asked) -> PastDate:
    today = asked.today
    if when.day == today or "yesterday" in when.words.lower():
        day = today + timedelta(days=1)
    else:
        day = _swapped(when, today) or weekday_after(today, when.day.weekday())
    at = when.at and _moment(day, clock or SpokenTime(time(9), None, 0, 0), asked)[1]
    meant = when._replace(day=day, at=at)
    zone = getattr(asked.now.tzinfo, "key", "UTC")
    said = day_and_time(when.day, when.at, today, zone)
    likely = day_and_time(day, at, today, zone)
    return PastDate(f"{said} is in the past. Did you mean {likely}?", meant, likely)


def _swapped(when: When, today: date) -> date | None:
    """9/12 that is over as 12 September may have meant 9 December."""
    if when.form is not DateForm.EXPLICIT or "/" not in when.words:
        return None
    day = existing_date(when.day.year, when.day.day, when.day.month)
    return day if day and today <= day <= today + SOON else None
