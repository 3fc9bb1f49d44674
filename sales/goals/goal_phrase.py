"""Goals as people type them: "120k this quarter", "12 deals this month", "40 calls in october because …"."""

import re
from datetime import date, timedelta
from typing import NamedTuple

from sales.followups.activity import ActivityKind
from sales.followups.activity_words import PLURALS, kind_named
from sales.goals.goal import Metric
from sales.language.dates.period import Period, PeriodKind, period_containing
from sales.language.dates.period_phrase import parse_period
from sales.language.emoji import apart, without_marks
from sales.language.figures import month_day
from sales.language.money import BARE_FROM, SCALES, amounts_within, parse_money
from sales.language.spelling import closest
from sales.language.typed_text import MAX_WORDS, clean, shorten, tidy
from sales.refusal import Refusal

MAX_TIMES = 1_000_000  # deals, opportunities or activities in one goal; more is a slip of the finger
MOST_NUMBERS = 6  # a target and two dates with their years
WORKWEEK = 5  # days, Monday to Friday, in the dates that are suggested for a week
EXAMPLE = "120k this quarter"

_LEAD_IN = re.compile(
    r"^(?:(?:please|set|add|new|create|make|change|update|my|our|a|the|goals?|targets?|quota|is|of|to|at"
    r"|i (?:want|need) to|i['’]ll|hit|reach|win|close|book|sell|get|do)(?!\w)[\s:=]*)+",
    re.I,
)
_BECAUSE = re.compile(r"[\s,;:–—-]{0,3}(?<!\w)(?:because|reason\s*:|why\s*:|so that|as)\s+", re.I)
_METRICS: tuple[tuple[Metric, str], ...] = (
    (Metric.OPPORTUNITIES_CREATED, r"(?:new |created )?(?:opportunit(?:y|ies)|opps?)(?: created| opened)?"),
    (
        Metric.DEALS_WON,
        r"(?:won |closed |new |closed-won )?(?:deals?|wins?|customers?|logos?)(?: won| closed| signed)?",
    ),
    (Metric.REVENUE, r"(?:in |of )?(?:new )?(?:revenue|sales|bookings|turnover|arr|mrr)"),
)
_SHORT = re.compile(
    r"(?<!\w)(?:(?:this|next|a|per|each|every|the|end of|in a|last)\s+(?:the\s+)?(?:week|day)"
    r"|weekly|daily|today|tomorrow)(?!\w)",
    re.I,
)
_PER_DAY = re.compile(r"(?:a|per|each|every)\s+day|daily")
_COUNT = re.compile(r"(?<![0-9.,])[0-9]{1,9}(?:,[0-9]{3})*(?![0-9.])")
_EACH = re.compile(r"(?<!\w)(?:a|an|per|each|every|/)\s*(month|quarter|year)(?!\w)", re.I)
_EVERY = {
    "monthly": "this month",
    "quarterly": "this quarter",
    "yearly": "this year",
    "annually": "this year",
}
_TIED = re.compile(r"^(?:(?:in|for|during|by|over|within|of|from|on|the|end of|until)\s+)+(?=\S)", re.I)


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
    rest: str


@apart
def read_goal_line(text: str, today: date, fiscal_year_start: int, currency: str) -> GoalDraft:
    """Return the goal: what is measured, how much of it, and over which period (mechanism 1).

    Without a metric a number with a currency, a k, or of BARE_FROM and more is revenue; without a period it
    is the current quarter.

    Raises:
        Refusal: if the number is missing or cannot stand, or the period is a week, over, or unknown; `field`
            is then "target", "metric" or "period".
    """
    line = clean(text)
    line, reason = _split_reason(_LEAD_IN.sub("", line))
    line = without_marks(line)
    if not line:
        raise Refusal("How much, and by when?", field="target", example=EXAMPLE)
    _refuse_short(line, today)
    line = _EACH.sub(r"this \1", line)
    for word, meaning in _EVERY.items():
        line = re.sub(rf"(?<!\w){word}(?!\w)", meaning, line, flags=re.I)
    measure = _measure(line)
    number, words = _target_and_period(measure.rest, today, fiscal_year_start)
    if measure.metric is None and words and parse_period(words, today, fiscal_year_start) is None:
        _refuse_misspelled(words, number)
    metric = measure.metric or _metric_of(number)
    target = parse_money(number, currency, "target") if metric is Metric.REVENUE else _times(number)
    period = _period(words, number, today, fiscal_year_start)
    return GoalDraft(metric, measure.kind, target, period, clean(reason, MAX_WORDS, "reason"))


def _split_reason(line: str) -> tuple[str, str]:
    because = _BECAUSE.search(line)
    return (line[: because.start()], tidy(line[because.end() :])) if because else (line, "")


