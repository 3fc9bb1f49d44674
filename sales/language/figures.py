"""Figures in words: the one place that says how an amount, a share, a date, a time or a count reads.

Rules use it for the lines that explain them, and templates as filters, so that a figure never reads two ways.
English as the United States write its numbers, days before months; or as the `reader` writes them, around whose figures
the words stay English. Names of days and months are the locale data's, not the machine's.
"""

import re
from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import cache, lru_cache

from babel import Locale
from babel.dates import format_skeleton, get_day_names, get_month_names
from babel.numbers import (
    format_compact_currency,
    format_currency,
    format_decimal,
    format_percent,
    get_currency_precision,
    get_currency_symbol,
)

from sales.language.dates.instants import local_date, place
from sales.language.reader import tongue

LOCALE = "en_US"
MINUS = "\N{MINUS SIGN}"
NO_BREAK = "\N{NO-BREAK SPACE}"

WEEKDAYS = tuple(get_day_names("wide", locale=LOCALE)[day] for day in range(7))
MONTHS = tuple(get_month_names("wide", locale=LOCALE)[month] for month in range(1, 13))
SHORT_WEEKDAYS = tuple(get_day_names("abbreviated", locale=LOCALE)[day] for day in range(7))
SHORT_MONTHS = tuple(get_month_names("abbreviated", locale=LOCALE)[month] for month in range(1, 13))

DECIMALS = re.compile(r"\.0+")  # of a pattern
ONE_PERCENT = 0.01  # what lies between it and nothing, or between 99% and all, is not rounded away
THOUSAND = 1_000  # from which on a glance needs no single dollars
TWO_OF_THEM = 2  # hours, or days, from which on a time is told in them: 90 minutes are not "1 hour"

Spell = Callable[[float], str]


def number(value: float) -> str:
    """Return a number with thousands apart and at most one decimal: "1,200", "2.5", "2"."""
    return _number(value, tongue() or LOCALE)


@lru_cache(maxsize=4096)  # most of what is said are small counts, said again and again
def _number(value: float, locale: Locale | str) -> str:
    return format_decimal(round(value, 1) + 0, locale=locale)  # no "-0"


def whole_number(value: float) -> str:
    """Return an amount as a whole number with thousands apart, for texts that need no currency."""
    return number(round(value))


def decimals(value: float, places: int, *, sign: bool = False) -> str:
    """Return a measure with so many decimals, zeros too; with `sign` a difference: "+0.012", "−0.012"."""
    pattern = f"#,##0.{'0' * places}"
    return format_decimal(
        value, format=f"+{pattern};{MINUS}{pattern}" if sign else pattern, locale=tongue() or LOCALE
    )


def exact(value: Decimal) -> str:
    """Return a number with all the decimals it has and no more, as a rate: "1.08", "0.0067", "16,250"."""
    return format_decimal(
        value, format=f"#,##0.{'#' * 12}", locale=tongue() or LOCALE, decimal_quantization=False
    )


def percent(share: float, places: int = 0) -> str:
    """Return a share as whole percent: "42%". All there is of it reads "0%" or "100%", and only that.

    Between 0 and 1% it reads "<1%", between 99 and 100% ">99%": rounding would claim too much. Shares below ten
    percent have no decimals either, as chances have none; `places` are for measured means in hundredths of a
    percent, such as discounts, which always have them.
    """
    if places:
        return _percent(share, places)
    if 0 < share < ONE_PERCENT:
        return f"<{_percent(ONE_PERCENT)}"
    if 1 - ONE_PERCENT < share < 1:
        return f">{_percent(1 - ONE_PERCENT)}"
    return _percent(whole_percent(share) / 100)


def _percent(share: float, places: int = 0) -> str:
    """Return a share with its sign where the reader's locale has it: "42%", "42 %"."""
    locale = tongue()
    if locale is None:
        return f"{decimals(share * 100, places) if places else number(round(share * 100))}%"
    digits = f"#,##0.{'0' * places}" if places else "#,##0"
    sign = str(locale.percent_formats[None].pattern).replace("#,##0", digits)
    return format_percent(share, format=sign, locale=locale)


def whole_percent(share: float) -> int:
    """Return the whole percent as which a share is shown, for what is said beside the figure."""
    return round(share * 100)


def chance_percent(chance: float) -> str:
    """Return a chance as a share that is never certain: "38%", "under 1%", "over 99%" (forecasts.md)."""
    if chance < ONE_PERCENT:
        return f"under {percent(ONE_PERCENT)}"
    return f"over {percent(1 - ONE_PERCENT)}" if chance > 1 - ONE_PERCENT else percent(chance)


