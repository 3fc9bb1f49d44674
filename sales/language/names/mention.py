"""Whom a sentence is about: a quoted name, an account already known, or the name it begins with."""

import re
from collections.abc import Collection
from typing import NamedTuple

from sales.language.names.descent import comparable
from sales.language.typed_text import tidy

MAX_GUESSED_WORDS = 8  # a longer beginning is a sentence, not a name

# Words that say what is done; a name ends before them. "Acme send the ROI sheet" is about Acme.
_VERB = re.compile(
    r"(?:add|agree|align|answer|arrange|ask|book|bring|bump|call|calling|catch|chase|check|"
    r"checking|circle|close|collect|confirm|congratulate|connect|deliver|demo|discuss|draft|"
    r"drop|email|finalise|finalize|find|finish|follow|following|forward|get|give|go|grab|"
    r"intro|introduce|invite|just|leave|look|mail|make|meet|meeting|message|negotiate|"
    r"nudge|phone|pick|ping|pitch|plan|prep|prepare|present|propose|provide|push|quote|"
    r"reach|remind|reply|request|resend|respond|return|review|ring|run|schedule|see|send|"
    r"sending|set|share|ship|show|sign|speak|submit|sync|talk|tell|text|thank|touch|"
    r"touching|try|update|visit|walk|write)",
    re.I,
)
# What one does to a person; other verbs take a thing, so "send proposal" names nobody.
_TO_A_PERSON = re.compile(
    r"(?:call|phone|ring|email|mail|chase|ping|text|meet|meeting|visit|tell|ask|remind|"
    r"thank|invite|message|nudge|bump|answer|congratulate|talk|speak)",
    re.I,
)
_STOP = re.compile(
    r"(?:about|re|regarding|on|at|by|for|from|to|with|because|so|then|and|that|which|who|"
    r"is|are|was|the|a|an|our|my|their|his|her|via|before|after|until|in|of|owes|"
    r"owe|won|lost|next)",
    re.I,
)
_JOINER = re.compile(
    r"(?:&|\+|and|of|de|del|la|le|van|von|der|den|und|et|y)",
    re.I,
)
_PARTICLE = re.compile(r"(?:with|to|up|back|for|in)", re.I)
_BEFORE_A_NAME = re.compile(r"(?:with|to|at|from|for)", re.I)
_BEFORE_A_THING = re.compile(
    r"(?:about|re|regarding|on|concerning|called|titled|read|watch|print|order|file|pay|buy|record|upload|attach"
    r"|translate|mention|open)",
    re.I,
)
_ARTICLE = re.compile(r"(?:the|our|my|an?)", re.I)
_MAY_BEGIN = re.compile(r"(?:the|a|in|next)", re.I)  # The Home Depot, Next Group
# Capitals after a verb that name a document, not a customer: "send ROI sheet to Acme".
_PAPER = re.compile(r"(?:ROI|NDA|MSA|SOW|RFP|RFI|RFQ|POC|SLA|PO|PDF|CV|FAQ|Q1|Q2|Q3|Q4|I|I'll|I'm)")
_WORD = re.compile(r"\S+")
_POSSESSIVE = re.compile(r"['’]s$")
_QUOTED = re.compile(r'["“”„«]\s*([^"“”„«»]{1,200}?)\s*["“”»]')
_ADDRESSED = (
    re.compile(r"(?<!\w)(?:at|from)\s+(?=\S)"),
    re.compile(r"(?<!\w)(?:with|to)\s+(?=\S)"),
)


class Named(NamedTuple):
    """A name and its place in the text; `sure` where it was quoted or already known."""

    name: str
    start: int
    end: int
    sure: bool


class _Word(NamedTuple):
    text: str
    start: int
    end: int


def sure_name(text: str, known: Collection[str], *, any_quote: bool = False) -> Named | None:
    """Return the first quoted name, else the first known account in its own spelling, the longest of two.

    Case and the width of spaces do not count; a possessive ending belongs to the name's place. What is quoted after
    what one does with it is a thing, as in: send “the ROI sheet”; unless `any_quote` is a name.
    """
    for quoted in _QUOTED.finditer(text):
        if quoted[1].strip() and (any_quote or not _is_thing(text[: quoted.start()], known)):
            return Named(tidy(quoted[1]), quoted.start(), quoted.end(), True)
    return _known_name(text, known)


def _known_name(text: str, known: Collection[str]) -> Named | None:
    folded = comparable(text)
    found = [named for name in known if (named := _place_of(name, text, folded)) is not None]
    return min(found, key=lambda named: (named.start, named.start - named.end), default=None)


