"""What is open at the end of a day, as boxes to tick."""

from datetime import date, timedelta

from messages.followups.due import BOXES, newest_first
from sales.followups.followup import StoredFollowUp

TODAY = date(2026, 9, 25)


def test_old_promises_hide_no_later_one() -> None:
    """Overdue before today's, what fell due last first; those of one day as they came."""
    ago = [5, 4, 4, 3, 2, 1, 0, 0]
    due = [
        StoredFollowUp(id=number, owner_id="U1", who="Acme", what="call", due_on=TODAY - timedelta(days=days))
        for number, days in enumerate(ago)
    ]
    found = [one.id for one in newest_first(due, TODAY)]
    assert found == [5, 4, 3, 1, 2, 0, 6, 7]
    assert 5 in found[:BOXES]
