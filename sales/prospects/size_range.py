"""Ranges as people type them: "50-500", "200+", "up to 50", "at least 5m", of counts or of amounts (mechanism 30)."""

import re
from collections.abc import Callable

from sales.language.amounts import parse_amount
from sales.language.spelled_count import whole
from sales.language.typed_text import shorten
from sales.pipeline.account import MAX_COUNT
from sales.prospects.ideal_client import SizeRange
from sales.refusal import Refusal

COUNT_EXAMPLE = "50-500"
ReadNumber = Callable[[str], int]

# An amount or a count: a sign before it, a scale or a currency behind it.
NUMBER = r"[$€£]?\s?[0-9][0-9.,]*\s?(?:k|m|mm|mn|bn|b|thousand|million|billion)?\s?(?:[$€£]|[a-z]{3}\b)?"
BETWEEN = re.compile(
    rf"(?:between |from )?(?P<least>{NUMBER})\s*(?:-|–|—|to|and|up to)\s*(?P<most>{NUMBER})", re.I
)
LEAST = re.compile(
    rf"(?:at least|over|above|more than|from|min(?:imum)?|>=?|≥)\s*(?P<one>{NUMBER})(?: on| up| upwards?)?"
    rf"|(?P<other>{NUMBER})\s*(?:\+|and more|or more|and up|and above|upwards?)",
    re.I,
)
MOST = re.compile(
    rf"(?:at most|up to|under|below|less than|fewer than|max(?:imum)?|<=?|≤)\s*(?P<one>{NUMBER})"
    rf"|(?P<other>{NUMBER})\s*(?:or less|or fewer|at most)",
    re.I,
)
SCALE = re.compile(r"(?:k|m|mm|mn|bn|b|thousand|million|billion)\b", re.I)


def count_in(typed: str) -> int:
    """Return a whole number as it is typed: "1,200", "1.2k", "a dozen".

    Raises:
        Refusal: for what is none, or more than there is.
    """
    text = " ".join(typed.lower().split())
    number = whole(text)
    if number is None and (scaled := re.fullmatch(r"([0-9]+(?:[.,][0-9]+)?)\s?(k|m)", text)):
        number = round(float(scaled[1].replace(",", ".")) * {"k": 1_000, "m": 1_000_000}[scaled[2]])
    if number is None or not 0 <= number <= MAX_COUNT:
        raise Refusal(f"I read no number in “{shorten(typed)}”.", example=COUNT_EXAMPLE, of_value=True)
    return number


def amount_in(currency: str) -> ReadNumber:
    """Return what reads an amount of a currency as minor units of it."""
    return lambda typed: parse_amount(typed.strip(), currency)


def read_range(typed: str, read: ReadNumber = count_in, field: str | None = None) -> SizeRange:
    """Return the range that was typed; one without bounds for nothing.

    Raises:
        Refusal: for what is no range, one that ends before it begins, and a number alone: least, or most?
    """
    text = " ".join(typed.split())
    if not text:
        return SizeRange()
    try:
        found = range_in(text, read)
    except Refusal as refused:
        raise Refusal(refused.text, field=field, example=refused.example) from None
    if found is None:
        raise Refusal(
            f"I read no range in “{shorten(text)}”. Write it as 50-500, 200+ or up to 50.",
            field=field,
            example=COUNT_EXAMPLE,
            of_value=True,
        )
    if found.least is not None and found.most is not None and found.least > found.most:
        raise Refusal(
            f"“{shorten(text)}” ends before it begins: write the smaller number first.", field=field
        )
    return found


def range_in(text: str, read: ReadNumber = count_in) -> SizeRange | None:
    """Return the range that a whole text says, bounds in any order as typed; None where it says none."""
    if both := BETWEEN.fullmatch(text):
        least, most = both["least"].strip(), both["most"].strip()
        if (scale := SCALE.search(most)) and not SCALE.search(least):
            least = f"{least}{scale[0]}"  # "5-50m" is five million to fifty
        return SizeRange(read(least), read(most))
    if bound := LEAST.fullmatch(text):
        return SizeRange(read(bound["one"] or bound["other"]), None)
    if bound := MOST.fullmatch(text):
        return SizeRange(None, read(bound["one"] or bound["other"]))
    return None
