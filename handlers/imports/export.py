"""The export: what follows from reading one in again."""

from datetime import datetime

from handlers.followups.followup.reminder import remind
from storage.followups.followup import find_followup
from storage.imports.export.read_in.reading import Added
from storage.people.member import find_member
from storage.scope import Scope


def reminded(now: datetime) -> Added:
    """Return what puts the reminders of follow-ups that were read in into the ledger, where their time is to come."""

    async def remind_of(scope: Scope, ids: list[int]) -> None:
        for followup_id in ids:
            row = await find_followup(scope, followup_id)
            if row is not None and row.due_at is not None and row.due_at > now:
                member = await find_member(scope, row.owner_id)
                await remind(scope, row, member.zone if member is not None else "UTC", now)

    return remind_of
