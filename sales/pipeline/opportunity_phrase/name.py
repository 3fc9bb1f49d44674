"""The deal's name among what is left of a sentence, and what is left over beside it."""

import re
from collections.abc import Collection
from typing import NamedTuple

from sales.language.names.mention import Named, guessed_name, sure_name
from sales.language.typed_text import tidy

NAME = "\x01"  # `clean` leaves none in a text, so it can hold a name's place
_NO_QUOTES = str.maketrans(dict.fromkeys('"“”„«»', "\x02"))

THING = re.compile(
    r"^(?:(?:a|an|the|my|our|deal|opportunity|opp|with|for|from|at|as|on|to|of|new)\s+)+(?=\S)", re.I
)
_THING_LAST = re.compile(
    r"(?:\s+(?:deal|opportunity|opp|for|worth|at|value|valued|closes?|closing|close date|expected(?: close)?"
    r"|by|on|due|until|till|to|with|as|is|was|it|the))+$",
    re.I,
)
# "Umbrella now 45k", "Hooli expects 50k", "Acme went up to 30k": the deal is there and is worth something else.
SETS = re.compile(
    r"(?:\s+(?:is|are|was|be|will be|goes|went|go|now|expects?|expecting|expected|looks like|up|down|raised|cut|dropped"
    r"|grew|grown|shrank|revised|changed|moved|increased|decreased|reduced|updated|slipped|slid|pushed|delayed|postponed|back|out|got|has|been|into|to|at|worth|value|valued|of|the"
    r"|amount|its|it|=|→|->|:))+$",
    re.I,
)
_SURELY_SETS = re.compile(
    r"(?<!\w)(?:now|expects?|expecting|looks like|up|down|raised|cut|dropped|grew|grown|shrank|revised|changed|moved"
    r"|increased|decreased|reduced|updated|goes|went|slipped|slid|pushed|delayed|postponed)(?!\w)|=|→|->",
    re.I,
)
# Words of a sentence that no deal is called by.
_SAID = re.compile(
    r"(?<!\w)(?:is|are|was|were|has|have|had|wants?|wanted|needs?|said|says|asked|agreed|will|would|should|could|can"
    r"|might|wrote|sent|got|still|again|not|they|he|she|we|it|because|but|if|when|per|each|or|and then)(?!\w)",
    re.I,
)
_FILLER = re.compile(
    r"(?<!\w)(?:deal|opportunity|opp|for|worth|at|value|valued|closes?|closing|close|expected|by|on|due|until|till|to"
    r"|with|as|is|was|it|the|a|an|in|of|now|please|pls|plz|thanks|thx|only|just|total|all|exp|eta|est|arr|acv|tcv"
    r"|or so|so|ish)(?!\w)",
    re.I,
)
_CAUSE = re.compile(
    r"(?<!\w)(?:price|pricing|budget|timing|competitors?|competition|went|going|no|too|chose|over|silent|ghosted"
    r"|to|not|didn['’]t|they|wrong|bad|never|priorities|internal)(?!\w)",
    re.I,
)
_OF_THEM = re.compile(r"\w\sit$", re.I)  # "they loved it": the end of what is said
_SUM = re.compile(r"\d[\d.,]*\s?(?:k|m|mm|bn)", re.I)


class Parts(NamedTuple):
    """What is left of a sentence: the name as typed, and words that belong to nothing, in the order they stand.

    `sets` where the words behind the name say that the deal is worth something else now.
    """

    name: str
    left: str = ""
    sets: bool = False


def find_name(line: str, known: Collection[str]) -> Named | None:
    """Return the quoted name or the known one, whichever comes first in a line; `sure` where it was quoted."""
    quoted = sure_name(line, (), any_quote=True)
    plain = line.translate(_NO_QUOTES)
    spoken = sure_name(plain, known)
    if spoken is not None and _is_sum(plain, spoken):
        spoken = sure_name(plain, [one for one in known if one != spoken.name])
    if spoken is not None:
        spoken = spoken._replace(sure=False)
    both = [one for one in (quoted, spoken) if one is not None]
    return min(both, key=lambda one: one.start, default=None)


