"""Closing deals: won, lost with its first debrief question, parked, and opened again."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from handlers.context import Ask
from handlers.followups import followup
from handlers.pipeline.opportunity.lookup import already_closed, answer, is_closed, own, the_one
from handlers.pipeline.opportunity.news import OPENED, WON, tell
from handlers.place import Place
from handlers.reply import Reply
from messages.formatting import money
from messages.pipeline import opportunity as told
from messages.pipeline.opportunity import Wish
from sales.followups.followup import FollowUp
from sales.language.figures import say_day
from sales.language.typed_text import clean
from sales.pipeline.debrief import MAX_REASON, Debrief
from sales.pipeline.opportunity import Opportunity, Stage, stage_on
from sales.pipeline.opportunity_phrase import DealDraft
from sales.refusal import Refusal
from storage.pipeline import debrief as debriefs
from storage.pipeline import opportunity as deals
from storage.pipeline.opportunity import OpportunityRow
from storage.undo import Touched, image


def wished(draft: DealDraft) -> Wish:
    """Return what a sentence asks for."""
    return Wish(
        value_minor=draft.value_minor,
        on=draft.on,
        expected_on=draft.closes,
        reason=draft.reason,
        name=draft.name,
        account=draft.account,
    )


async def won(ask: Ask, draft: DealDraft) -> Reply:
    """Somebody typed that a deal is won. A deal nobody has heard of can be added as won."""
    wish = wished(draft)
    try:
        found = await the_one(ask, draft.name, told.WON, wish)
    except Refusal:
        if not draft.value_minor:
            raise
        return Reply(say=told.nothing_to_win(wish, ask.their_team.currency))
    return found if isinstance(found, Reply) else await win(ask, found, wish)


async def won_button(ask: Ask) -> Reply:
    wish = Wish.read(ask.request.value)
    return await win(ask, await own(ask, wish.deal_id), wish)


async def win(ask: Ask, row: OpportunityRow, wish: Wish) -> Reply:
    """Close a deal as won and say which goals that moved."""
    if is_closed(ask, row):
        return await already_closed(ask, row, wish)
    on = closing_day(ask, row, wish)
    before, was = image(row), row.value_minor
    if wish.value_minor is not None and row.currency != ask.their_team.currency:
        raise Refusal(f"{row.name} is in {row.currency}. Mark it won without an amount, then use Edit.")
    await deals.win(ask.scope, row, on, ask.now, wish.value_minor)
    changed = money(was, row.currency) if was and was != row.value_minor else ""
    return answer(
        ask, await tell(ask, "won", f"{row.name} won", [Touched(row, before)], WON, on, was=changed)
    )


async def won_new(ask: Ask) -> Reply:
    """Add a deal that is won already; one click, one deal."""
    wish = Wish.read(ask.request.value)
    on = wish.on or ask.today
    for row in await deals.closed_deals(ask.scope, ask.member.user_id, ask.today):
        if (row.name, row.value_minor, row.closed_on) == (wish.name, wish.value_minor, on):
            return await already_closed(ask, row)
    deal = Opportunity(
        name=wish.name,
        account=wish.account,
        owner_id=ask.member.user_id,
        owner_name=ask.member.name,
        stage=Stage.WON,
        value_minor=wish.value_minor or 0,
        currency=ask.their_team.currency,
        opened_on=on,
        closed_on=on,
    )
    row = await deals.add_opportunity(ask.scope, deal, ask.now)
    return answer(ask, await tell(ask, "won", f"{row.name} won", [Touched(row)], WON | OPENED, on, was=""))


async def lost(ask: Ask, draft: DealDraft) -> Reply:
    """Somebody typed that a deal is lost; without a reason the form asks for one."""
    wish = wished(draft)
    found = await the_one(ask, draft.name, told.LOST, wish)
    return found if isinstance(found, Reply) else await losing(ask, found, wish)


async def lost_button(ask: Ask) -> Reply:
    wish = Wish.read(ask.request.value)
    return await losing(ask, await own(ask, wish.deal_id), wish)


async def losing(ask: Ask, row: OpportunityRow, wish: Wish) -> Reply:
    if is_closed(ask, row):
        return await already_closed(ask, row)
    closing_day(ask, row, wish)
    if wish.reason:
        return await lose(ask, row, wish.on, Debrief(opportunity_id=row.id or 0, reason=wish.reason))
    place = Place.of(ask.request.body)
    private = {"wish": Wish(row.id, on=wish.on).written(), "place": place}
    return Reply(view=told.lost_form(row, json.dumps(private)))


async def lose_form(ask: Ask) -> Reply:
    """The form was submitted."""
    kept = json.loads(ask.request.private)
    wish = Wish.read(kept["wish"])
    place = Place(*kept["place"]) if kept["place"] else None
    row = await own(ask, wish.deal_id)
    reason = clean(ask.request.values.get(told.REASON) or "", MAX_REASON, told.REASON)
    if not reason:
        raise Refusal("A word is enough: price, timing, another supplier.", field=told.REASON)
    if is_closed(ask, row):
        return in_place(await already_closed(ask, row), place)
    debrief = Debrief(
        opportunity_id=row.id or 0, reason=reason, should_have_been_there=belonged(ask.request.values)
    )
    return in_place(await lose(ask, row, wish.on, debrief), place)


def belonged(chosen: Mapping[str, Any]) -> bool | None:
    """Return the answer to "Should we have been there at all?"; None where it was skipped."""
    said = chosen.get(told.BELONGED)
    return None if said is None else said == told.YES


async def lose(ask: Ask, row: OpportunityRow, on: date | None, debrief: Debrief) -> Reply:
    """Close a deal as lost and keep what was said about it."""
    before = image(row)
    earlier = await debriefs.debrief_of(ask.scope, debrief.opportunity_id)
    said_before = image(earlier) if earlier is not None else None
    await deals.lose(ask.scope, row, on or ask.today, ask.now)
    kept = await debriefs.save_debrief(ask.scope, debrief, ask.now)
    touched = [Touched(row, before), Touched(kept, said_before)]
    message = await tell(
        ask,
        "lost",
        f"{row.name} lost",
        touched,
        reason=debrief.reason,
        belonged=debrief.should_have_been_there,
    )
    return answer(ask, message)


async def park(ask: Ask, draft: DealDraft) -> Reply:
    """Take a deal out of the forecast; with a day, a follow-up brings it back then."""
    found = await the_one(ask, draft.name, told.SHOW, wished(draft))
    if isinstance(found, Reply):
        return found
    if is_closed(ask, found):
        return await already_closed(ask, found)
    before, touched = image(found), []
    await deals.move(ask.scope, found, Stage.PARKED, ask.today, ask.now)
    if draft.until is not None:
        wake = FollowUp(
            owner_id=ask.member.user_id,
            who=found.name,
            what="Take up the parked deal again",
            due_on=draft.until,
        )
        touched.append(Touched(await followup.commit(ask, wake)))
    message = await tell(
        ask,
        "parked",
        f"{found.name} parked",
        [Touched(found, before), *touched],
        until=draft.until,
        reason=draft.reason,
    )
    return answer(ask, message)


async def reopen(ask: Ask, draft: DealDraft) -> Reply:
    """Somebody typed that a deal is open again."""
    found = await the_one(ask, draft.name, told.REOPEN, wished(draft))
    return found if isinstance(found, Reply) else await open_again(ask, found)


async def reopen_button(ask: Ask) -> Reply:
    return await open_again(ask, await own(ask, Wish.read(ask.request.value).deal_id))


async def open_again(ask: Ask, row: OpportunityRow) -> Reply:
    """Open a deal that was closed or parked, or a suspect; an open one is shown as it is."""
    stage = stage_on(row, ask.today)
    if stage is Stage.OPEN:
        return answer(ask, told.card(row, ask.today, "This deal is open."))
    before, on = image(row), row.closed_on
    await deals.move(ask.scope, row, Stage.OPEN, ask.today, ask.now)
    moved = WON if stage is Stage.WON else OPENED if stage is Stage.SUSPECT else ()
    what = "opened" if stage is Stage.SUSPECT else "reopened"
    return answer(ask, await tell(ask, what, f"{row.name} opened", [Touched(row, before)], moved, on))


def closing_day(ask: Ask, row: OpportunityRow, wish: Wish) -> date:
    """Return the day a deal closes on.

    Raises:
        Refusal: if it was not open yet then.
    """
    on = wish.on or ask.today
    if row.opened_on is not None and on < row.opened_on:
        opened = say_day(row.opened_on, ask.today)
        raise Refusal(f"{row.name} was opened on {opened}; it cannot close before that day.", field="on")
    return on


def in_place(reply: Reply, place: Place | None) -> Reply:
    """Return a reply to a form on the message the form was opened from, else in the form's own place."""
    if place is None:
        return reply
    return Reply(edit=reply.say, edit_at=place, home=reply.home)