def signed(points: int) -> str:
    """Return points of a percent that something moved: "+12", "−1", "0"."""
    return f"{MINUS if points < 0 else '+' if points else ''}{number(abs(points))}"


def one_in(chance: float) -> str:
    """Return a small chance as people picture it: "1 time in 8", "less than 1 time in 1,000"."""
    if chance < 0.001:
        return "less than 1 time in 1,000"
    if chance <= 0.4:
        return f"1 time in {whole_number(1 / chance)}"
    return f"{round(chance * 10)} times in 10" if chance < 0.95 else "nearly every time"


def minor_per_unit(currency: str) -> int:
    """Return how many minor units a whole one has: 100 cents, 1 yen."""
    digits: int = get_currency_precision(currency)
    return int(10**digits)


def money(minor: int, currency: str) -> str:
    """Return an amount as people write it: `$24,000`, cents only where there are any."""
    digits = get_currency_precision(currency)
    amount = Decimal(minor).scaleb(-digits)
    gap = NO_BREAK if get_currency_symbol(currency, locale=LOCALE).isalpha() else ""
    cents = "" if amount == amount.to_integral_value() else "." + "0" * digits
    if (locale := tongue()) is not None:
        written = DECIMALS.sub(cents, str(locale.currency_formats["standard"].pattern))
        return format_currency(amount, currency, format=written, locale=locale, currency_digits=False)
    return format_currency(
        amount, currency, format=f"¤{gap}#,##0{cents}", locale=LOCALE, currency_digits=False
    )


def short_money(minor: int, currency: str) -> str:
    """Return an amount for a glance, to a tenth of a thousand: "$84.8k", "$1.24m"; less reads in full."""
    major = abs(minor) / minor_per_unit(currency)
    for size, mark, places in ((THOUSAND**2, "m", 2), (THOUSAND, "k", 1)):
        if round(major / size, places) >= 1:
            if tongue() is not None:
                return _compact(
                    round(minor / minor_per_unit(currency) / size, places) * size, currency, places
                )
            gap = NO_BREAK if get_currency_symbol(currency, locale=LOCALE).isalpha() else ""
            rounded = round(minor / minor_per_unit(currency) / size, places)
            written = f"¤{gap}#,##0.{'#' * places}"
            return f"{format_currency(rounded, currency, format=written, locale=LOCALE, currency_digits=False)}{mark}"
    return money(minor, currency)


def _compact(amount: float, currency: str, places: int) -> str:
    """Return an amount as short as the reader's locale has it: "1,24 Mio. €", "122 k €"; of "84.800 €" it has none."""
    said = format_compact_currency(amount, currency, locale=tongue(), fraction_digits=places)
    if re.sub(r"\D", "", said) != str(round(amount)):
        return said
    return money(round(amount) * minor_per_unit(currency), currency)


def many(noun: str) -> str:
    """Return a regular noun in the plural: "calls", "opportunities", "days"."""
    if noun.endswith("y") and noun[-2] not in "aeiou":
        return f"{noun[:-1]}ies"
    return f"{noun}s"


def inflected(count: float, one: str, others: str | None = None) -> str:
    """Return the form of a word that goes with a count: "call" or "calls", "is" or "are"."""
    return one if count == 1 else others or many(one)


def plural(count: float, one: str, others: str | None = None) -> str:
    """Return a count with its noun: "1 call", "1,200 calls", "2 people"."""
    return f"{number(count)} {inflected(count, one, others)}"


def listed(parts: Sequence[str], last: str = "and", most: int | None = None) -> str:
    """Return a list in a sentence: "Ana, Ben and Mia", "Ana, Ben and 12 more" past the `most` that are shown."""
    shown = list(parts[:most])
    if len(shown) < len(parts):
        shown.append(f"{number(len(parts) - len(shown))} more")
    return f" {last} ".join(part for part in (", ".join(shown[:-1]), *shown[-1:]) if part)


def ended(day: str) -> str:
    """Return a date at the end of a sentence: in some locales it has the full stop already, as "30. Sept." has."""
    return day if day.endswith(".") else f"{day}."


def long_day(value: date, today: date | None = None) -> str:
    """Return a date people cannot misread: "Fri 25 Sep 2026"; without the year where it is that of `today`."""
    if tongue() is not None:
        return _written(value, "MMMEd", today)
    return f"{SHORT_WEEKDAYS[value.weekday()]} {month_day(value, today)}"


def short_day(value: date) -> str:
    """Return a near date: "Fri 25 Sep"."""
    return long_day(value, today=value)


