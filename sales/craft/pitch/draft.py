"""Drafts: a text somebody is about to send, as sentences and words; code, links, emoji and regards are neither."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from sales.craft.pitch.sign_off import without_sign_off
from sales.language.typed_text import blank, seen, set_apart

CODE = re.compile(r"```.*?(?:```|\Z)|`[^`\n]*`", re.DOTALL)
WORD = re.compile(r"(?:[^\W\d_]\.){2,}|\d+(?:[.,:/]\d+)*[^\W\d_]*|[^\W_]+(?:[’'-][^\W_]+)*")
END = re.compile(r"[.!?…]+[\"'”’)\]]*(?=\s|\0|\Z)|\n\s*\n|\n(?=\s*(?:[-•*–]|\d+[.)])\s)")
# Behind these a full stop ends nothing: a name or a number follows.
BEFORE_NAMES = frozenset({"mr", "mrs", "ms", "dr", "prof", "st", "no", "vs", "e.g", "i.e", "approx", "incl"})
MAYBE_LAST = frozenset({"etc", "inc", "ltd", "co", "corp", "a.m", "p.m", "jan", "feb", "mar", "apr", "jun",
                        "jul", "aug", "sep", "sept", "oct", "nov", "dec"})  # fmt: skip
GREETING = re.compile(
    r"\s*(?:(?:hi|hello|hey|dear|good (?:morning|afternoon|evening))\b[^,.:;!?\n]{0,60}[,:!]?\s*)", re.I
)
LEADING = frozenset({"and", "but", "so", "also", "plus", "then", "now", "well", "yes", "no", "today"})


class DraftSentence(NamedTuple):
    """A sentence as it was typed, its words in lower case, its prose alone, and where that goes on behind a greeting.

    `greeting` is how many words a greeting before it has.
    """

    text: str
    words: tuple[str, ...]
    prose: str
    greeting: int = 0
    begins: int = 0

    @property
    def behind_greeting(self) -> str:
        return self.prose[self.begins :]

    @property
    def first(self) -> str:
        """Return the word it begins with, behind a greeting and what only leads over; empty where there is none."""
        return next((word for word in self.words[self.greeting :] if word not in LEADING), "")

    @property
    def asks(self) -> bool:
        return "?" in self.prose[-4:]


class PitchDraft(NamedTuple):
    """A draft as it was typed, and its sentences."""

    text: str
    sentences: tuple[DraftSentence, ...]

    @property
    def words(self) -> list[str]:
        return [word for one in self.sentences for word in one.words]

    @property
    def is_empty(self) -> bool:
        """Whether there is no word in it: emoji, signs or figures alone, code, or nothing."""
        return not any(letter.isalpha() for word in self.words for letter in word)


def read_draft(typed: str) -> PitchDraft:
    """Return what a text says: code, links, addresses, mentions, emoji, regards and signature are no words of it."""
    text = seen(typed).strip()
    said = without_sign_off(text)
    prose = set_apart(CODE.sub(lambda code: blank(code.group()), said))
    return PitchDraft(text, tuple(_sentences(said, prose)))


def _sentences(text: str, prose: str) -> Iterator[DraftSentence]:
    """Yield the sentences of a text; in `prose` what are no words is blanked out, at the same length."""
    start, shouts = 0, prose.isupper()
    for end in (*(one for one in END.finditer(prose) if _ends(prose, start, one)), None):
        stop = end.end() if end is not None else len(prose)
        said = tuple(_word(one.group(), shouts) for one in WORD.finditer(prose, start, stop))
        if said:
            greeted = GREETING.match(prose, start, stop)
            met = len(WORD.findall(prose, start, greeted.end())) if greeted is not None else 0
            inside = prose[start:stop].replace("\0", " ").replace("’", "'").rstrip()
            begins = greeted.end() - start if greeted is not None and met < len(said) else 0
            yield DraftSentence(
                " ".join(text[start:stop].split()), said, inside, met if begins else 0, begins
            )
        start = stop


def _word(typed: str, shouts: bool) -> str:
    """Return a word for comparison. The US are a country, unless everything is in capitals."""
    return "u.s." if typed == "US" and not shouts else typed.replace("’", "'").casefold()


def _ends(prose: str, start: int, end: re.Match[str]) -> bool:
    """Say whether a full stop ends a sentence: behind an initial and some abbreviations it does not."""
    if end.group() != ".":
        return True
    before = prose[start : end.start()].rsplit(None, 1)[-1:] or [""]
    word = before[0].lstrip("(\"'“").casefold()
    if word in BEFORE_NAMES or (len(word) == 1 and word.isalpha() and word != "i"):
        return False
    following = prose[end.end() :].lstrip()[:1]
    return word not in MAYBE_LAST or not following or following.isupper()
