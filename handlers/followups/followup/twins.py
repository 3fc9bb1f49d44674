"""Twins: what is open already and says the same as a commitment that is about to be made."""

from handlers.context import Context
from handlers.followups.outreach import asked_along
from sales.followups.followup import FollowUp
from sales.followups.twin import Twin, twin_words
from storage.followups.followup import FollowUpRow
from storage.followups.touch_limit import twins_and_week


async def twins_of(context: Context, followup: FollowUp) -> dict[Twin, FollowUpRow]:
    """Return what is open with the same name, side, time and words, or words that are alike; the oldest of each.

    In the same words, typed twice, it is still one commitment.
    """
    alike = (followup.owes, followup.due_at, followup.repeats)
    found: dict[Twin, FollowUpRow] = {}
    for row in await twins_and_week(context.scope, followup, asked_along(context, followup)):
        twin = twin_words(row.what, followup.what)
        if twin is not None and (row.owes, row.due_at, row.repeats) == alike:
            found.setdefault(twin, row)
    return found
