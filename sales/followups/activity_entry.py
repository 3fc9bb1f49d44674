"""What is to be logged in one go: how many of each kind, with whom, how it went and what is next."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sales.followups.activity import Activity, ActivityKind
from sales.followups.followup import FollowUp
from sales.followups.next_step import CONVERSATIONS, NextStep


@dataclass(frozen=True)
class ActivityEntry:
    """What is to be logged: how many of each kind, and what was said about them."""

    counts: Mapping[ActivityKind, int]
    on: date
    account: str | None = None
    outcome: str = ""
    step: FollowUp | None = None
    no_next_step: bool = False
    results: str = ""  # what the outcome begins with and is of the first kind alone

    def valued(self, owner_id: str) -> list[Activity]:
        """Return the entry as activities, one for each kind."""
        shared = {"owner_id": owner_id, "on": self.on, "account": self.account}
        told = [
            self.outcome,
            *[self.outcome.removeprefix(self.results).lstrip("; ")] * (len(self.counts) - 1),
        ]
        return [
            Activity.model_validate({"kind": kind, "count": count, "outcome": outcome, **shared})
            for (kind, count), outcome in zip(self.counts.items(), told, strict=True)
        ]

    def next_step(self, kind: ActivityKind) -> NextStep:
        """Return what an activity of this kind left behind; only conversations leave anything."""
        if kind not in CONVERSATIONS or not self.account:
            return NextStep.UNSAID
        if self.step is not None:
            return NextStep.AGREED
        return NextStep.NONE if self.no_next_step else NextStep.UNSAID
