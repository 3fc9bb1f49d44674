"""Amounts in sentences: "Acme 24k", "about €30k", "2k a month for 12 months"; what is unclear is asked about.

"24k-30k", "24k or 30k", "10k + 5k" and "24k x 3" are questions: both ends, the parts, what they come to.
"""

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from babel.numbers import get_currency_precision

from sales.language.figures import money
from sales.language.money import (
    BARE_FROM,
    NUMBER_INSIDE,
    SCALE,
    SHORT_EXAMPLE,
    SIGN,
    below_zero,
    checked_minor,
    currencies_of,
    lower_words,
    minor_units,
    parse_money,
)
from sales.language.typed_text import clean, shorten
from sales.refusal import MOST_READINGS, Reading, Refusal

MOST_TOKENS = 32  # numbers looked at; a sentence with more of them says no amount
MOST_DIGITS = 4  # of a count; more seats or months than that are an amount themselves
YEARS = range(1900, 2100)  # four bare digits that are no amount beside another number

# Codes that are no words, so that they may be typed in small letters: "try" and "all" are not among them.
_SMALL_CODES = "usd|eur|gbp|chf|cad|aud|nzd|sgd|hkd|jpy|cny|inr|sek|nok|dkk|pln|czk|huf|brl|mxn|zar"
_MARK = rf"{SIGN}|[A-Z]{{3}}|{_SMALL_CODES}"
_TOKEN = re.compile(
    rf"(?<!\w)(?<!\d[.,])(?<!\.)(?:(?P<minus>[-−])(?=[^\s\d]{{0,4}}\d))?(?:(?P<before>{_MARK})\s?)?(?P<inner>[-−])?"
    rf"(?P<number>{NUMBER_INSIDE})(?![\d_])(?:\s?(?P<scale>{SCALE}))?(?:\s?(?P<after>(?:{_MARK})(?!\w)))?(?![\w%])"
)
_ABOUT = re.compile(
    r"(?:[~≈]|(?<!\w)(?:about|around|approx\.?|approximately|roughly|circa|ca\.|some|nearly|almost|at least|up to"
    r"|just over|just under|over|under|maybe|probably))\s*$"
)
_RANGE = re.compile(r"\s*(?:[-–—−]|\.{2,3}|…|to)\s*")
_CHOICE = re.compile(r"\s*(?:or|/|vs\.?|\|)\s*")
_SUM = re.compile(r"\s*(?:\+|plus|&|and)\s*")
_UNIT = (
    r"(?:months?|mos?|mths?|mo\.|quarters?|qtrs?|weeks?|wks?|years?|yrs?|annum|seats?|users?|licen[cs]es?|units?|heads?"
    r"|persons?|people|employees?|each|pieces?|pcs)"
)
_TIMES = re.compile(rf"\s*(?:{_UNIT}\s*)?(?:x|×|\*|times|@|at)\s*")
_MONTHLY = {
    "monthly": "month",
    "yearly": "year",
    "annually": "year",
    "quarterly": "quarter",
    "weekly": "week",
}
_PER = re.compile(
    rf"\s*(?:(?:/|per\s|a\s|an\s|each\s|every\s|p\s?/\s?)\s*(?P<unit>{_UNIT})|(?P<adverb>{'|'.join(_MONTHLY)}))(?!\w)"
    rf"(?:\s*(?:[x×*]|for|over|times|during|,)?\s*(?P<times>[0-9]{{1,4}})(?!\d|[.,]\d)\s*(?P<of>{_UNIT})?(?!\w))?"
)
_ONE_UNIT = {
    "mo": "month",
    "mo.": "month",
    "mth": "month",
    "qtr": "quarter",
    "wk": "week",
    "yr": "year",
    "annum": "year",
}
_USUAL = {"month": (12, 24), "quarter": (4, 8), "year": (2, 3)}  # how long such things mostly run
_SLIP = re.compile(r"(?<![\w.,])(?P<number>[$€£¥]?[0-9][0-9.,]*)(?P<scale>k{2,}|m{3,}|km|mk)(?!\w)")


class Amount(NamedTuple):
    """An amount found in a sentence: whole minor units of a currency, and where its words stand."""

    minor: int
    currency: str
    start: int
    end: int


class _Token(NamedTuple):
    """A number that may be an amount; `is_marked` by a sign, a currency or a scale."""

    start: int
    end: int
    parts: dict[str, str | None]
    is_marked: bool
    is_negative: bool

    @property
    def bare(self) -> int | None:
        """Return it as a count of something, where it may be one."""
        digits = self.parts["number"] or ""
        return (
            int(digits) if not self.is_marked and digits.isdecimal() and len(digits) <= MOST_DIGITS else None
        )

    @property
    def is_large(self) -> bool:
        """Return whether it is an amount without any mark."""
        digits = re.sub(r"[^0-9]", "", self.parts["number"] or "")
        return not self.is_marked and len(digits) <= 18 and int(digits) >= BARE_FROM

    @property
    def is_year(self) -> bool:
        return self.bare in YEARS


