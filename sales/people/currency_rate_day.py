"""The day a rate begins, as people type it: "from 1 Jan", "since last Monday", "as of Q1", "from the start"."""

import re
from datetime import UTC, date, datetime, time, timedelta

from sales.language.dates.period import months_after
from sales.language.dates.period_phrase import parse_period
from sales.language.dates.spoken.circumstances import Customs, Facing
from sales.language.dates.spoken.reading import PastDate, SeveralDays, find_when
from sales.language.figures import long_day, month_day
from sales.language.typed_text import shorten
from sales.people.currency_rate import ALWAYS
from sales.refusal import Reading, Refusal

FAR_AHEAD = timedelta(
    days=183
)  # a day of a year that comes round later than this was meant as the one gone by
LATEST = timedelta(days=366)
EARLIEST = 1970

_BEGINS = re.compile(
    r"^(?:(?:valid|effective|in force|starting|beginning|as)\s+)?(?:from|since|of|on|starting|effective)?\s*"
)
_ALWAYS = re.compile(
    r"(?:(?:from|since) )?(?:the )?(?:very )?(?:start|beginning)|always|(?:(?:for|on) )?(?:ever|all (?:the )?days)"
)
_SURE = re.compile(r"\d{4}|\b(?:this|last|next|previous|today|tomorrow|yesterday)\b")


def day_of_rate(words: str, today: date, customs: Customs, rate: str) -> date:
    """Return the day on which a rate begins; `rate` is what was typed of it after the command.

    Raises:
        Refusal: for words that name no day, with readings where they may name one gone by or one to come.
    """
    if _ALWAYS.fullmatch(words):
        return ALWAYS
    named = _BEGINS.sub("", words, count=1)
    if re.fullmatch(r"\d{4}-\d\d-\d\d", named):
        return stated(named, today, rate)
    found = days_named(named, today, customs, rate)
    if not found:
        raise Refusal(
            f"“{shorten(words)}” names no day from which the rate counts.", example=f"/team {rate} from 1 Jan"
        )
    back, ahead = min(found), max(found)
    if back == ahead or (ahead - today > FAR_AHEAD and back <= today):
        return near_enough(back, today, rate)
    raise Refusal(
        f"From {month_day(back)} or from {month_day(ahead)}?",
        example=f"/team {rate} from {month_day(back)}",
        readings=[
            Reading(f"From {long_day(one, today)}", f"{rate} from {one.isoformat()}") for one in (back, ahead)
        ],
    )


def stated(iso: str, today: date, rate: str) -> date:
    """Return a day written as 2026-01-31, also one of long ago.

    Raises:
        Refusal: for one that is in no calendar, or too far away.
    """
    try:
        return near_enough(date.fromisoformat(iso), today, rate)
    except ValueError as no_day:
        raise Refusal(f"There is no {iso} in the calendar.", example=f"/team {rate} from 1 Jan") from no_day


def near_enough(day: date, today: date, rate: str) -> date:
    if day > today + LATEST:
        raise Refusal(
            f"{long_day(day)} is more than a year away. Check the year.", example=f"/team {rate} from 1 Jan"
        )
    if day.year < EARLIEST:
        raise Refusal(f"{long_day(day)} is too long ago.", example=f"/team {rate} from the start")
    return day


def days_named(words: str, today: date, customs: Customs, rate: str) -> set[date]:
    """Return the days that words may name: the latest gone by and the next to come, one where they are sure."""
    noon = datetime.combine(today, time(12), UTC)
    found = set[date]()
    for facing in Facing:
        try:
            when = find_when(words, noon, "UTC", facing=facing, customs=customs)
        except PastDate:
            continue
        except SeveralDays as several:
            several.example = f"/team {rate} from {several.alternatives[0].words}"
            raise several.asked_in(lambda typed: f"{rate} from {typed}") from None
        except Refusal as refused:
            refused.example = f"/team {rate} from 1 Jan"
            raise
        if when is not None and when.at is None and not when.cut_from(words):
            found.add(when.day)
    if found:
        return found
    period = parse_period(words, today, customs.fiscal_year_start)
    if period is None:
        return found
    if _SURE.search(words) or period.start <= today:
        return {period.start}
    return {period.start, months_after(period.start, -12)}
