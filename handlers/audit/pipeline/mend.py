"""Mending: what a finding lacks is asked for in a form, and stored where it belongs."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import date
from typing import Any, NamedTuple

from handlers.coming_day import coming_day
from handlers.context import Context
from handlers.followups import followup
from handlers.followups.followup.entry import promised_day, required
from handlers.followups.touch_question import before_promising
from handlers.pipeline.deal_step import step_of_deal
from handlers.pipeline.opportunity.lookup import own
from handlers.pipeline.opportunity.news import typed
from handlers.pipeline.opportunity.price import merge_terms, price_form
from messages.audit import pipeline as views
from messages.followups.touch_limit import ONE_MORE
from messages.pipeline import opportunity as deals
from messages.replies import as_modal
from sales.audit import foreseen
from sales.audit.answer import AnswerKind
from sales.audit.check import DealFinding, Mend
from sales.audit.foreseen import (
    UNSTORED,
    Foresee,
    decided_by,
    obstacle_said,
    obstructed_by,
    of_deal,
    restated,
)
from sales.followups.followup import StoredFollowUp
from sales.language.amounts import parse_amount
from sales.language.typed_text import MAX_NAME, clean
from sales.pipeline.deal_contact import MAX_ROLE, DealContact
from sales.pipeline.deal_facts import DealFacts
from sales.pipeline.deal_history import MovedBy, StoredChange
from sales.pipeline.merge import MergeTerms
from sales.pipeline.obstacle import DealObstacle, cleared
from sales.pipeline.opportunity import MAX_WORDS, Opportunity
from sales.pipeline.pulled_forward import pulled_forward
from sales.refusal import Refusal
from sales.value import changed
from storage.pipeline.beside import with_history
from storage.pipeline.deal_contact import name_decider
from storage.pipeline.deal_history import changes_of, say_who_moved
from storage.pipeline.merge import merge_deals
from storage.pipeline.obstacle import add_obstacle, change_obstacle, find_obstacle
from storage.pipeline.opportunity import OpportunityRow, change_opportunity
from storage.row_image import Touched

Apply = Callable[[Context, OpportunityRow], Awaitable[list[Touched]]]


class Mended(NamedTuple):
    """What a form mends: how it is stored, how deals stand then, and the form that is asked before, if there is one."""

    apply: Apply
    foresee: Foresee
    answer: AnswerKind = AnswerKind.FIXED
    asks: Callable[[Context, OpportunityRow], Awaitable[dict[str, Any] | None]] | None = None


async def mended_by(context: Context, row: OpportunityRow, finding: DealFinding) -> Mended:
    """Return what a submitted form mends.

    Raises:
        Refusal: naming the field at fault.
    """
    assert finding.check.mend is not None
    if finding.check.mend is Mend.MERGE:
        return made_one(context, row, finding, await merge_terms(context, row))
    return READ[finding.check.mend](context, row, finding)


def day_in(context: Context, field: str = views.DAY) -> date | None:
    """Return a day of the form, None where it was left empty.

    Raises:
        Refusal: for one that is over.
    """
    return coming_day(context.request.values.get(field), context.today, field)


def says(context: Context, row: OpportunityRow, said: Opportunity) -> Mended:
    """Return the mend that lets the deal say something else."""

    async def apply(context: Context, row: OpportunityRow) -> list[Touched]:
        return await change_opportunity(context.scope, row, said, typed(context))

    return Mended(apply, will_say(context, row, said))


def will_say(context: Context, row: OpportunityRow, said: Opportunity) -> Foresee:
    by, on = context.member.user_id, context.today
    return of_deal(row.id, lambda facts: restated(facts, said, by, on))


def close_moved(context: Context, row: OpportunityRow, finding: DealFinding) -> Mended:
    """That a close was pushed is not undone by another day: whoever names one knows why."""
    mended = says(context, row, changed(Opportunity, row, expected_on=day_in(context)))
    return mended._replace(answer=AnswerKind.KNOWN) if finding.check.is_of_the_past else mended


def price_said(context: Context, row: OpportunityRow, finding: DealFinding) -> Mended:
    """A first price below the list is asked about like any other."""
    typed = required(context.request.values, deals.VALUE, MAX_WORDS)
    value = parse_amount(typed, row.currency, deals.VALUE)
    mended = says(context, row, changed(Opportunity, row, value_minor=value))
    return mended._replace(asks=lambda context, row: price_form(context, row, value))


def who_moved(context: Context, row: OpportunityRow, finding: DealFinding) -> Mended:
    """Who moved the date is kept with it; with a day, the close goes back to that."""
    said, day = context.request.values.get(views.ANSWER), day_in(context)
    if not said and day is None:
        raise Refusal("Say who moved it, or to which day it goes back.", field=views.ANSWER)
    back = changed(Opportunity, row, expected_on=day) if day is not None else None

    async def apply(context: Context, row: OpportunityRow) -> list[Touched]:
        touched: list[Touched] = []
        change = pulled_forward(await changes_of(context.scope, row.id), context.their_team.fiscal_year_start)
        if said and change is not None:
            touched.append(await say_who_moved(context.scope, change, MovedBy(said)))
        if back is not None:
            touched = [*await change_opportunity(context.scope, row, back, typed(context)), *touched]
        return touched

    is_settled = day is not None or said == MovedBy.BUYER
    foresee = of_deal(row.id, lambda facts: moved_by(context, facts, said, back))
    return Mended(apply, foresee, AnswerKind.FIXED if is_settled else AnswerKind.KNOWN)


def moved_by(context: Context, facts: DealFacts, said: str | None, back: Opportunity | None) -> DealFacts:
    """Return a deal with who moved its close, and with the close where it goes back to."""
    change = pulled_forward(facts.changes, context.their_team.fiscal_year_start)
    if said and change is not None:
        told = changed(StoredChange, change, moved_by=MovedBy(said))
        facts = facts._replace(changes=[told if one is change else one for one in facts.changes])
    return restated(facts, back, context.member.user_id, context.today) if back is not None else facts


def step_agreed(context: Context, row: OpportunityRow, finding: DealFinding) -> Mended:
    """A next step is a follow-up of the deal's owner that belongs to the deal."""
    chosen = context.request.values
    what, day = (
        required(chosen, views.WHAT, MAX_WORDS),
        promised_day(chosen.get(views.DAY), context.today, views.DAY),
    )
    if day is None:
        raise Refusal("On which day?", field=views.DAY)
    step = step_of_deal(row, row.owner_id or context.member.user_id, what, day)

    async def apply(context: Context, row: OpportunityRow) -> list[Touched]:
        return [Touched(await followup.commit(context, step, row.id))]

    async def one_more(context: Context, row: OpportunityRow) -> dict[str, Any] | None:
        question = await before_promising(context, step, row.id)
        return as_modal(question, ONE_MORE) if question is not None else None

    agreed = StoredFollowUp.model_validate({**step.model_dump(), "id": UNSTORED})

    def first(facts: DealFacts) -> DealFacts:
        held = facts.next_step
        is_first = held is None or agreed.due_on < held.due_on
        return facts._replace(next_step=agreed) if is_first else facts

    return Mended(apply, of_deal(row.id, first), asks=one_more)


