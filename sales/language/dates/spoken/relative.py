"""Days counted from today: tomorrow, Friday, next Tuesday, in two weeks, end of month."""

import re
from datetime import UTC, date, timedelta

from sales.language.dates.spoken.circumstances import (
    MONTH,
    MONTH_NUMBER,
    WEEKDAY,
    WEEKDAY_INDEX,
    Asked,
    DateForm,
    DayForm,
    Facing,
    Meant,
    day_form,
    monday_of,
    months_on,
    weekday_after,
)
from sales.language.dates.spoken.clock import DAY_ENDS

_NUMBERS = {
    number_word: number
    for number, number_word in enumerate(
        (
            "zero",
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
        )
    )
}
MINUTES = {"minute": 1, "hour": 60}
DAYS = {"day": 1, "week": 7, "fortnight": 14}
MONTHS = {"month": 1, "year": 12}
_COUNTS = _NUMBERS | {"a": 1, "an": 1, "a couple of": 2, "a few": 3}
_COUNT = rf"(?P<count>[0-9]{{1,3}}|half an|{'|'.join(sorted(_COUNTS, key=len, reverse=True))})"
_UNIT = (
    r"(?P<unit>min(?:ute)?s?|m|h(?:(?:ou)?rs?)?|d(?:ays?)?|(?:business|working|work) days?"
    r"|w(?:(?:ee)?ks?)?|fortnights?|months?|mos?|years?|yrs?)"
)


def _today(match: re.Match[str], asked: Asked) -> Meant:
    return Meant(asked.today)


def _near(match: re.Match[str], asked: Asked) -> Meant:
    """Tomorrow, yesterday and the days beside them; what is none of the others is a spelling of tomorrow."""
    away = {"day after tomorrow": 2, "yesterday": -1, "day before yesterday": -2}
    return Meant(asked.today + timedelta(days=away.get(match["near"].removeprefix("the "), 1)))


def _counted(match: re.Match[str], asked: Asked) -> Meant:
    """In two weeks, 3 days from now, in an hour, 2 days ago."""
    groups = match.groupdict()
    ago = groups.get("ago") is not None
    if match["count"] == "half an":
        count, unit = 30, "minute"
    else:
        count = _COUNTS[match["count"]] if match["count"] in _COUNTS else int(match["count"])
        unit = _unit(match["unit"])
    steps = -count if ago else count
    if unit == "workday":
        return Meant(_workdays_on(asked.today, steps))
    if unit in MINUTES:
        moment = asked.now.astimezone(UTC) + timedelta(minutes=MINUTES[unit] * steps)
        there = moment.replace(second=0, microsecond=0).astimezone(asked.now.tzinfo)
        return Meant(there.date(), there)
    if unit in DAYS:
        day = asked.today + timedelta(days=DAYS[unit] * steps)
    else:
        day = months_on(asked.today, MONTHS[unit] * steps)
    if groups.get("anchor"):
        anchor = WEEKDAY_INDEX[groups["anchor"][:3]]
        return Meant(weekday_after(asked.today, anchor) + (day - asked.today))
    return Meant(day)


def _unit(typed: str) -> str:
    if " " in typed:
        return "workday"
    for letters, unit in (("mi", "minute"), ("mo", "month"), ("f", "fortnight"), ("m", "minute")):
        if typed.startswith(letters):
            return unit
    return {"h": "hour", "d": "day", "w": "week", "y": "year"}[typed[0]]


def _workdays_on(day: date, count: int) -> date:
    """Monday to Friday, as people count on their fingers; the team's holidays are not looked at."""
    step = timedelta(days=1 if count > 0 else -1)
    for _ in range(abs(count)):
        day += step
        while day.weekday() > 4:
            day += step
    return day


def _weekday(match: re.Match[str], asked: Asked) -> Meant:
    """Friday is the next one to come, "next Friday" next week's, "this Friday" today's on a Friday."""
    weekday, which, today = WEEKDAY_INDEX[match["wd"][:3]], match["which"], asked.today
    if which == "last":
        return Meant(weekday_after(today, weekday) - timedelta(days=14 if weekday == today.weekday() else 7))
    if which == "next" or match["week"]:
        return Meant(monday_of(today) + timedelta(days=7 + weekday))
    if asked.facing is Facing.BACK:
        return Meant(weekday_after(today, weekday) - timedelta(days=7))
    if weekday == today.weekday():
        return Meant(today) if which == "this" else Meant(today, firm=False)
    return Meant(weekday_after(today, weekday))