def month_day(value: date, today: date | None = None) -> str:
    """Return a date without its weekday, as people type it: "25 Sep 2026"; the year as for `long_day`."""
    if tongue() is not None:
        return _written(value, "MMMd", today)
    said = f"{value.day} {SHORT_MONTHS[value.month - 1]}"
    return said if today is not None and value.year == today.year else f"{said} {value.year}"


def _written(value: date, skeleton: str, today: date | None) -> str:
    """Return a date in the order and the names of the reader's locale: "Fr., 25. Sept.", "25 sept. 2026"."""
    is_near = today is not None and value.year == today.year
    said: str = format_skeleton(skeleton if is_near else f"y{skeleton}", value, locale=tongue())
    return said


def days_between(first: date, last: date) -> str:
    """Return the name of a time from one day to another: "25 Sep 2017", "1 Oct – 15 Oct 2017"."""
    return month_day(last) if first == last else f"{month_day(first, today=last)} – {month_day(last)}"


def between_days(first: date | None, last: date, today: date | None = None) -> str:
    """Return when something happened that is known by `last`: "14 Sep", "between 14 and 21 Sep" since a `first` day."""
    if first is None or first == last:
        return month_day(last, today)
    near = (first.year, first.month) == (last.year, last.month) and tongue() is None
    begun = str(first.day) if near else month_day(first, today)
    return f"between {begun} and {month_day(last, today)}"


def one_stop(text: str) -> str:
    """Return a text in which a date that ends in an abbreviation ends its sentence with one full stop: "15. Dez."."""
    locale = tongue()
    return text if locale is None or ".." not in text else _abbreviations(str(locale)).sub(r"\1", text)


@cache
def _abbreviations(locale: str) -> re.Pattern[str]:
    """Return the pattern of the days and months that a locale shortens with a full stop, and another after it."""
    known = Locale.parse(locale)
    names = {
        name
        for held in (known.months, known.days)
        for name in held["format"]["abbreviated"].values()
        if "." in name
    }
    written = "|".join(map(re.escape, sorted(names))) or "(?!)"
    return re.compile(rf"(?<!\w)({written})\.(?!\.)")


def day_to_day(first: date, last: date, today: date | None = None) -> str:
    """Return days in a sentence, both included: "Fri 25 Sep 2026", "Mon 21 Sep to Fri 25 Sep"; years as `long_day`."""
    ends = long_day(last, today)
    if first == last:
        return ends
    return f"{long_day(first, today if today is not None and first.year != last.year else last)} to {ends}"


def clock(value: time | datetime, zone: str | None = None) -> str:
    """Return a time of day, "16:30"; an instant is read in `zone`."""
    if isinstance(value, datetime):
        value = value.astimezone(place(zone or "UTC")).time()
    return f"{value:%H:%M}"


def moment(at: datetime, zone: str) -> str:
    """Return when something was or will be by the clocks of a zone: "Fri 25 Sep, 15:00"; it is near."""
    local = local_date(at, zone)
    return f"{long_day(local, local)}, {clock(at, zone)}"


def day_and_time(on: date, at: datetime | None, today: date, zone: str) -> str:
    """Return "Fri 25 Sep, 15:00" in `zone`, or the day alone where no time was named."""
    return f"{long_day(on, today)}, {clock(at, zone)}" if at else long_day(on, today)


def duration(span: timedelta) -> str:
    """Return how long something took, at least a minute: "90 minutes", "3 hours", "2 days"."""
    minutes = max(1, int(span.total_seconds() // 60))
    if minutes < TWO_OF_THEM * 60:
        return plural(minutes, "minute")
    if minutes < TWO_OF_THEM * 60 * 24:
        return plural(minutes // 60, "hour")
    return plural(minutes // (60 * 24), "day")


def every(weekday: int) -> str:
    """Return the day on which something comes each week, Monday being 0: "Mondays"."""
    return many(WEEKDAYS[weekday])


def week(workdays: int) -> str:
    """Return working days as people say them: "Monday to Friday", "Sunday to Thursday", "Monday, Friday"."""
    days = [day for day in range(7) if workdays >> day & 1]
    if len(days) == 7:
        return "all seven days"
    for first in days:
        run = [(first + step) % 7 for step in range(len(days))]
        if len(days) > 2 and sorted(run) == days:
            return f"{WEEKDAYS[run[0]]} to {WEEKDAYS[run[-1]]}"
    return ", ".join(WEEKDAYS[day] for day in days)


def ordinal(place: int) -> str:
    """Return a place in a row: 1st, 22nd, 13th."""
    last = 0 if place % 100 in (11, 12, 13) else place % 10
    return f"{place}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(last, 'th') }"