def _refuse_short(line: str, today: date) -> None:
    short = _SHORT.search(line)
    if short is None:
        return
    said = short.group().lower()
    first, last = _meant_days(said, today)
    rest = tidy(_SHORT.sub(" ", line)) or "40 calls"
    if _PER_DAY.fullmatch(said):
        rest = _COUNT.sub(lambda count: f"{int(count.group().replace(',', '')) * WORKWEEK}", rest, count=1)
    raise Refusal(
        "A goal runs for a month, a quarter or a year. For a shorter time name its two dates.",
        field="period",
        example=f"{shorten(rest)} {month_day(first, today)} to {month_day(last, today)}",
    )


def _meant_days(said: str, today: date) -> tuple[date, date]:
    """Return the days that "today", "next week" or "a day" mean: a day, or a week from Monday to Friday.

    A week that is over by now, or was the last one, is the coming one: a goal needs time to reach it.
    """
    if said in ("today", "this day", "the day"):
        return today, today
    if said in ("tomorrow", "next day"):
        return today + timedelta(days=1), today + timedelta(days=1)
    monday = today - timedelta(days=today.weekday())
    if "next" in said or today.weekday() >= WORKWEEK:
        monday += timedelta(days=7)
    return monday, monday + timedelta(days=WORKWEEK - 1)


def _measure(line: str) -> _Measure:
    """Find what is counted: revenue, deals, opportunities or a kind of activity."""
    for metric, words in _METRICS:
        match = re.search(rf"(?<![\w-])(?:{words})(?![\w-])", line, re.I)
        if match:
            return _Measure(metric, None, f"{line[: match.start()]} {line[match.end() :]}")
    for match in re.finditer(r"(?<![\w-])[^\W\d_][\w-]*(?:\s[^\W\d_][\w-]*)?", line):
        for words in (match.group(), match.group().split()[0]):
            kind = kind_named(words)
            if kind:
                at = match.start()
                return _Measure(Metric.ACTIVITIES, kind, f"{line[:at]} {line[at + len(words) :]}")
    return _Measure(None, None, line)


def _target_and_period(rest: str, today: date, fiscal_year_start: int) -> tuple[str, str]:
    """Tell the target from numbers of the period: it is the one without which a period remains.

    "2026 120k" is 120k in 2026, "1 oct to 31 dec 120k" is 120k between two days.
    """
    spans = amounts_within(rest)
    if not spans:
        raise Refusal("The goal lacks a number.", field="target", example=EXAMPLE)
    for start, end in spans[:MOST_NUMBERS]:
        words = _period_words(f"{rest[:start]} {rest[end:]}")
        if not words or _parsed(words, rest[start:end], today, fiscal_year_start) is not None:
            return rest[start:end], words
    start, end = spans[0]
    return rest[start:end], _period_words(f"{rest[:start]} {rest[end:]}")


def _period_words(text: str) -> str:
    return _TIED.sub("", tidy(text))


def _refuse_misspelled(words: str, number: str) -> None:
    """Refuse "50 cals this month" with the word that was meant."""
    typed = words.split()[0]
    meant = closest(typed, ("deals", "opportunities", "revenue", *PLURALS.values()))
    if meant:
        raise Refusal(
            f"“{shorten(typed)}” is not something to count. Did you mean {meant}?",
            field="metric",
            example=f"{number} {meant} {' '.join(words.split()[1:]) or 'this quarter'}",
        )


def _metric_of(number: str) -> Metric:
    digits = re.sub(r"[^0-9]", "", number)
    marked = re.sub(r"[0-9.,'’_\s-]", "", number)
    if marked or len(digits) > 4 or int(digits or 0) >= BARE_FROM:
        return Metric.REVENUE
    raise Refusal(
        f"{shorten(number)} of what?",
        field="metric",
        example=f"{digits.lstrip('0') or 12} deals this quarter",
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


def _parsed(words: str, number: str, today: date, fiscal_year_start: int) -> Period | None:
    """Read the period; a refusal's example is the whole goal as it could be typed."""
    try:
        return parse_period(words, today, fiscal_year_start)
    except Refusal as refusal:
        refusal.example = f"{number} {refusal.example}"
        raise


def _period(words: str, number: str, today: date, fiscal_year_start: int) -> Period:
    if not words:
        return period_containing(PeriodKind.QUARTER, today, fiscal_year_start)
    period = _parsed(words, number, today, fiscal_year_start)
    if period is None:
        raise Refusal(
            f"“{shorten(words)}” is not a period. Name a month, a quarter, a year or two dates.",
            field="period",
            example=f"{number} this quarter",
        )
    if period.end < today:
        raise Refusal(
            f"{period.label} is over. A goal needs time to reach it.",
            field="period",
            example=f"{number} this quarter",
        )
    return period
