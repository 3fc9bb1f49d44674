"""Months, quarters and years as days by which a deal closes: each is its last day."""

import re
from datetime import date, timedelta
from typing import NamedTuple

from sales.language.dates.period_phrase import parse_period
from sales.language.dates.spoken.circumstances import MONTH, months_on
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
    r"(?![\w'’])(?!-\w)(?!\.?\s?[0-9])"
)
RECENT = timedelta(days=60)  # a month that is over no longer than this may be meant by mistake
_DAY_BEFORE = re.compile(r"[0-9](?:st|nd|rd|th)?(?:\sof)?[\s-]?$")
_OR = re.compile(r"\s*(?:or|to|/|-|–|and)\s*")
_ENDS = {"q": "this quarter", "m": "this month", "y": "this year"}
# How much of a period has gone by then; without such a word it is its last day.
_SHARE = {"early": 1 / 3, "mid": 1 / 2, "middle": 1 / 2, "start": 0.0, "beginning": 0.0}


class WhichPeriod(Refusal):
    """A month or quarter that has just ended was named without its year, or two of them were."""


class Closing(NamedTuple):
    """A day and the words that named it: their spans, with what leads to it ("closes in").

    `is_sure` where nothing but a day can be meant; without, the words may be part of a name.
    """

    day: date
    spans: tuple[tuple[int, int], ...]
    is_sure: bool


def find_period(body: str, today: date, fiscal_year_start: int) -> Closing | None:
    """Return the last day of the first period that a sentence names, if it is still to come; None without one.

    Raises:
        WhichPeriod: for one that has just ended, and for two of them.
    """
    plain = ascii_lower(body)
    found = [match for match in _PERIOD.finditer(plain) if not _is_of_a_day(match, plain)]
    for at, match in enumerate(found):
        day = _day(match, today, fiscal_year_start)
        if day is None or day < today:
            continue
        led = LED.search(plain[: match.start()])
        start = led.start() if led else match.start()
        other = found[at + 1] if found[at + 1 :] else None
        if other is not None and _OR.fullmatch(plain, match.end(), other.start()):
            second = _day(other, today, fiscal_year_start)
            if second is not None and second > day:
                asked = f"Which do you mean, {long_day(day)} or {long_day(second)}?"
                raise _which(asked, body, (match.start(), other.end()), (day, second))
        is_sure = led is not None or match["edge"] is not None or match["end"] is not None
        over, has_year = months_on(day, -12), re.search("[0-9]{2}", match["period"]) is not None
        if timedelta(0) < today - over <= RECENT and not has_year and (is_sure or plain[:start].strip()):
            asked = f"“{body[match.start() : match.end()].strip()}” ended on {long_day(over)}. Is it {long_day(day)}?"
            raise _which(asked, body, match.span(), (day,))
        return Closing(day, ((start, match.end()),), is_sure or plain[start:].startswith(("this", "next")))
    return None


def _is_of_a_day(match: re.Match[str], plain: str) -> bool:
    """Say whether a month is part of a day that is spelled out before it: 15 dec."""
    before = _DAY_BEFORE.search(plain, max(0, match.start() - 8), match.start("period"))
    return match["month"] is not None and before is not None


def _which(text: str, body: str, place: tuple[int, int], days: tuple[date, ...]) -> WhichPeriod:
    start, end = place
    readings = [Reading(long_day(day), f"{body[:start]}{day.isoformat()}{body[end:]}") for day in days]
    return WhichPeriod(text, field="closes", readings=readings)


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
