"""The price of a deal, lowered: what it is worth to them comes first; at a month's end it stands until a manager's yes.

A win counts at once at the price that stands. One at a lower price is held like any other lower price in the last days
of a month, and counts from the day it was typed once a manager says yes.
"""

import json
from collections.abc import Sequence
from datetime import date
from typing import Any

from handlers.context import Context
from handlers.pipeline.opportunity.lookup import own
from handlers.pipeline.opportunity.news import WON, noted, tell, told_on_card, typed
from handlers.pipeline.opportunity.promises import left
from handlers.pipeline.opportunity.shown import deal_card
from handlers.place import Place
from handlers.remembered import remember
from handlers.reply import Reply
from messages.pipeline import opportunity as deals
from messages.pipeline import price_cut as views
from sales.language.figures import money
from sales.language.typed_text import clean
from sales.nudges.ledger import PROMPT, Nudge
from sales.pipeline.deal_history import DealField
from sales.pipeline.discount import is_late
from sales.pipeline.merge import MergeTerms
from sales.pipeline.opportunity import MAX_WORDS, Opportunity, Stage, closed_won
from sales.pipeline.price_cut import (
    DISCOUNT_ASKED,
    DiscountRequest,
    PriceCut,
    agreed_price,
    asked_key,
    price_cut,
    wish_told,
)
from sales.refusal import Refusal
from sales.value import changed
from storage.nudges.ledger.intake import enqueue
from storage.nudges.mute import mutes
from storage.people.member import MemberRow, find_members
from storage.people.team import managers_over
from storage.pipeline.deal_history import changes_of, note_change
from storage.pipeline.list_price import list_price_of
from storage.pipeline.opportunity import OpportunityRow, change_opportunity
from storage.pipeline.price_cut import DiscountRequestRow, add_request, withdraw_requests
from storage.pipeline.stage import stages_for
from storage.row_image import Touched


async def price_form(
    context: Context,
    row: OpportunityRow,
    wish_minor: int,
    place: Place | None = None,
    won_on: date | None = None,
) -> dict[str, Any] | None:
    """Return the form that comes before a lower price; None where the price may be changed as it is.

    A win asks only where a manager decides: what is signed needs no argument any more.
    """
    cut = await cut_by(context, row, wish_minor, wins=won_on is not None)
    if cut is None:
        return None
    names = [one.name for one in await deciders(context, row)]
    if not names and (row.worth or won_on is not None):
        return None
    kept = [row.id, wish_minor, won_on.isoformat() if won_on else "", place]
    return views.worth_form(row, cut, names, json.dumps(kept))


async def cut_by(context: Context, row: OpportunityRow, wish_minor: int, *, wins: bool) -> PriceCut | None:
    """Return what a new price gives away of the list, or of what was agreed; None where it gives nothing away."""
    listed = await list_price_of(context.scope, row, context.their_team.currency)
    changes = await changes_of(context.scope, row.id)
    agreed = agreed_price(row, changes, context.today, context.member.user_id)
    return price_cut(row, wish_minor, listed, agreed, wins=wins)


async def deciders(context: Context, row: OpportunityRow) -> list[MemberRow]:
    """Return the managers whose yes a lower price needs today; none but in the last days of a month.

    Whoever manages the team decides by doing it, and who switched these messages off does not want to be asked.
    """
    managers = await managers_over(context.scope, row.owner_id) if is_late(context.today) else []
    if context.member.user_id in managers:
        return []
    asked = [one for one in await find_members(context.scope, managers) if one.active]
    return [one for one in asked if DISCOUNT_ASKED not in await mutes(context.scope, one.user_id)]


async def merge_terms(context: Context, row: OpportunityRow) -> MergeTerms:
    """Return under what a deal is made one with another: where a manager decides on prices, it lowers none."""
    stages = await stages_for(context.scope, row.owner_id)
    return MergeTerms(stages, keeps_price=bool(await deciders(context, row)))


async def save_worth(context: Context) -> Reply:
    """The form was submitted: the price is changed, or a manager is asked."""
    deal_id, wish_minor, won_on, at = json.loads(context.request.private)
    row = await own(context, deal_id)
    worth = clean(context.request.values.get(views.WORTH) or "", MAX_WORDS, views.WORTH)
    if not worth:
        raise Refusal("What do they gain by it? One sentence of theirs is enough.", field=views.WORTH)
    place, on = Place.kept(at), date.fromisoformat(won_on) if won_on else None
    cut = await cut_by(context, row, wish_minor, wins=on is not None)
    asked = await deciders(context, row) if cut is not None else []
    if cut is None or not asked:
        return await lowered(context, row, wish_minor, worth, on, place)
    return await ask(context, row, cut, worth, on, asked, place)