def decider_named(context: Context, row: OpportunityRow, finding: DealFinding) -> Mended:
    name = required(context.request.values, views.WHO, MAX_NAME)
    role = clean(context.request.values.get(views.ROLE) or "", MAX_ROLE, views.ROLE)

    async def apply(context: Context, row: OpportunityRow) -> list[Touched]:
        named = await name_decider(context.scope, row.id, name, role)
        return await with_history(context.scope, [named], typed(context))

    contact = DealContact(opportunity_id=row.id, name=name, role=role, decides=True)
    by, on = context.member.user_id, context.today
    return Mended(apply, of_deal(row.id, lambda facts: decided_by(facts, contact, by, on)))


def obstacle_named(context: Context, row: OpportunityRow, finding: DealFinding) -> Mended:
    what, day = required(context.request.values, views.WHAT, MAX_WORDS), day_in(context)
    owner = context.request.values.get(views.WHO) or row.owner_id or context.member.user_id

    named = DealObstacle(opportunity_id=row.id, what=what, owner_id=owner, due_on=day)

    async def apply(context: Context, row: OpportunityRow) -> list[Touched]:
        added = Touched(await add_obstacle(context.scope, named))
        return await with_history(context.scope, [added], typed(context))

    by, on = context.member.user_id, context.today
    return Mended(apply, of_deal(row.id, lambda facts: obstructed_by(facts, named, by, on)))


def obstacle_moved(context: Context, row: OpportunityRow, finding: DealFinding) -> Mended:
    """The obstacle that is due longest is out of the way, or has a new day."""
    is_gone, day = bool(context.request.values.get(views.GONE)), day_in(context)
    if not is_gone and day is None:
        raise Refusal("Say that it is out of the way, or give it a new day.", field=views.DAY)
    obstacle_id = next(one.id for one in finding.facts.obstacles if one.is_overdue(context.today))

    async def apply(context: Context, row: OpportunityRow) -> list[Touched]:
        found = await find_obstacle(context.scope, obstacle_id)
        if found is None:
            return []
        said = cleared(found, context.today) if is_gone else changed(DealObstacle, found, due_on=day)
        changed_now = await change_obstacle(context.scope, found, said)
        return await with_history(context.scope, [changed_now], typed(context))

    by, on, due_on = context.member.user_id, context.today, None if is_gone else day
    return Mended(apply, of_deal(row.id, lambda facts: obstacle_said(facts, obstacle_id, due_on, by, on)))


def made_one(context: Context, row: OpportunityRow, finding: DealFinding, terms: MergeTerms) -> Mended:
    """Two entries of one deal are made one; the one that was looked at stays."""
    chosen = int(context.request.values.get(views.ANSWER) or finding.others[0].id)

    async def apply(context: Context, row: OpportunityRow) -> list[Touched]:
        gone = await own(context, chosen)
        return await merge_deals(context.scope, row, gone, typed(context), terms)

    by, on = context.member.user_id, context.today
    return Mended(apply, foreseen.made_one(row.id, chosen, terms, by, on))


READ: Mapping[Mend, Callable[[Context, OpportunityRow, DealFinding], Mended]] = {
    Mend.CLOSE: close_moved,
    Mend.MOVED_BY: who_moved,
    Mend.NEXT_STEP: step_agreed,
    Mend.DECISION_MAKER: decider_named,
    Mend.OBSTACLE: obstacle_named,
    Mend.OVERDUE: obstacle_moved,
    Mend.PRICE: price_said,
}
