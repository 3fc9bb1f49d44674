"""Confirmations: what was promised with what will happen, or what became of it, and the way back."""

from collections.abc import Sequence

from handlers.context import Context, Happened, NamedDeal
from handlers.followups.belonging import deals_of
from handlers.followups.followup.slipped import has_slipped
from handlers.followups.followup.slot import said_of_contact
from handlers.followups.outreach import beside_promise
from handlers.section import Look, Surface, collected
from messages.blocks import Block, Message, joined
from messages.elements import Element
from messages.followups import confirmation as views
from sales.followups.followup import FollowUpState, may_hint
from storage.followups import followup as queries
from storage.followups.followup import FollowUpRow
from storage.undo import UndoRow


async def confirmed(
    context: Context,
    row: FollowUpRow,
    undo: UndoRow | None = None,
    *,
    hints: bool = False,
    says_nothing: bool = False,
    is_known: bool = False,
    deals: Sequence[NamedDeal] | None = None,
    more: Sequence[Block] = (),
) -> Message:
    """Return a promise with what other features say will happen; `undo` is what was just done to it.

    `deals` are those it may be for, where they were asked for already; only a new one asks which. `more` is what else
    is asked.
    """
    ahead: list[str] = []
    if row.state is FollowUpState.OPEN:
        if deals is None:
            deals = await deal_of(context, row)
        happened = Happened(row.owner_id, context.today, due_on=row.due_on, due_at=row.due_at)
        ahead = await context.declared.confirm(context, happened)
    return views.card(
        row,
        context.today,
        context.zone,
        ahead=joined(ahead, " ") if ahead else views.ahead_alone(row, context.today),
        undo_id=undo.id if undo is not None else None,
        hints=hints,
        says_nothing=says_nothing,
        is_known=is_known,
        slipped=undo is not None and has_slipped(row, undo.images, context.zone),
        deals=deals or (),
        theirs=await said_of_contact(context, row),
        more=more,
        ways=await ways_on(context, row),
    )


async def ways_on(context: Context, row: FollowUpRow) -> list[Element]:
    """Return what features offer for a promise that is open."""
    if row.state is not FollowUpState.OPEN:
        return []
    look = Look(context.scope, context.member, context.team, context.now, context.today, about=row)
    found = await collected(context.declared.sections(Surface.PROMISE), look)
    return [button for shown in found for button in shown.buttons]


async def deal_of(context: Context, row: FollowUpRow) -> list[NamedDeal]:
    """Return the deal a promise is for, as long as that is open and goes by its name."""
    if row.opportunity_id is None:
        return []
    return [one for one in await deals_of(context, row.who) if one.id == row.opportunity_id]


async def hinted(
    context: Context,
    row: FollowUpRow,
    undo: UndoRow,
    deals: Sequence[NamedDeal],
    *,
    says_nothing: bool = False,
) -> Message:
    """Return the confirmation of a new promise, which asks once a week what is in it for the customer.

    One that says nothing but that it checks in is asked each time, and before which deal it is for (mechanism 58); of
    any other that goes first. What features ask of whom it is with comes before both: there is one question at a time.
    """
    more = await beside_promise(context, row)
    is_first = not more and (says_nothing or len(deals) <= 1)
    hints = is_first and await is_hint_due(context, row, says_nothing=says_nothing)
    asked = deals if not hints or len(deals) <= 1 else ()
    return await confirmed(context, row, undo, hints=hints, says_nothing=says_nothing, deals=asked, more=more)


async def is_hint_due(context: Context, row: FollowUpRow, *, says_nothing: bool) -> bool:
    """Say whether it is time to ask what is in a promise for the customer; where it is, that counts as asked."""
    due = views.wants_hint(row) and (says_nothing or may_hint(context.member.hinted_at, context.now))
    if due:
        await queries.note_hint(context.scope, context.member, context.now)
    return due
