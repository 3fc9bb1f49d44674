"""What people type when they mean a period."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple

from sales.language.dates.period import (
    JANUARY,
    Period,
    PeriodKind,
    fiscal_year,
    half_containing,
    months_after,
    next_period,
    period_containing,
    previous_period,
    quarter,
    span,
    week_of,
)
from sales.language.dates.spoken.circumstances import NO_CUSTOMS, Customs
from sales.language.dates.spoken.locales import names_in
from sales.language.dates.spoken.reading import find_when
from sales.language.dates.spoken.wording import respelled
from sales.language.figures import MONTHS
from sales.language.typed_text import MAX_TYPED
from sales.refusal import Refusal


def parse_period(
    text: str, today: date, fiscal_year_start: int = JANUARY, locale: str | None = None
) -> Period | None:
    """Return the period a person means by a few words, or None if they name none.

    Understands "this quarter", "next month", "q4", "Q1 2018", "this half", "FY26/27", "september", "2018", "fiscal
    year", "21-25 sept", "1 oct to 15 dec 2017", "2017-10-01..2017-12-15", "next week" (to its Sunday) and "thu to mon";
    "by end of november" begins today. Slips are read as `find_when` reads them, names also in the tongue of `locale`.
    What lacks a year is the first of its name that has not ended by `today`, as goals are set forwards. A bare year or
    quarter is a fiscal one.

    Raises:
        Refusal: if two dates are given the wrong way round.
    """
    if len(text) > MAX_TYPED:
        return None
    words = respelled(_plain(text), names_in(locale)).text
    for pattern, read in _GRAMMAR:
        if found := pattern.fullmatch(words):
            given = {name: value for name, value in found.groupdict().items() if value}
            period = read(given, today, fiscal_year_start)
            if period is not None:
                return period
    customs = Customs(locale, fiscal_year_start)
    return _read_span(words, today, customs)


def day_named(words: str, today: date, customs: Customs = NO_CUSTOMS) -> date | None:
    """Return the coming day that the words name and nothing else; None where they name none, or several."""
    noon = datetime.combine(today, time(12), UTC)
    try:
        when = find_when(words, noon, "UTC", customs=customs)
    except Refusal:
        return None
    return when.day if when is not None and when.at is None and not when.cut_from(words) else None


_MONTH = "|".join(rf"{name[:3]}(?:{name[3:]})?" for name in map(str.lower, MONTHS))
_MONTH = _MONTH.replace("sep(?:tember)?", "sept?(?:ember)?")
_LONG_YEAR = r"(?:19|20|21)\d{2}"
_YEAR = rf"'?\d{{2}}|{_LONG_YEAR}"
_UNITS = {"month": PeriodKind.MONTH, "quarter": PeriodKind.QUARTER, "year": PeriodKind.FISCAL_YEAR}
_STEPS = {"next": next_period, "coming": next_period, "last": previous_period, "previous": previous_period}
_BETWEEN = re.compile(
    r"\s*(?:\.\.+|…|–|—|\b(?:to|until|till?|through|thru|and)\b|\s-\s"
    r"|(?<=[a-z])-(?=[a-z\d]))\s*"  # oct-dec, 15 oct-15 dec
)
# Short for what a period is called; slips in longer words are read by `respelled`.
SHORT = {
    **dict.fromkeys(("nx", "nex"), "next"),
    **dict.fromkeys(("wk", "wks"), "week"),
    **dict.fromkeys(("mth", "mo", "mnth", "moth"), "month"),
    **dict.fromkeys(("qtr", "quart", "q"), "quarter"),
    **dict.fromkeys(("yr", "fy"), "year"),
    **dict.fromkeys(("cur", "curr"), "current"),
}
_WORD = re.compile(r"[a-z]+")
_NUMBERED = re.compile(r"\s?\d")
_TO = r"(?:-| to | until | till | through )"
_DAYS_OF = re.compile(rf"(?P<d>\d{{1,2}}){_TO}(?P<d2>\d{{1,2}}) (?P<m>{_MONTH})(?P<y> {_LONG_YEAR})?")
_OF_DAYS = re.compile(rf"(?P<m>{_MONTH}) (?P<d>\d{{1,2}})-(?P<d2>\d{{1,2}})(?P<y> {_LONG_YEAR})?")
_DAY = re.compile(
    rf"(?P<iso>{_LONG_YEAR}-\d{{1,2}}-\d{{1,2}})"
    rf"|(?P<d>\d{{1,2}}) (?:of )?(?P<m>{_MONTH})(?: (?P<y>{_YEAR}))?"
    rf"|(?P<m2>{_MONTH}) (?P<d2>\d{{1,2}})(?: (?P<y2>{_LONG_YEAR}))?"
    rf"|(?P<m3>{_MONTH})(?: (?P<y3>{_YEAR}))?"
)


def _plain(text: str) -> str:
    words = re.sub(r"[,\s]+", " ", text.lower().replace("’", "'")).strip(" .!?")
    words = _WORD.sub(lambda word: _whole(word, words), words)
    words = re.sub(r"\b(\d{1,2})(?:st|nd|rd|th)\b", r"\1", words)
    words = re.sub(rf"\b({_MONTH})\.(?!\.)", r"\1", words)
    return re.sub(r"^(?:for |in |during )?(?:the )?", "", words)


def _whole(word: re.Match[str], words: str) -> str:
    """Return a word of a period in full: "wk" is week; "q" before a number stays, as in q4."""
    typed = word.group()
    if typed in ("q", "fy", "qtr") and _NUMBERED.match(words, word.end()):
        return typed
    return SHORT.get(typed, typed)


def _year(text: str) -> int:
    number = int(text.lstrip("'"))
    return number + 2000 if number < 100 else number


def _month(name: str) -> int:
    return next(place for place, full in enumerate(MONTHS, 1) if full[:3].lower() == name[:3])


def _first_not_over(candidate: Callable[[int], Period], today: date) -> Period:
    return next(
        period for year in range(today.year - 1, today.year + 3) if (period := candidate(year)).end >= today
    )


def _read_relative(given: dict[str, str], today: date, starts: int) -> Period:
    current = period_containing(_UNITS[given["unit"]], today, starts)
    step = _STEPS.get(given.get("which", ""))
    return step(current, starts) if step else current


def _read_quarter(given: dict[str, str], today: date, starts: int) -> Period:
    number = int(given["q"])
    if "y" in given:
        return quarter(number, _year(given["y"]), starts)
    return _first_not_over(lambda year: quarter(number, year, starts), today)


def _read_half(given: dict[str, str], today: date, starts: int) -> Period | None:
    """A half of the fiscal year: its first two quarters, or the others."""
    number = int(given.get("h") or {"first": 1, "second": 2}[given["which"]])

    def half(year: int) -> Period:
        first, last = quarter(2 * number - 1, year, starts), quarter(2 * number, year, starts)
        return span(first.start, last.end, starts)

    return half(_year(given["y"])) if "y" in given else _first_not_over(half, today)


def _read_half_from_today(given: dict[str, str], today: date, starts: int) -> Period:
    """This half of the fiscal year and the others."""
    current = half_containing(today, starts)
    step = _STEPS.get(given.get("which", ""))
    return step(current, starts) if step else current


def _read_month(given: dict[str, str], today: date, starts: int) -> Period | None:
    number = int(given["number"]) if "number" in given else _month(given["m"])
    if not 1 <= number <= 12:
        return None
    if "y" in given:
        return period_containing(PeriodKind.MONTH, date(_year(given["y"]), number, 1), starts)
    return _first_not_over(
        lambda year: period_containing(PeriodKind.MONTH, date(year, number, 1), starts), today
    )


def _read_year(given: dict[str, str], _today: date, starts: int) -> Period:
    return fiscal_year(_year(given["y"]), starts)


def _read_both_years(given: dict[str, str], _today: date, starts: int) -> Period | None:
    """A fiscal year by both calendar years it lies in: "FY26/27"."""
    last = _year(given["y"])
    return fiscal_year(last, starts) if starts != JANUARY and last == _year(given["begins"]) + 1 else None


def _read_week(given: dict[str, str], today: date, _starts: int) -> Period:
    """This week and the others, Monday to Sunday."""
    steps = {"next": 1, "coming": 1, "last": -1, "previous": -1}.get(given.get("which", ""), 0)
    return week_of(today + timedelta(days=7 * steps))


def _read_span(words: str, today: date, customs: Customs) -> Period | None:
    starts = customs.fiscal_year_start
    if days := _DAYS_OF.fullmatch(words) or _OF_DAYS.fullmatch(words):
        month, year = days["m"], days["y"] or ""
        words = f"{days['d']} {month}{year} to {days['d2']} {month}{year}"
    ends = _BETWEEN.split(re.sub(r"^(?:from|between) ", "", words))
    if len(ends) != 2:
        return None
    first = _read_end(ends[0], today, customs)
    begins = first.on(first.year, closing=False) if first and first.year else None
    last = _read_end(ends[1], begins or today, customs)  # "thu to mon" is the Monday after that Thursday
    if first is None or last is None:
        return None
    if last.year is not None:
        latest = last.on(last.year, closing=True)
        opening = first.on(first.year or last.year, closing=False)
        if opening and latest and first.year is None and opening > latest:
            opening = first.on(last.year - 1, closing=False)
        return span(opening, latest, starts) if opening and latest else None
    for year in (first.year,) if first.year else range(today.year - 1, today.year + 3):
        opening, latest = first.on(year, closing=False), last.on(year, closing=True)
        if opening and latest and latest < opening:
            latest = last.on(year + 1, closing=True)
        if opening and latest and (first.year or latest >= today):
            return span(opening, latest, starts)
    return None


class _End(NamedTuple):
    """One end of a span as typed: a day, or a whole month, with or without a year."""

    day: int | None
    month: int
    year: int | None

    def on(self, year: int, closing: bool) -> date | None:
        """Return the date it means in a year; of a whole month the first, or the last if it closes."""
        if self.day is None:
            first = date(year, self.month, 1)
            return months_after(first, 1) - timedelta(days=1) if closing else first
        try:
            return date(year, self.month, self.day)
        except ValueError:
            return None


def _read_end(words: str, today: date, customs: Customs) -> _End | None:
    if words in {"today", "now"}:
        return _End(today.day, today.month, today.year)
    found = _DAY.fullmatch(words)
    if found is None:
        named = None if _NUMBERS_ONLY.fullmatch(words) else day_named(words, today, customs)
        return _End(named.day, named.month, named.year) if named else None
    part = found.groupdict()
    if part["iso"]:
        year, month, day = map(int, part["iso"].split("-"))
        return _End(day, month, year) if 1 <= month <= 12 else None
    year_text = part["y"] or part["y2"] or part["y3"]
    month = _month(part["m"] or part["m2"] or part["m3"])
    day_text = part["d"] or part["d2"]
    return _End(int(day_text) if day_text else None, month, _year(year_text) if year_text else None)


_NUMBERS_ONLY = re.compile(r"[\d/. -]*")  # 1/2 to 3/4 can be read in too many ways
_Reader = Callable[[dict[str, str], date, int], Period | None]
_GRAMMAR: tuple[tuple[re.Pattern[str], _Reader], ...] = tuple(
    (re.compile(pattern), read)
    for pattern, read in (
        (
            r"(?:(?P<which>this|current|next|coming|last|previous) )?(?:fiscal |financial )?"
            r"(?P<unit>month|quarter|year)",
            _read_relative,
        ),
        (r"(?:(?P<which>this|current|next|coming|last|previous) )?week", _read_week),
        (rf"q(?:uarter|tr)? ?(?P<q>[1-4])(?: ?(?:of )?(?:fy ?)?(?P<y>{_YEAR}))?", _read_quarter),
        (rf"(?:fy ?)?(?P<y>{_YEAR})[ -]?q(?P<q>[1-4])", _read_quarter),
        (rf"h(?:alf)? ?(?P<h>[12])(?: ?(?:of )?(?:fy ?)?(?P<y>{_YEAR}))?", _read_half),
        (
            rf"(?P<which>first|second) half(?: (?:of )?(?:the )?(?:fiscal )?(?:year|(?P<y>{_YEAR})))?",
            _read_half,
        ),
        (
            r"(?P<which>this|current|next|coming|last|previous) half(?: (?:of the )?(?:fiscal )?year)?",
            _read_half_from_today,
        ),
        (rf"(?P<m>{_MONTH})(?: (?:of )?(?P<y>'\d{{2}}|{_LONG_YEAR}))?", _read_month),
        (rf"(?P<y>{_LONG_YEAR})[-/](?P<number>\d{{1,2}})", _read_month),
        (rf"(?:fiscal|financial)? ?(?:year|fy) ?(?P<y>{_YEAR})", _read_year),
        (rf"(?:fiscal |financial )?(?P<y>{_LONG_YEAR})", _read_year),
        (
            rf"(?:(?:fiscal|financial)? ?(?:year|fy) ?)?(?P<begins>{_YEAR}) ?[-/–] ?(?P<y>{_YEAR})",
            _read_both_years,
        ),
    )
)
