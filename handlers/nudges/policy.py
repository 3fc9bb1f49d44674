"""The policy as delivery asks it, and what it puts on messages: the word of a back-off, and the off switch."""

import asyncio
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from handlers.feature import Rendered, Renderer
from handlers.nudges.do_not_disturb import DoNotDisturb
from handlers.nudges.readers import ChannelReaders
from messages.blocks import Message
from messages.nudges import policy as views
from sales.nudges.kind import BUNDLE, NudgeKind
from sales.nudges.policy import Barred, Late, Skip, verdict, weekly
from storage.nudges.ledger.rows import DeliveryRow
from storage.nudges.policy import people_ahead, person, policy_case
from storage.scope import Ledger, Scope


class Nudging:
    """The one policy, as delivery asks it about each message that is about to leave."""

    def __init__(self, do_not_disturb: DoNotDisturb, readers: ChannelReaders) -> None:
        self.do_not_disturb = do_not_disturb
        self.readers = readers

    async def ahead(self, ledger: Ledger, rows: Sequence[DeliveryRow], now: datetime) -> None:
        """Read at once what the policy asks about those to whom messages leave together.

        Whom Slack has to be asked about it is asked about all at the same time, so that none waits for the others.
        """
        theirs: dict[str, list[DeliveryRow]] = defaultdict(list)
        for row in rows:
            if row.user_id is not None:
                theirs[row.workspace_id].append(row)
        asked: set[tuple[str, str]] = set()
        for workspace_id, mine in theirs.items():
            scope = ledger.workspace(workspace_id)
            await people_ahead(scope, [str(row.user_id) for row in mine])
            for row in mine:
                who = workspace_id, str(row.user_id)
                if self.do_not_disturb.would_ask(*who, now) and await self.passes(scope, row, now):
                    asked.add(who)
        await asyncio.gather(*(self.do_not_disturb.until(*who, now) for who in asked))

    async def passes(self, scope: Scope, row: DeliveryRow, now: datetime) -> bool:
        """Say whether only Slack's do-not-disturb may still hold a message back."""
        found = await policy_case(scope, row, now)
        return found is not None and not found.kind.asked_for and verdict(found) is None

    async def policy(self, scope: Scope, row: DeliveryRow, now: datetime) -> Late | Skip | Barred | None:
        """Say whether a message must wait or not go at all; None lets it pass.

        Posts to a channel pass, unless people from outside read it whom no manager agreed to: nobody is woken by
        them, and the digest keeps to its own calendar.
        """
        if row.user_id is None:
            return await self.readers.verdict(scope, str(row.channel_id), now)
        found = await policy_case(scope, row, now)
        if found is None:
            return Skip("This person has left.")
        decided = verdict(found)
        if decided is not None or found.kind.asked_for:
            return decided
        until = await self.do_not_disturb.until(scope.workspace_id, row.user_id, now)
        if until is None:
            return None
        return verdict(replace(found, undisturbed_until=until))


def announcing(renderer: Renderer) -> Renderer:
    """Return a renderer that says so when its kind comes less often from now on."""

    async def render(scope: Scope, row: DeliveryRow, now: datetime) -> Rendered:
        found, kind = await renderer(scope, row, now), scope.declared.kind(row.kind)
        if not isinstance(found, Message) or not kind.recurs:
            return found
        who = await person(scope, str(row.user_id))
        if who is None or not who.announces(kind):
            return found
        return views.backing_off(found, kind, weekly(who.hours))

    return render


def signing(renderer: Renderer) -> Renderer:
    """Return a renderer that puts a message's own off switch under it."""

    async def render(scope: Scope, row: DeliveryRow, now: datetime) -> Rendered:
        found = await renderer(scope, row, now)
        return (
            with_off_switch(found, scope.declared.kind(row.kind), row)
            if isinstance(found, Message)
            else found
        )

    return render


def with_off_switch(message: Message, kind: NudgeKind, row: DeliveryRow) -> Message:
    """Return a message with its off switch; what somebody asked for, and what stands in a channel, has none."""
    if row.user_id is None or not (kind.mutable or kind.key == BUNDLE):
        return message
    return views.signed(message, kind)
