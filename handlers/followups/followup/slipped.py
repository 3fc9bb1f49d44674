"""Which promises an action put off or kept late, read from what undo keeps of it, and why, where that was said (59)."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from messages.followups.followup import LastAction
from sales.followups.followup import FollowUpState, Owes
from sales.followups.promise_record import PromiseOutcome, outcome
from sales.followups.slip import SlipReason
from storage.followups.followup import FollowUpRow
from storage.undo import NewestAction, UndoRow

TABLE = str(FollowUpRow.__tablename__)
Images = Sequence[Mapping[str, Any]]


def has_slipped(row: FollowUpRow, images: Images, zone: str) -> bool:
    """Say whether an action put a promise off to a later day, or kept it after its day, and nobody said why."""
    before = next((one["before"] for one in images if (one["table"], one["id"]) == (TABLE, row.id)), None)
    if before is None or row.owes is not Owes.ME or row.slip is not None:
        return False
    if row.state is FollowUpState.OPEN:
        return row.due_on > date.fromisoformat(before["due_on"])
    was_open = before["state"] == FollowUpState.OPEN.value
    return was_open and outcome(row, row.due_on, zone) is PromiseOutcome.LATE


def put_off(images: Images) -> list[Mapping[str, Any]]:
    """Return how those of one's own stand now that an action put off to a later day."""
    changed = [
        (one["before"], one["after"])
        for one in images
        if one["table"] == TABLE and one["before"] is not None and one["after"] is not None
    ]
    return [
        after
        for before, after in changed
        if after["owes"] == Owes.ME.value
        and after["state"] == FollowUpState.OPEN.value
        and after["due_on"] > before["due_on"]
    ]


def last_action(action: UndoRow | NewestAction, *, stands: bool = True) -> LastAction:
    """Return an action as a surface says it; what was put off is asked why, or says it."""
    reasons = {one.get("slip") for one in put_off(action.images)}
    why = next(iter(reasons)) if len(reasons) == 1 else None
    return LastAction(
        action.summary, action.id, stands, None in reasons, SlipReason(why) if why is not None else None
    )
