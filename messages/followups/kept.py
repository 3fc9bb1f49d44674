"""Kept commitments in words, as a team's channel is told of them."""

from collections.abc import Sequence

from messages.formatting import Mrkdwn, words
from sales.followups.kept import KeptCommitments


def kept(done: int, due: int) -> Mrkdwn:
    """Return how many of a team's commitments are kept."""
    return words("followups/kept", "kept", done=done, due=due)


def text(done: int, due: int) -> Mrkdwn:
    """Return the same as a sentence."""
    return words("followups/kept", "text", done=done, due=due)


def by(found: Sequence[KeptCommitments]) -> Mrkdwn:
    """Return who kept how many, never how many they did not."""
    return words("followups/kept", "by", kept=found)
