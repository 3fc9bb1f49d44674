"""The month looked back on in words: what its losses share, and how months end, a few lines each."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from messages.blocks import Block, Message, context, joined, message_of, section
from messages.formatting import Mrkdwn, words
from messages.pipeline.debrief import CAUSES
from sales.language.dates.period import span
from sales.pipeline.debrief import MonthOfLosses
from sales.pipeline.month_review import SHARE_OF_DAYS, MonthEnds

MOST_CAUSES = 2  # what three reasons share is nothing


class TeamMonth(NamedTuple):
    """A team's month as its manager reads it; each part is None where there is nothing of the kind."""

    name: str
    losses: MonthOfLosses | None
    ends: MonthEnds | None


def review(
    own: MonthOfLosses | None,
    teams: Sequence[TeamMonth],
    first: date,
    last: date,
    before: Sequence[Block] = (),
    more: Sequence[Block] = (),
) -> Message:
    """Show what a month taught: `before` all else what ended with it, then own losses, teams, and what else is said."""
    month = span(first, last, 1).label
    blocks: list[Block] = [section(losses(own, month))] if own is not None else []
    for team in teams:
        if team.losses is not None:
            blocks.append(section(losses(team.losses, month, team.name)))
        if team.ends is not None:
            blocks += ends(team.ends, month)
    return message_of([*before, *blocks, *more])


def losses(found: MonthOfLosses, month: str, team: str = "") -> Mrkdwn:
    """Return what losses were avoidable, what they share, and what they cost in days."""
    lines = [words("pipeline/month_review", "losses", found=found, month=month, team=team)]
    for cause, count in found.causes[:MOST_CAUSES]:
        lines.append(
            words("pipeline/month_review", "shared", cause=CAUSES[cause], count=count, told=found.told)
        )
    if found.days_after:
        lines.append(words("pipeline/month_review", "after", days=found.days_after))
    return joined(lines)


def ends(found: MonthEnds, month: str) -> list[Block]:
    """Return whether month ends differ, with what was compared in small."""
    line = words("pipeline/month_review", "ends", found=found, month=month, share_of_days=SHARE_OF_DAYS)
    is_news = found.is_rush or found.is_habit
    said = joined([line, words("pipeline/month_review", "talk")]) if is_news else line
    why = (
        found.discounts.why()[0] if found.discounts is not None else words("pipeline/month_review", "no_list")
    )
    return [section(said), context(why)]


def why(*, leads: bool, quarter: bool = False) -> str:
    return str(words("pipeline/month_review", "why", leads=leads, quarter=quarter))
