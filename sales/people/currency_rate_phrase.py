"""Rates as people type them: "EUR 1.08", "1 EUR = 1.08 USD", "100 JPY is 0.67 from 1 Jan", "1.08 USD per euro"."""

import re
from collections.abc import Callable
from datetime import date
from decimal import Context, Decimal, InvalidOperation
from typing import NamedTuple

from sales.language.amounts.reading import MEANS_ONE
from sales.language.dates.spoken.circumstances import NO_CUSTOMS, Customs
from sales.language.money import currencies_of
from sales.language.typed_text import ascii_lower, clean, shorten
from sales.people.currency_rate import HIGHEST, LOWEST, MOST_PLACES, plain
from sales.people.currency_rate_day import day_of_rate
from sales.refusal import Reading, Refusal

ENOUGH = 7  # digits of a rate that is turned round
NUMBER = r"\d(?:[\d.,'’]*\d)?"
MARK = r"(?:[^\W\d_]{1,2}[$¥]|[$€£¥￥₹₩₽₺₪₴₦₫฿₱]|[^\W\d_]{2,12})"
SAYS = r"(?:\s*(?:=|:|≈|->|→|\b(?:is|are|was|at|to|equals|worth|rate)\b))*\s*"
COUNT = r"(?:(?P<many>10{0,4}|one\b|an?\b)\s*)?"  # yen and such are often told by the hundred
REST = r"(?P<rest>(?:[\s,;].*)?)"

_ONE_IS = re.compile(
    rf"(?:(?:the|set|rate|of|for)\s+)*{COUNT}(?P<mark>{MARK})(?:\s*[/\s-]\s*(?:(?:to|in|into)\s+)?(?P<pair>[a-z]{{3}}))?"
    rf"{SAYS}(?P<number>{NUMBER})(?:\s*(?P<after>{MARK}))?{REST}"
)
_PER_ONE = re.compile(
    rf"(?P<number>{NUMBER})\s*(?P<after>{MARK}??)\s*(?:/|\b(?:per|an?|each)\b)\s*{COUNT}(?P<mark>{MARK})(?P<pair>){REST}"
)
_PAIR = re.compile(r"(?<![^\W\d_])([a-z]{3})([a-z]{3})(?![^\W\d_])")
_FOR_TEAM = re.compile(r"\s+for\s+(?!(?:all|ever|good|always|every)\b)(?P<team>[^\d].*)$", re.I)


def example_for(counted_in: str) -> str:
    """Return a rate as a team that counts in a currency could type one."""
    return "/team rate USD 0.92" if counted_in == "EUR" else "/team rate EUR 1.08"


class TypedRate(NamedTuple):
    """What was typed of a rate. `since` is None where no day was named."""

    currency: str
    rate: Decimal
    since: date | None = None


def team_in(text: str) -> tuple[str, str]:
    """Return what was typed of a rate, and for which team: "EUR 1.08 for West"; empty where none is named."""
    named = _FOR_TEAM.search(text)
    if named is None or not re.search(r"\d", text[: named.start()]):
        return text, ""
    return text[: named.start()], named["team"].strip()


def read_rate(text: str, counted_in: str, today: date, customs: Customs = NO_CUSTOMS) -> TypedRate:
    """Return the rate that words say, of a team that counts in `counted_in`.

    Raises:
        Refusal: where they say none, or with readings where they can mean more than one; nothing of it is left over.
    """
    words = " ".join(ascii_lower(clean(text)).split()).strip(" .!?")
    words = _PAIR.sub(apart, words, count=1)
    said = _PER_ONE.fullmatch(words) or _ONE_IS.fullmatch(words)
    if said is None:
        raise unreadable(text, counted_in)
    rest = said["rest"].strip(" ,;")
    after = said["after"] or said["pair"] or ""
    if after and not currencies_of(after):
        rest, after = f"{after} {rest}".strip(), ""
    many, again = of_how_many(said["many"]), f" {rest}" if rest else ""
    count = f"{many} " if many > 1 else ""
    currency = code(said["mark"], counted_in, lambda one: f"{count}{one} {said['number']}{again}")
    rate = number(said["number"], lambda one: f"{count}{currency} {one}{again}") / many
    other = code_beside(after, currency, counted_in)
    rate = checked(rate, currency, other or counted_in, counted_in)
    if currency == counted_in:
        raise the_other_way(rate, counted_in, other, again)
    if other not in ("", counted_in):
        raise Refusal(
            f"Your team counts in {counted_in}. What is one {currency} worth in {counted_in}?",
            example=example_for(counted_in),
        )
    since = day_of_rate(rest, today, customs, f"rate {currency} {plain(rate)}") if rest else None
    return TypedRate(currency, rate, since)


def apart(pair: re.Match[str]) -> str:
    """Take "eurusd" apart, if it is two currencies."""
    first, second = pair[1], pair[2]
    return f"{first} {second}" if currencies_of(first) and currencies_of(second) else pair[0]


def of_how_many(many: str | None) -> Decimal:
    """Return of how many the rate was said: of one, or of 100 yen."""
    return Decimal(many) if many and many.isdecimal() else Decimal(1)


