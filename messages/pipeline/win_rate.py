"""Win rates in words: ranked only where more than chance shows, and whether month ends are sold cheaper."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from messages.blocks import Block, Message, context, joined, message_of, section
from messages.formatting import words
from sales.pipeline.discount import MonthEnd
from sales.pipeline.win_rate import Comparison, Decided

LINES = 20  # of at most 120 characters


class WinRateGroup(NamedTuple):
    """Win rates side by side, and what is compared: "reps", "sources", "products", "sectors"."""

    groups: str
    comparison: Comparison


def rates(
    found: Sequence[WinRateGroup],
    ends: MonthEnd | None,
    team: str,
    since: date,
    tenders: tuple[Decided, Decided] | None = None,
) -> Message:
    """Show a manager what can be said of win rates, and what cannot; tenders have a line of their own."""
    title = words("pipeline/win_rate", "title", team=team)
    said = [of_one(one) for one in found]
    if tenders is not None:
        said.append(words("pipeline/win_rate", "tenders", tenders=tenders[0], rest=tenders[1]))
    if ends is not None:
        said.append(joined([words("pipeline/win_rate", "month_end"), *ends.why()]))
    blocks: list[Block] = [section(title), *(section(one) for one in said)]
    blocks.append(context(words("pipeline/win_rate", "foot", since=since)))
    return message_of(blocks)


def of_one(one: WinRateGroup) -> str:
    """Return what can be said of one comparison; names stand in order only where they can be told apart."""
    comparison = one.comparison
    lines: list[str] = [words("pipeline/win_rate", "heading", groups=one.groups), *comparison.why(one.groups)]
    if comparison.can_rank:
        lines += [words("pipeline/win_rate", "line", rate=rate) for rate in comparison.rates[:LINES]]
        if len(comparison.rates) > LINES:
            lines.append(words("pipeline/win_rate", "more", count=len(comparison.rates) - LINES))
    if comparison.too_few and comparison.rates:
        lines.append(words("pipeline/win_rate", "too_few", count=len(comparison.too_few), groups=one.groups))
    return joined(lines)
