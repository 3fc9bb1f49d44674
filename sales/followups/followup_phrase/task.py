"""What will be done, and why it is worth it: the words left when the name, the day and what tied them are gone."""

import re

from sales.followups.followup_phrase.marks import DATE, NAME, MarkedLine
from sales.language.names.mention import guessed_name, is_all_name
from sales.language.typed_text import tidy

FOLLOW_UP = "follow up"  # the task where none is named

_LEAD_IN = re.compile(
    r"^(?:(?:please|pls|plz|and|new|add|create|set|task|todo|reminder|follow[- ]?ups?|following up|chase up"
    r"|remind me(?: to| about| that)?|remember to|don['’]t forget to|i (?:need|have|want) to"
    r"|i(?:['’]ll| will)|i promised(?: to)?|to)\b\s*:?\s*(?:with\s+|w/\s*)?)+",
    re.IGNORECASE,
)
_WORTH = re.compile(
    r"\s*[,;–—-]?\s*(?<!\w)(?:(?:because|bc|worth(?: it)?\s*:|why\s*:|for them\s*:)\s*"
    r"|so\s+(?:that\s+)?(?=(?:\S+\s+){1,3}(?:can|could|will|have|has|get|gets|know|knows|save|see|don['’]t)(?!\w)))",
    re.I,
)
_TIED = re.compile(
    rf"(?:@\s*|(?<!\w)(?:w/|(?:with|w|to|at|for|from|of)\s)\s*|^the\s+)?{NAME}(?:['’]s)?", re.I
)
_FILLER = re.compile(
    r"^(?:(?:to|and|then|that|please|pls|plz)\s+)+|(?:\s+(?:please|pls|plz|thx|thanks))+$", re.I
)
_TOPIC = re.compile(r"^(?:about|re|regarding|on|concerning)(?!\w)[:\s]", re.I)
_TIES_ALONE = re.compile(r"(?:@|w/?|with|re:?|about|on|by|at|the|a|an|to|for|please|pls|plz|and|-)?", re.I)
_NO_DAY = re.compile(
    r"(?<!\w)(?P<now>asap|a\.s\.a\.p\.?|as soon as possible|urgent(?:ly)?|right away)(?!\w)"
    r"|(?<!\w)(?:sometime\s+soon|some\s?time|soonish|soon|some\s?day|whenever)(?!\w)",
    re.I,
)
_SAYS_NOTHING = re.compile(
    r"(?:(?:to|just|quick|quickly|a|friendly|call|calling|email|emailing|ping|send|message|and|back|him"
    r"|her|them|with|little|for)\s+)*"
    r"(?:check(?:ing)?[- ]?(?:in|up)|touch(?:ing)? base|circl(?:e|ing) back|follow(?:ing)?[- ]?up"
    r"|say(?:ing)? (?:hi|hello)|catch(?:ing)?[- ]?up|see(?:ing)? how (?:things|it|they)"
    r"(?:['’]s|['’]re| are| is)?(?: going| doing)?|ping|bump|nudge|reach(?:ing)? out|any (?:news|updates?)"
    r"|chat|hi|hello)"
    r"(?:\s+(?:again|call|email|message|with|them|him|her|on|this|things|it|about))*",
    re.I,
)


def without_lead_in(line: str) -> str:
    """Return a sentence without "remind me to" and the like before it."""
    return _LEAD_IN.sub("", line)


def says_nothing(words: str) -> bool:
    """Say whether words only check in."""
    return _SAYS_NOTHING.fullmatch(words.rstrip(".!")) is not None


def only_checks_in(what: str) -> bool:
    """Say whether what somebody wrote is a check-in and nothing else; where they wrote nothing it is not their word."""
    return what != FOLLOW_UP and says_nothing(what)


def split_worth(line: str) -> tuple[str, str]:
    """Part a sentence into what comes before the reason, and the reason."""
    match = _WORTH.search(line)
    if match is None or match.start() == 0:
        return line, ""
    return line[: match.start()], tidy(line[match.end() :])


def with_name_marked(line: MarkedLine, fallback: str | None) -> tuple[str, str]:
    """Return the name and the sentence with a mark in its place: the sure one, else one that is guessed."""
    marked = line.text
    if line.named:
        return line.named.name, marked
    guess = None if fallback else guessed_name(marked)
    if guess is None:
        return fallback or "", marked
    before, _, after = marked.partition(DATE)
    if guess.start == 0 and after.strip(" ,:;–—-.") and is_all_name(before):
        guess = guess._replace(name=tidy(before), end=len(before.rstrip()))
    return guess.name, f"{marked[: guess.start]}{NAME}{marked[guess.end :]}"


def task(marked: str) -> str:
    """Return the words left when the name, the day and what tied them to the sentence are gone."""
    words = tidy(_TIED.sub(" ", marked).replace(DATE, " "))
    words = tidy(_FILLER.sub("", words))
    if _TIES_ALONE.fullmatch(words):
        return ""
    return f"{FOLLOW_UP} {words}" if _TOPIC.match(words) else words


def without_haste(words: str) -> tuple[str, bool]:
    """Return a task without "asap" or "soon", which name no day, and whether it cannot wait."""
    found = list(_NO_DAY.finditer(words))
    return (tidy(_NO_DAY.sub(" ", words)), any(one["now"] for one in found)) if found else (words, False)