class _Run(NamedTuple):
    """What stands together: tokens, what joins them, and how often the one counts where it is told."""

    start: int
    end: int
    tokens: tuple[_Token, ...]
    joiner: re.Pattern[str] | None = None
    unit: str = ""
    times: int | None = None
    is_clear: bool = False


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
    found = _runs(text)
    if not found:
        _refuse_slip(text, currency, field)
        return None
    sentence = _Sentence(text, currency, field, foreign)
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
    found = _runs(text)
    return (found[0].start, found[-1].end) if found else None


def has_marked_amount(text: str) -> bool:
    """Say whether a text names an amount that can be nothing else: "24k", "$500", "2k a month"."""
    return any(any(token.is_marked for token in run.tokens) for run in _runs(text))


def typed_amount(minor: int, currency: str) -> str:
    """Return an amount as it can be typed in whichever team: "USD 24000"."""
    precision = get_currency_precision(currency)
    value = Decimal(minor).scaleb(-precision)
    return (
        f"{currency} {value:f}"
        if value != value.to_integral_value()
        else f"{currency} {value.to_integral_value():f}"
    )


class _Sentence:
    """A sentence whose amounts are worked out."""

    def __init__(self, text: str, currency: str, field: str | None, foreign: bool) -> None:
        self.text, self.currency, self.field, self.foreign = text, currency, field, foreign

    def settled(self, runs: Sequence[_Run]) -> Amount:
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
        if run.joiner is None or run.joiner is _TIMES:
            asked = f"What does “{words}” come to in all?"
        raise self._question(asked, readings, runs)

    def _question(self, text: str, amounts: Sequence[Amount], runs: Sequence[_Run]) -> Refusal:
        readings = []
        for amount in dict.fromkeys(amounts):
            line, put = self.text, typed_amount(amount.minor, amount.currency)
            for run in reversed(runs):
                here = put if run.start == amount.start else ""
                line = f"{line[: run.start]}{here}{line[run.end :]}"
            readings.append(Reading(money(amount.minor, amount.currency), " ".join(line.split())))
        return Refusal(text, field=self.field, readings=readings)

    def _readings(self, run: _Run) -> list[Amount]:
        """Return what a run may come to, the likeliest first; one amount where there is no doubt."""
        if any(token.is_negative for token in run.tokens):
            raise below_zero(self.text[run.start : run.end].strip(), self.field)
        currency = self._currency(run)
        scale = next((token.parts["scale"] for token in reversed(run.tokens) if token.parts["scale"]), None)
        counted = [token for token in run.tokens if not (run.joiner is _TIMES and token.bare is not None)]
        minors = [self._minor(token, currency, scale if run.joiner else None) for token in counted]

        def amounts(*found: int) -> list[Amount]:
            kept = [
                checked_minor(Decimal(one), self.text[run.start : run.end], currency, self.field)
                for one in found
            ]
            return [Amount(minor, currency, run.start, run.end) for minor in dict.fromkeys(kept)]

        if run.joiner is _SUM:
            return amounts(sum(minors), *minors)
        if run.joiner is _TIMES:
            times = next((token.bare for token in run.tokens if token.bare is not None), 1)
            return amounts(minors[0] * (times or 1), minors[0])
        if run.times is not None:
            return amounts(minors[0] * run.times, minors[0])
        if run.unit:
            several = [minors[0] * times for times in _USUAL.get(run.unit, ())]
            return amounts(*(several[:1] if run.unit != "year" else ()), minors[0], *several)
        return amounts(*minors)

    def _minor(self, token: _Token, currency: str, scale: str | None) -> int:
        typed = self.text[token.start : token.end].strip()
        parts = token.parts
        if parts["scale"] is None and scale is not None and not token.is_large:
            parts = {**parts, "scale": scale}
        if self.foreign:
            parts = {**parts, "before": None, "after": None}
        return minor_units(parts, typed, currency, self.field)

    def _currency(self, run: _Run) -> str:
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
        if len(other) > 1:
            minor = self._minor(run.tokens[0], other[0], None)
            both = [Amount(minor, currency, run.start, run.end) for currency in (other[0], self.currency)]
            typed = self.text[run.start : run.end].strip()
            raise self._question(
                f"{shorten(typed)}: in which currency? Your team counts in {self.currency}.", both, [run]
            )
        return other[0]


