"""Still alive: so much that nobody did is asked about once, for all of it."""

from collections.abc import Sequence
from datetime import date

from sales.followups.followup import FollowUp

ONE_QUESTION = 10  # overdue; whoever reads ten reproaches in the evening reads none


def is_one_question(overdue: Sequence[FollowUp], day: date, today: date) -> bool:
    """Say whether what is overdue is one question; of an evening that is over it stays the list that it was."""
    return day == today and len(overdue) >= ONE_QUESTION
