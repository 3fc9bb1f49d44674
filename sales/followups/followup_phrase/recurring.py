"""That a follow-up comes again, in words: "every other tues", "monthly on the 1st", "weekly on friday until easter"."""

import re
from collections.abc import Callable
from datetime import date, time, timedelta
from typing import NamedTuple

from sales.followups.followup_phrase.marks import DATE, NAME
from sales.followups.recurrence import LAST, MOST, RepeatPattern, nth_weekday
from sales.language.dates.spoken.circumstances import WEEKDAY, WEEKDAY_INDEX, months_on
from sales.language.dates.spoken.reading import When
from sales.refusal import Refusal

_OTHER = r"(?:other|second|2nd|alternate)"
_NTH = {
    "first": 1,
    "1st": 1,
    "second": 2,
    "2nd": 2,
    "third": 3,
    "3rd": 3,
    "fourth": 4,
    "4th": 4,
    "last": LAST,
}
_FULL = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_LY = r"(?:weekly|bi-?weekly|fortnightly|monthly|quarterly|yearly|annually)"
_MAY_REPEAT = re.compile(
    rf"(?<!\w)(?:(?:every|each|once\s+an?)\s|(?:{_LY}|daily)(?!\w)|on\s+{_FULL}s(?!\w))", re.I
)
# "the last friday of every month", "every month on the first monday", "every last friday of the month"
_NTH_WEEKDAY = re.compile(
    rf"(?<!\w)(?P<before>(?:(?:every|each)\s+(?:month\s+)?|monthly\s+)?)(?:on\s+)?(?:the\s+)?"
    rf"(?P<nth>{'|'.join(_NTH)})\s+(?P<day>{WEEKDAY})(?P<after>(?:\s+(?:of|in)\s+(?:the|each|every|a)\s+month)?)(?!\w)",
    re.I,
)
_REPEATS_MONTHLY = re.compile(r"every|each|monthly|a\s+month", re.I)
_EVERY_WEEKDAY = re.compile(
    rf"(?<!\w)(?:(?:every|each)\s+(?P<other>{_OTHER}\s+)?|on\s+(?={_FULL}s(?!\w)))(?P<day>{WEEKDAY})(?P<s>s?)(?!\w)",
    re.I,
)
_ON_WEEKDAYS = re.compile(rf"[\s,]*(?:on\s+)?{_FULL}(?P<s>s)(?!\w)", re.I)
_EVERY = re.compile(
    r"(?<!\w)(?:once\s+(?:a|every)\s+(?P<once>week|fortnight|month|quarter|year)"
    rf"|(?:every|each)\s+(?:(?P<other>{_OTHER})\s+|(?P<many>\d{{1,2}}|two|three|four|six)\s+)?"
    r"(?P<unit>week|wk|fortnight|month|mth|quarter|year)s?"
    rf"|(?P<ly>{_LY})(?=\s+(?:on|from|starting|every|each|until|till?|at|the\s+\d|\d|{WEEKDAY}(?!\w))|[\s.!]*$))(?!\w)",
    re.I,
)
_DAILY = re.compile(
    r"(?<!\w)(?:(?:every|each)\s+(?:single\s+)?(?:day|workday|weekday|morning|afternoon|evening)|daily)(?!\w)",
    re.I,
)
# What follows a name or a day may be how often, or what it is called: "weekly call".
_OR_A_NAME = re.compile(rf"(?:^|[{NAME}{DATE}])[\s,;–—-]*(?P<ly>{_LY})(?=\s+\w)", re.I)
_FROM = re.compile(r"\s*(?:from|starting|beginning)(?!\w)", re.I)
_UNTIL = re.compile(r"(?<!\w)(?:until|till?|through|thru|up to|ending)\s+", re.I)
_TIMES = re.compile(
    r"(?<!\w)(?:for\s+(?:the\s+next\s+)?(?P<for>\d{1,2}|two|three|four|six)\s+(?P<unit>weeks?|wks?|months?|mths?|times)"
    r"|[x×]\s?(?P<x>\d{1,2})|(?P<times>\d{1,2})\s?(?:x|×|times))(?!\w)",
    re.I,
)
_UNTIL_EXAMPLE = "Acme every friday until 18 Dec check the pipeline"
_NUMBERS = {"two": 2, "three": 3, "four": 4, "six": 6}
_UNITS = {  # how many weeks, or months, each is
    "week": (1, False), "wk": (1, False), "fortnight": (2, False), "month": (1, True), "mth": (1, True),
    "quarter": (3, True), "year": (12, True), "weekly": (1, False), "biweekly": (2, False),
    "bi-weekly": (2, False), "fortnightly": (2, False), "monthly": (1, True), "quarterly": (3, True),
    "yearly": (12, True), "annually": (12, True),
}  # fmt: skip

NEAR = 80  # characters after "until" in which its day stands
Dated = Callable[[str], When | None]
Span = tuple[int, int]


class Repeats(NamedTuple):
    """That something comes every so many weeks or, `monthly`, months, until a day; on which the day beside it says.

    With `nth` it is such a weekday of a month, the `first` of them known already. `words` say all of it but the day,
    whose place a mark holds.
    """

    every: int
    monthly: bool
    nth: int = 0
    first: date | None = None
    until: date | None = None
    words: str = ""

    def from_day(self, day: date, at: time | None) -> RepeatPattern:
        """Return how it repeats from its first day on."""
        on = day.day if self.monthly and not self.nth else day.weekday()
        return RepeatPattern(self.every, self.monthly, on, self.nth, at, self.until)


