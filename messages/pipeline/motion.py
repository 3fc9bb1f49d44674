"""Motions in words: created beside captured, what to look into when work brings nothing, and where touches went."""

from collections.abc import Sequence

from messages.blocks import Block, context, joined, section
from messages.formatting import Mrkdwn, words
from sales.language.figures import listed
from sales.language.typed_text import shorten
from sales.pipeline.motion import BusyButEmpty, Motions, TouchesAgainstChances, Winnable


def motions(found: Motions) -> Block:
    """Return both motions in one small line."""
    return context(words("pipeline/motion", "motions", found=found))


def busy(found: BusyButEmpty) -> Block:
    """Return where to look when much work opens no deal: fit, then skill, then volume."""
    return section(words("pipeline/motion", "busy", found=found))


def touches(found: TouchesAgainstChances) -> Block:
    """Return which share of a week's work went to deals that will hardly be won, and to which others it could go."""
    hardly = listed([shorten(one.deal.name, 60) for one in found.hardly])
    lines = [words("pipeline/motion", "touches", found=found, hardly=hardly)]
    if found.better:
        lines.append(words("pipeline/motion", "better", better=with_chances(found.better)))
    return section(joined(lines))


def with_chances(deals: Sequence[Winnable]) -> Mrkdwn:
    said = [words("pipeline/motion", "winnable", name=one.deal.name, chance=one.chance) for one in deals]
    return Mrkdwn(listed(said, "or"))
