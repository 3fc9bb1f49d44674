"""Kept promises in words, as a team's channel is told of them: how many, never of how many."""

from collections.abc import Sequence

from messages.formatting import Mrkdwn, words
from sales.followups.kept import KeptCommitments


def kept(done: int) -> Mrkdwn:
    """Return how many of a team's promises are kept."""
    return words("followups/kept", "kept", done=done)


def by(found: Sequence[KeptCommitments]) -> Mrkdwn:
    """Return who kept how many, never how many they did not."""
    return words("followups/kept", "by", kept=found)
