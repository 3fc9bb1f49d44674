"""Goals that can mean two things: a number from one to another, and so many for each day or week."""

import re
from datetime import date, timedelta

from sales.language.dates.period import JANUARY, Period, PeriodKind, period_containing, week_of
from sales.language.dates.period_phrase import parse_period
from sales.language.figures import MONTHS, month_day
from sales.language.typed_text import shorten, tidy
from sales.refusal import Reading, Refusal

WORKWEEK = 5  # days, Monday to Friday
MOST_WORDS = 8  # of what is counted and its period; more is a story

_MONTH = rf"(?:{'|'.join(name[:3].lower() for name in MONTHS)})"
_SCALE = r"(?:k|m|mn|mio|bn|thousand|million)"
_RANGE = re.compile(
    rf"(?<![\w.,/:-])(?P<low>[^\w\s]?[0-9][0-9.,]*)\s?(?P<scale>{_SCALE}(?!\w))?\s*(?:-|–|—|\bto\b|\bor\b)\s*"
    rf"(?P<high>[^\w\s]?[0-9][0-9.,]*)\s?(?P<more>{_SCALE}(?!\w))?(?![\w/:.-])(?!\s*(?:of )?{_MONTH})",
    re.I,
)
_MONTH_BEFORE = re.compile(rf"{_MONTH}[a-z]*\.?\s*$", re.I)
YEAR = re.compile(r"(?:19|20|21)\d\d")
_EACH = re.compile(
    r"(?:(?<!\w)(?:a|per|each|every|p/?)\s*|\s?/\s*)(?:work(?:ing)?\s?|week|business )?(?P<unit>day|week|wk|d|w)(?!\w)"
    r"|(?<!\w)(?P<daily>daily|weekly)(?!\w)",
    re.I,
)
_TIED = re.compile(r"^(?:(?:in|for|during|over|through|the)\s+)+", re.I)
_COUNT = re.compile(
    r"(?<![\w.,])(?P<number>[0-9]{1,3}(?:,[0-9]{3}){1,2}|[0-9]{1,7})\s?(?P<scale>k|m)?(?![\w.,])", re.I
)


def refuse_range(line: str) -> None:
    """Ask about "150-180k next quarter", with both ends.

    Raises:
        Refusal: if the line gives two numbers where a target is one. Two days or years are no such numbers.
    """
    found = next((one for one in _RANGE.finditer(line) if not _are_dates(line, one)), None)
    if found is None:
        return
    low = f"{found['low']}{found['scale'] or found['more'] or ''}"
    high = f"{found['high']}{found['more'] or ''}"
    typed = [tidy(f"{line[: found.start()]} {one} {line[found.end() :]}") for one in (low, high)]
    raise Refusal(
        f"A goal is one number. Is it {low} or {high}?",
        field="target",
        readings=[Reading(shorten(one), one) for one in typed],
    )


def _are_dates(line: str, found: re.Match[str]) -> bool:
    years = YEAR.fullmatch(found["low"]) and YEAR.fullmatch(found["high"])
    return (
        years is not None
        or _MONTH_BEFORE.search(line[max(found.start() - 12, 0) : found.start()]) is not None
    )


def refuse_each(line: str, today: date, fiscal_year_start: int = JANUARY) -> None:
    """Ask about "5 calls a day", with what that makes in the week and in the month that come.

    Raises:
        Refusal: if the line counts by the day or the week; its readings have the number for all of them.
    """
    each = _EACH.search(line)
    if each is None:
        return
    rest = tidy(f"{line[: each.start()]} {line[each.end() :]}")
    count = _COUNT.search(rest)
    unit = (each["unit"] or each["daily"])[0].lower()
    by_day = unit == "d"
    what = "a day" if by_day else "a week"
    if count is None or _COUNT.search(rest, count.end()) is not None:
        raise Refusal(
            f"So many {what}: how many is that in all, and over which time?",
            field="period",
            example="25 calls this week",
        )
    counted, named = _split_period(rest[count.end() :].split(), today, fiscal_year_start)
    head = tidy(f"{rest[: count.start()]} {{}}{count['scale'] or ''} {counted}")
    number = int(count["number"].replace(",", ""))
    readings = []
    for label, first, last in [(named.label, named.start, named.end)] if named else _ahead(today):
        days = _workdays(max(first, today), last)
        times = number * (days if by_day else max(1, round(days / WORKWEEK)))
        said = head.format(times)
        readings.append(Reading(f"{shorten(said, 40)} {label}", f"{said} {max(first, today)} to {last}"))
    raise Refusal(
        f"{shorten(head.format(number), 40)} {what}: over which time? A goal counts them all together.",
        field="period",
        readings=readings,
    )


def _split_period(words: list[str], today: date, fiscal_year_start: int) -> tuple[str, Period | None]:
    """Return what is counted, and the period that the words after it name, if they name one that is not over."""
    for at in range(1, min(len(words), MOST_WORDS)):
        tail = " ".join(words[at:])
        period = parse_period(_TIED.sub("", tail), today, fiscal_year_start)
        if period is not None and period.end >= today:
            return " ".join(words[:at]), period
    return " ".join(words), None


def _ahead(today: date) -> list[tuple[str, date, date]]:
    """Return the week and the month that come, or what is left of them, under the names that buttons give them."""
    late = today.weekday() >= WORKWEEK - 1
    week = week_of(today + timedelta(days=7) if late else today)
    last = _month_end(today)
    return [
        ("next week" if late else "this week", week.start, week.end),
        (f"until {month_day(last, today)}", today, last),
    ]


def _month_end(today: date) -> date:
    """Return the last day of the month, or of the next one where little of this is left."""
    month = period_containing(PeriodKind.MONTH, today)
    ahead = today + timedelta(days=10)
    return (
        month.end
        if month.end >= ahead
        else period_containing(PeriodKind.MONTH, month.end + timedelta(days=1)).end
    )


def _workdays(first: date, last: date) -> int:
    return sum((first + timedelta(days=day)).weekday() < WORKWEEK for day in range((last - first).days + 1))
