"""Glue: a letter that nobody types holds words together that are one name, until the sentence is read."""

import re
from collections.abc import Collection

from sales.pipeline.opportunity_phrase.actions import FIRST_VERB
from sales.pipeline.opportunity_phrase.closing import is_of_a_day
from sales.pipeline.opportunity_phrase.name import find_name
from sales.refusal import Reading, Refusal

GLUE = "\u02bd"  # a letter to every pattern
# What else only leads to a name, and here begins one: The Home Depot, On Semiconductor, Just Eat.
_BEGINS = re.compile(r"(?:The|A|An|On|At|As|We|Just|Have|Mark)\s+(?=(?P<next>[A-Z0-9]\S*))")
_THING = re.compile(r"(?:new|deals?|opportunity|opp)(?!\w)", re.I)


def glued_name(line: str, known: Collection[str]) -> str:
    """Return a line in which the small word that a name in capitals begins with is held to it."""
    found = _BEGINS.match(line)
    if found is None or FIRST_VERB.match(line, found.end()) or _THING.match(found["next"]):
        return line
    named = find_name(line, known)
    if is_of_a_day(found["next"]) or (named is not None and named.start <= found.end()):
        return line
    return f"{line[: found.end()].rstrip()}{GLUE}{line[found.end() :]}"


def unglued(words: str) -> str:
    return words.replace(GLUE, " ").strip()


def unglued_refusal(refusal: Refusal) -> Refusal:
    """Return a refusal as it is shown."""
    refusal.text = unglued(refusal.text)
    refusal.example = unglued(refusal.example) if refusal.example else refusal.example
    refusal.readings = tuple(Reading(unglued(one.label), unglued(one.typed)) for one in refusal.readings)
    return refusal
