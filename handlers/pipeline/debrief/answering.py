"""Answering: a tap for each question, a day, words, or all of it in the form behind a closed deal's card."""

import json
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from handlers.context import Context, Handler
from handlers.pipeline.debrief.asking import shown
from handlers.pipeline.opportunity.lookup import own
from handlers.pipeline.opportunity.promises import settle
from handlers.pipeline.opportunity.shown import deal_card
from handlers.place import Place
from handlers.remembered import remember, take_back
from handlers.reply import Reply
from messages.blocks import Message
from messages.pipeline import debrief as views
from messages.pipeline.debrief import Given
from messages.pipeline.promise import Promised
from sales.language.typed_text import clean
from sales.pipeline.debrief import (
    MAX_REASON,
    Cause,
    Debrief,
    DebriefQuestion,
    Knowable,
    KnowableMoment,
    LookBack,
    knowable_at,
)
from sales.pipeline.opportunity import Stage
from sales.refusal import Refusal
from sales.value import changed
from storage.pipeline import debrief as queries
from storage.pipeline.opportunity import OpportunityRow, find_opportunity


async def answer(context: Context) -> Reply:
    """A question was answered with a tap."""
    given = Given.read(context.request.value)
    return await answered(context, given, answers_in(given))


def answers_in(given: Given) -> dict[str, Any]:
    """Return what a tap says, by column."""
    if given.question is DebriefQuestion.BELONGED:
        return {"should_have_been_there": given.answer == views.YES}
    if given.question is DebriefQuestion.KNOWABLE:
        return knowable_at(views.read_moment(given.answer))
    return {"cause": Cause(given.answer)}


async def answer_day(context: Context) -> Reply:
    """A day of its own was chosen for when it could be known."""
    _, deal_id, among = context.request.body["actions"][0]["action_id"].split(":")
    given = Given(int(deal_id), [int(one) for one in among.split(".")], DebriefQuestion.KNOWABLE)
    return await answered(context, given, knowable_at(on_day(context.request.value)))


async def answered(context: Context, given: Given, said: dict[str, Any]) -> Reply:
    """Keep an answer and ask what is left, in the place of the question; of a win nothing is left."""
    row = await own(context, given.deal_id)
    look = await closed(context, row)
    if look is None:
        return Reply(edit=views.nothing())
    undo_id = await keep(context, look, said)
    return Reply(edit=await next_question(context, row, given.among, undo_id))


async def next_question(
    context: Context, row: OpportunityRow, among: Sequence[int], undo_id: int | None
) -> Message:
    """Return what is asked next about these deals, with the way back; the card of one that is alone and won."""
    if row.stage is Stage.WON or not among:
        return await deal_card(context, row, views.noted(), undo_id)
    looks = await deals_among(context, among)
    return await shown(context.scope, context.member.user_id, looks, context.today, undo_id=undo_id)


async def deals_among(context: Context, among: Sequence[int]) -> list[LookBack]:
    """Return the deals that a message asks about, as they stand."""
    rows = [await find_opportunity(context.scope, one) for one in among]
    return await queries.look_backs(context.scope, [one for one in rows if one is not None])


async def take_back_answer(context: Context) -> Reply:
    """A tap was a slip: it is asked again in the same place."""
    carried = views.TakingBack.read(context.request.value)
    await take_back(context, carried.undo_id)
    looks = await deals_among(context, carried.among)
    return Reply(edit=await shown(context.scope, context.member.user_id, looks, context.today))


def settling(*, is_done: bool) -> Handler:
    """Return the button below a debrief that settles what is still promised; the debrief stays."""

    async def run(context: Context) -> Reply:
        carried = Promised.read(context.request.value)
        await own(context, carried.deal_id)
        _, undo_id = await settle(context, carried, is_done=is_done)
        looks = await deals_among(context, carried.among)
        message = await shown(context.scope, context.member.user_id, looks, context.today, undo_id=undo_id)
        return Reply(edit=message, home=True)

    return run


async def closed(context: Context, row: OpportunityRow) -> LookBack | None:
    """Return a closed deal with what was said of it; None where it is open again."""
    return next(iter(await queries.look_backs(context.scope, [row])), None)


async def keep(context: Context, look: LookBack, said: dict[str, Any]) -> int | None:
    """Keep answers about a deal; return how they are taken back, None where they said so already.

    Raises:
        Refusal: for a day before the deal began, or after it was closed.
    """
    deal, on = look.deal, said.get("knowable_on")
    if on is not None and deal.closed_on is not None and on > deal.closed_on:
        raise Refusal("The deal was closed by then. Choose a day before.", field=views.KNOWABLE_ON)
    if on is not None and deal.opened_on is not None and on < deal.opened_on:
        raise Refusal("The deal was not open by then. Choose a later day.", field=views.KNOWABLE_ON)
    if all(getattr(look.debrief, column) == held for column, held in said.items()):
        return None
    saved = await queries.save_debrief(context.scope, changed(Debrief, look.debrief, **said), context.now)
    return (await remember(context, f"the debrief of {deal.name}", saved)).id


async def open_form(context: Context) -> Reply:
    """Debrief… on a closed deal: every question at once."""
    return await opened(context, views.form)


async def open_words(context: Context) -> Reply:
    """In my words… beside what decided it."""
    return await opened(context, views.words_form)


async def opened(context: Context, form: Callable[[LookBack, str], dict[str, Any]]) -> Reply:
    """Open a form about a closed deal; where it is open again there is nothing to ask."""
    given = Given.read(context.request.value)
    look = await closed(context, await own(context, given.deal_id))
    if look is None:
        return Reply(edit=views.nothing())
    private = json.dumps([given.deal_id, list(given.among), Place.of(context.request.body)])
    return Reply(view=form(look, private))


async def keep_form(context: Context) -> Reply:
    """The form was submitted: what it says, and nothing of what was cleared in it."""
    chosen = context.request.values
    said: dict[str, Any] = {
        "cause": Cause(chosen[views.CAUSE]) if chosen.get(views.CAUSE) else None,
        "reason": clean(chosen.get(views.REASON) or "", MAX_REASON, views.REASON),
    }
    belongs = chosen.get(views.BELONGED)
    said["should_have_been_there"] = None if belongs is None else belongs == views.YES
    said |= moment_in(chosen)
    return await submitted(context, said)


def moment_in(chosen: dict[str, Any]) -> dict[str, Any]:
    """Return when it could be known as a form says it; a day of its own goes before what else was chosen."""
    if chosen.get(views.KNOWABLE_ON):
        return knowable_at(on_day(chosen[views.KNOWABLE_ON]))
    moment = chosen.get(views.KNOWABLE)
    return knowable_at(views.read_moment(moment) if moment else None)


def on_day(chosen: str) -> KnowableMoment:
    return KnowableMoment(Knowable.DAY, date.fromisoformat(chosen))


async def keep_words(context: Context) -> Reply:
    """The rep's own words for what decided a deal."""
    reason = clean(context.request.values.get(views.REASON) or "", MAX_REASON, views.REASON)
    if not reason:
        raise Refusal("A few words are enough.", field=views.REASON)
    return await submitted(context, {"reason": reason})


async def submitted(context: Context, said: dict[str, Any]) -> Reply:
    """Keep what a form says, and show what is left where it was opened."""
    deal_id, among, at = json.loads(context.request.private)
    row = await own(context, deal_id)
    look = await closed(context, row)
    place = Place.kept(at)
    if look is None:
        return Reply(edit=views.nothing(), edit_at=place)
    undo_id = await keep(context, look, said)
    return Reply(edit=await next_question(context, row, among, undo_id), edit_at=place)