def _is_sum(line: str, named: Named) -> bool:
    """Say whether a known name is an amount here: 3M in "Zork 3m", behind another name and spelled otherwise."""
    typed = line[named.start : named.end]
    return typed != named.name and bool(line[: named.start].strip()) and _SUM.fullmatch(typed) is not None


def account_of(named: Named | None, known: Collection[str]) -> str | None:
    """Return whom a deal is with: the known name that a quoted one begins with, else the name that was found."""
    if named is None:
        return None
    begun = sure_name(named.name, known) if named.sure else None
    return begun.name if begun is not None and begun.start == 0 else named.name


def parted(rest: str) -> Parts:
    """Return the name in a sentence whose amount and day are blanked out.

    The words before both are the name; where there are none, the first behind them are.
    """
    before, *behind = re.split("\0+", rest)
    said = f" {_plain(f'{before} ').strip()}"
    sets = SETS.search(said)
    is_called_so = sets is not None and NAME not in said and sets.group().lstrip()[:1].isupper()  # Level Up
    told = bool(sets and _SURELY_SETS.search(sets.group())) and not is_called_so
    name = THING.sub("", (SETS.sub("", said) if told else said).strip())
    if not (name.startswith(NAME) and _OF_THEM.search(name)):
        name = _without_thing(name)
    left = [one for part in behind if (one := _meant(part))]
    if not name and left:
        name, left = _named_behind(left)
    name, more = _without_sentence(name)
    return Parts(name, tidy(" ".join([*more, *left])), told)


def _without_thing(name: str) -> str:
    """Return a name without what only leads on at its end: "for", "closes"; in capitals it is part of the name."""
    last = _THING_LAST.search(f" {name}")
    if last is None:
        return tidy(name)
    before, word = name[: last.start() - 1 if last.start() else 0], last.group().strip()
    is_called_so = NAME not in name and before[:1].isupper() and word[:1].isupper() and not word.isupper()
    return tidy(name) if is_called_so else tidy(before)


def _named_behind(left: list[str]) -> tuple[str, list[str]]:
    first, *others = left
    if NAME in first and first != NAME:
        before, _, after = first.partition(NAME)
        return NAME, [one for one in (tidy(before), tidy(after), *others) if _meant(one)]
    return first, others


def _without_sentence(name: str) -> tuple[str, list[str]]:
    """Return a name without what is said of it: "Hooli" of "Hooli renewal wants more"."""
    said = _SAID.search(name)
    if said is None:
        return name, []
    if name.startswith(NAME):
        return NAME, [tidy(name.removeprefix(NAME))]
    before = tidy(name[: said.start()])
    return (before, [name[said.start() :]]) if before else (name, [])


def _meant(part: str) -> str:
    """Return what words say that are no name and no filler; empty where they say nothing."""
    plain = tidy(THING.sub("", _plain(part).strip()))
    kept = plain if _OF_THEM.search(plain) else tidy(_THING_LAST.sub("", f" {plain}"))
    rest = _FILLER.sub(" ", kept)
    return kept if any(character.isalnum() or character == NAME for character in rest) else ""


def _plain(text: str) -> str:
    text = re.sub(r"\(\s*\)", " ", text)
    return re.sub(r"[!?…]+(?=\s|$)|(?<=\s)[^\w\s\x01\"'“”‘’&#+@<:](?=\s|$)", " ", text)


def name_and_reason(words: str, account: str | None) -> tuple[str, str]:
    """Return the name and the reason of a lost deal, where nothing parts them: "Acme price too high"."""
    words = THING.sub("", words.strip())
    if account and words.startswith(NAME):
        return account, tidy(words.removeprefix(NAME))
    words = tidy(_THING_LAST.sub("", f" {words}"))
    cause = _CAUSE.search(words)
    if cause and cause.start():
        return tidy(words[: cause.start()]).replace(NAME, account or ""), words[cause.start() :]
    guess = guessed_name(words)
    if guess and guess.start == 0 and words[:1].isupper():
        return guess.name, tidy(words[guess.end :])
    return words.replace(NAME, account or ""), ""