async def lowered(
    context: Context, row: OpportunityRow, wish_minor: int, worth: str, on: date | None, place: Place | None
) -> Reply:
    """Change the price, with what it is worth to them."""
    before = money(row.value_minor, row.currency) if row.value_minor else ""
    touched = await priced(context, row, wish_minor, on, worth)
    touched += await withdraw_requests(context.scope, row.id)
    if on is not None:
        asks = await left(context, row)
        message = await tell(context, "won", f"{row.name} won", touched, WON, on, asks=asks, was=before)
        return Reply(edit=message, edit_at=place, home=True)
    change = f"value {money(wish_minor, row.currency)}" + (f", was {before}" if before else "")
    moved = WON if row.stage is Stage.WON else ()
    note = deals.changed_note([change])
    message = await told_on_card(context, note, f"{row.name} changed", touched, moved, row.closed_on)
    return Reply(edit=message, edit_at=place, home=True)


async def priced(
    context: Context, row: OpportunityRow, wish_minor: int, won_on: date | None, worth: str
) -> list[Touched]:
    """Let a deal stand at another price, won on a day if one is given."""
    at = closed_won(row, won_on, wish_minor) if won_on is not None else row
    said = changed(Opportunity, at, value_minor=wish_minor, worth=worth)
    return await change_opportunity(context.scope, row, said, typed(context))


async def ask(
    context: Context,
    row: OpportunityRow,
    cut: PriceCut,
    worth: str,
    won_on: date | None,
    managers: Sequence[MemberRow],
    place: Place | None,
) -> Reply:
    """Write to the managers; the price stands, and what it is worth to them is kept."""
    request = DiscountRequest(
        opportunity_id=row.id,
        asked_by=context.member.user_id,
        asked_on=won_on or context.today,
        wish_minor=cut.wish_minor,
        from_minor=cut.from_minor,
        stood_minor=row.value_minor,
        currency=row.currency,
        worth=worth,
        wins=won_on is not None,
    )
    said = changed(Opportunity, row, worth=worth)
    touched = await change_opportunity(context.scope, row, said, typed(context))
    wishes = await add_request(context.scope, request)
    kept = wishes[-1].row
    assert isinstance(kept, DiscountRequestRow)
    line = await wish_noted(context, kept)
    await remember(context, f"asked for a lower price on {row.name}", *touched, *wishes, line)
    for manager in managers:
        await enqueue(context.scope, nudge(context, kept, manager), context.now)
    note = views.asked(kept, [one.name for one in managers])
    return Reply(edit=await deal_card(context, row, note), edit_at=place, home=True)


async def wish_noted(context: Context, request: DiscountRequestRow) -> Touched:
    """Put into the deal's history that a lower price was asked for, granted or refused."""
    told = wish_told(request.state, request.wish_minor, request.reason)
    by, _, on = typed(context)
    deal_id = request.opportunity_id
    return await note_change(context.scope, deal_id, DealField.DISCOUNT, "", told, by, on)


def nudge(context: Context, request: DiscountRequestRow, manager: MemberRow) -> Nudge:
    return Nudge(
        key=asked_key(context.scope.workspace_id, request.id, manager.user_id),
        kind=DISCOUNT_ASKED,
        intent={"request_id": request.id},
        why=views.why_asked(),
        not_before=context.now,
        user_id=manager.user_id,
        priority=PROMPT,
        subject=f"discount:{request.id}",
    )


async def at_granted_price(
    context: Context, row: OpportunityRow, request: DiscountRequestRow, answered: Touched
) -> None:
    """Let a deal stand at the price that a manager granted; their own undo takes it back with the yes."""
    on = request.asked_on if request.wins else None
    touched = await priced(context, row, request.wish_minor, on, request.worth)
    touched.append(await wish_noted(context, request))
    moved = WON if request.wins or row.stage is Stage.WON else ()
    await noted(
        context,
        "won" if request.wins else "changed",
        f"a lower price on {row.name}",
        [*touched, answered],
        moved,
        on or row.closed_on,
    )
