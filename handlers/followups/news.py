"""News of follow-ups, which features of later chapters hear in the same unit of work."""

from dataclasses import dataclass

from storage.followups.followup import FollowUpRow


@dataclass(frozen=True)
class NextFollowUpOpened:
    """News: one that repeats was settled, and the `following` one was opened."""

    settled: FollowUpRow
    following: FollowUpRow
