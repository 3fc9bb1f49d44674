"""Amounts in sentences: "Acme 24k", "about €30k", "2k a month for 12 months"; what is unclear is asked about.

"24k-30k", "24k or 30k", "10k + 5k" and "24k x 3" are questions: both ends, the parts, what they come to.
"""

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from babel.numbers import get_currency_precision

from sales.language.amounts.runs import SUM, TIMES, Run, Token, runs_in
from sales.language.figures import money
from sales.language.money import (
    SHORT_EXAMPLE,
    below_zero,
    checked_minor,
    currencies_of,
    lower_words,
    minor_units,
    parse_money,
)
from sales.language.typed_text import clean, shorten
from sales.refusal import MOST_READINGS, Reading, Refusal

_USUAL = {"month": (12, 24), "quarter": (4, 8), "year": (2, 3)}  # how long such things mostly run
MEANS_ONE = frozenset({"£", "pounds", "quid"})  # others have them too, and nobody means those unsaid
_SLIP = re.compile(r"(?<![\w.,])(?P<number>[$€£¥]?[0-9][0-9.,]*)(?P<scale>k{2,}|m{3,}|km|mk)(?!\w)")


class Amount(NamedTuple):
    """An amount found in a sentence: whole minor units of a currency, and where its words stand."""

    minor: int
    currency: str
    start: int
    end: int


def find_amount(
    text: str, currency: str, field: str | None = None, *, foreign: bool = False
) -> Amount | None:
    """Return the amount that a sentence names, or None where it names none.

    A bare number counts from BARE_FROM on, where no marked one stands: "Forever 21" has no amount, "Acme 24000" has. A
    sign, a currency or a scale ("24k") makes any number an amount. With `foreign` an amount in another currency than
    the team's is kept in its own. Dates should be blanked out before.

    Raises:
        Refusal: as `parse_money`, for an amount that cannot stand; its example is the whole sentence. Where several
            amounts may be meant it is a question, and each of its readings the whole sentence.
    """
    found = runs_in(text)
    if not found:
        _refuse_slip(text, currency, field)
        return None
    sentence = _Typed(text, currency, field, foreign)
    try:
        return sentence.settled(found)
    except Refusal as refusal:
        if not refusal.readings:
            refusal.example = f"{text[: found[-1].start]}{SHORT_EXAMPLE}{text[found[-1].end :]}"
        raise


def parse_amount(text: str, currency: str, field: str | None = None) -> int:
    """Return an amount that stands alone, in whole minor units of `currency`: what `parse_money` reads, and more.

    Raises:
        Refusal: as `find_amount`, and where there are other words beside it.
    """
    try:
        return parse_money(text, currency, field)
    except Refusal as refusal:
        line = clean(text, field=field)
        found = find_amount(line, currency, field) if " " in line or not line.isalnum() else None
        if found is None or line[: found.start].strip() or line[found.end :].strip(" .!"):
            raise refusal from None
        return found.minor


def amount_place(text: str) -> tuple[int, int] | None:
    """Return where all the amounts of a text stand, clear or not; None where there is none."""
    found = runs_in(text)
    return (found[0].start, found[-1].end) if found else None


def has_marked_amount(text: str) -> bool:
    """Say whether a text names an amount that can be nothing else: "24k", "$500", "2k a month"."""
    return any(any(token.is_marked for token in run.tokens) for run in runs_in(text))


def typed_amount(minor: int, currency: str) -> str:
    """Return an amount as it can be typed in whichever team: "USD 24000"."""
    precision = get_currency_precision(currency)
    value = Decimal(minor).scaleb(-precision)
    return (
        f"{currency} {value:f}"
        if value != value.to_integral_value()
        else f"{currency} {value.to_integral_value():f}"
    )


