"""Days named by where they lie from today: tomorrow, Friday, next Tuesday, end of month, next quarter."""

import re
from datetime import date, timedelta

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
    weekday_after,
)
from sales.language.dates.spoken.clock import DAY_ENDS
from sales.language.dates.weekday import monday_of

MONTHS_IN = {"month": 1, "quarter": 3, "year": 12}


def _today(match: re.Match[str], asked: Asked) -> Meant:
    return Meant(asked.today)


def _near(match: re.Match[str], asked: Asked) -> Meant:
    """Tomorrow, yesterday and the days beside them; what is none of the others is a spelling of tomorrow."""
    near = match["near"].removeprefix("the ")
    if near.startswith("day after"):
        return Meant(asked.today + timedelta(days=2))
    away = -2 if near == "day before yesterday" else -1 if near.startswith("y") else 1
    return Meant(asked.today + timedelta(days=away))


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


def _after_next(match: re.Match[str], asked: Asked) -> Meant:
    """Friday after next is the one after the coming one or after next week's; the week after next is its Monday."""
    if "after" not in match.group():  # "friday next": the coming one, or next week's
        weekday = WEEKDAY_INDEX[match["wd"][:3]]
        coming, later = (
            weekday_after(asked.today, weekday),
            monday_of(asked.today) + timedelta(days=7 + weekday),
        )
        return Meant(coming, other=None if coming == later else later)
    if match["wd"] is None:
        return _first_of(match["span"], 2, asked)
    weekday = WEEKDAY_INDEX[match["wd"][:3]]
    one = weekday_after(asked.today, weekday) + timedelta(days=7)
    other = monday_of(asked.today) + timedelta(days=14 + weekday)
    return Meant(one, other=None if one == other else other)


def _edge_of(match: re.Match[str], asked: Asked) -> Meant:
    """End of month, end of next week (its Friday), eoq, mid October, start of December, Q4 end."""
    groups = match.groupdict()
    span = groups.get("span") or {"w": "week", "m": "month", "q": "quarter", "y": "year"}[groups["short"]]
    first, last = span_of(span, 1 if groups.get("which") == "next" else 0, asked)
    edge = groups.get("edge", "end")
    if edge in ("start", "beginning", "early"):
        return Meant(first)
    return Meant(first + (last - first) / 2 if edge in ("mid", "middle") else last)


def _next_span(match: re.Match[str], asked: Asked) -> Meant:
    return _first_of(match["span"], 1, asked)


def _first_of(span: str, ahead: int, asked: Asked) -> Meant:
    """A week's Monday, a month's first working day; where something ends with it, the last day of either."""
    first, last = span_of(span, ahead, asked)
    if asked.closing:
        return Meant(last)
    return Meant(first if span == "week" else asked.customs.shift(first - timedelta(days=1), 1))


def span_of(span: str, ahead: int, asked: Asked) -> tuple[date, date]:
    """Return the first and last day of the week (to Friday), month, quarter, year, named month or "q4".

    A named one is the first that has not ended by today, facing back the last that has begun, and `ahead` counts years.
    """
    today = asked.today
    if span == "week":
        monday = monday_of(today) + timedelta(days=7 * ahead)
        if ahead == 0 and today.weekday() > 4:
            monday += timedelta(days=7)  # on a weekend the week that ends is the next one
        return monday, monday + timedelta(days=4)
    this = today.year * 12 + today.month - 1
    starts = asked.customs.fiscal_year_start
    if span in MONTHS_IN:
        length = MONTHS_IN[span]
        into = 0 if length == 1 else (today.month - starts) % length
        index = this - into + length * ahead
    else:
        length = 3 if span[0] == "q" else 1
        month = (starts - 1 + 3 * (int(span[-1]) - 1)) % 12 if length == 3 else MONTH_NUMBER[span[:3]] - 1
        index = today.year * 12 + month - 12
        while index + length <= this:
            index += 12
        if asked.facing is Facing.BACK and index > this:
            index -= 12
        index += 12 * ahead
    return _first_day(index), _first_day(index + length) - timedelta(days=1)


def _first_day(months: int) -> date:
    """The first day of a month counted from the year 0."""
    return date(months // 12, months % 12 + 1, 1)


_WHICH = r"(?:(?P<which>next|this coming|this|last|coming|following)\s)?"
_NEAR = (
    r"(?P<near>(?:the )?day after (?:tom+or+ow|tomo|tmrw|tmr|tmw)|(?:the )?day before yesterday"
    r"|tom+or+ow|tomo|tmrw|tmr|tmw|2moro|yesterday|y['’]?day|yest|ystd?a?y)"
)
_SPAN = rf"(?P<span>week|month|quarter|year|q[1-4]|{MONTH})"
_EDGE = (
    r"(?P<edge>end|start|beginning|middle|mid|early)(?:\s(?:of|in))?[\s-](?:the\s)?"
    r"(?:(?P<which>this|next)\s)?"
)

RELATIVE_FORMS: tuple[DayForm, ...] = (
    day_form(
        DateForm.RELATIVE,
        rf"(?:later\s(?:on\s)?)?today|tonight|asap|this(?=\s(?:morning|afternoon|evening|[ap]m)(?!\w))|{DAY_ENDS}(?:\stoday)?",
        _today,
    ),
    day_form(DateForm.RELATIVE, _NEAR, _near),
    day_form(
        DateForm.WEEKDAY, rf"next week,?\s(?:on\s)?(?P<wd>{WEEKDAY})", _weekday_next_week, needs=("next",)
    ),
    day_form(
        DateForm.WEEKDAY,
        rf"this week,?\s(?:on\s)?(?P<wd>{WEEKDAY})(?P<which>)(?P<week>)",
        _weekday,
        needs=("this week",),
    ),
    day_form(
        DateForm.WEEKDAY,
        rf"(?P<wd>{WEEKDAY})\s(?:of\s)?this week(?P<which>)(?P<week>)",
        _weekday,
        needs=("this week",),
    ),
    day_form(DateForm.WEEKDAY, rf"{_WHICH}(?P<wd>{WEEKDAY})(?P<week>\s(?:(?:of|in)\s)?next week)?", _weekday),
    day_form(
        DateForm.RELATIVE,
        rf"(?:the\s)?(?:(?P<wd>{WEEKDAY})|(?P<span>week|month|quarter))\safter\snext",
        _after_next,
        needs=("after",),
    ),
    day_form(  # "friday next", but not "friday next steps"
        DateForm.WEEKDAY,
        rf"(?P<wd>{WEEKDAY})\snext(?=\s*(?:$|[,;:–—-]|at\s|@|[0-9]))",
        _after_next,
        needs=("next",),
    ),
    day_form(DateForm.RELATIVE, r"next\s(?P<span>week|month|quarter|year)", _next_span, needs=("next",)),
    day_form(DateForm.RELATIVE, rf"{_EDGE}{_SPAN}", _edge_of, needs=("end", "start", "beg", "mid", "early")),
    day_form(
        DateForm.RELATIVE, r"(?P<span>month|quarter|year|q[1-4])[\s-](?P<edge>end)", _edge_of, needs=("end",)
    ),
    day_form(DateForm.RELATIVE, r"eo(?P<short>[wmqy])", _edge_of, needs=("eo",)),
)
