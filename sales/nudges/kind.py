"""Kinds of nudge: what one is called, what it is for, and which rules of `sales/nudges/policy` it lives under."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

Intent = Mapping[str, Any]  # what the ledger keeps of what a message is about
BUNDLE = "bundle"
ANSWER = "answer"
UNDELIVERED = "undelivered"
UNDELIVERED_DAILY = "undelivered_daily"
CLOCK = "clock"
MORNING = "morning"  # the note that others come with, where somebody asked for it


class Topic(StrEnum):
    """What kinds of message are about: under which heading of the settings one is found, in their order."""

    DAY = "day"
    GOALS = "goals"
    DEALS = "deals"
    PRACTICE = "practice"
    TEAM = "team"
    UPKEEP = "upkeep"  # that messages arrive, and the app is in order


@dataclass(frozen=True)
class NudgeKind:
    """One kind of message that we send on our own, in plain words and with its rules.

    `asked_for` is what somebody asked for: it is never muted, paused, counted or held. `recurs` is what backs off
    when it is ignored. `news` says something new even about a subject that was brought up today already.
    `for_reps` and `for_leads` say who alone gets it, leads being managers and admins. `bundles` may stand in one
    message with others; `mutable` can be switched off, and an `opt_in` is off until somebody wants it. `topic` is the
    heading it stands under in the settings, `order` its place there. `merges` returns what two messages of the kind
    that leave together are about as one, None where they stay two.
    """

    key: str
    name: str
    about: str
    asked_for: bool = False
    recurs: bool = False
    news: bool = False
    for_reps: bool = False
    for_leads: bool = False
    bundles: bool = True
    mutable: bool = True
    opt_in: bool = False
    topic: Topic = Topic.DAY
    order: int = 100
    merges: Callable[[Intent, Intent], Intent | None] | None = None

    def is_for(self, *, is_rep: bool, leads: bool) -> bool:
        """Say whether somebody may ever get it."""
        if self.for_reps and self.for_leads:
            return is_rep or leads
        return (is_rep or not self.for_reps) and (leads or not self.for_leads)
