"""Counts as people write them: "12", "1,200", "twenty five", "a dozen"."""

import re

UNITS = (
    *(
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
    ),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_SPELLED = {word: number for number, word in enumerate(UNITS)} | {
    **{word: 10 * number for number, word in enumerate(_TENS, 2)},
    "no": 0,
    "a": 1,
    "an": 1,
    "a couple of": 2,
    "couple of": 2,
    "a couple": 2,
    "half a dozen": 6,
    "a dozen": 12,
    "dozen": 12,
    "two dozen": 24,
    "a hundred": 100,
    "one hundred": 100,
}
_ALONE = "|".join(sorted(_SPELLED, key=len, reverse=True))
SPELLED = rf"(?:(?:{'|'.join(_TENS)})[ -](?:{'|'.join(UNITS[1:10])})(?!\w)|{_ALONE})"
# a number, and what parts it from the word that is counted: nothing in "5calls"
COUNT = rf"(?P<count>(?<![0-9.,])[-−]?[0-9][0-9.,]*+|{SPELLED})(?:\s*[x×]\s?|\s+|(?<=[0-9])(?=[^\W\d_]{{3}}))"


def whole(typed: str) -> int | None:
    """Return the number that a typed count means; None for what is no whole number."""
    word = " ".join(typed.lower().split())
    if word in _SPELLED:
        return _SPELLED[word]
    tens, _, unit = word.replace("-", " ").partition(" ")
    if tens in _TENS and unit in UNITS:
        return _SPELLED[tens] + _SPELLED[unit]
    if re.fullmatch(r"[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+", word):
        return int(word.replace(",", "")[:12])
    return None
