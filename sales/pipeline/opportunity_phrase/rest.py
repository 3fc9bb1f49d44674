"""Until when a parked deal rests, in the words of a sentence: a day, a period's first, a span, or what wakes it."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import NamedTuple

from sales.language.dates.period import Period
from sales.language.dates.period_phrase import parse_period
from sales.language.dates.spoken.circumstances import MONTH, WEEKDAY, Shift
from sales.language.dates.spoken.when import When
from sales.language.figures import long_day
from sales.language.typed_text import ascii_lower, blank_spans, shorten, tidy
from sales.pipeline.opportunity import Waking
from sales.refusal import Reading, Refusal

Span = tuple[int, int]
Dated = Callable[[str], When | None]

_LED = r"(?:until|untill|till?|'til|when(?:ever)?|once|as soon as|unless)"
_LATE = 2 / 3  # how much of a month or quarter is over when it is late in it
_A_NUMBER = r"[0-9]{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|a\scouple\sof"
_MONTHS_IN = {"quarter": 3, "year": 12}
_TIME = (
    r"(?:while|time|bit|moment|(?:day|week|month|quarter|year|holiday|vacation)s?|season|summer|winter|spring|autumn|fall"
    r"|christmas|easter)"
)
_SPAN = re.compile(
    rf"(?<![\w'’-])(?:(?:for|in)\s+)?(?:(?:about|around|at\sleast|another|the\snext)\s+)?(?P<count>{_A_NUMBER}|half\sa)\s+"
    r"(?P<unit>(?:(?:working|business)\s)?days?|weeks?|wks?|fortnights?|months?|quarters?|years?)(?![\w'’])"
)
_EVENT = re.compile(
    rf"(?<!\w){_LED}\s+(?:"
    r"(?P<period>(?:the\s)?next\s(?:sales\s)?period(?:\s(?:begins|starts))?)"
    r"|(?:something|anything)\s(?:happens|moves)(?:\s(?:there|again|with\sthem))?"
    r"|(?:there\sis|there['’]s|i\sget|we\sget)\s(?:any\s|some\s)?(?:news|contact)(?:\sagain)?"
    r"|(?:they|he|she|we|i|you|someone|somebody|anybody|the\s(?:customer|client|buyer)|\x01"
    rf"|(?!(?:the|an?|next|this|last|{WEEKDAY}|{MONTH})\s)[^\W\d]+)\s+"
    r"(?:(?:['’]ll|will|do|does|have|has|next|finally|actually|are|is|get|ever|start|want\sto)\s+){0,2}"
    r"(?:call|ring|phone|e?mail|write|repl(?:y|ie)|respond|answer|comes?\sback|gets?\sback|back|in\stouch|reach\sout|speak"
    r"|talk|meet|hear|contact|ping|return|surface)(?:e?s|ed|ing|d)?(?:\s+(?:me|us|back|again|in\stouch|up|out|about\sit"
    r"|(?:to|from|with)\s(?:them|him|her|us|me|\x01)))*"
    r")(?!\w)"
)
_PERIOD = re.compile(
    rf"(?<![\w'’-])(?:(?P<led>{_LED}|to|from|in|by)\s+)?(?P<over>(?:after|past|over|through(?:out)?|during|for)\s+)?"
    r"(?:the\s+)?(?P<rest>(?:rest|remainder)\s+of\s+(?:the\s+)?)?"
    r"(?:(?P<edge>end|close|late|early|start|beginning)(?:\s+(?:of|in))?(?:\s+the)?[\s-]+)?"
    r"(?P<period>(?:(?:this|next|current|coming)\s+)?(?:fiscal\s+)?(?:week|month|quarter|year)|new\s+(?:quarter|year)"
    r"|[qh][1-4](?:\s?(?:of\s)?(?:fy\s?)?(?:'?[0-9]{2}|20[0-9]{2}))?|20[0-9]{2}"
    rf"|(?P<month>{MONTH})\.?(?:\s(?:of\s)?(?:'[0-9]{{2}}|20[0-9]{{2}}))?)"
    r"(?:\s+(?:begins|starts|comes|is\shere|is\sover))?(?![\w'’])(?!-\w)(?!\.?\s?[0-9])"
)
_PART_OF_A_DAY = re.compile(r"(?:[0-9](?:st|nd|rd|th)?(?:\sof)?|day\sof|week\sof)[\s-]?$")
_UNREAD = re.compile(
    rf"(?<!\w)(?:(?:until|untill|till?|'til|unless)\s+\S.*|(?:when|once|as\ssoon\sas)\s+\S.*"
    rf"|(?:for|in|after|past|over|during|through)\s+(?:[^\W_]+\s+){{0,3}}{_TIME}(?!\w))"
)
_NOW = re.compile(r"(?:until|till?)\s+(?:i|we)\s+(?:re-?open|unpark|wake)(?:\s(?:it|this))?|for\snow")
_UNTIL = re.compile(r"(?<!\w)(?:until|untill|till?|'til)\s")


class Rest(NamedTuple):
    """Until when a deal rests, what wakes it before, and the words that said so. A day is None where none is named."""

    until: date | None = None
    wakes: Waking | None = None
    spans: tuple[Span, ...] = ()


class DayReading(NamedTuple):
    """How days are read: today, how a day is found in words, how the year and its working days are counted."""

    today: date
    dated: Dated
    fiscal_year_start: int
    shift: Shift

    def working(self, day: date) -> date:
        """Return a day if it is a working one, else the next that is."""
        return self.shift(day - timedelta(days=1), 1)


def find_rest(body: str, clock: DayReading) -> Rest:
    """Return until when the words of a sentence let a deal rest.

    A period named is its first working day, one that has to pass ("for the rest of the quarter") the first after it.

    Raises:
        Refusal: where a period is running already, or words may mean its beginning or its end.
    """
    plain = ascii_lower(body)
    event = _EVENT.search(plain)
    spans: tuple[Span, ...] = (event.span(),) if event else ()
    wakes = None if event is None else Waking.PERIOD if event["period"] else Waking.ACTIVITY
    if spans:
        plain = blank_spans(plain, spans)
    found = (
        _span(plain, clock) or _over(plain, body, clock) or _day(plain, clock) or _period(plain, body, clock)
    )
    until, more = found if found else (None, ())
    return Rest(until, wakes, (*spans, *more))


def only_until(reason: str, clock: DayReading) -> Rest:
    """Return what a reason says of it, if it says "until" and can be read: "no budget until January"."""
    led = _UNTIL.search(ascii_lower(reason))
    if led is None:
        return Rest()
    try:
        found = find_rest(reason[led.start() :], clock)
    except Refusal:
        return Rest()
    return found if not found.spans or found.spans[0][0] == 0 else Rest()


def unread(words: str) -> str:
    """Return the words that say until when and were not understood; empty without them."""
    found = _UNREAD.search(ascii_lower(words))
    if found is None or _NOW.fullmatch(tidy(found.group())):
        return ""
    return tidy(words[found.start() : found.end()].replace("\0", " "))


def when_to_open(words: str, readings: list[Reading]) -> Refusal:
    """Return the question until when a deal rests, where words for it were not understood."""
    return Refusal(
        f"I cannot tell when “{shorten(words)}” is. When should it open again?",
        field="until",
        readings=readings,
    )


def _span(plain: str, clock: DayReading) -> tuple[date, tuple[Span, ...]] | None:
    """Two weeks, a month: so long from today."""
    found = _SPAN.search(plain)
    if found is None:
        return None
    count, unit = " ".join(found["count"].split()), found["unit"].removesuffix("s")
    times = _MONTHS_IN.get(unit)
    if count == "half a":
        words = "in 6 months" if unit == "year" else ""
    elif times is not None:
        words = f"in {times * _counted(count)} months"
    elif unit == "fortnight":
        words = f"in {2 * _counted(count)} weeks"
    else:
        words = f"in {_counted(count)} {unit.replace('wk', 'week')}s"
    when = clock.dated(words) if words else None
    return (clock.working(when.day), (found.span(),)) if when is not None else None


def _counted(words: str) -> int:
    if words.isdecimal():
        return int(words)
    named = {"a": 1, "an": 1, "a couple of": 2}
    numbers = [
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
    ]
    return named.get(words) or numbers.index(words) + 1


def _over(plain: str, body: str, clock: DayReading) -> tuple[date, tuple[Span, ...]] | None:
    """For the rest of the quarter, after October: the first working day when that is over."""
    for match in _periods(plain):
        if not (match["over"] or match["rest"]) or match["edge"]:
            continue
        period = _meant(match, clock)
        if period is None:
            continue
        after = clock.working(period.end + timedelta(days=1))
        if (match["over"] or "").strip() in ("for", "during") and period.start > clock.today:
            first = clock.working(period.start)
            raise _which(
                body, match.span(), "Is it to wake when that begins, or when it is over?", (first, after)
            )
        return after, (match.span(),)
    return None


def _day(plain: str, clock: DayReading) -> tuple[date, tuple[Span, ...]] | None:
    """A day as days are said; of a week, month, quarter or year to come the first working one."""
    when = clock.dated(plain)
    if when is None:
        return None
    (start, end), *_ = when.spans
    if not plain[:start].strip(" \0") and not _UNTIL.match(plain, start) and plain[end:].strip(" \0"):
        return None  # "Friday Foods": the beginning of a name
    of_period = _PERIOD.fullmatch(plain[start:end].strip())
    day = clock.working(when.day) if of_period is not None and not of_period["edge"] else when.day
    return day, when.spans


def _period(plain: str, body: str, clock: DayReading) -> tuple[date, tuple[Span, ...]] | None:
    """October, q4, 2027: its first working day."""
    for match in _periods(plain):
        if not match["led"] and not plain[: match.start()].strip(" \0"):
            continue  # "May Corp": the beginning of a name
        period = _meant(match, clock)
        if period is None:
            continue
        edge = match["edge"]
        if edge in ("end", "close"):
            return max(clock.shift(period.end + timedelta(days=1), -1), clock.today), (match.span(),)
        if edge == "late":
            days = round(_LATE * (period.end - period.start).days)
            return clock.working(period.start + timedelta(days=days)), (match.span(),)
        if period.start <= clock.today:
            after = clock.working(period.end + timedelta(days=1))
            later = _meant(match, clock._replace(today=period.end + timedelta(days=1)))
            days_meant = [after]
            if later is not None and later.start > after:
                days_meant.append(clock.working(later.start))
            raise _which(body, match.span(), "It is running already.", days_meant)
        return clock.working(period.start), (match.span(),)
    return None


def _periods(plain: str) -> list[re.Match[str]]:
    """Return where a text names periods, without the months of days that are spelled out."""
    return [
        match
        for match in _PERIOD.finditer(plain)
        if _PART_OF_A_DAY.search(plain, max(0, match.start("period") - 9), match.start("period")) is None
    ]


def _meant(match: re.Match[str], clock: DayReading) -> Period | None:
    words = match["period"].rstrip(".").replace(". ", " ").replace("new ", "next ")
    if words in ("week", "month", "quarter", "year") and not (match["rest"] or match["edge"]):
        return None
    return parse_period(words, clock.today, clock.fiscal_year_start)


def _which(body: str, place: Span, asked: str, days: tuple[date, ...] | list[date]) -> Refusal:
    start, end = place
    readings = [
        Reading(f"Until {long_day(day)}", f"{body[:start]} until {day.isoformat()} {body[end:]}")
        for day in days
    ]
    named = shorten(" ".join(body[start:end].split()))
    return Refusal(f"“{named}”: until which day? {asked}", field="until", readings=readings)