def _tokens(text: str) -> list[_Token]:
    found: list[_Token] = []
    for match in _TOKEN.finditer(text):
        parts = match.groupdict()
        start, end = match.span()
        for side, edge in (("before", "start"), ("after", "end")):
            mark = parts[side]
            if mark and not currencies_of(mark):  # "ROI 24k": three capitals that are no currency
                parts[side] = None
                start = match.start("number") if edge == "start" else start
                end = max(match.end("number"), match.end("scale")) if edge == "end" else end
        joined = bool(found) and found[-1].end <= start and not text[found[-1].end : start].strip()
        is_negative = bool(parts["inner"] or (parts["minus"] and not joined and _stands_free(text, start)))
        is_negative = is_negative or (text[:start].endswith("(") and text[end : end + 1] == ")")
        if parts["minus"]:
            start += not is_negative
        is_marked = bool(parts["scale"] or parts["before"] or parts["after"])
        found.append(_Token(start, end, parts, is_marked, is_negative))
        if len(found) == MOST_TOKENS:
            break
    return found


def _stands_free(text: str, at: int) -> bool:
    return at == 0 or text[at - 1].isspace() or text[at - 1] == "("


def _runs(text: str) -> list[_Run]:
    """Return the amounts of a sentence, each with all that belongs to it; bare ones only where none is marked."""
    plain = lower_words(text)
    tokens, found, taken = _tokens(plain), list[_Run](), 0
    for at, token in enumerate(tokens):
        if token.start < taken:
            continue
        run = _joined(plain, tokens, at) or _per(plain, token) or _single(plain, token, tokens[:at], taken)
        if run is None:
            continue
        about = _ABOUT.search(plain, max(0, run.start - 24), run.start)
        if about:
            run = run._replace(start=about.start())
        if any(token.is_negative for token in run.tokens) and plain[run.end : run.end + 1] == ")":
            run = run._replace(start=run.start - 1, end=run.end + 1)
        found.append(run)
        taken = run.end
    marked = [run for run in found if run.unit or any(token.is_marked for token in run.tokens)]
    if marked:
        if len(marked) > 1 and re.match(r"\s*[0-9]+[A-Z]$", text[: marked[0].end]):  # 3M 24k
            return marked[1:]
        return marked
    return found[-1:]


def _joined(plain: str, tokens: Sequence[_Token], at: int) -> _Run | None:
    """Return the tokens from one on that one kind of joiner holds together: "20-25k", "10k + 5k", "3 x 8k"."""
    for joiner in (_RANGE, _CHOICE, _SUM, _TIMES):
        last = at
        while last + 1 < len(tokens) and joiner.fullmatch(plain, tokens[last].end, tokens[last + 1].start):
            last += 1
        run = tuple(tokens[at : last + 1])
        if len(run) > 1 and _hangs_together(run, joiner):
            return _Run(run[0].start, run[-1].end, run, joiner)
    return None


def _hangs_together(run: Sequence[_Token], joiner: re.Pattern[str]) -> bool:
    if joiner is _TIMES:
        counts = [token.bare for token in run if token.bare is not None]
        return len(run) == 2 and len(counts) == 1
    if any(token.is_year for token in run):
        return False
    return (
        run[-1].is_marked or (all(token.is_large for token in run)) or (run[0].is_marked and run[-1].is_large)
    )


def _per(plain: str, token: _Token) -> _Run | None:
    """Return an amount for each month, year or seat, times how many there are of them where that is said."""
    found = _PER.match(plain, token.end)
    if found is None or (found["unit"] == "each" and not token.is_marked):
        return None
    unit, of = _unit(found["unit"] or _MONTHLY[found["adverb"]]), found["of"] and _unit(found["of"])
    if found["times"] is None:
        return _Run(token.start, found.end(), (token,), unit=unit)
    times = int(found["times"])
    return _Run(
        token.start, found.end(), (token,), None, unit, times, is_clear=unit == "month" and of in (unit, None)
    )


def _unit(word: str) -> str:
    one = word.removesuffix("s")
    return _ONE_UNIT.get(one, one)


def _single(plain: str, token: _Token, before: Sequence[_Token], taken: int) -> _Run | None:
    """Return an amount that stands alone; None for a part of a date, a number or a word."""
    ahead = plain[token.end : token.end + 2]
    behind = plain[max(0, token.start - 1) : token.start]
    if behind in ("-", "/", ":", "#", "–") and not token.is_negative:
        return None
    if ahead[:1] == "/" or re.match(r"[-:]\d", ahead):
        return None
    return _Run(token.start, token.end, (token,)) if token.is_marked or token.is_large else None


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
