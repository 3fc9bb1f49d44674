"""Threads: what somebody writes under a message of ours is about what that message brought up."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from handlers.place import Place
from storage.nudges.ledger.lookup import asked_in_thread, at_place
from storage.nudges.ledger.rows import DeliveryRow, listed_by, standing
from storage.scope import Scope


@dataclass(frozen=True)
class Thread:
    """A thread somebody wrote in: the message above it, and the items that one lists, in order.

    `asked` are words of theirs that fitted several of the items, where which was meant is what we asked last.
    """

    above: DeliveryRow
    items: Sequence[int]
    asked: str = ""

    @property
    def place(self) -> Place:
        """Where the message above stands."""
        return Place(str(self.above.channel_id), str(self.above.slack_ts))


async def thread_at(scope: Scope, user_id: str, channel: str, ts: str, now: datetime) -> Thread | None:
    """Return the thread under a message to a person; None where it lists nothing, or is none of ours to them.

    One that says another anew, in which nothing is left open, is about what that one listed.
    """
    above = await at_place(scope, channel, ts) if ts else None
    if above is None or above.user_id != user_id:
        return None
    shown = listed_by(above) or listed_by(await standing(scope, above))
    items = list(dict.fromkeys(item for listed in shown.values() for item in listed))
    if not items:
        return None
    return Thread(above, items, await asked_in_thread(scope, user_id, ts, now))