def _is_thing(before: str, known: Collection[str]) -> bool:
    """Say whether what is quoted after these words is something one sends or talks about, and nobody's name."""
    words = _words(before)
    while words and _is(_ARTICLE, words[-1]):
        words.pop()
    if not words or _is(_BEFORE_A_NAME, words[-1]):
        return False
    if _is(_BEFORE_A_THING, words[-1]) or (_is(_VERB, words[-1]) and not _is(_TO_A_PERSON, words[-1])):
        return True
    takes_thing = _is(_VERB, words[0]) and not _is(_TO_A_PERSON, words[0])
    return _known_name(before, known) is not None or (takes_thing and _object_of(before, words) is not None)


def _place_of(name: str, text: str, folded: str) -> Named | None:
    """The first place of a name in a text, as `comparable` compares: ı is no i, though both are I in capitals."""
    wanted = comparable(name)
    if not wanted or wanted not in folded:
        return None
    spelled = r"\s+".join(map(re.escape, name.split()))
    for match in re.finditer(rf"(?<!\w)(?=({spelled})((?:['’]s)?)(?!\w))", text, re.IGNORECASE):
        if comparable(match[1]) == wanted:
            return Named(name, match.start(), match.end(2), True)
    return None


def guessed_name(text: str) -> Named | None:
    """Return the name a sentence seems to be about: Acme in "call Dana at Acme" and in "Acme send it"."""
    words = _words(text)
    while words and not _is_word(words[0]):
        words = words[1:]
    if not words:
        return None
    if not _is(_VERB, words[0]):
        return _run(text, words)
    for pattern in _ADDRESSED:
        for match in pattern.finditer(text):
            after = [word for word in words if word.start >= match.end()]
            if after and _is_capital(after[0]):
                return _run(text, after)
    return _object_of(text, words)


def _object_of(text: str, words: list[_Word]) -> Named | None:
    """The name behind the verb; a word in lower case only after a verb that takes a person."""
    personal = False
    while words and (_is(_VERB, words[0]) or _is(_PARTICLE, words[0]) or not _is_word(words[0])):
        personal = personal or _is(_TO_A_PERSON, words[0])
        words = words[1:]
    if len(words) > 1 and _is(_ARTICLE, words[0]) and _is_capital(words[1]):
        words = words[1:]
    if not words or _is(_PAPER, words[0]) or not (personal or _is_capital(words[0])):
        return None
    return _run(text, words)


def _run(text: str, words: list[_Word]) -> Named | None:
    """The name that starts at the first word: capitals with what joins them, or that one word."""
    first = words[0]
    if _is(_STOP, first) and not (_is_capital(first) and _is(_MAY_BEGIN, first)):
        return None
    at = 1
    while _is_capital(first) and at < min(len(words), MAX_GUESSED_WORDS) and not _ends(words[at - 1]):
        joined = _is(_JOINER, words[at]) and at + 1 < len(words) and _is_capital(words[at + 1])
        if _is(_VERB, words[at]) or not (joined or _is_capital(words[at])):
            break
        at += 2 if joined else 1
    end = words[min(at, len(words)) - 1].end
    return Named(_POSSESSIVE.sub("", tidy(text[first.start : end])), first.start, end, False)


def is_all_name(text: str) -> bool:
    """True where nothing in a few words reads as anything but a name: "acme corporation"."""
    words = _words(text)
    if not 0 < len(words) <= MAX_GUESSED_WORDS or any(_is(_VERB, word) for word in words):
        return False
    return not any(_ends(word) or (_is(_STOP, word) and not _is(_JOINER, word)) for word in words[:-1])


def _words(text: str) -> list[_Word]:
    return [_Word(match.group(), *match.span()) for match in _WORD.finditer(text)]


def _is(pattern: re.Pattern[str], word: _Word) -> bool:
    return pattern.fullmatch(word.text.strip(",.:;!?")) is not None


def _is_word(word: _Word) -> bool:
    return any(character.isalnum() for character in word.text)


def _is_capital(word: _Word) -> bool:
    """Capitals, digits such as "3M", mentions, and every script that has no lower case."""
    letter = word.text.lstrip("(<@#'‘")[:1]
    return letter.isupper() or letter.isdigit() or (letter.isalpha() and not letter.islower())


def _ends(word: _Word) -> bool:
    return word.text[-1] in ",:;–—" or word.text.endswith(("'s", "’s"))
