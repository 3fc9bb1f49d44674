"""What a sentence wants done to a deal: the verb at its beginning, or behind the name."""

import re

from sales.pipeline.opportunity_phrase.draft import DealAction

LEAD_IN = re.compile(r"^(?:(?:i(?:['’]ve)?|we(?:['’]ve)?|just|please|have|mark)\s+)+", re.I)
LIST = re.compile(
    r"(?:(?:list|show|view)\s*)?(?:all|mine|my|open|the)?\s*(?:deals|opportunities|opps)?|list|mine|all", re.I
)
PARKED = re.compile(
    r"(?:(?:list|show|view)\s+)?(?:(?:all|mine|my|the)\s+)*parked(?:\s+(?:deals|opportunities|opps|ones))?",
    re.I,
)
# "closed Acme for 31k" is a win: nobody loses a deal for an amount.
CLOSED = re.compile(r"^closed?(?!\w|[- ](?:won|lost))", re.I)
CLOSED_BEHIND = re.compile(r"\s(?:is |was |has |got )?closed(?!\w|[- ](?:won|lost))", re.I)

_WORDS: tuple[tuple[DealAction, str, bool], ...] = (
    (DealAction.WON, r"closed[- ]won|close[- ]won|won|win|signed", True),
    (DealAction.LOST, r"closed[- ]lost|close[- ]lost|lost|lose", True),
    (DealAction.PARK, r"park|parked|shelve|shelved", True),
    (DealAction.REOPEN, r"reopen|reopened|re-open|unpark|wake", True),
    (DealAction.MOVE, r"move|push|pull|slip|reschedule", False),
    (DealAction.SHOW, r"show|view|details of|status of", False),
    (DealAction.CREATE, r"create|add|new|register", False),
    (DealAction.EDIT, r"edit|update|change|revise|amend|adjust|correct|set", False),
)
_PARKS = re.compile(r"(?<!\w)(?:park|shelve)", re.I)
# The same words behind the name count too, where they may.
_FIRST = tuple((action, re.compile(rf"(?:{words})(?!\w)[\s:]*", re.I)) for action, words, _ in _WORDS)
_BEHIND = tuple(
    (action, re.compile(rf"(?<=\s)(?:is |was |we )?(?:{words})(?!\w)", re.I))
    for action, words, behind in _WORDS
    if behind
)


FIRST_VERB = re.compile(rf"(?:closed?|{'|'.join(words for _, words, _ in _WORDS)})(?!\w)(?!-)", re.I)
BEHIND_VERB = re.compile(
    rf"(?<=\s)(?:closed?|{'|'.join(words for _, words, behind in _WORDS if behind)})(?!\w)", re.I
)


def may_park(line: str) -> bool:
    """Say whether a sentence may park a deal, so that the working days of whoever typed it are worth knowing."""
    return _PARKS.search(line) is not None


def split_action(line: str, until: int) -> tuple[DealAction | None, str]:
    """Return what is asked for, at the beginning or right behind the name, and the sentence without it.

    `until` is where the reason begins: a verb in there is none.
    """
    at_first = next(((action, found) for action, words in _FIRST if (found := words.match(line))), None)
    if at_first is not None and at_first[0] is not DealAction.EDIT:
        action, found = at_first
        return action, line[found.end() :]
    behind = [
        (match.start(), match.end(), action)
        for action, words in _BEHIND
        for match in words.finditer(line, 0, until)
    ]
    if behind:
        start, end, action = min(behind)
        kept = line[end:] if line[end : end + 1] == ":" else f" {line[end:].lstrip()}"
        line = f"{line[:start].rstrip()}{kept}"
        words = _FIRST[-1][1].match(line)
        return action, line[words.end() :] if at_first is not None and words is not None else line
    if at_first is not None:
        return at_first[0], line[at_first[1].end() :]
    return None, line
