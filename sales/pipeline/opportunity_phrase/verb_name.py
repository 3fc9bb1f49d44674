"""Names that begin or end with a verb: New Balance, Park Hotel, Hyde Park."""

import re
from collections.abc import Callable
from typing import NamedTuple

from sales.language.amounts import amount_place
from sales.language.typed_text import on_one_line, shorten
from sales.pipeline.opportunity_phrase.actions import BEHIND_VERB, FIRST_VERB
from sales.pipeline.opportunity_phrase.draft import ANY_QUOTE, DealAction, DealDraft
from sales.pipeline.opportunity_phrase.glue import GLUE, unglued
from sales.refusal import MOST_READINGS, Reading, Refusal

_THING = re.compile(r"(?:a|an|the|my|our|deal|opportunity|opp|with|for|from|at|as|on|to|of)(?!\w)", re.I)
_SIGN = re.compile(r"[\s,;:]*[$€£¥]?\d")


class VerbInName(NamedTuple):
    """A verb that may be part of a name: the word, the line in which it surely is, and how both are spelled.

    `is_plain` where the verb and the word beside it are in capitals, `is_verb` where the verb alone is in small letters
    beside a name in capitals; else the spelling says nothing.
    """

    word: str
    line: str
    is_plain: bool
    is_verb: bool


def verb_in_name(text: str) -> VerbInName | None:
    """Return the verb of a line that may as well belong to the name beside it; None where it cannot."""
    line = on_one_line(text)
    if ANY_QUOTE.search(line):
        return None
    if first := FIRST_VERB.match(line):
        word, rest = first.group(), line[first.end() :]
        if _SIGN.match(rest):  # the verb alone is the name: "Pull 5k"
            return VerbInName(word, f"{word}{GLUE}{rest}", False, False)
        behind = rest.lstrip()
        if not rest[:1].isspace() or not behind[:1].isalpha() or _THING.match(behind):
            return None
        big, beside = word[:1].isupper(), behind[:1].isupper()
        return VerbInName(word, f"{word}{GLUE}{behind}", big and beside, beside and not big)
    if last := BEHIND_VERB.search(line):
        place = amount_place(line)
        before = line[: last.start()].split()
        if place is None or place[0] < last.end() or line[last.end() : place[0]].strip() or not before:
            return None
        big = last.group()[:1].isupper() and before[-1][:1].isupper()
        return VerbInName(last.group(), f"{' '.join(before)}{GLUE}{line[last.start() :]}", big, not big)
    return None


def as_named(verb: VerbInName, read: Callable[[str], DealDraft]) -> DealDraft | None:
    """Return the new deal of a name that holds the verb; None where the line cannot be read so."""
    try:
        draft = read(verb.line)
    except Refusal:
        return None
    return draft._replace(action=DealAction.CREATE, name=unglued(draft.name), account=None)


def without(verb: VerbInName, named: DealDraft) -> DealDraft:
    """Return the new deal whose name does not hold the verb."""
    name = named.name.removeprefix(verb.word).removesuffix(verb.word).strip()
    return named._replace(name=name or named.name)


def verb_or_name(verb: VerbInName, done: DealDraft, named: DealDraft) -> Refusal:
    """Return the question whether a verb is what to do, as in `done`, or part of the name, as in `named`."""
    add = Reading(f"Add {named.label()}", named.written())
    label = {
        DealAction.CREATE: f"Add {done.label()}",
        DealAction.EDIT: f"Change {done.label()}",
        DealAction.MOVE: f"Move {done.label()}",
    }.get(done.action, done.label())
    do = Reading(label, done.written())
    return Refusal(
        f"Is “{verb.word}” part of the name? In quotes it always is.",
        field="name",
        readings=[add, do] if verb.is_plain else [do, add],
    )


def neither(done: DealDraft, named: DealDraft) -> Refusal:
    """Return the refusal where no deal goes by a name, with the verb or without."""
    return Refusal(
        f"You have no deal called “{shorten(done.name)}”, nor “{shorten(named.name)}”.",
        example=f'/deal "{shorten(named.name, 40)}" 24k',
    )


def also_named(refusal: Refusal, named: DealDraft) -> Refusal:
    """Return a question about a line with one more reading: the verb belongs to the name of a new deal."""
    if len(refusal.readings) < MOST_READINGS:
        refusal.readings = (*refusal.readings, Reading(f"Add {named.label()}", named.written()))
    return refusal
