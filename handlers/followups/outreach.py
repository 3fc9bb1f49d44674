"""Outreach: what features have to ask of whom somebody just promised something, or logged something with."""

from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

from handlers.context import Context
from handlers.section import Look, Surface, collected
from messages.blocks import Block
from sales.followups.activity import ActivityKind
from sales.followups.followup import FollowUp, Owes
from sales.followups.touch_limit import reaches_out
from storage.engines.statement import AlongQuestion
from storage.followups.activity import ActivityRow
from storage.followups.followup import FollowUpRow


class Outreach(NamedTuple):
    """Something that goes out to somebody: who, and the rows that were just stored of it, by table and id.

    What is kept at one's own desk, or owed by the customer, is none; of what was logged `kinds` tell.
    """

    who: str
    stored: Collection[tuple[type[Any], int]]
    kinds: Collection[ActivityKind] = ()


def asked_along(context: Context, promise: FollowUp) -> list[AlongQuestion]:
    """Return what features are going to ask of whom something is promised to, to be asked with something else."""
    if not goes_out(promise):
        return []
    look = look_at(context, Outreach(promise.who, ()))
    sections = context.declared.sections(Surface.OUTREACH)
    return [question for one in sections if one.asks is not None for question in one.asks(look)]


def goes_out(promise: FollowUp) -> bool:
    """Say whether what is promised is something that the customer hears of."""
    return promise.owes is Owes.ME and reaches_out(promise.what)


async def beside_promise(context: Context, row: FollowUpRow) -> list[Block]:
    """Return what is asked beside the confirmation of a new promise, which is kept whatever the answer."""
    if not goes_out(row):
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
    found = await collected(context.declared.sections(Surface.OUTREACH), look_at(context, about))
    return [block for shown in found for block in shown.blocks]


def look_at(context: Context, about: Outreach) -> Look:
    return Look(context.scope, context.member, context.team, context.now, context.today, about=about)


def outreach_in(look: Look) -> Outreach:
    """Return what somebody just promised or logged."""
    assert isinstance(look.about, Outreach)
    return look.about
