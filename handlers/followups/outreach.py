"""Outreach: what features have to ask of whom somebody just promised something, or logged something with."""

from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

from handlers.context import Context
from handlers.section import Look, Surface, collected
from messages.blocks import Block
from sales.followups.activity import ActivityKind
from sales.followups.followup import Owes
from sales.followups.touch_limit import reaches_out
from storage.followups.activity import ActivityRow
from storage.followups.followup import FollowUpRow


class Outreach(NamedTuple):
    """Something that goes out to somebody: who, and the rows that were just stored of it, by table and id.

    What is kept at one's own desk, or owed by the customer, is none; of what was logged `kinds` tell.
    """

    who: str
    stored: Collection[tuple[type[Any], int]]
    kinds: Collection[ActivityKind] = ()


async def beside_promise(context: Context, row: FollowUpRow) -> list[Block]:
    """Return what is asked beside the confirmation of a new promise, which is kept whatever the answer."""
    if row.owes is not Owes.ME or not reaches_out(row.what):
        return []
    return await asked_of(context, Outreach(row.who, {(FollowUpRow, row.id)}))


async def beside_log(context: Context, rows: Sequence[ActivityRow]) -> list[Block]:
    """Return what is asked beside the confirmation of something logged."""
    account = rows[0].account if rows else None
    if not account:
        return []
    stored = {(ActivityRow, row.id) for row in rows}
    return await asked_of(context, Outreach(account, stored, [row.kind for row in rows]))


async def asked_of(context: Context, about: Outreach) -> list[Block]:
    look = Look(context.scope, context.member, context.team, context.now, context.today, about=about)
    found = await collected(context.declared.sections(Surface.OUTREACH), look)
    return [block for shown in found for block in shown.blocks]


def outreach_in(look: Look) -> Outreach:
    """Return what somebody just promised or logged."""
    assert isinstance(look.about, Outreach)
    return look.about
