"""The day a sentence gives a deal: a day, or the end of a month, quarter or year."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import NamedTuple

from sales.language.dates.period_phrase import parse_period
from sales.language.dates.spoken.circumstances import MONTH, WEEKDAY, DateForm, months_on
from sales.language.dates.spoken.when import When
from sales.language.figures import long_day
from sales.language.typed_text import ascii_lower
from sales.refusal import Reading, Refusal

LED = re.compile(
    r"(?:(?<!\w)(?:closes?|closing|close date|expected(?: to)?(?: close)?|expects? to close|due|until|till|to|by|on|is"
    r"|in|during|for|around|about|before|expected|exp|eta|est|decision|signing|signature)\s*:?\s+)+$",
    re.I,
)
_PERIOD = re.compile(
    r"(?<![\w'’-])(?:(?P<edge>(?:the )?(?:end|close)(?: of| the|-)*|late|early|mid|middle of|start of|beginning of)"
    r"[\s-]+)?"
    r"(?:the\s+)?(?P<period>(?:(?:this|next|current|coming)\s+)(?:quarter|month|year)"
    r"|q[1-4](?:\s?(?:of\s)?(?:fy\s?)?(?:'?[0-9]{2}|20[0-9]{2}))?|(?P<quarter>[1-4])(?:st|nd|rd|th)\squarter"
    rf"|(?P<month>{MONTH})\.?(?:\s(?:of\s)?(?:'[0-9]{{2}}|20[0-9]{{2}}))?"
    r"|(?P<end>eoq|eom|eoy|(?:quarter|month|year)[ -]end|end of (?P<unit>quarter|month|year)))"
    r"(?![\w'’])(?!-\w)(?!\s?[0-9])"
)
_OF_A_DAY = re.compile(
    rf"(?<!\w)(?:closes?|closing|due|expected|until|till|q[1-4]|h[12]|{MONTH}|{WEEKDAY}|week|month|quarter|year)(?!\w)"
)
RECENT = timedelta(days=60)  # a month that is over no longer than this may be meant by mistake
_DAY_BEFORE = re.compile(r"[0-9](?:st|nd|rd|th)?(?:\sof)?[\s-]?$")
_ENDS = {"q": "this quarter", "m": "this month", "y": "this year"}
# How much of a period has gone by then; without such a word it is its last day.
_SHARE = {"early": 1 / 3, "mid": 1 / 2, "middle": 1 / 2, "start": 0.0, "beginning": 0.0}


class JustOver(Refusal):
    """A month or quarter that has just ended was named without its year."""


class Closing(NamedTuple):
    """A day and the words that named it: their spans, with what leads to it ("closes in").

    `is_sure` where nothing but a day can be meant; without, the words may be part of a name.
    """

    day: date
    spans: tuple[tuple[int, int], ...]
    is_sure: bool


def find_closing(
    body: str,
    dated: Callable[[str], When | None],
    today: date,
    fiscal_year_start: int,
    *,
    ahead: bool,
) -> Closing | None:
    """Return the day a sentence names, or None. A period is its last day; it is read where `ahead`.

    Raises:
        Refusal: for a day that cannot be.
    """
    period = _period(body, today, fiscal_year_start) if ahead else None
    if period is not None:
        return period
    when = dated(body)
    if when is None:
        return None
    (start, end), *others = when.spans
    led = LED.search(body[:start])
    spans = ((led.start() if led else start, end), *others)
    return Closing(when.day, spans, led is not None or not _may_begin_name(body, when))


def _may_begin_name(body: str, when: When) -> bool:
    """Say whether a day's word at the beginning goes on as a name: "Friday Health", "Today Media"."""
    start, end = when.spans[0]
    if len(when.spans) > 1 or body[:start].strip() or when.form not in (DateForm.WEEKDAY, DateForm.RELATIVE):
        return False
    return re.match(r"\s+(?:[^\W\d_]|\x01)", body[end:]) is not None


def _period(body: str, today: date, fiscal_year_start: int) -> Closing | None:
    plain = ascii_lower(body)
    for match in _PERIOD.finditer(plain):
        if match["month"] and _DAY_BEFORE.search(plain, max(0, match.start() - 8), match.start("period")):
            continue
        day = _day(match, today, fiscal_year_start)
        if day is None or day < today:
            continue
        led = LED.search(plain[: match.start()])
        start = led.start() if led else match.start()
        year_before = months_on(day, -12)
        if not re.search("[0-9]{2}", match["period"]) and timedelta(0) < today - year_before <= RECENT:
            raise _just_over(body, (match.start(), match.end()), day, year_before)
        is_sure = led is not None or match["edge"] is not None or match["end"] is not None
        return Closing(day, ((start, match.end()),), is_sure or plain[start:].startswith(("this", "next")))
    return None


def _just_over(body: str, place: tuple[int, int], day: date, over: date) -> JustOver:
    start, end = place
    words = body[start:end].strip()
    return JustOver(
        f"“{words}” ended on {long_day(over)}. Is it {long_day(day)}?",
        field="closes",
        readings=[Reading(long_day(day), f"{body[:start]}{day.isoformat()}{body[end:]}")],
    )


def _day(match: re.Match[str], today: date, fiscal_year_start: int) -> date | None:
    words = match["period"].rstrip(".")
    if match["end"]:
        words = f"this {match['unit']}" if match["unit"] else _ENDS[match["end"].removeprefix("eo")[0]]
    elif match["quarter"]:
        words = f"q{match['quarter']}"
    period = parse_period(words.replace(". ", " "), today, fiscal_year_start)
    if period is None:
        return None
    edge = (match["edge"] or "").removeprefix("the ").split(" ")[0].rstrip("-")
    share = _SHARE.get(edge)
    if share is None:
        return period.end
    day = period.start + timedelta(days=round(share * (period.end - period.start).days))
    return max(day, today)


def in_a_year(day: date, today: date) -> date | None:
    """Return the same date in the next year in which it is still to come; None for 29 Feb where that has none."""
    return next(
        (one for years in (1, 2) if (one := months_on(day, 12 * years)) >= today and one.day == day.day), None
    )


def is_of_a_day(words: str) -> bool:
    """Say whether words that were not understood speak of a day, so that they are nobody's name."""
    return _OF_A_DAY.search(ascii_lower(words)) is not None
