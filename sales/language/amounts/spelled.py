"""Amounts in words: "twelve thousand", "half a million", "thirty k", with the number in figures."""

import re

from sales.language.spelled_count import SPELLED, whole

_SCALE = r"(?:thousand|grand|k|million|mil|mio)"
_WORDED = re.compile(rf"(?<!\w){_SCALE}(?!\w)", re.I)
_IN_FIGURES = re.compile(rf"[$€£]|[0-9]\s?{_SCALE}(?!\w)", re.I)
_SPELLED = re.compile(
    rf"(?<![\w-])(?:(?P<half>half\sa\s)|(?P<count>{SPELLED})\s?(?P<hundred>hundred\s)?(?:and\s)?)(?={_SCALE}(?!\w))",
    re.I,
)


_COUNT = re.compile(rf"(?<![\w-])(?!an?\s(?!hundred|dozen|couple)|no\s)(?P<count>{SPELLED})(?=\s)", re.I)


def with_figures(line: str) -> str:
    """Return a line in which the number before "thousand" and the like stands in figures, and any other as it is.

    Where an amount is in figures already, such words are part of a name: "A Million Ads 12k".
    """
    if not _WORDED.search(line) or _IN_FIGURES.search(line):
        return line
    return _SPELLED.sub(_in_figures, line)


def with_count(line: str) -> str:
    """Return a line in which the first number in words stands in figures: "fifty calls this week"."""
    return _COUNT.sub(lambda match: str(whole(match["count"])), line, count=1)


def _in_figures(match: re.Match[str]) -> str:
    if match["half"]:
        return "0.5 "
    count = whole(match["count"])
    return f"{count * (100 if match['hundred'] else 1)} " if count else match.group()
