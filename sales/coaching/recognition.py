"""Recognition: behaviour worth saying aloud, where there is enough of it to mean something."""

from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

from sales.followups.kept import KeptCommitments

LEAST_KEPT = 5  # commitments; keeping one or two is no behaviour yet (mechanism 7)
LEAST_CONVERSATIONS = 5


class Conversations(NamedTuple):
    """How many of a rep's conversations left an agreed next step, of how many."""

    rep: str
    agreed: int
    held: int


class Behaviour(StrEnum):
    """What somebody is recognised for: something everybody can choose to do, never a number that luck makes."""

    KEPT_ALL = "kept_all"
    NEXT_STEPS = "next_steps"


class Recognition(NamedTuple):
    """Who did what, how often in the span."""

    rep: str
    behaviour: Behaviour
    times: int


def recognised(kept: Sequence[KeptCommitments], conversations: Sequence[Conversations]) -> Recognition | None:
    """Return the one behaviour worth naming, or None; being rare is what makes it worth something.

    Kept: the one rep who kept every commitment, at least five. Else next steps: the one whose conversations,
    at least five, all left one. Where several did, nobody is singled out (mechanism 7, forecasts.md §5).
    """
    word = [one for one in kept if one.due >= LEAST_KEPT and one.done == one.due]
    if len(word) == 1:
        return Recognition(word[0].rep, Behaviour.KEPT_ALL, word[0].due)
    steps = [one for one in conversations if one.held >= LEAST_CONVERSATIONS and one.agreed == one.held]
    if not word and len(steps) == 1:
        return Recognition(steps[0].rep, Behaviour.NEXT_STEPS, steps[0].held)
    return None
