"""The day and time a sentence names, and where in it they stand."""

import re
from collections.abc import Collection
from datetime import datetime
from itertools import islice
from typing import NamedTuple
from zoneinfo import ZoneInfo

from sales.language.dates.instants import as_utc
from sales.language.dates.spoken.beside import Times, before, is_owned, time_of, times_in
from sales.language.dates.spoken.choice import FoundDay, chosen
from sales.language.dates.spoken.circumstances import (
    NO_CUSTOMS,
    Asked,
    Customs,
    DateForm,
    DayForm,
    Facing,
    Meant,
    is_there,
    signs_in,
)
from sales.language.dates.spoken.clock import SpokenTime
from sales.language.dates.spoken.closing import CLOSING_FORMS
from sales.language.dates.spoken.counted import COUNTED_FORMS
from sales.language.dates.spoken.explicit import EXPLICIT_FORMS
from sales.language.dates.spoken.locales import names_in
from sales.language.dates.spoken.ordinal import ORDINAL_FORMS
from sales.language.dates.spoken.relative import RELATIVE_FORMS
from sales.language.dates.spoken.settle import settle
from sales.language.dates.spoken.when import PastDate, SeveralDays, When
from sales.language.dates.spoken.wording import Wording, respelled
from sales.language.typed_text import MAX_TYPED, ascii_lower, blank_spans, set_apart
from sales.refusal import Refusal

__all__ = ["NO_CUSTOMS", "Customs", "PastDate", "SeveralDays", "When", "find_when", "needs_calendar"]

MOST_DAYS = 16  # readings looked at; with more days in a sentence none of them is the one meant

DAY_FORMS: tuple[DayForm, ...] = (
    *EXPLICIT_FORMS,
    *ORDINAL_FORMS,
    *COUNTED_FORMS,
    *RELATIVE_FORMS,
    *CLOSING_FORMS,
)

_NOT_THIS = re.compile(r"(?<!\w)(?:from|since|after|than|every|each|re|as of)\s+$")
_SATURDAY_VERB = re.compile(r"(?<!\w)(?:i|we|he|she|they|you|and|who)\s+$")
_ASIDE = re.compile(
    r"asap|(?:by\s)?(?:eod|eob|cob|end of .*day|close of .*)"
)  # says how much it hurries beside a day
_THING_AFTER = re.compile(r"\s+(?!(?:at|by|or|and|on|to|re|about|before|after|with|for|in)(?!\w))[^\W\d]")
_FIRST_THING = re.compile(r"(?<![\w-])first thing(?: in the morning)?(?![\w-])")
_CALENDAR = re.compile(
    r"(?:business|work(?:ing)?)[\s-]?days?(?!\w)|(?:nxt|next)\s+(?:mo?nth|q(?:uarter|tr)|year)|after\s+next",
    re.I,
)


class _Line(NamedTuple):
    """A sentence as typed, and as the grammar reads it: in lower case, respelled, names and links blanked."""

    text: str
    wording: Wording

    @property
    def plain(self) -> str:
        return self.wording.text

    def typed(self, when: When) -> When:
        """Return the day with its words and their places as they were typed."""
        spans = tuple(self.wording.typed(span) for span in when.spans)
        return when._replace(
            spans=spans, words=" ".join(self.text[start:end].strip() for start, end in spans)
        )


def needs_calendar(text: str) -> bool:
    """Say whether the days a text names may depend on which are working days, so that a calendar is worth reading."""
    return _CALENDAR.search(text) is not None


def find_when(
    text: str,
    now: datetime,
    zone: str,
    *,
    facing: Facing = Facing.AHEAD,
    customs: Customs = NO_CUSTOMS,
    names: Collection[str] = (),
    closing: bool = False,
) -> When | None:
    """Return the day (and time) the sentence names, or None if it names none.

    A weekday is the next one to come; today's own name is today only with a time still ahead, otherwise in
    a week. A time alone is its next occurrence. A dash of working life: "at 3" is 15:00. `customs` say how the
    person counts: "9/10" is the tenth of September in American English, "end of quarter" follows their fiscal year.
    Facing back, a weekday is the latest one and days gone by are welcome. Words such as "from Monday" or "Friday's"
    name no day, nor do those of a name in `names` ("Friday Health") and what stands behind MAX_TYPED characters.
    Where the day is one by which something ends (`closing`), "in March" is its last.

    Raises:
        PastDate: facing ahead, if every day named is over.
        SeveralDays: if the words can mean different days or times.
        Refusal: for a day or time that does not exist, or one beyond five years.
    """
    here = as_utc(now).astimezone(ZoneInfo(zone))
    asked = Asked(here, facing, customs, closing)
    plain = ascii_lower(set_apart(text[:MAX_TYPED]))
    places = _places(plain, names)
    line = _Line(text, respelled(blank_spans(plain, places), names_in(customs.locale)))
    times = times_in(line.plain, loose=facing is Facing.AHEAD and not closing)
    found = _days(line, times, asked) or _times_alone(line, times, asked)
    if not found and len(places) == 1 and " " not in plain[slice(*places[0])]:
        return find_when(
            text, now, zone, facing=facing, customs=customs, closing=closing
        )  # "Friday": a day after all
    return chosen(found, times, line.plain, line.typed, text, asked)


