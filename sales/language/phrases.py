"""Plain words in the bot's direct messages, and the command each means; features say which there are."""

import re
from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple

from sales.language.emoji import without_codes, without_emoji
from sales.language.typed_text import clean
from sales.refusal import Refusal

# A word by which a sentence names a day or a stretch of days; which one, its reader finds out.
A_DAY = (
    r"(?<!\w)(?:today|tonight|tomorrow|tmrw|tmr|(?:mon|tues?|wed(?:nes)?|thur?s?|fri|sat(?:ur)?|sun)(?:day)?"
    r"|(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)(?:[a-z]{2,6})?|(?:next|this|coming) \w+"
    r"|in (?:\d+|an?|one|two|three|four|five|six) (?:working |business )?(?:minutes?|hours?|days?|weeks?|months?)"
    r"|\d{1,2}(?:st|nd|rd|th)|\d{1,2}[/.]\d{1,2}(?:[/.]\d{2,4})?|\d{4}-\d\d-\d\d|eod|eow|eom)(?!\w)"
)

# What is polite, or only begins a sentence, and means nothing of it.
_POLITE_FIRST = re.compile(
    r"^(?:(?:hey|hi|hello|ok|okay|so|oh|well|yo|please|pls|plz|just|now"
    r"|(?:can|could|would|will) (?:you|u)(?: please| pls| just)*)(?!\w)[\s,!.:]*)+",
    re.IGNORECASE,
)
_POLITE_LAST = re.compile(
    r"(?<![\s,.!?])[\s,.!?]++(?:(?:please|pls|plz|thanks|thank you|thx|ty|cheers)[\s.!?]*)+$", re.IGNORECASE
)
_COURTESY = re.compile(
    r"(?:(?P<greets>hi|hello|hey|yo|hiya|howdy|good (?:morning|afternoon|evening)|morning)"
    r"|thanks(?: (?:a lot|so much|again))?|thank (?:you|u)(?: (?:so|very) much)?|many thanks|thx|ty|cheers"
    r"|(?:ok|okay|k|alright|all right|great|good|nice|cool|perfect|super|awesome|excellent|brilliant|got it|noted|sure"
    r"|fine|sounds good|will do|well done|good (?:job|bot)|you rock|nice one|much appreciated|appreciated"
    r"|amazing|lovely)"
    r"|bye|see you|good night|no (?:thanks|worries|problem)|there|all|rainmaker|man|mate|team|bot)(?!\w)",
    re.IGNORECASE,
)
_PAUSE = re.compile(r"[\s,.!?;:()–—-]*")
LONGEST_COURTESY = 80  # characters


class Courtesy(StrEnum):
    """What somebody says who wants nothing."""

    GREETING = "greeting"
    THANKS = "thanks"


def courtesy(text: str) -> Courtesy | None:
    """Return what a line is that is nothing but polite; None for one that says anything else."""
    if len(text) > LONGEST_COURTESY:
        return None
    line = without_emoji(without_codes(text))
    at, greets = _PAUSE.match(line).end(), False  # type: ignore[union-attr]  # what may be empty is always there
    while at < len(line):
        found = _COURTESY.match(line, at)
        if found is None:
            return None
        greets = greets or found["greets"] is not None
        at = _PAUSE.match(line, found.end()).end()  # type: ignore[union-attr]
    return Courtesy.GREETING if greets or not text.strip() else Courtesy.THANKS


class Saying(NamedTuple):
    """A way of saying a command: `text` is what follows the command's name, from the pattern's groups."""

    pattern: re.Pattern[str]
    command: str
    text: str


def plain_command(text: str, sayings: Iterable[Saying]) -> tuple[str, str] | None:
    """Return the command a direct message means and the text that follows its name, or None for none.

    "logged 5 calls" is ("log", "5 calls"). Lists have an empty text. Text too long for any command is none. What is
    polite may stand around it: "can you undo that please".
    """
    try:
        line = clean(text)
    except Refusal:
        return None
    every = tuple(sayings)
    for said in dict.fromkeys((line, without_politeness(line))):
        for saying in every:
            match = saying.pattern.fullmatch(said)
            if match:
                command = match.expand(saying.command).lower()
                return command, match.expand(saying.text).strip()
    return None


def without_politeness(line: str) -> str:
    """Return a line without the polite words around it; a line of nothing else stays."""
    bare = _POLITE_LAST.sub("", _POLITE_FIRST.sub("", line))
    return bare or line
