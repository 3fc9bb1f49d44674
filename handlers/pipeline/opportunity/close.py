"""Closing deals: won, lost with its first debrief question, parked, and opened again."""

import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from handlers.context import Context, Handler
from handlers.pipeline.opportunity.lookup import (
    already_closed,
    answer,
    currency_of,
    is_closed,
    own,
    require_currency,
    the_one,
)
from handlers.pipeline.opportunity.news import OPENED, WON, because, tell, typed
from handlers.pipeline.opportunity.price import price_form
from handlers.pipeline.opportunity.promises import left
from handlers.pipeline.opportunity.shown import deal_card
from handlers.place import Place
from handlers.reply import Reply
from messages.pipeline import debrief as debriefs
from messages.pipeline import opportunity as views
from messages.pipeline.opportunity import Wish
from sales.language.figures import long_day, money
from sales.language.typed_text import clean
from sales.pipeline.debrief import (
    MAX_REASON,
    Debrief,
    KnowableMoment,
    LookBack,
    cause_in,
    debrief_of_close,
    knowable_at,
    moments_of,
)
from sales.pipeline.gate import opened_again
from sales.pipeline.opportunity import Opportunity, Stage, closed_lost, closed_won, parked, stage_on
from sales.pipeline.opportunity_phrase import DealDraft
from sales.refusal import Refusal
from storage.pipeline import opportunity as queries
from storage.pipeline.deal_history import changes_of
from storage.pipeline.debrief import earlier_close, save_debrief
from storage.pipeline.opportunity import OpportunityRow
from storage.row_image import Touched


def wished(draft: DealDraft) -> Wish:
    """Return what a sentence asks for."""
    return Wish(
        value_minor=draft.value_minor,
        on=draft.on,
        expected_on=draft.closes,
        reason=draft.reason,
        name=draft.name,
        account=draft.account,
        currency=draft.currency,
        until=draft.until,
        wakes=draft.wakes,
    )


async def won(context: Context, draft: DealDraft) -> Reply:
    """Somebody typed that a deal is won. A deal nobody has heard of can be added as won."""
    wish = wished(draft)
    try:
        found = await the_one(context, draft.name, views.WON, wish)
    except Refusal:
        if not draft.value_minor:
            raise
        return Reply(say=views.nothing_to_win(wish, currency_of(context, wish)))
    return found if isinstance(found, Reply) else await win(context, found, wish)


async def win(context: Context, row: OpportunityRow, wish: Wish) -> Reply:
    """Close a deal as won and say which goals that moved."""
    if is_closed(context, row):
        return await already_closed(context, row, wish)
    on = closing_day(context, row, wish)
    was = row.value_minor
    if wish.value_minor is not None:
        require_currency(context, row, wish)
    price = was if wish.value_minor is None else wish.value_minor
    if form := await price_form(context, row, price, Place.of(context.request.body), on):
        await why_won(context, row, on, wish)  # it counts once the deal is won
        return Reply(view=form)
    said = closed_won(row, on, wish.value_minor)
    touched = await queries.change_opportunity(context.scope, row, said, typed(context))
    touched += await why_won(context, row, on, wish)
    changed = money(was, row.currency) if was and was != row.value_minor else ""
    debrief = debrief_of_close(row.id, Stage.WON, on, wish.reason)
    asks = debriefs.win_question(LookBack(row, debrief)) if debrief.open_questions else ()
    message = await tell(
        context,
        "won",
        f"{row.name} won",
        touched,
        WON,
        on,
        asks=[*asks, *await left(context, row)],
        was=changed,
        reason=wish.reason,
    )
    return answer(context, message)


async def why_won(context: Context, row: OpportunityRow, on: date, wish: Wish) -> list[Touched]:
    """Keep what was typed as the reason of a win: it is the debrief's answer. Nothing where nothing was."""
    if not wish.reason:
        return []
    said = debrief_of_close(row.id, Stage.WON, on, wish.reason)
    return [await save_debrief(context.scope, said, context.now)]


async def won_new(context: Context) -> Reply:
    """Add a deal that is won already; one click, one deal."""
    wish = Wish.read(context.request.value)
    on = wish.on or context.today
    for row in await queries.closed_deals(context.scope, context.member.user_id, context.today):
        if (row.name, row.value_minor, row.closed_on) == (wish.name, wish.value_minor, on):
            return await already_closed(context, row)
    deal = Opportunity(
        name=wish.name,
        account=wish.account,
        owner_id=context.member.user_id,
        owner_name=context.member.name,
        stage=Stage.WON,
        value_minor=wish.value_minor or 0,
        currency=currency_of(context, wish),
        opened_on=on,
        closed_on=on,
    )
    row = await queries.add_opportunity(context.scope, deal, context.now)
    touched = [Touched(row), *await why_won(context, row, on, wish)]
    message = await tell(
        context, "won", f"{row.name} won", touched, WON | OPENED, on, was="", reason=wish.reason
    )
    return answer(context, message)


async def lost(context: Context, draft: DealDraft) -> Reply:
    """Somebody typed that a deal is lost; without a reason the form asks for one."""
    wish = wished(draft)
    found = await the_one(context, draft.name, views.LOST, wish)
    return found if isinstance(found, Reply) else await losing(context, found, wish)


async def losing(context: Context, row: OpportunityRow, wish: Wish) -> Reply:
    if is_closed(context, row):
        return await already_closed(context, row)
    on = closing_day(context, row, wish)
    if wish.reason:
        return await lose(context, row, on, debrief_of_close(row.id, Stage.LOST, on, wish.reason))
    place = Place.of(context.request.body)
    private = {"wish": Wish(row.id, on=wish.on).written(), "place": place}
    moments = await moments_before(context, row, on)
    return Reply(view=views.lost_form(row, moments, json.dumps(private)))