def code(mark: str, counted_in: str, again: Callable[[str], str]) -> str:
    """Return the currency that a sign, a name or a code stands for; `again` is what was typed, with another in it.

    Raises:
        Refusal: for none, and asking where it may be one of several.
    """
    meant = currencies_of(mark)
    if not meant:
        raise Refusal(
            f"“{shorten(mark)}” is no currency that I know. Use its three letters, as in EUR.",
            example=example_for(counted_in),
        )
    if counted_in in meant and len(meant) == 1:
        return counted_in
    others = [one for one in meant if one != counted_in]
    if len(meant) == 1 or mark in MEANS_ONE:
        return others[0]
    raise Refusal(
        f"Which currency is “{mark}”?",
        example=f"/team rate {again(others[0])}",
        readings=[Reading(one, f"rate {again(one)}") for one in others],
    )


def code_beside(mark: str, currency: str, counted_in: str) -> str:
    """Return the currency beside the figure: the team's, if the sign can mean that; empty where there is none."""
    meant = currencies_of(mark) if mark else ()
    if not meant or (counted_in in meant and currency != counted_in):
        return counted_in if meant else ""
    return meant[0]


def the_other_way(rate: Decimal, counted_in: str, other: str, again: str) -> Refusal:
    """Return the answer to "1 USD = 0.92 EUR" where a team counts in USD: the same, said the way it is kept."""
    if not other or other == counted_in:
        return Refusal(
            f"Your team counts in {counted_in} already. Say what one of another currency is worth in {counted_in}.",
            example=example_for(counted_in),
        )
    turned = plain(Context(prec=ENOUGH).divide(Decimal(1), rate))
    return Refusal(
        f"Your team counts in {counted_in}: say what one {other} is worth in {counted_in}.",
        example=f"/team rate {other} {turned}",
        readings=[Reading(f"1 {other} = {turned} {counted_in}", f"rate {other} {turned}{again}")],
    )


def number(typed: str, again: Callable[[str], str]) -> Decimal:
    """Return the figure of a rate: "1.08" and "0,925" as they stand, "1,250.5" with its thousands.

    `again` is what was typed, with another figure in it.

    Raises:
        Refusal: asking, where a comma may stand for either: "1,085".
    """
    marks = re.findall(r"[^\d]", typed)
    head, _, tail = typed.rpartition(marks[-1]) if marks else (typed, "", "")
    thousands = marks and all(len(part) == 3 for part in re.split(r"[^\d]", typed)[1:])
    if not marks or (len(set(marks)) == 1 and len(marks) > 1 and thousands):
        return decimal(re.sub(r"[^\d]", "", typed), typed, again)
    if len(marks) == 1 and marks[0] == "," and len(tail) == 3 and head[0] != "0" and len(head) <= 3:
        either = f"{head}.{tail}", f"{head}{tail}"
        raise Refusal(
            f"Is {typed} meant as {either[0]} or as {either[1]}?",
            example=f"/team rate {again(either[0])}",
            readings=[Reading(one, f"rate {again(one)}") for one in either],
        )
    grouping = set(marks[:-1])
    if marks[-1] not in ".," or marks[-1] in grouping or len(grouping) > 1:
        raise no_rate(typed, again)
    if grouping and any(len(part) != 3 for part in re.split(r"[^\d]", head)[1:]):
        raise no_rate(typed, again)
    return decimal(f"{re.sub('[^0-9]', '', head)}.{tail}", typed, again)


def decimal(digits: str, typed: str, again: Callable[[str], str]) -> Decimal:
    try:
        return Decimal(digits)
    except InvalidOperation:
        raise no_rate(typed, again) from None


def checked(rate: Decimal, currency: str, other: str, counted_in: str) -> Decimal:
    """Return a rate that can stand.

    Raises:
        Refusal: for zero, and for one that no two currencies have.
    """
    if not LOWEST <= rate <= HIGHEST or len(plain(rate).partition(".")[2]) > MOST_PLACES:
        raise Refusal(
            f"One {currency} cannot be {shorten(plain(rate))} {other}. Is there a digit too many or too few?",
            example=example_for(counted_in),
        )
    return Decimal(plain(rate))


def no_rate(typed: str, again: Callable[[str], str]) -> Refusal:
    return Refusal(f"“{shorten(typed)}” does not read as a rate.", example=f"/team rate {again('1.08')}")


def unreadable(text: str, counted_in: str) -> Refusal:
    """Return the refusal for words that say no rate: what is missing, where a currency alone was named."""
    alone = currencies_of(ascii_lower(text.strip(" .!?")))
    if alone and alone[0] != counted_in:
        return Refusal(
            f"What is one {alone[0]} worth in {counted_in}? Say it behind the currency.",
            example=example_for(counted_in),
        )
    said = f"“{shorten(text.strip())}” does not read as a rate. " if text.strip() else ""
    return Refusal(
        f"{said}Name the currency and what one of it is worth in {counted_in}.",
        example=example_for(counted_in),
    )
