"""How fresh a team's deals are, in words: the one line wherever a team's numbers stand."""

from messages.blocks import Block, context
from messages.formatting import Mrkdwn, words
from sales.people.team import Team
from sales.pipeline.freshness import Freshness


def as_of(found: Freshness, team: Team) -> Mrkdwn:
    """Return as of when the deals are; where that is long ago, when they were last updated."""
    if found.is_old:
        return words("pipeline/freshness", "old", on=found.on)
    return words("pipeline/freshness", "fresh", at=found.at, zone=team.zone)


def blocks(found: Freshness | None, team: Team) -> list[Block]:
    """Return the same as the small line under a team's numbers; none without deals."""
    return [context(as_of(found, team))] if found is not None else []