class _Typed:
    """A sentence whose amounts are worked out."""

    def __init__(self, text: str, currency: str, field: str | None, foreign: bool) -> None:
        self.text, self.currency, self.field, self.foreign = text, currency, field, foreign

    def settled(self, runs: Sequence[Run]) -> Amount:
        """Return what the runs say, if that is one amount."""
        whole = [self.text[run.start : run.end].strip() for run in runs]
        meant = [self._readings(run) for run in runs]
        if len(runs) > 1:
            firsts = [readings[0] for readings in meant]
            if len({(amount.minor, amount.currency) for amount in firsts}) > 1:
                said = " and ".join(shorten(words, 30) for words in whole[:MOST_READINGS])
                raise self._question(
                    f"There is more than one amount here: {said}. Which one counts?", firsts, runs
                )
            return firsts[-1]
        (run,), (readings,) = runs, meant
        if len(readings) == 1 or run.is_clear:
            return readings[0]
        words = shorten(whole[0], 40)
        asked = f"“{words}” says more than one amount. Which one counts?"
        if run.joiner is None or run.joiner is TIMES:
            asked = f"What does “{words}” come to in all?"
        raise self._question(asked, readings, runs)

    def _question(self, text: str, amounts: Sequence[Amount], runs: Sequence[Run]) -> Refusal:
        readings = []
        for amount in dict.fromkeys(amounts):
            line, put = self.text, typed_amount(amount.minor, amount.currency)
            for run in reversed(runs):
                here = put if run.start == amount.start else ""
                line = f"{line[: run.start]}{here}{line[run.end :]}"
            readings.append(Reading(money(amount.minor, amount.currency), " ".join(line.split())))
        return Refusal(text, field=self.field, readings=readings)

    def _readings(self, run: Run) -> list[Amount]:
        """Return what a run may come to, the likeliest first; one amount where there is no doubt."""
        if any(token.is_negative for token in run.tokens):
            raise below_zero(self.text[run.start : run.end].strip(), self.field)
        currency = self._currency(run)
        scale = next((token.parts["scale"] for token in reversed(run.tokens) if token.parts["scale"]), None)
        counted = [token for token in run.tokens if not (run.joiner is TIMES and token.bare is not None)]
        minors = [self._minor(token, currency, scale if run.joiner else None) for token in counted]

        def amounts(*found: int) -> list[Amount]:
            kept = [
                checked_minor(Decimal(one), self.text[run.start : run.end], currency, self.field)
                for one in found
            ]
            return [Amount(minor, currency, run.start, run.end) for minor in dict.fromkeys(kept)]

        if run.joiner is SUM:
            return amounts(sum(minors), *minors)
        if run.joiner is TIMES:
            times = next((token.bare for token in run.tokens if token.bare is not None), 1)
            return amounts(minors[0] * (times or 1), minors[0])
        if run.times is not None:
            return amounts(minors[0] * run.times, minors[0])
        if run.unit:
            several = [minors[0] * times for times in _USUAL.get(run.unit, ())]
            return amounts(*(several[:1] if run.unit != "year" else ()), minors[0], *several)
        return amounts(*minors)

    def _minor(self, token: Token, currency: str, scale: str | None) -> int:
        typed = self.text[token.start : token.end].strip()
        parts = token.parts
        if parts["scale"] is None and scale is not None and not token.is_large:
            parts = {**parts, "scale": scale}
        if self.foreign:
            parts = {**parts, "before": None, "after": None}
        return minor_units(parts, typed, currency, self.field)

    def _currency(self, run: Run) -> str:
        """Return the currency of a run: the team's wherever its marks may mean that."""
        if not self.foreign:
            return self.currency
        marks = [
            mark for token in run.tokens for mark in (token.parts["before"], token.parts["after"]) if mark
        ]
        meant = [currencies_of(mark) for mark in marks]
        other = next((found for found in meant if self.currency not in found), None)
        if other is None:
            return self.currency
        if len(other) > 1 and not MEANS_ONE.intersection(marks):
            minor = self._minor(run.tokens[0], other[0], None)
            both = [Amount(minor, currency, run.start, run.end) for currency in (other[0], self.currency)]
            typed = self.text[run.start : run.end].strip()
            raise self._question(
                f"{shorten(typed)}: in which currency? Your team counts in {self.currency}.", both, [run]
            )
        return other[0]


def _refuse_slip(text: str, currency: str, field: str | None) -> None:
    """Ask about an amount with a letter too many: "24kk"."""
    slip = _SLIP.search(lower_words(text))
    if slip is None:
        return
    words = slip["number"] + slip["scale"][0]
    minor = parse_money(words, currency, field)
    line = f"{text[: slip.start()]}{typed_amount(minor, currency)}{text[slip.end() :]}"
    raise Refusal(
        f"“{slip.group()}” does not read as an amount. Did you mean {money(minor, currency)}?",
        field=field,
        readings=[Reading(money(minor, currency), line)],
    )
