"""The words: one template per noun, one macro per text, escaped in one place.

Slack needs exactly `&`, `<` and `>` escaped, which makes `<!channel>`, `<@U1>` and fake links plain text.
Jinja's own autoescape also turns quotes into entities that Slack shows literally, so the escaping is ours.
"""

from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from babel.numbers import format_currency, format_decimal, get_currency_precision
from jinja2 import Environment, PackageLoader, StrictUndefined

ELLIPSIS = "…"
LOCALE = "en_US"


class Mrkdwn(str):
    """Text that is Slack markup already and must not be escaped again."""

    __slots__ = ()


def escaped(value: object) -> str:
    """Return text people typed as text: the three characters Slack reads as markup are neutralised."""
    if isinstance(value, Mrkdwn):
        return value
    return str(value).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def money(minor: int, currency: str) -> str:
    """Return an amount as people write it: `$24,000`, cents only where there are any."""
    digits = get_currency_precision(currency)
    amount = Decimal(minor).scaleb(-digits)
    if amount == amount.to_integral_value():
        return format_currency(amount, currency, format="¤#,##0", locale=LOCALE, currency_digits=False)
    return format_currency(amount, currency, locale=LOCALE)


def number(value: float) -> str:
    """Return a number with thousands separators and at most one decimal."""
    return format_decimal(round(value, 1), locale=LOCALE)


def percent(share: float) -> str:
    """Return a share as whole percent; between 0 and 1 % (or 99 and 100 %) says so instead of rounding away."""
    if 0 < share < 0.01:
        return "<1 %"
    if 0.99 < share < 1:
        return ">99 %"
    return f"{round(share * 100)} %"


def day(value: date) -> str:
    """Return a date people cannot misread: `Fri 25 Sep 2026`."""
    return f"{value:%a} {value.day} {value:%b %Y}"


def short_day(value: date) -> str:
    """Return a near date: `Fri 25 Sep`."""
    return f"{value:%a} {value.day} {value:%b}"


def clock(value: time | datetime, zone: str | None = None) -> str:
    """Return a time of day, `16:30`; an instant is read in `zone`."""
    if isinstance(value, datetime):
        value = value.astimezone(ZoneInfo(zone or "UTC")).time()
    return f"{value:%H:%M}"


def plural(count: float, one: str, many: str | None = None) -> str:
    """Return `1 call`, `5 calls`."""
    return f"{number(count)} {one if count == 1 else many or one + 's'}"


def shortened(text: str, length: int) -> str:
    """Return at most `length` characters, the cut shown."""
    return text if len(text) <= length else text[: length - 1].rstrip() + ELLIPSIS


def bar(share: float, cells: int = 10) -> str:
    """Return a text bar for a share of the whole; over 100 % stays full."""
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
    "plural": plural,
    "shortened": shortened,
    "bar": bar,
    "mention": mention,
    "markup": Mrkdwn,
}


@cache
def environment() -> Environment:
    """Return the one environment; building it per message would cost more than the message."""
    made = Environment(
        loader=PackageLoader("messages"),
        finalize=escaped,
        undefined=StrictUndefined,
        autoescape=False,  # noqa: S701 -- `finalize` escapes for Slack, which is not HTML
    )
    made.filters.update(FILTERS)
    return made


@cache
def noun(name: str) -> Any:
    return environment().get_template(f"{name}.j2").module


def words(noun_name: str, text: str, /, **values: object) -> Mrkdwn:
    """Return one text of a noun's template: `words("followup", "line", item=item)`.

    A template's line is a line of the text, without its indentation; lines left empty are dropped, so tags
    may stand alone on theirs. Raises `UndefinedError` on a missing value.
    """
    written = str(getattr(noun(noun_name), text)(**values))
    lines = (line.strip() for line in written.splitlines())
    return Mrkdwn("\n".join(line for line in lines if line))
