"""The amounts in a text: numbers that may be one, and what stands together with them."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from sales.language.money import BARE_FROM, NUMBER_INSIDE, SCALE, SIGN, currencies_of, lower_words

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
    r"(?:[~≈]|(?<!\w)(?:about|around|approx\.?|approximately|roughly|circa|ca\.?|c\.|est\.?|some|nearly|almost"
    r"|at least|up to"
    r"|just over|just under|over|under|maybe|probably))\s*$"
)
_RANGE = re.compile(r"\s*(?:[-–—−]|\.{2,3}|…|to)\s*")
_CHOICE = re.compile(r"\s*(?:or|/|vs\.?|\|)\s*")
SUM = re.compile(r"\s*(?:\+|plus|&|and)\s*")
_UNIT = (
    r"(?:months?|mos?|mths?|mo\.|quarters?|qtrs?|weeks?|wks?|years?|yrs?|annum|seats?|users?|licen[cs]es?|units?|heads?"
    r"|persons?|people|employees?|each|pieces?|pcs)"
)
TIMES = re.compile(rf"\s*(?:{_UNIT}\s*)?(?:x|×|\*|times|@|at)\s*")
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


class Token(NamedTuple):
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


class Run(NamedTuple):
    """What stands together: tokens, what joins them, and how often the one counts where it is told."""

    start: int
    end: int
    tokens: tuple[Token, ...]
    joiner: re.Pattern[str] | None = None
    unit: str = ""
    times: int | None = None
    is_clear: bool = False


def _tokens(text: str) -> list[Token]:
    found: list[Token] = []
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
        found.append(Token(start, end, parts, is_marked, is_negative))
        if len(found) == MOST_TOKENS:
            break
    return found


def _stands_free(text: str, at: int) -> bool:
    return at == 0 or text[at - 1].isspace() or text[at - 1] == "("


def runs_in(text: str) -> list[Run]:
    """Return the amounts of a sentence, each with all that belongs to it; bare ones only where none is marked."""
    plain = lower_words(text)
    tokens, found, taken = _tokens(plain), list[Run](), 0
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


def _joined(plain: str, tokens: Sequence[Token], at: int) -> Run | None:
    """Return the tokens from one on that one kind of joiner holds together: "20-25k", "10k + 5k", "3 x 8k"."""
    for joiner in (_RANGE, _CHOICE, SUM, TIMES):
        last = at
        while last + 1 < len(tokens) and joiner.fullmatch(plain, tokens[last].end, tokens[last + 1].start):
            last += 1
        run = tuple(tokens[at : last + 1])
        if len(run) > 1 and _hangs_together(run, joiner):
            return Run(run[0].start, run[-1].end, run, joiner)
    return None


def _hangs_together(run: Sequence[Token], joiner: re.Pattern[str]) -> bool:
    if joiner is TIMES:
        counts = [token.bare for token in run if token.bare is not None]
        return len(run) == 2 and len(counts) == 1
    if any(token.is_year for token in run):
        return False
    return (
        run[-1].is_marked or (all(token.is_large for token in run)) or (run[0].is_marked and run[-1].is_large)
    )


def _per(plain: str, token: Token) -> Run | None:
    """Return an amount for each month, year or seat, times how many there are of them where that is said."""
    found = _PER.match(plain, token.end)
    if found is None or (found["unit"] == "each" and not token.is_marked):
        return None
    unit, of = _unit(found["unit"] or _MONTHLY[found["adverb"]]), found["of"] and _unit(found["of"])
    if found["times"] is None:
        return Run(token.start, found.end(), (token,), unit=unit)
    times = int(found["times"])
    return Run(
        token.start, found.end(), (token,), None, unit, times, is_clear=unit == "month" and of in (unit, None)
    )


def _unit(word: str) -> str:
    one = word.removesuffix("s")
    return _ONE_UNIT.get(one, one)


def _single(plain: str, token: Token, before: Sequence[Token], taken: int) -> Run | None:
    """Return an amount that stands alone; None for a part of a date, a number or a word."""
    ahead = plain[token.end : token.end + 2]
    behind = plain[max(0, token.start - 1) : token.start]
    if behind in ("-", "/", ":", "#", "–") and not token.is_negative:
        return None
    if ahead[:1] == "/" or re.match(r"[-:]\d", ahead):
        return None
    return Run(token.start, token.end, (token,)) if token.is_marked or token.is_large else None
