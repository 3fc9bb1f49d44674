"""The words: one template per noun, one macro per text, escaped in one place.

Slack needs exactly `&`, `<` and `>` escaped, which makes `<!channel>`, `<@U1>` and fake links plain text.
Jinja's own autoescape also turns quotes into entities that Slack shows literally, so the escaping is ours.
"""

import re
from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal
from functools import cache
from typing import Any

from babel.numbers import format_currency, format_decimal, get_currency_precision, get_currency_symbol
from jinja2 import Environment, PackageLoader, StrictUndefined

from sales.language.dates.instants import place
from sales.people.team import Team

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip

ELLIPSIS = "…"
LOCALE = "en_US"
MARKS = frozenset("*_~`")
FORMATTING = re.compile(r"(?<!\w)(?P<mark>[*_~`])(?=\S)(?P<inside>[^\n]*?\S)(?P=mark)(?!\w)")


class Mrkdwn(str):
    """Text that is Slack markup already and must not be escaped again."""

    __slots__ = ()


def escaped(value: object) -> str:
    """Return text people typed as text, not as markup.

    `&`, `<` and `>` become entities, and pairs of `*`, `_`, `~` and backticks that Slack would read as
    formatting become date tokens whose fallback is the mark itself: the one thing that Slack shows as it is.
    """
    if isinstance(value, Mrkdwn):
        return value
    text = entities(value)
    return FORMATTING.sub(shown_as_typed, text) if MARKS & set(text) else text


def shown_as_typed(pair: re.Match[str]) -> str:
    """Return a pair of formatting marks and what is between them so that Slack formats nothing."""
    mark = f"<!date^00000000^{{_}}|{pair['mark']}>"
    return f"{mark}{pair['inside']}{mark}"


def entities(value: object) -> Mrkdwn:
    """Return a sentence of ours that quotes what somebody typed: its own formatting stays, no link or mention does."""
    return Mrkdwn(str(value).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"))


def money(minor: int, currency: str) -> str:
    """Return an amount as people write it: `$24,000`, cents only where there are any."""
    digits = get_currency_precision(currency)
    amount = Decimal(minor).scaleb(-digits)
    gap = "\u00a0" if get_currency_symbol(currency, locale=LOCALE).isalpha() else ""
    cents = "" if amount == amount.to_integral_value() else "." + "0" * digits
    return format_currency(
        amount, currency, format=f"¤{gap}#,##0{cents}", locale=LOCALE, currency_digits=False
    )


def number(value: float) -> str:
    """Return a number with thousands separators and at most one decimal."""
    return format_decimal(round(value, 1), locale=LOCALE)


def percent(share: float) -> str:
    """Return a share as whole percent; between 0 and 1% (or 99 and 100%) says so instead of rounding away."""
    if 0 < share < 0.01:
        return "<1%"
    if 0.99 < share < 1:
        return ">99%"
    return f"{round(share * 100)}%"


def day(value: date) -> str:
    """Return a date people cannot misread: `Fri 25 Sep 2026`."""
    return f"{value:%a} {value.day} {value:%b %Y}"


def short_day(value: date) -> str:
    """Return a near date: `Fri 25 Sep`."""
    return f"{value:%a} {value.day} {value:%b}"


def clock(value: time | datetime, zone: str | None = None) -> str:
    """Return a time of day, `16:30`; an instant is read in `zone`."""
    if isinstance(value, datetime):
        value = value.astimezone(place(zone or "UTC")).time()
    return f"{value:%H:%M}"


def local_day(value: datetime, zone: str) -> date:
    """Return the date people in `zone` read at an instant."""
    return value.astimezone(place(zone)).date()


def plural(count: float, one: str, many: str | None = None) -> str:
    """Return `1 call`, `5 calls`."""
    return f"{number(count)} {one if count == 1 else many or one + 's'}"


def shortened(text: str, length: int) -> str:
    """Return at most `length` characters, the cut shown."""
    return text if len(text) <= length else text[: length - 1].rstrip() + ELLIPSIS


def bar(share: float, cells: int = 10) -> str:
    """Return a text bar for a share of the whole; over 100% stays full."""
    filled = max(0, min(cells, round(share * cells)))
    return "▓" * filled + "░" * (cells - filled)


def mention(user_id: str) -> Mrkdwn:
    """Return a person as Slack shows them by name."""
    return Mrkdwn(f"<@{user_id}>")


FILTERS: dict[str, Callable[..., Any]] = {
    "money": money,
    "number": number,
    "percent": percent,
    "day": day,
    "short_day": short_day,
    "clock": clock,
    "local_day": local_day,
    "plural": plural,
    "shortened": shortened,
    "bar": bar,
    "mention": mention,
    "entities": entities,
    "markup": Mrkdwn,
}


@cache
def environment() -> Environment:
    """Return the one environment; building it per message would cost more than the message."""
    made = Environment(
        loader=PackageLoader("messages", package_path=""),
        finalize=escaped,
        undefined=StrictUndefined,
        autoescape=False,
    )
    made.filters.update(FILTERS)
    return made


@cache
def noun(name: str) -> Any:
    return environment().get_template(f"{name}.j2").module


def words(noun_name: str, text: str, /, **values: object) -> Mrkdwn:
    """Return one text of a noun's template: `words("followups/followup", "line", item=item)`.

    A template's line is a line of the text, without its indentation; lines left empty are dropped, so tags
    may stand alone on theirs. Raises `UndefinedError` on a missing value.
    """
    written = str(getattr(noun(noun_name), text)(**values))
    lines = (line.strip() for line in written.splitlines())
    return Mrkdwn("\n".join(line for line in lines if line))


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


def channel(team: Team) -> Mrkdwn | None:
    return Mrkdwn(f"<#{team.digest_channel}>") if team.digest_channel else None
