"""Wording: what was typed in haste or in another tongue, respelled as the grammar of days has it."""

import re
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

from rapidfuzz.distance import OSA

from sales.language.dates.spoken.circumstances import MONTH, WEEKDAY
from sales.language.dates.spoken.locales import NO_NAMES
from sales.language.figures import MONTHS, WEEKDAYS

SHORTEST_SLIP = 5  # a shorter word is more likely another word than a slip
TWO_SLIPS_FROM = 7  # letters a name has of which two may be wrong

_SPELLED = tuple(
    name.lower() for name in (*WEEKDAYS, *MONTHS, "tomorrow", "yesterday") if len(name) > SHORTEST_SLIP
)
# One slip away from a day, and words or names of their own.
_OWN_WORDS = frozenset(
    ["frida", "munday", "mundy", "sundae", "sunda", "augusta", "auguste", "augusto", "augustin", "augustus"]
)
_SHORTHAND: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys(("nxt", "nxet", "nect"), "next"),
        **dict.fromkeys(("aftr", "atfer", "afetr"), "after"),
        **dict.fromkeys(("tmrow", "tmrrw", "tmro", "tmmrw", "tmorw", "tmwr", "tomrw", "tmoro"), "tomorrow"),
        **dict.fromkeys(("thrus", "thirs"), "thursday"),
        **dict.fromkeys(("quater", "quartr", "qtr", "quarer", "qaurter"), "quarter"),
        **dict.fromkeys(("mnth", "mth", "monht"), "month"),
        **dict.fromkeys(("weeek", "weke", "wk"), "week"),
        **dict.fromkeys(("mornin", "mornign"), "morning"),
        **dict.fromkeys(("aftrnoon", "afternon", "arvo"), "afternoon"),
    }
)

_ON_ABROAD = re.compile(r"(?<!\w)(am|den|el|le|il|v|op|na|em|ce)\s$")  # before the name of a day
_WORD = re.compile(r"(?<![^\W_])(?:apr[eè]s-demain|[^\W\d_]{2,20}(?:-feira)?)(?![^\W_])")
_DAY_WORD = rf"(?:{WEEKDAY}|tom+or+ow|tomo|tmrw|tmrow|tmr|tmw|today)"
_TIME = r"[0-9]{1,2}(?:(?:[:.][0-9]{2})?[ap]m|:[0-9]{2}|h)"
_GLUED = re.compile(
    rf"(?<!\w)(?:{_DAY_WORD})(?P<day>)(?={_TIME}(?!\w))"  # fri3pm, tmrw9am
    rf"|(?<![\w:.,$€£]){_TIME}(?P<time>)(?={_DAY_WORD}(?!\w))"  # 3pmfri
    rf"|(?<!\w){MONTH}(?P<month>)(?=[0-3]?[0-9](?:st|nd|rd|th)?(?![\w:]))"  # sep18
    r"|(?<=\S)[,;|](?P<letter>)(?=[^\s\d,;|])|(?<=[^\W\d])[,;|](?P<digit>)(?=[0-9])"  # acme,fri,3pm
    r"|(?<![\w:.,$€£/-])[0-9]{1,2}(?P<hour>)(?=\s?or\s?[0-9]{1,2}(?:[:.][0-9]{2})?\s?(?P<half>[ap]m)(?!\w))"
)


class Wording(NamedTuple):
    """A text respelled, and where each of its characters starts and ends in the text as it was typed.

    Both are empty where nothing was respelled.
    """

    text: str
    starts: tuple[int, ...] = ()
    ends: tuple[int, ...] = ()

    def typed(self, span: tuple[int, int]) -> tuple[int, int]:
        """Return the place that a span of the respelled text has in the typed one."""
        return (self.starts[span[0]], self.ends[span[1] - 1]) if self.starts else span


class _Edit(NamedTuple):
    start: int
    end: int
    text: str


def respelled(text: str, names: Mapping[str, str] = NO_NAMES) -> Wording:
    """Return a text in which slips, short forms and glued words are as the grammar of days spells them.

    `text` is in lower case. `names` are the words for days and months in the writer's own language, in English.
    """
    edits = [
        _Edit(match.end(), match.end(), f"{match['half'] or ''} ")
        if match["half"]
        else _Edit(match.end(), match.end(), " ")
        for match in _GLUED.finditer(text)
    ]
    apart = _edited(Wording(text), edits)
    words: list[_Edit] = []
    for match in _WORD.finditer(apart.text):
        word, start = match.group(), match.start()
        if abroad := names.get(word) or (_meant_abroad(word, names) if names else None):
            if lead := _ON_ABROAD.search(apart.text, max(start - 6, 0), start):
                words.append(_Edit(*lead.span(1), "on"))
            words.append(_Edit(*match.span(), abroad))
        elif meant := _meant(word):
            words.append(_Edit(*match.span(), meant))
    return _edited(apart, words)


def _meant_abroad(word: str, names: Mapping[str, str]) -> str | None:
    """The day whose long name abroad this is but for one letter: an ending, as in "oktobra", or a slip."""
    if len(word) < SHORTEST_SLIP or word in _SPELLED:
        return None
    close = (name for name in names if len(name) > SHORTEST_SLIP and name[0] == word[0])
    return next((names[name] for name in close if OSA.distance(word, name, score_cutoff=1) <= 1), None)


def _edited(wording: Wording, edits: list[_Edit]) -> Wording:
    """Return the wording with pieces of it replaced; what is put in has the place of what was there."""
    if not edits:
        return wording
    text = wording.text
    old_starts = wording.starts or tuple(range(len(text)))
    old_ends = wording.ends or tuple(range(1, len(text) + 1))
    pieces: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    at = 0
    for edit in edits:
        pieces += (text[at : edit.start], edit.text)
        starts += old_starts[at : edit.start]
        ends += old_ends[at : edit.start]
        # Nothing is replaced by what only parts two words: it has no width there.
        first = old_starts[edit.start] if edit.start < len(text) else old_ends[-1]
        last = old_ends[edit.end - 1] if edit.end > edit.start else first
        starts += [first] * len(edit.text)
        ends += [last] * len(edit.text)
        at = edit.end
    pieces.append(text[at:])
    starts += old_starts[at:]
    ends += old_ends[at:]
    return Wording("".join(pieces), tuple(starts), tuple(ends))


@lru_cache(maxsize=4096)
def _meant(word: str) -> str | None:
    """The name of a day that a word is a slip of; None for a word that is right, or none of them."""
    short = _SHORTHAND.get(word)
    if short is not None or len(word) < SHORTEST_SLIP or word in _SPELLED or word in _OWN_WORDS:
        return short
    best, least = None, 3
    for name in _SPELLED:
        if word[0] != name[0] or word == f"{name}s":
            continue
        allowed = 2 if len(name) >= TWO_SLIPS_FROM else 1
        slips = OSA.distance(word, name, score_cutoff=allowed)
        if slips <= allowed and slips < least:
            best, least = name, slips
    return best
