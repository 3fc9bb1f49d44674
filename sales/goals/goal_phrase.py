"""Goals as people type them: "120k this quarter", "12 deals this month", "40 calls in october because …"."""

import re
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from sales.followups.activity import ActivityKind
from sales.followups.activity_words import PLURALS, kind_misspelled, kind_named
from sales.goals.goal import Metric
from sales.goals.goal_doubt import WORKWEEK, YEAR, refuse_each, refuse_range
from sales.language.amounts.spelled import with_count, with_figures
from sales.language.dates.deadline import named_period
from sales.language.dates.period import (
    JANUARY,
    Period,
    PeriodKind,
    next_period,
    period_containing,
    span,
    week_of,
)
from sales.language.dates.period_phrase import day_named
from sales.language.emoji import apart, without_marks
from sales.language.figures import days_between, long_day, number
from sales.language.money import BARE_FROM, SCALES, amounts_within, parse_money
from sales.language.spelling import closest
from sales.language.typed_text import MAX_WORDS, clean, shorten, tidy
from sales.refusal import Reading, Refusal

MAX_TIMES = 1_000_000  # deals, opportunities or activities in one goal; more is a slip of the finger
MOST_NUMBERS = 6  # a target and two dates with their years
EXAMPLE = "120k this quarter"

_LEAD_IN = re.compile(
    r"^(?:(?:please|set|add|new|create|make|change|update|my|our|a|the|goals?|targets?|quota|is|of|to|at|for"
    r"|(?:i|we) (?:want|need|plan|aim|hope|intend|have|would like)(?: to)?|(?:i|we)['’](?:ll|d like to)"
    r"|aim(?:ing)?|hit|reach|win|close|book|sell|sign|land|get|do|run|hold|open|generate|bring in"
    r"|at least)(?!\w)[\s:=]*)+",
    re.I,
)
_BECAUSE = re.compile(r"[\s,;:–—-]{0,3}(?<!\w)(?:because(?:\s+of)?|reason\s*:|why\s*:|so that|as)\s+", re.I)
_METRICS: tuple[tuple[Metric, str], ...] = (
    (Metric.OPPORTUNITIES_CREATED, r"(?:new |created )?(?:opportunit(?:y|ies)|opps?)(?: created| opened)?"),
    (
        Metric.DEALS_WON,
        r"(?:won |closed |new |closed-won )?(?:deals?|wins?|customers?|logos?)(?: won| closed| signed)?",
    ),
    (Metric.REVENUE, r"(?:in |of )?(?:new )?(?:revenue|sales|bookings|turnover|arr|mrr)"),
)
_METRIC = tuple((metric, re.compile(rf"(?<![\w-])(?:{words})(?![\w-])", re.I)) for metric, words in _METRICS)
COUNTED = {
    Metric.DEALS_WON: "deals",
    Metric.OPPORTUNITIES_CREATED: "opportunities",
    Metric.REVENUE: "revenue",
}
_WORD = re.compile(r"(?<![\w-])[^\W\d_][\w-]*(?:\s[^\W\d_][\w-]*)?")
_EACH = re.compile(r"(?<!\w)(?:a|an|per|each|every|/)\s*(month|quarter|year)(?!\w)", re.I)
_EVERY = tuple(
    (re.compile(rf"(?<!\w){word}(?!\w)", re.I), meaning)
    for word, meaning in {
        "monthly": "this month",
        "quarterly": "this quarter",
        "yearly": "this year",
        "annually": "this year",
    }.items()
)
FISCAL = re.compile(r"(?<![a-z])(?:fy|fiscal|financial)", re.I)
_TIED = re.compile(r"^(?:(?:in|for|during|over|within|of|from|on|the)\s+)+(?=\S)", re.I)


class GoalDraft(NamedTuple):
    """A goal read from a sentence. `target` is minor units for revenue, otherwise a count."""

    metric: Metric
    activity_kind: ActivityKind | None
    target: int
    period: Period
    reason: str


class _Measure(NamedTuple):
    """What is counted, and the sentence without its words."""

    metric: Metric | None
    kind: ActivityKind | None
    said: str  # the plural of what is counted
    rest: str


