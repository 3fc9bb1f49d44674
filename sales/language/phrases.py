"""Plain words in the bot's direct messages, and the command each means; features say which there are."""

import re
from collections.abc import Iterable
from typing import NamedTuple

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
    r"(?:(?:many |ok(?:ay)? |great |perfect |cool |alright |no |yes )?"
    r"(?:thanks?(?: you)?|thx|ty|cheers)(?: a lot| so much| again)?"
    r"|ok(?:ay)?|k|great|perfect|nice|cool|awesome|got it|sounds good|will do|alright|well done|good (?:job|bot))"
    r"[\s.!]*",
    re.IGNORECASE,
)


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


def is_courtesy(line: str) -> bool:
    """Say whether a line only thanks or agrees, and asks for nothing."""
    return _COURTESY.fullmatch(line.strip()) is not None


def without_politeness(line: str) -> str:
    """Return a line without the polite words around it; a line of nothing else stays."""
    bare = _POLITE_LAST.sub("", _POLITE_FIRST.sub("", line))
    return bare or line
