"""Dates in files: ISO or as a spreadsheet saves them, whose order the whole column decides.

3/4/2017 alone is 4 March or 3 April. 3/25/2017 anywhere in its column settles it for all. 26-01-05 may begin with its
day or with its year: years lie close together and days all over the month, where there are enough of them to tell.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cache, lru_cache

from babel import Locale

from sales.language.names.match import fold
from sales.language.typed_text import shorten

FIRST_YEAR, LAST_YEAR = 1950, 2199  # a deal outside them is a slip of the keyboard
CENTURY_FROM = 69  # two-digit years from here on are 19xx, as POSIX reads them
LONGEST_DATE = 60  # "Wednesday" and a time with a zone's name fit; anything longer is text
MONTH_LANGUAGES = (
    "en", "de", "de_AT", "es", "fr", "it", "pt", "nl", "da", "sv", "nb", "pl", "cs", "sk", "sl", "ru", "uk", "fi", "ro",
)  # fmt: skip
SLIPS = 0.01  # one slip in a hundred does not unsettle a column's order
DAYS = 31
MOST_YEARS = 12  # that the deals of one file lie apart, where their years are told from days
SURE = 0.001  # so rarely would days lie as close together by chance as these do: they are years
HABITS = frozenset({1, 15, 28, 29, 30, 31})  # days on which deals are made to close, which prove nothing

_TIME = r"(?:(?:[T,]|\s)\s*\d{1,2}:\d{2}.*)?"
_ISO = re.compile(rf"(\d{{4}})([-/.])(\d{{1,2}})\2(\d{{1,2}}){_TIME}")
_DIGITS = re.compile(r"(\d{4})(\d\d)(\d\d)")
_NUMBERS = re.compile(rf"(\d{{1,2}})(\. ?|[-/ ])(\d{{1,2}})\2(\d{{4}}|\d{{2}}){_TIME}")
_WORD = r"([^\W\d_]{3,12})"  # a month, in the language of whoever exported
_DAY_FIRST = re.compile(
    rf"(\d{{1,2}})(?:er|\.º|º|ª)?[-/. ]+(?:de\s+)?{_WORD}\.?[-/., ]+(?:de[l]?\s+)?(\d{{4}}|\d{{2}}){_TIME}",
    re.I,
)
_MONTH_FIRST = re.compile(rf"{_WORD}\.?[-/. ]+(\d{{1,2}}),?[-/. ]+(\d{{4}}|\d{{2}}){_TIME}")
_WEEKDAY = re.compile(r"\A[^\W\d_]{2,13}\.?,\s+(?=\S)")  # "Fri, 13 Feb 2026"
_MOMENT = re.compile(r"1\d{9}(?:\d{3})?")
_DAY_NUMBER = re.compile(r"[2-6]\d{4}(?:\.\d+)?")


class DateOrder(StrEnum):
    """Which comes first in 3/4/2017, or in 26-01-05."""

    DMY = "dmy"
    MDY = "mdy"
    YMD = "ymd"  # of a year of two digits; four say it themselves


@dataclass
class ShortYears:
    """The first and the last parts of dates in three pairs of digits, of which either may be the year."""

    count: int = 0
    others: int = 0  # dates that cannot begin with a year
    unlike: int = 0  # dates that begin with nothing but one
    first: set[int] = field(default_factory=set)
    last: set[int] = field(default_factory=set)
    example: str = ""

    def see(self, text: str, parts: Sequence[str]) -> None:
        """Take the three parts of a date into account."""
        first, middle, last = map(int, parts)
        if not (len(parts[0]) == len(parts[2]) == 2 and 1 <= middle <= 12 and 1 <= last <= DAYS):
            self.others += 1
            return
        self.count += 1
        self.unlike += not 1 <= first <= DAYS
        self.first.add(first)
        self.last.add(last)
        if first != last:
            self.example = self.example or text

    @property
    def come_first(self) -> bool | None:
        """Whether the year comes first; None where nothing tells."""
        if not self.count or self.others > SLIPS * self.count:
            return False
        if self.unlike > SLIPS * self.count:
            return True
        first, last = (self.are_years(parts) for parts in (self.first, self.last))
        return first if first != last else None

    def are_years(self, parts: set[int]) -> bool:
        """Say whether these lie closer together than days of a month would."""
        width = max(parts) - min(parts) + 1
        return not parts <= HABITS and width <= MOST_YEARS and (width / DAYS) ** (self.count - 1) < SURE


@dataclass
class DateEvidence:
    """What the dates of one column have shown of their order."""

    dmy: int = 0
    mdy: int = 0
    either: int = 0
    example: str = ""
    shown: dict[DateOrder, str] = field(default_factory=dict)  # the first date that only this order reads
    short: ShortYears = field(default_factory=ShortYears)

    def see(self, text: str) -> None:
        """Take one cell into account."""
        match = _NUMBERS.fullmatch(_WEEKDAY.sub("", text, 1)) if len(text) <= LONGEST_DATE else None
        if match is None:
            return
        first, second = int(match[1]), int(match[3])
        self.short.see(text, (match[1], match[3], match[4]))
        if first > 12 >= second or (match[2].startswith(".") and second <= 12):
            self.dmy += 1  # nobody writes months first with dots
            self.shown.setdefault(DateOrder.DMY, text)
        elif second > 12 >= first:
            self.mdy += 1
            self.shown.setdefault(DateOrder.MDY, text)
        elif first <= 12 and first != second:
            self.either += 1
            self.example = self.example or text

    @property
    def order(self) -> DateOrder | None:
        """Return the order the column shows; None where it shows none, or both beyond a slip."""
        years = self.short.come_first
        return DateOrder.YMD if years else None if years is None else self._without_year

    @property
    def _without_year(self) -> DateOrder | None:
        """The order of day and month, where the year comes last."""
        fewer, more = sorted((self.dmy, self.mdy))
        if more == 0 or fewer > SLIPS * more:
            return None
        return DateOrder.DMY if self.dmy == more else DateOrder.MDY

    @property
    def mixed(self) -> bool:
        return self.short.come_first is False and self.order is None and self.dmy > 0

    def against(self, order: DateOrder) -> str:
        """Return a date that cannot be read in an order, where the column has more of them than slips; "" else."""
        other = DateOrder.DMY if order is DateOrder.MDY else DateOrder.MDY
        if order is DateOrder.YMD or not (self.order is other or self.mixed):
            return ""
        return self.shown.get(other, "")

    @property
    def possible(self) -> tuple[DateOrder, ...]:
        """The orders that come into question, where the column does not show one."""
        if self.short.come_first:
            return (DateOrder.YMD,)
        last = (self._without_year,) if self._without_year else (DateOrder.DMY, DateOrder.MDY)
        return last if self.short.come_first is False else (*last, DateOrder.YMD)

    @property
    def unclear(self) -> str:
        """A date of the column that can be read in several ways; "" where there is none."""
        return self.example or (self.short.example if self.short.come_first is None else "")


def decided_orders(
    columns: Mapping[str, DateEvidence], asked: DateOrder | None
) -> dict[str, DateOrder | None]:
    """Return each column's order: the one asked for, else its own, else that of the file's other dates.

    None means that the column mixes both orders, and only dates that can be read one way are then read; or that it is
    `undecided`, so that somebody has to say.
    """
    if asked is not None:
        return {
            name: evidence.order
            if DateOrder.YMD in (asked, evidence.order) and asked not in evidence.possible
            else asked
            for name, evidence in columns.items()
        }
    shown = {evidence.order for evidence in columns.values()} - {None}
    common = shown.pop() if len(shown) == 1 else None
    return {
        name: evidence.order or (None if evidence.mixed or common not in evidence.possible else common)
        for name, evidence in columns.items()
    }


def undecided(columns: Mapping[str, DateEvidence], orders: Mapping[str, DateOrder | None]) -> list[str]:
    """Return the columns that have dates which can be read several ways, where nothing in the file tells."""
    return [
        name
        for name, evidence in columns.items()
        if orders[name] is None and evidence.unclear and not evidence.mixed
    ]


def is_date(text: str) -> bool:
    """Say whether a cell reads as a date, in whatever order; "yes" and "2026" do not."""
    if len(text) > LONGEST_DATE or not any(each.isdecimal() for each in text):
        return False
    try:
        read_date(text, None)
    except ValueError:
        return _NUMBERS.fullmatch(_WEEKDAY.sub("", text, 1)) is not None
    return True


@lru_cache(maxsize=8192)
def read_date(text: str, order: DateOrder | None) -> date:
    """Return the calendar date of a cell; a time of day after it is left aside.

    Raises:
        ValueError: with the reason, for a person.
    """
    if len(text) > LONGEST_DATE:
        raise unreadable(text)
    if weekday := _WEEKDAY.match(text):
        return read_date(text[weekday.end() :], order)
    if match := _ISO.fullmatch(text):
        return real_date(text, int(match[1]), int(match[3]), int(match[4]))
    if match := _DIGITS.fullmatch(text):
        return real_date(text, int(match[1]), int(match[2]), int(match[3]))
    if match := _NUMBERS.fullmatch(text):
        if order is DateOrder.YMD and len(match[1]) == len(match[4]) == 2:
            return real_date(text, full_year(match[1]), int(match[3]), int(match[4]))
        first, second, year = int(match[1]), int(match[3]), full_year(match[4])
        day_first = match[2].startswith(".") or day_comes_first(text, first, second, order)
        return real_date(text, year, second, first) if day_first else real_date(text, year, first, second)
    if match := _DAY_FIRST.fullmatch(text):
        return real_date(text, full_year(match[3]), month_named(text, match[2]), int(match[1]))
    if match := _MONTH_FIRST.fullmatch(text):
        return real_date(text, full_year(match[3]), month_named(text, match[1]), int(match[2]))
    if _DAY_NUMBER.fullmatch(text):
        raise ValueError(f"“{text}” is a spreadsheet's day number; format the column as a date")
    if _MOMENT.fullmatch(text):
        raise ValueError(f"“{text}” counts the seconds since 1970; write the day it means, as year-month-day")
    raise unreadable(text)


def day_comes_first(text: str, first: int, second: int, order: DateOrder | None) -> bool:
    if order in (DateOrder.DMY, DateOrder.MDY):
        return order is DateOrder.DMY
    if first <= 12 and second <= 12 and first != second:
        raise ValueError(f"“{text}” can be read two ways and the column mixes both; use year-month-day")
    return first > 12


def real_date(text: str, year: int, month: int, day: int) -> date:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(f"“{shorten(text)}” is outside {FIRST_YEAR}–{LAST_YEAR}")
    try:
        return date(year, month, day)
    except ValueError as impossible:
        raise unreadable(text) from impossible


def full_year(digits: str) -> int:
    year = int(digits)
    if len(digits) == 4:
        return year
    return year + (1900 if year >= CENTURY_FROM else 2000)


@cache
def month_names() -> dict[str, int]:
    """Return what months are called, whole and shortened, in the languages of exports; folded."""
    names: dict[str, int] = {"sept": 9, "mrz": 3}
    for language in MONTH_LANGUAGES:
        locale = Locale.parse(language)
        for how in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in locale.months[how][width].items():
                    names.setdefault(fold(name), number)
    return names


def month_named(text: str, word: str) -> int:
    written, names = fold(word), month_names()
    if written in names:
        return names[written]
    begun = {number for name, number in names.items() if name.startswith(written)}
    if len(begun) != 1:
        raise unreadable(text)
    return begun.pop()


def unreadable(text: str) -> ValueError:
    return ValueError(f"“{shorten(text)}” is not a date")