async def moments_before(context: Context, row: OpportunityRow, on: date) -> Sequence[KnowableMoment]:
    """Return the moments at which it could have been known that a deal, lost on a day, was none of theirs."""
    return moments_of(closed_lost(row, on), await changes_of(context.scope, row.id))


async def lose_form(context: Context) -> Reply:
    """The form was submitted."""
    kept = json.loads(context.request.private)
    wish = Wish.read(kept["wish"])
    place = Place.kept(kept["place"])
    row = await own(context, wish.deal_id)
    reason = clean(context.request.values.get(views.REASON) or "", MAX_REASON, views.REASON)
    if not reason:
        raise Refusal("A word is enough: price, timing, another supplier.", field=views.REASON)
    if is_closed(context, row):
        return in_place(await already_closed(context, row), place)
    on = wish.on or context.today
    return in_place(await lose(context, row, on, said_in(context.request.values, row, on, reason)), place)


def said_in(chosen: Mapping[str, Any], row: OpportunityRow, on: date, reason: str) -> Debrief:
    """Return what a form says of a loss; what was skipped in it is asked later."""
    belonged, moment = chosen.get(debriefs.BELONGED), chosen.get(debriefs.KNOWABLE)
    return Debrief(
        opportunity_id=row.id,
        closed_on=on,
        reason=reason,
        cause=cause_in(reason),
        should_have_been_there=None if belonged is None else belonged == debriefs.YES,
        **knowable_at(debriefs.read_moment(moment) if moment else None),
    )


async def lose(context: Context, row: OpportunityRow, on: date, debrief: Debrief) -> Reply:
    """Close a deal as lost and keep what was said about it."""
    said = closed_lost(row, on)
    touched = await queries.change_opportunity(context.scope, row, said, typed(context))
    touched.append(await save_debrief(context.scope, debrief, context.now))
    touched += await because(context, row, debrief.reason)
    message = await tell(
        context,
        "lost",
        f"{row.name} lost",
        touched,
        asks=await left(context, row),
        reason=debrief.reason,
        belonged=debrief.should_have_been_there,
    )
    return answer(context, message)


async def park(context: Context, draft: DealDraft) -> Reply:
    """Take a deal out of the forecast; with a day, it wakes by itself then."""
    wish = wished(draft)
    found = await the_one(context, draft.name, views.PARK, wish)
    return found if isinstance(found, Reply) else await park_as(context, found, wish)


async def park_as(context: Context, row: OpportunityRow, wish: Wish) -> Reply:
    """Park a deal until what was wished for."""
    if is_closed(context, row):
        return await already_closed(context, row)
    said = parked(row, wish.until, wish.wakes)
    if row.stage is Stage.PARKED and (row.parked_until, row.wakes) == (said.parked_until, said.wakes):
        return answer(context, await deal_card(context, row, "This deal is parked so already."))
    touched = await queries.change_opportunity(context.scope, row, said, typed(context))
    touched += await because(context, row, wish.reason)
    message = await tell(
        context, "parked", f"{row.name} parked", touched, asks=await left(context, row), reason=wish.reason
    )
    return answer(context, message)


async def reopen(context: Context, draft: DealDraft) -> Reply:
    """Somebody typed that a deal is open again."""
    wish = wished(draft)
    found = await the_one(context, draft.name, views.REOPEN, wish)
    return found if isinstance(found, Reply) else await open_again(context, found, wish)


async def open_again(context: Context, row: OpportunityRow, _: Wish) -> Reply:
    """Open a deal that was closed or parked, as a suspect if it was one; what is neither is shown as it is."""
    stage = stage_on(row, context.today)
    if stage is Stage.OPEN:
        return answer(context, await deal_card(context, row, "This deal is open."))
    if stage is Stage.SUSPECT:
        return answer(context, await deal_card(context, row))
    on, again = row.closed_on, opened_again(row, await changes_of(context.scope, row.id), context.today)
    touched = await queries.change_opportunity(context.scope, row, again, typed(context))
    moved = WON if stage is Stage.WON else ()
    said = await earlier_close(context.scope, row) is not None
    message = await tell(context, "reopened", f"{row.name} opened", touched, moved, on, said=said)
    return answer(context, message)


def chosen(act: Callable[[Context, OpportunityRow, Wish], Awaitable[Reply]]) -> Handler:
    """Return the button of a deal that was chosen among several: what was wished for is done to it."""

    async def run(context: Context) -> Reply:
        wish = Wish.read(context.request.value)
        return await act(context, await own(context, wish.deal_id), wish)

    return run


won_button, lost_button, park_button = chosen(win), chosen(losing), chosen(park_as)
reopen_button = chosen(open_again)


def closing_day(context: Context, row: OpportunityRow, wish: Wish) -> date:
    """Return the day a deal closes on.

    Raises:
        Refusal: if it was not open yet then.
    """
    on = wish.on or context.today
    if row.opened_on is not None and on < row.opened_on:
        opened = long_day(row.opened_on, context.today)
        raise Refusal(f"{row.name} was opened on {opened}; it cannot close before that day.", field="on")
    return on


def in_place(reply: Reply, place: Place | None) -> Reply:
    """Return a reply to a form on the message the form was opened from, else in the form's own place."""
    if place is None or reply.say is None:
        return reply
    return replace(reply, say=None, edit=reply.say, edit_at=place)
