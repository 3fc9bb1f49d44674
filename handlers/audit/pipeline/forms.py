"""The forms of an audit: until when a deal rests, why it is lost, what mends a finding; the audit goes on behind it."""

import json
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from handlers.audit.pipeline import reading
from handlers.audit.pipeline.mend import Mended, day_in, mended_by
from handlers.audit.pipeline.reading import StepEffect, finding_of
from handlers.audit.pipeline.step import PlannedStep, planned, shown, stepping, taken, trouble_with
from handlers.context import Context, Handler
from handlers.pipeline.opportunity import close
from handlers.pipeline.opportunity.lookup import own
from handlers.pipeline.opportunity.news import typed
from handlers.pipeline.opportunity.price import merge_terms
from handlers.place import Place
from handlers.remembered import remember
from handlers.reply import Reply
from messages.audit import pipeline as views
from messages.audit.pipeline import Pressed
from messages.pipeline import opportunity as deals
from sales.audit.answer import AnswerKind
from sales.audit.check import BY_KEY, Mend
from sales.audit.foreseen import without
from sales.language.typed_text import clean
from sales.pipeline.debrief import MAX_REASON
from sales.pipeline.opportunity import CLOSED, Opportunity, Waking, parked
from sales.refusal import Refusal
from storage.pipeline.opportunity import OpportunityRow, change_opportunity
from storage.row_image import Touched

RESTS = timedelta(days=30)  # what a parked deal rests where nobody says otherwise

# opened


def private_of(context: Context) -> str:
    """Return what a form carries: which finding it is about, and the message it goes back to."""
    return json.dumps({"pressed": context.request.value, "place": Place.of(context.request.body)})


async def plan_as_it_is(context: Context) -> PlannedStep:
    """Read the finding that was pressed, wherever it stands by now, and the page: nothing is done yet."""
    pressed = Pressed.read(context.request.value)
    whose = await reading.read_by(context, pressed.spot.owner_id)
    finding = await finding_of(context.scope, whose, pressed.step)
    found = await reading.plan(context.scope, whose, pressed.spot)
    return PlannedStep([finding] if finding is not None else (), found.page, None)


def opening(form: Callable[[Context, OpportunityRow, str], Awaitable[dict[str, Any]]]) -> Handler:
    """Return the button that opens a form about a deal; of one that is open no more it says what became of it."""

    async def run(context: Context) -> Reply:
        row = await own(context, Pressed.read(context.request.value).deal_id)
        if not (trouble := trouble_with(context, row)):
            return Reply(view=await form(context, row, private_of(context)))
        return shown(context, replace((await plan_as_it_is(context)).page, note=trouble))

    return run


async def park_form(context: Context, row: OpportunityRow, private: str) -> dict[str, Any]:
    return views.park_form(row, context.today + RESTS, private)


async def lost_form(context: Context, row: OpportunityRow, private: str) -> dict[str, Any]:
    moments = await close.moments_before(context, row, context.today)
    return views.lost_form(row, moments, private)


async def fix(context: Context, step: PlannedStep) -> Reply:
    """Open the form that mends a finding; where it is mended by now, show how things stand."""
    pressed = Pressed.read(context.request.value)
    row = await own(context, pressed.deal_id)
    trouble = trouble_with(context, row)
    if trouble or not step.settled:
        note = trouble or views.holds_no_more(row, BY_KEY[pressed.check])
        return shown(context, replace(step.page, note=note))
    terms = await merge_terms(context, row) if step.settled[0].check.mend is Mend.MERGE else None
    return Reply(view=views.mend_form(step.settled[0], context.today, private_of(context), terms))


park_button, lost_button, fix_button = opening(park_form), opening(lost_form), stepping(plan_as_it_is, fix)


# submitted


def pressed_in(context: Context) -> Pressed:
    return Pressed.read(json.loads(context.request.private)["pressed"])


def place_in(context: Context) -> Place | None:
    place = json.loads(context.request.private)["place"]
    return Place.kept(place)


def resting(context: Context, row: Opportunity) -> Opportunity:
    """Return the deal as the form parks it.

    Raises:
        Refusal: for a day that is over.
    """
    until = day_in(context, views.UNTIL)
    if until == context.today:
        raise Refusal("That is today. Choose a later day.", field=views.UNTIL)
    wakes = context.request.values.get(views.WAKES)
    return parked(row, until, Waking(wakes) if wakes else None)


async def plan_parked(context: Context) -> PlannedStep:
    pressed = pressed_in(context)
    row = await own(context, pressed.deal_id)
    until = resting(context, row).parked_until if row.stage not in CLOSED else None
    return await planned(context, pressed, AnswerKind.PARKED, StepEffect(without(row.id), until))


async def park(context: Context, step: PlannedStep) -> Reply:
    """A deal rests until its day, or until something happens (mechanism 22)."""

    async def take(context: Context, row: OpportunityRow, answers: Sequence[Touched]) -> None:
        touched = await change_opportunity(context.scope, row, resting(context, row), typed(context))
        await remember(context, f"{row.name} parked", *touched, *answers)

    return await taken(context, step, pressed_in(context).deal_id, take, place_in(context))


def reason_in(context: Context) -> str:
    reason = clean(context.request.values.get(deals.REASON) or "", MAX_REASON, deals.REASON)
    if not reason:
        raise Refusal("A word is enough: price, timing, another supplier.", field=deals.REASON)
    return reason


async def plan_lost(context: Context) -> PlannedStep:
    pressed = pressed_in(context)
    reason_in(context)
    return await planned(context, pressed, AnswerKind.LOST, StepEffect(without(pressed.deal_id)))


async def lose(context: Context, step: PlannedStep) -> Reply:
    """A deal is lost, as everywhere, with what was said about it."""

    async def take(context: Context, row: OpportunityRow, answers: Sequence[Touched]) -> None:
        said = close.said_in(context.request.values, row, context.today, reason_in(context))
        await close.lose(context, row, context.today, said)

    return await taken(context, step, pressed_in(context).deal_id, take, place_in(context))


async def plan_mended(context: Context) -> PlannedStep:
    pressed = pressed_in(context)
    mended = await mended_in(context, pressed)
    if mended is None:  # put right meanwhile
        return await planned(context, pressed, AnswerKind.FIXED)
    return await planned(context, pressed, mended.answer, StepEffect(mended.foresee))


async def mended_in(context: Context, pressed: Pressed) -> Mended | None:
    """Return what the form mends; None where nothing is to be mended any more.

    Raises:
        Refusal: naming the field at fault.
    """
    whose = await reading.read_by(context, pressed.spot.owner_id)
    finding = await finding_of(context.scope, whose, pressed.step)
    if finding is None:
        return None
    return await mended_by(context, await own(context, pressed.deal_id), finding)


async def mend(context: Context, step: PlannedStep) -> Reply:
    """What a finding lacked is there, and the next finding shows."""
    if not step.settled:
        return shown(context, step.page, place_in(context))
    finding, deal_id = step.settled[0], pressed_in(context).deal_id
    row = await own(context, deal_id)
    mended = await mended_by(context, row, finding)
    if mended.asks is not None and (form := await mended.asks(context, row)):
        return Reply(view=form)

    async def take(context: Context, row: OpportunityRow, answers: Sequence[Touched]) -> None:
        touched = await mended.apply(context, row)
        await remember(context, f"putting right “{finding.check.name}” on {row.name}", *touched, *answers)

    return await taken(context, step, deal_id, take, place_in(context))


parked_form = stepping(plan_parked, park)
losing_form = stepping(plan_lost, lose)
mending_form = stepping(plan_mended, mend)
