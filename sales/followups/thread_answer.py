"""Answers typed under a message that brought commitments up: "done", "snooze 1 hour", "push Acme to Monday"."""

import re
from collections.abc import Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from sales.followups.followup import FollowUp
from sales.followups.named_items import naming, words_of
from sales.language.dates.spoken.circumstances import DateForm
from sales.language.dates.spoken.reading import NO_CUSTOMS, Customs, PastDate, When, find_when
from sales.language.emoji import without_codes
from sales.language.typed_text import MAX_WORDS, clean
from sales.refusal import Refusal

EXAMPLE = "push to Monday"
MOST_NAMED = (
    3  # words beside a bare day that still name one of the items; with more it is a sentence of its own
)

_TICKS = re.compile(r"[✅✔☑]\ufe0f?|:(?:white|heavy|ballot_box_with)_check(?:_mark)?:")
_DONE = re.compile(
    r"(?P<before>.*?)(?<!\w)(?:done|finished|completed?|did (?:it|that|this))(?!\w)(?P<after>.*)", re.I
)
_REOPEN = re.compile(r"(?:reopen|not done(?: yet)?)(?!\w)(?P<rest>.*)", re.I)
_DROP = re.compile(
    r"(?:drop|cancel|forget(?: about)?|never ?mind|no longer needed|not needed(?: any ?more)?)(?!\w)(?P<rest>.*)",
    re.I,
)
_REASON = re.compile(r"(?:because|since|reason:?)\s+(?P<reason>.+)", re.I)
_BECAUSE = re.compile(r"\s*(?:[,:;–—]|\s-\s)\s*(?:(?:because|since|as)\s+)?|\s+(?:because|since)\s+", re.I)
_FOR_GOOD = re.compile(r"(?<!\w)(?:for good|altogether|forever)(?!\w)", re.I)
_THIS_TIME = re.compile(r"(?<!\w)(?:(?:only |just )?(?:this|the) time|this once)(?!\w)", re.I)
_SNOOZE = re.compile(r"(?:snooze|later|not (?:now|yet)|remind me(?: again)?)(?!\w)(?P<rest>.*)", re.I)
_PUSH = re.compile(
    r"(?:push|move|postpone|reschedule|delay|shift|bump|defer|put off|make|remind me(?: again)?|snooze)(?!\w)"
    r"(?P<rest>.*)",
    re.I,
)
_LEAD_IN = re.compile(r"^(?:(?:please|ok|okay|yes|let['’]?s|can you|could you|thanks)(?!\w)[\s,]*)+", re.I)
_SPAN = re.compile(
    r"(?:(?<!\w)(?:in|for|by)\s+)?(?<!\w)(?P<many>an?|half an?|\d+)\s*"
    r"(?P<unit>hours?|hrs?|h|minutes?|mins?|days?|weeks?)(?!\w)",
    re.I,
)
_NUMBERED = re.compile(r"\s*(?P<which>#?\d{1,2})\s+(?=(?:to|until|till|by|for|in)(?!\w))", re.I)
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5}
_ALL = frozenset({"all", "both", "everything"})


class AnswerVerb(StrEnum):
    DONE = "done"
    MOVE = "move"
    DROP = "drop"
    REASON = "reason"  # why something was dropped, said after it was
    REOPEN = "reopen"
    NO_DAY = "no day"  # a move that does not say where to
    WHICH = "which"  # perhaps which of several was meant, asked just before


class ThreadAnswer(NamedTuple):
    """What somebody wants of what a message brought up.

    `which` are the words that say of which item, empty where none do; `when` is where a move goes, None for a little
    later. What is dropped `for_good` comes no more where it would come again.
    """

    verb: AnswerVerb
    which: str = ""
    when: When | None = None
    reason: str = ""
    for_good: bool = False


def moved_to(day: date, due_at: datetime | None = None) -> ThreadAnswer:
    """Return the answer that puts what it is about on a day; without `due_at` at the time of day that each had."""
    return ThreadAnswer(AnswerVerb.MOVE, when=When(day, due_at, "", (), DateForm.EXPLICIT))


