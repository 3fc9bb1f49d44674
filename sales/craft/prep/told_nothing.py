"""What fills a field and tells nothing: "dunno", "no", "tbd" turn no line of a brief green (17)."""

import re

from sales.language.names.match import name_key

_NOTHING = frozenset(
    name_key(one)
    for one in (
        "no", "none", "nothing", "nobody", "no one", "n/a", "na", "nil", "dunno", "don't know", "dont know",
        "do not know", "i don't know", "i dont know", "i do not know", "no idea", "idk", "not known", "unknown",
        "not sure", "unsure", "unclear", "not yet", "nothing yet", "nobody yet", "none yet", "not known yet", "tbd",
        "tbc", "to find out", "yes", "ok", "x", "xx", "xxx", "test",
    )
)  # fmt: skip


_ANSWERS = frozenset(name_key(one) for one in ("no", "none", "nothing", "nobody", "no one", "yes", "ok"))
_YET = re.compile(r" (?:yet|so far|right now|at the moment)$", re.I)


def tells_nothing(text: str) -> bool:
    """Say whether words say nothing of a customer; so does a text without a letter or a figure."""
    return not any(letter.isalnum() for letter in text) or bare(text) in _NOTHING


def answers_nothing(text: str) -> bool:
    """Say the same of an answer to a question, to which a no is one."""
    return tells_nothing(text) and bare(text) not in _ANSWERS


def bare(text: str) -> str:
    """Return the words of a text without what changes nothing: "Dunno yet!" is "dunno"."""
    return name_key(_YET.sub("", text.strip(" .!?…-–—")))