def _weekday_next_week(match: re.Match[str], asked: Asked) -> Meant:
    return Meant(monday_of(asked.today) + timedelta(days=7 + WEEKDAY_INDEX[match["wd"][:3]]))


def _edge_of(match: re.Match[str], asked: Asked) -> Meant:
    """End of month, end of next week (its Friday), eoq, mid October, start of December."""
    groups = match.groupdict()
    span = groups.get("span") or {"w": "week", "m": "month", "q": "quarter", "y": "year"}[groups["short"]]
    first, last = _span(span, 1 if groups.get("which") == "next" else 0, asked)
    edge = groups.get("edge", "end")
    if edge in ("start", "beginning", "early"):
        return Meant(first)
    return Meant(first + (last - first) / 2 if edge in ("mid", "middle") else last)


def _span(span: str, ahead: int, asked: Asked) -> tuple[date, date]:
    """First and last day of the week (to Friday), month, quarter, year or named month."""
    today = asked.today
    if span == "week":
        monday = monday_of(today) + timedelta(days=7 * ahead)
        if ahead == 0 and today.weekday() > 4:
            monday += timedelta(days=7)  # on a weekend the week that ends is the next one
        return monday, monday + timedelta(days=4)
    if span in ("month", "quarter", "year"):
        length = {"month": 1, "quarter": 3, "year": 12}[span]
        into = 0 if length == 1 else (today.month - asked.fiscal_year_start) % length
        index = today.year * 12 + today.month - 1 - into + length * ahead
    else:
        length, index = 1, today.year * 12 + MONTH_NUMBER[span[:3]] - 1
        if index < today.year * 12 + today.month - 1:
            index += 12
    first = date(index // 12, index % 12 + 1, 1)
    end = index + length
    return first, date(end // 12, end % 12 + 1, 1) - timedelta(days=1)


def _next_span(match: re.Match[str], asked: Asked) -> Meant:
    """Next week is its Monday, next month its first day."""
    return Meant(_span(match["span"], 1, asked)[0])


_WHICH = r"(?:(?P<which>next|this coming|this|last|coming|following)\s)?"
_NEAR = (
    r"(?P<near>(?:the )?day after tomorrow|(?:the )?day before yesterday"
    r"|tom+or+ow|tomo|tmrw|tmr|tmw|2moro|yesterday)"
)
_EDGE = (
    r"(?P<edge>end|start|beginning|middle|mid|early)(?:\s(?:of|in))?[\s-](?:the\s)?"
    r"(?:(?P<which>this|next)\s)?"
)

RELATIVE_FORMS: tuple[DayForm, ...] = (
    day_form(
        DateForm.RELATIVE,
        rf"today|tonight|this(?=\s(?:morning|afternoon|evening))|{DAY_ENDS}(?:\stoday)?",
        _today,
    ),
    day_form(DateForm.RELATIVE, _NEAR, _near),
    day_form(DateForm.RELATIVE, rf"(?:in|within)\s{_COUNT}\s?{_UNIT}(?:['’]? time)?", _counted),
    day_form(DateForm.RELATIVE, rf"{_COUNT}\s?{_UNIT}\s(?P<ago>ago)", _counted),
    day_form(
        DateForm.RELATIVE,
        rf"(?:in\s)?{_COUNT}\s?{_UNIT}\s(?:from (?:now|today|(?P<anchor>{WEEKDAY}))|later)",
        _counted,
    ),
    day_form(DateForm.WEEKDAY, rf"next week,?\s(?:on\s)?(?P<wd>{WEEKDAY})", _weekday_next_week),
    day_form(DateForm.WEEKDAY, rf"{_WHICH}(?P<wd>{WEEKDAY})(?P<week>\s(?:of\s)?next week)?", _weekday),
    day_form(DateForm.RELATIVE, r"next\s(?P<span>week|month|quarter|year)", _next_span),
    day_form(DateForm.RELATIVE, rf"{_EDGE}(?P<span>week|month|quarter|year|{MONTH})", _edge_of),
    day_form(DateForm.RELATIVE, r"eo(?P<short>[wmqy])", _edge_of),
)