class NamedItems(NamedTuple):
    """Which of several items words name, by their places. Not `sure` where they fit several, or name none."""

    places: tuple[int, ...] = ()
    sure: bool = False


def read_answer(text: str, now: datetime, zone: str, customs: Customs = NO_CUSTOMS) -> ThreadAnswer:
    """Return what words under a message ask for; whether they name one of its items `named_by` says.

    Raises:
        Refusal: for a day that is over or cannot be.
    """
    line = _LEAD_IN.sub("", clean(without_codes(_TICKS.sub(" done ", text)))).rstrip(" .!?")
    if reopened := _REOPEN.fullmatch(line):
        return ThreadAnswer(AnswerVerb.REOPEN, reopened["rest"])
    if why := _REASON.fullmatch(line):
        return ThreadAnswer(AnswerVerb.REASON, reason=clean(why["reason"], MAX_WORDS))
    if dropped := _DROP.fullmatch(line):
        which, *reason = _BECAUSE.split(dropped["rest"], maxsplit=1)
        for_good = _FOR_GOOD.search(which) is not None
        which = _FOR_GOOD.sub(" ", _THIS_TIME.sub(" ", which))
        return ThreadAnswer(
            AnswerVerb.DROP, which, reason=clean("".join(reason), MAX_WORDS), for_good=for_good
        )
    if done := _DONE.fullmatch(line):
        return ThreadAnswer(AnswerVerb.DONE, f"{done['before']} {done['after']}")
    return _moved(line, now, zone, customs)


def _moved(line: str, now: datetime, zone: str, customs: Customs) -> ThreadAnswer:
    pushed = _PUSH.fullmatch(line) or _SNOOZE.fullmatch(line)
    rest = pushed["rest"] if pushed else line
    numbered = _NUMBERED.match(rest)
    which = numbered["which"] if numbered else ""
    rest = _SPAN.sub(r"in \g<many> \g<unit>", rest[numbered.end() :] if numbered else rest, count=1)
    try:
        when = find_when(rest, now, zone, customs=customs)
    except Refusal as refusal:
        if not pushed:
            return ThreadAnswer(AnswerVerb.WHICH, line)
        refusal.example = f"push {moved_instead(refusal, rest)}" if isinstance(refusal, PastDate) else EXAMPLE
        refusal.readings = ()  # a button says a command, and here is none that moves just this
        raise
    if when is None:
        if not pushed:
            return ThreadAnswer(AnswerVerb.WHICH, line)
        verb = AnswerVerb.MOVE if _SNOOZE.fullmatch(line) else AnswerVerb.NO_DAY
        return ThreadAnswer(verb, f"{which} {rest}")
    which = f"{which} {when.cut_from(rest)}"
    said_today = when.words.casefold() in ("today", "now")
    if not pushed and (said_today or len(naming(which)) > MOST_NAMED):
        return ThreadAnswer(AnswerVerb.WHICH, line)
    return ThreadAnswer(AnswerVerb.MOVE, which, when)


def moved_instead(past: PastDate, rest: str) -> str:
    """Return words after "move" with the coming day in place of the one that is over."""
    return past.suggestion._replace(words=past.likely).put_into(rest)


def named_by(words: str, items: Sequence[FollowUp]) -> NamedItems | None:
    """Return which items words name, by number from one or by name; None if they say something else."""
    told = naming(words)
    if not told:
        return NamedItems()
    if _ALL.issuperset(told):
        return NamedItems(tuple(range(len(items))), sure=True)
    numbers = [_number(word, len(items)) for word in told]
    if all(number is not None for number in numbers):
        places = tuple(number - 1 for number in dict.fromkeys(numbers) if number is not None)
        inside = all(0 <= place < len(items) for place in places)
        return NamedItems(places, sure=True) if inside else NamedItems()
    fits = [
        place for place, item in enumerate(items) if set(told) <= set(words_of(f"{item.who} {item.what}"))
    ]
    return NamedItems(tuple(fits), sure=len(fits) == 1) if fits else None


def _number(word: str, count: int) -> int | None:
    bare = word.removeprefix("#")
    if bare == "last":
        return count
    return int(bare) if bare.isascii() and bare.isdigit() and len(bare) <= 2 else _ORDINALS.get(bare)