class Taken(NamedTuple):
    """A sentence in which blanks stand for the words that say how something repeats; the day it names stays."""

    repeats: Repeats | None
    text: str


def take_repeats(text: str, dated: Dated, today: date) -> Taken:
    """Find whether a sentence says that something comes again.

    Raises:
        Refusal: for what comes every day, or more rarely than once a year; and as `dated` does, for its last day.
    """
    if not _MAY_REPEAT.search(text):
        return Taken(None, text)
    if _DAILY.search(text):
        raise Refusal(
            "A follow-up can come weekly, every other week or monthly, but not every day. Name a weekday.",
            field="when",
            example="Acme every friday check the pipeline",
        )
    found = _nth_weekday(text, today) or _unit_on_weekdays(text) or _every_weekday(text) or _every_unit(text)
    if found is None:
        return Taken(None, text)
    repeats, *spans = found
    words = f"{text[slice(*spans[0])].strip()} {DATE}"
    for span in spans:
        text = _blank(text, *span)
    if from_day := _FROM.match(text, spans[0][1]):
        text = _blank(text, *from_day.span())
    times = _TIMES.search(text)
    if times is not None:
        words = f"{words} {text[slice(*times.span())].strip()}"
        text = _blank(text, *times.span())
        return Taken(repeats._replace(words=words, until=_last_of(repeats, times, today)), text)
    until = _UNTIL.search(text)
    if until is not None:
        last = dated(text[until.start() : until.start() + NEAR])
        if last is not None and last.spans[0][0] <= until.end() - until.start():
            places = [(first + until.start(), after + until.start()) for first, after in last.spans]
            words = f"{words} {text[until.start() : places[0][1]].strip()}"
            text = _blank(text, until.start(), places[0][1])
            repeats = repeats._replace(until=last.day)
        elif not text[until.end() :].lstrip().startswith((NAME, DATE)):
            said = " ".join(text[until.start() :].split()[:2])
            raise Refusal(
                f"Until which day? I cannot read one in “{said}”.", field="when", example=_UNTIL_EXAMPLE
            )
    return Taken(repeats._replace(words=words), text)


def _last_of(repeats: Repeats, times: re.Match[str], today: date) -> date:
    """Return the last day of "for 4 weeks", or by which it has come so many times."""
    typed, unit = (
        (times["for"] or times["x"] or times["times"]).casefold(),
        (times["unit"] or "times").casefold(),
    )
    many = max(_NUMBERS.get(typed) or int(typed), 1)
    monthly = unit.startswith("m") or (unit == "times" and repeats.monthly)
    many *= repeats.every if unit == "times" else 1
    return (months_on(today, many) if monthly else today + timedelta(weeks=many)) - timedelta(days=1)


def may_repeat(marked: str) -> str:
    """Return the word in a marked sentence that may say how often, or what the task is called; empty if none does."""
    found = _OR_A_NAME.search(marked)
    return found["ly"] if found is not None else ""


def _nth_weekday(text: str, today: date) -> tuple[Repeats, Span, Span] | None:
    for found in _NTH_WEEKDAY.finditer(text):
        if _REPEATS_MONTHLY.search(f"{found['before']} {found['after']}"):
            weekday, nth = WEEKDAY_INDEX[found["day"][:3].casefold()], _NTH[found["nth"].casefold()]
            first = nth_weekday(today, weekday, nth)
            if first < today:
                first = nth_weekday(months_on(today.replace(day=1), 1), weekday, nth)
            return Repeats(1, True, nth, first), found.span(), found.span()
    return None


def _every_weekday(text: str) -> tuple[Repeats, Span, Span] | None:
    """Leave the weekday where it stands, without an s."""
    found = _EVERY_WEEKDAY.search(text)
    if found is None:
        return None
    before = found.start(), found.start("day")
    return Repeats(2 if found["other"] else 1, False), before, found.span("s")


def _unit_on_weekdays(text: str) -> tuple[Repeats, Span, Span] | None:
    """Read "weekly on thursdays", which says twice that it comes again: how often stands in the first word."""
    unit = _every_unit(text) if _EVERY.search(text) else None
    days = _ON_WEEKDAYS.match(text, unit[1][1]) if unit is not None else None
    if unit is None or days is None:
        return None
    if unit[0].monthly:
        day = text[days.start() : days.start("s")].split()[-1]
        raise Refusal(
            f"On which {day} of the month?",
            field="when",
            example=f"Acme every first {day} of the month check the usage",
        )
    return unit[0], unit[1], days.span("s")


def _every_unit(text: str) -> tuple[Repeats, Span, Span] | None:
    found = _EVERY.search(text)
    if found is None:
        return None
    many, monthly = _UNITS[(found["once"] or found["unit"] or found["ly"]).casefold()]
    said = found["many"]
    times = 2 if found["other"] else _NUMBERS.get((said or "1").casefold()) or int(said or "1")
    if not 0 < many * times <= MOST:
        raise Refusal("A follow-up can repeat every week up to once a year. How often?", field="when")
    return Repeats(many * times, monthly), found.span(), found.span()


def _blank(text: str, start: int, end: int) -> str:
    return f"{text[:start]}{' ' * (end - start)}{text[end:]}"