@apart
def read_goal_line(text: str, today: date, fiscal_year_start: int, currency: str) -> GoalDraft:
    """Return the goal: what is measured, how much of it, and over which period (mechanism 1).

    Without a metric a number with a currency, a k, or of BARE_FROM and more is revenue; without a period it
    is the current quarter. "By" a day, or the end of a period, begins today.

    Raises:
        Refusal: if the number is missing or cannot stand, or the period is over or unknown; `field` is then
            "target", "metric" or "period". Asked about, with readings, are two numbers, a number for each day or
            week, what can mean two periods, and a year that could be the number.
    """
    line = clean(text)
    line, reason = _split_reason(_LEAD_IN.sub("", line))
    line = with_figures(without_marks(line))
    line = line if amounts_within(line) else with_count(line)
    if not line:
        raise Refusal("How much, and by when?", field="target", example=EXAMPLE)
    refuse_range(line)
    refuse_each(line, today, fiscal_year_start)
    line = _EACH.sub(r"this \1", line)
    for word, meaning in _EVERY:
        line = word.sub(meaning, line)
    measure = _measure(line)
    number, words = _target_and_period(measure, today, fiscal_year_start)
    if measure.metric is None and words and _parsed(words, number, today, fiscal_year_start) is None:
        _refuse_misspelled(words, number)
    metric = measure.metric or _metric_of(number, words)
    target = parse_money(number, currency, "target") if metric is Metric.REVENUE else _times(number)
    period = _period(words, f"{number} {measure.said}".strip(), today, fiscal_year_start)
    return GoalDraft(metric, measure.kind, target, period, clean(reason, MAX_WORDS, "reason"))


def _split_reason(line: str) -> tuple[str, str]:
    because = _BECAUSE.search(line)
    return (line[: because.start()], tidy(line[because.end() :])) if because else (line, "")


def _measure(line: str) -> _Measure:
    """Find what is counted: revenue, deals, opportunities or a kind of activity, one letter of it wrong or none."""
    for metric, named in _METRIC:
        match = named.search(line)
        if match:
            return _Measure(metric, None, COUNTED[metric], f"{line[: match.start()]} {line[match.end() :]}")
    for read in (kind_named, kind_misspelled):
        for match in _WORD.finditer(line):
            for words in dict.fromkeys((match.group(), match.group().split()[0])):
                kind = read(words)
                if kind:
                    at = match.start()
                    rest = f"{line[:at]} {line[at + len(words) :]}"
                    return _Measure(Metric.ACTIVITIES, kind, PLURALS[kind], rest)
    return _Measure(None, None, "", line)


def _target_and_period(measure: _Measure, today: date, fiscal_year_start: int) -> tuple[str, str]:
    """Tell the target from numbers of the period: it is the one without which a period remains.

    "2026 120k" is 120k in 2026, "1 oct to 31 dec 120k" is 120k between two days.
    """
    rest = measure.rest
    spans = amounts_within(rest)
    if not spans:
        raise Refusal("The goal lacks a number.", field="target", example=EXAMPLE)
    _refuse_year(measure, [rest[start:end] for start, end in spans], today, fiscal_year_start)
    for start, end in spans[:MOST_NUMBERS]:
        words = _period_words(f"{rest[:start]} {rest[end:]}")
        said = f"{rest[start:end]} {measure.said}".strip()
        if not words or _parsed(words, said, today, fiscal_year_start) is not None:
            return rest[start:end], words
    start, end = spans[0]
    return rest[start:end], _period_words(f"{rest[:start]} {rest[end:]}")


def _refuse_year(measure: _Measure, numbers: Sequence[str], today: date, fiscal_year_start: int) -> None:
    """Ask how much where all that is said is a period: the year of "Q4 2026" is no target."""
    year = next((one for one in numbers if YEAR.fullmatch(one)), None)
    if year is None:
        return
    words = _period_words(measure.rest)
    example = f"{'12' if measure.said else '120k'} {measure.said} {words}".replace("  ", " ")
    try:
        period = named_period(words, today, fiscal_year_start)
    except Refusal:
        raise Refusal("How much by then?", field="period", example=example) from None
    if period is not None:
        target = f"{number(int(year))} {measure.said}".strip()
        meant = tidy(f"{target} {_period_words(measure.rest.replace(year, ' ', 1))}")
        raise Refusal(
            f"{period.label} is over." if period.end < today else f"How much in {period.label}?",
            field="period",
            example=example,
            readings=[Reading(f"A target of {target}", meant)],
        )


