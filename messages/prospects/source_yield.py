"""Sources in words: each with its rate, its range and its counts, in order only where they can be told apart (36)."""

from collections.abc import Sequence
from typing import NamedTuple

from messages.blocks import Block, Message, context, joined, line_sections, message_of, section
from messages.formatting import Mrkdwn, words
from sales.prospects.source_yield import SourceVerdict, SourceYields

NOUN = "prospects/source_yield"
LINES = 15
MOST_REVIEWED = 3


class SourcePart(NamedTuple):
    """What came of one sort of thing: "deal" that was "won", or "lead" that "became a deal"."""

    noun: str
    did: str
    found: SourceYields


def page(parts: Sequence[SourcePart], currency: str, name: str = "") -> Message:
    """Show what became of what came from where, of a team by its name or of the reader."""
    blocks = [block for part in parts for block in part_blocks(part, currency, name)]
    if all(part.found.verdict is SourceVerdict.NOTHING for part in parts):
        return message_of([*blocks, context(words(NOUN, "how"))])
    return message_of([*blocks, context(words(NOUN, "foot"))])


def part_blocks(part: SourcePart, currency: str, name: str) -> list[Block]:
    """Return what came of one sort of thing: what can be said first, then each source."""
    noun, did, found = part
    head = [words(NOUN, "title", name=name, noun=noun), *found.why(noun)]
    lines: list[Mrkdwn] = [
        words(NOUN, "line", one=one, did=did, noun=noun, currency=currency) for one in found.yields[:LINES]
    ]
    if len(found.yields) > LINES:
        lines.append(words(NOUN, "more", count=len(found.yields) - LINES))
    if found.unnamed:
        lines.append(words(NOUN, "unnamed", count=found.unnamed, noun=noun))
    return [section(joined(head)), *line_sections(lines)]


def reviewed(team: str, found: SourceYields) -> Mrkdwn:
    """Return what a team's sources brought, in a line for whoever looks back on a month."""
    return words(NOUN, "reviewed", team=team, best=found.yields[:MOST_REVIEWED])