def _places(plain: str, names: Collection[str]) -> tuple[tuple[int, int], ...]:
    """Where each of these names is first said, the longest of two in one place."""
    found = []
    for name in names:
        wanted = ascii_lower(name).strip()
        at = plain.find(wanted) if wanted else -1
        while at >= 0:
            end = at + len(wanted)
            if not (plain[at - 1 : at].isalnum() or plain[end : end + 1].isalnum()):
                found.append((at, end))
                break
            at = plain.find(wanted, end)
    apart: list[tuple[int, int]] = []
    for place in sorted(found, key=lambda place: (place[0], -place[1])):
        if not apart or place[0] >= apart[-1][1]:
            apart.append(place)
    return tuple(apart)


def _days(line: _Line, times: Times, asked: Asked) -> list[FoundDay]:
    """Every day named; of overlapping readings the longest, then the first in the registry."""
    signs = signs_in(line.plain)
    forms = [
        form for form in DAY_FORMS if is_there(form.needs, signs) and (asked.closing or not form.closing)
    ]
    matches = [
        (match, form) for form in forms for match in islice(form.pattern.finditer(line.plain), MOST_DAYS)
    ]
    matches.sort(key=lambda pair: (pair[0].start(), -pair[0].end()))
    found: list[FoundDay] = []
    taken = 0
    for match, form in matches:
        if match.start() < taken or _is_no_day(match, line):
            continue
        try:
            meant = form.meaning(match, asked)
            if meant is None:
                continue
            one = _found(match, form.form, meant, times, line, asked)
        except Refusal as refusal:
            one = FoundDay(1, match.start(), (refusal,))
        taken = max(match.end(), taken)
        found.append(one)
        if len(found) == MOST_DAYS:
            break
    return found


def _is_no_day(match: re.Match[str], line: _Line) -> bool:
    """True for "from Monday", "she sat", "Sun Microsystems"."""
    lead = before(line.plain, match.start())
    word = match.group()
    if _NOT_THIS.search(lead) or (word == "sat" and _SATURDAY_VERB.search(lead)):
        return True
    if word not in ("sun", "sat"):
        return False
    start, end = line.wording.typed(match.span())
    return line.text[start].isupper() and re.match(r"\s+[A-Z][a-z]", line.text[end : end + 9]) is not None


def _found(
    match: re.Match[str], form: DateForm, meant: Meant, times: Times, line: _Line, asked: Asked
) -> FoundDay:
    """Join a day with the time beside it, or with one clearly set apart, and say how sure it is."""
    plain = line.plain
    beside = time_of(match.span(), times, plain, timed=meant.moment is not None)
    start, end = min(beside.spans)[0], max(beside.spans)[1]
    at_edge = not plain[:start].strip() or not plain[end:].strip(" .!?,")
    aside = _ASIDE.fullmatch(match.group()) is not None
    thing = is_owned(plain, match.start()) and _THING_AFTER.match(plain, match.end()) is not None
    rank = 2 if aside or thing else 0 if beside.named or at_edge else 1
    days = [meant.day, meant.other] if meant.other else [meant.day]

    def at(clock: SpokenTime | None) -> tuple[When | Refusal, ...]:
        others = [clock._replace(at=other) for other in clock.others] if clock is not None else []
        return tuple(
            settle(meant._replace(day=day), one, form, plain, beside.spans, asked)
            for day in days
            for one in (clock, *others)
        )

    return FoundDay(rank, start, at(beside.clock), meant.why, at if beside.exact else None)


def _times_alone(line: _Line, times: Times, asked: Asked) -> list[FoundDay]:
    """A time and no day: its next occurrence, or facing back the one today."""
    plain = line.plain
    found = []
    first_things = [part for part in times.parts if _FIRST_THING.fullmatch(plain, part.start, part.end)]
    for clock in times.exact or first_things:
        last = not plain[clock.end :].strip(" .!?,")
        first = not plain[: clock.start].strip()
        behind = line.text[line.wording.typed((clock.start, clock.end))[1] :][:3]
        closed = last or re.match(r"\s?[,;:–—-]|\s[a-z]", behind)  # not "at 9 Main Street"
        if clock.loose or is_owned(plain, clock.start) or (clock.bare and not (closed and (first or last))):
            continue
        when = settle(Meant(asked.today), clock, DateForm.CLOCK, plain, ((clock.start, clock.end),), asked)
        found.append(FoundDay(0 if clock.prefixed or first or last else 1, clock.start, (when,)))
    return found