def _period_words(text: str) -> str:
    return _TIED.sub("", tidy(text))


def _refuse_misspelled(words: str, number: str) -> None:
    """Ask about "50 clals this month" with the word that was meant."""
    typed = words.split()[0]
    meant = closest(typed, (*COUNTED.values(), *PLURALS.values()))
    if meant:
        likely = f"{number} {meant} {' '.join(words.split()[1:]) or 'this quarter'}"
        raise Refusal(
            f"“{shorten(typed)}” is not something to count. Did you mean {meant}?",
            field="metric",
            example=likely,
            readings=[Reading(likely, likely)],
        )


def _metric_of(number: str, words: str) -> Metric:
    digits = re.sub(r"[^0-9]", "", number)
    marked = re.sub(r"[0-9.,'’_\s-]", "", number)
    if marked or len(digits) > 4 or int(digits or 0) >= BARE_FROM:
        return Metric.REVENUE
    times, period = digits.lstrip("0") or "12", words or "this quarter"
    likely = [f"{times} {counted} {period}" for counted in ("deals", "opportunities")]
    raise Refusal(
        f"{shorten(number)} of what?",
        field="metric",
        example=likely[0],
        readings=[Reading(shorten(one), one) for one in likely],
    )


def _times(number: str) -> int:
    """Read "12", "1,200" or "1k" as a count."""
    match = re.fullmatch(
        r"([0-9]{1,12}|[0-9]{1,3}(?:[,. ][0-9]{3}){1,3})\s?(k|m|thousand|million)?", number, re.I
    )
    times = int(re.sub(r"[^0-9]", "", match[1])) * SCALES.get((match[2] or "").lower(), 1) if match else 0
    if 0 < times <= MAX_TIMES:
        return times
    why = "is more than one goal holds" if times else "is not a number to count up to"
    raise Refusal(f"{shorten(number)} {why}.", field="target", example="12 deals this quarter")


def _parsed(words: str, said: str, today: date, fiscal_year_start: int) -> Period | None:
    """Read the period; what a refusal offers is the whole goal as it could be typed."""
    try:
        return named_period(words, today, fiscal_year_start)
    except Refusal as refusal:
        refusal.example = refusal.example and f"{said} {refusal.example}"
        refusal.readings = tuple(Reading(one.label, f"{said} {one.typed}") for one in refusal.readings)
        raise


def _period(words: str, said: str, today: date, fiscal_year_start: int) -> Period:
    if not words:
        return period_containing(PeriodKind.QUARTER, today, fiscal_year_start)
    period = _parsed(words, said, today, fiscal_year_start)
    if period is None and (day := day_named(words, today)) is not None:
        period = span(day, day, fiscal_year_start)
    if period is None:
        raise Refusal(
            f"“{shorten(words)}” is not a period. Name a week, a month, a quarter, a year or two dates.",
            field="period",
            example=f"{said} this quarter",
        )
    if period.end < today:
        raise Refusal(
            f"{period.label} ended on {long_day(period.end, today)}. A goal needs time to reach it.",
            field="period",
            example=f"{said} this quarter",
            readings=_of_the_calendar(words, said, today, fiscal_year_start),
        )
    if period == week_of(today) and today.weekday() >= WORKWEEK and not any(map(str.isdigit, words)):
        ahead = next_period(period, fiscal_year_start)
        raise Refusal(
            "This week is nearly over. Which week is it for?",
            field="period",
            readings=[Reading(each.label, f"{said} {each.start} to {each.end}") for each in (ahead, period)],
        )
    return period


def _of_the_calendar(words: str, said: str, today: date, fiscal_year_start: int) -> list[Reading]:
    """Return what "Q4 2026" is by the calendar where a fiscal year begins in another month; none if that is over too.

    Whoever says that a fiscal one is meant is not asked.
    """
    if fiscal_year_start == JANUARY or FISCAL.search(words):
        return []
    try:
        period = named_period(words, today)
    except Refusal:
        return []
    if period is None or period.end < today:
        return []
    called = span(period.start, period.end, fiscal_year_start).label
    days = days_between(period.start, period.end)
    label = days if called == days else f"{called}: {days}"
    return [Reading(label, f"{said} {period.start} to {period.end}")]
