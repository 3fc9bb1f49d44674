"""Win rates in words: ranked only where more than chance shows, and whether month ends are sold cheaper."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from slackblocks import Block

from messages import kit
from messages.kit import Message
from messages.words import words
from sales.pipeline.discount import MonthEnd
from sales.pipeline.win_rate import Comparison

LINES = 20  # of at most 120 characters


class Rates(NamedTuple):
    """Win rates side by side, and what is compared: "reps", "sources", "products", "sectors"."""

    groups: str
    comparison: Comparison


def rates(found: Sequence[Rates], ends: MonthEnd | None, team: str, since: date) -> Message:
    """Show a manager what can be said of win rates, and what cannot."""
    title = words("win_rates", "title", team=team)
    said = [of_one(one) for one in found]
    if ends is not None:
        said.append(kit.joined([words("win_rates", "month_end"), *ends.why()]))
    blocks: list[Block] = [kit.section(title), *(kit.section(one) for one in said)]
    blocks.append(kit.context(words("win_rates", "foot", since=since)))
    return kit.message(kit.joined([title, *said]), blocks)


def of_one(one: Rates) -> str:
    """Return what can be said of one comparison; names stand in order only where they can be told apart."""
    comparison = one.comparison
    lines: list[str] = [words("win_rates", "heading", groups=one.groups), *comparison.why(one.groups)]
    if comparison.can_rank:
        lines += [words("win_rates", "line", rate=rate) for rate in comparison.rates[:LINES]]
        if len(comparison.rates) > LINES:
            lines.append(words("win_rates", "more", count=len(comparison.rates) - LINES))
    if comparison.too_few and comparison.rates:
        lines.append(words("win_rates", "too_few", count=len(comparison.too_few), groups=one.groups))
    return kit.joined(lines)
