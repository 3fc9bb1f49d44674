"""Discounts in the last days of a month: asked of the team's managers, granted or refused; the first answer counts."""

import json
from datetime import datetime

from handlers.context import Context
from handlers.feature import Feature, Kind, Look, Record, Rendered, Section, Shown, Surface, routes
from handlers.pipeline.opportunity.price import at_granted_price, save_worth, wish_noted
from handlers.pipeline.opportunity.shown import facts_in
from handlers.place import Place
from handlers.remembered import TakenBack, remember
from handlers.reply import Reply
from messages.blocks import Message
from messages.pipeline import price_cut as views
from sales.language.typed_text import clean
from sales.nudges.kind import NudgeKind, Topic
from sales.nudges.ledger import PROMPT, Ambiguity, Nudge
from sales.nudges.policy import Skip
from sales.people.permission import About, Act
from sales.pipeline.opportunity import MAX_WORDS
from sales.pipeline.price_cut import (
    DISCOUNT_ANSWERED,
    DISCOUNT_ASKED,
    DiscountState,
    StoredRequest,
    standing,
)
from sales.refusal import Refusal
from storage.nudges.ledger.intake import enqueue
from storage.nudges.ledger.rows import DeliveryRow
from storage.people.member import find_member
from storage.people.team import managers_over
from storage.pipeline.opportunity import OpportunityRow, find_opportunity
from storage.pipeline.price_cut import DiscountRequestRow, answer_request, find_request, latest_request
from storage.scope import Scope

TAKEN_BACK_BY = "taken_back_by"  # of a message that an answer was taken back


async def found(scope: Scope, request_id: int) -> tuple[DiscountRequestRow, OpportunityRow] | None:
    """Return a wish with its deal; None where either is gone."""
    request = await find_request(scope, request_id)
    deal = await find_opportunity(scope, request.opportunity_id) if request is not None else None
    return (request, deal) if request is not None and deal is not None else None


async def name_of(scope: Scope, user_id: str) -> str:
    member = await find_member(scope, user_id) if user_id else None
    return member.name if member is not None else "somebody"


async def shown(scope: Scope, request: DiscountRequestRow, deal: OpportunityRow) -> Message:
    """Return a wish as it stands now, for a manager."""
    wish = StoredRequest.model_validate({**request.model_dump(), "state": standing(request, deal)})
    rep = await name_of(scope, wish.asked_by)
    return views.wish(wish, deal, rep, await name_of(scope, wish.answered_by))


async def render(scope: Scope, delivery: DeliveryRow, now: datetime) -> Rendered:
    """The wish, while nobody has answered it."""
    both = await found(scope, int(delivery.intent["request_id"]))
    if both is None or standing(*both) is not DiscountState.OPEN:
        return Skip("it was answered, or is not asked for any more")
    return await shown(scope, *both)


async def render_again(scope: Scope, delivery: DeliveryRow, ids: object, now: datetime) -> Message:
    """The wish as it stands, whoever answered it."""
    both = await found(scope, int(delivery.intent["request_id"]))
    return await shown(scope, *both) if both is not None else views.gone()


async def render_answer(scope: Scope, delivery: DeliveryRow, now: datetime) -> Rendered:
    """What became of it, as it stands."""
    both = await found(scope, int(delivery.intent["request_id"]))
    if both is None:
        return Skip("the wish was taken back")
    by = delivery.intent.get(TAKEN_BACK_BY)
    if (by is None) is not is_answered(both[0]):
        return Skip("the answer was taken back" if by is None else "it was answered again")
    return await answer_shown(scope, *both, by)


def is_answered(request: DiscountRequestRow) -> bool:
    return request.state in (DiscountState.GRANTED, DiscountState.REFUSED)


async def answer_shown(
    scope: Scope, request: DiscountRequestRow, deal: OpportunityRow, taken_back_by: str | None = None
) -> Message:
    """Return what became of a wish for whoever asked, or that its answer was taken back, by whom if that is known."""
    if is_answered(request):
        return views.answer(request, deal, await name_of(scope, request.answered_by))
    by = await name_of(scope, taken_back_by) if taken_back_by else ""
    return views.answer_taken_back(request, deal, by, waits=standing(request, deal) is DiscountState.OPEN)


async def theirs(context: Context, request_id: int) -> tuple[DiscountRequestRow, OpportunityRow] | None:
    """Return a wish that is the asking manager's to answer; None where it is gone.

    Raises:
        PermissionRefusal: for who does not manage the team.
    """
    both = await found(context.scope, request_id)
    if both is None:
        return None
    managers = await managers_over(context.scope, both[1].owner_id)
    context.require(Act.SEE_TEAM_NUMBERS, About(managers))
    return both


async def grant(context: Context) -> Reply:
    """Yes: the price is theirs. A second yes, or another manager's, changes nothing."""
    both = await theirs(context, int(context.request.value))
    if both is None:
        return Reply(edit=views.gone())
    request, deal = both
    is_over = standing(request, deal) is DiscountState.WITHDRAWN
    state = DiscountState.WITHDRAWN if is_over else DiscountState.GRANTED
    by = context.member.user_id
    answered = await answer_request(context.scope, request, state, by, context.today)
    if answered is not None and state is DiscountState.GRANTED:
        await at_granted_price(context, deal, request, answered)
        await tell_rep(context, request)
    return Reply(edit=await shown(context.scope, request, deal), home=True)


async def refuse(context: Context) -> Reply:
    """No…: asks for the reason, unless it is answered already."""
    both = await theirs(context, int(context.request.value))
    if both is None or standing(*both) is not DiscountState.OPEN:
        return Reply(edit=await shown(context.scope, *both) if both is not None else views.gone())
    private = json.dumps([both[0].id, Place.of(context.request.body)])
    return Reply(view=views.reason_form(private))


async def say_no(context: Context) -> Reply:
    """The reason was given: the price stands, and the rep reads why."""
    request_id, at = json.loads(context.request.private)
    both = await theirs(context, request_id)
    place = Place.kept(at)
    if both is None:
        return Reply(edit=views.gone(), edit_at=place)
    reason = clean(context.request.values.get(views.REASON) or "", MAX_WORDS, views.REASON)
    if not reason:
        raise Refusal("A sentence helps them more than a no.", field=views.REASON)
    request, deal = both
    by = context.member.user_id
    answered = await answer_request(context.scope, request, DiscountState.REFUSED, by, context.today, reason)
    if answered is not None:
        line = await wish_noted(context, request)
        await remember(context, f"no to a lower price on {deal.name}", answered, line)
        await tell_rep(context, request)
    return Reply(edit=await shown(context.scope, request, deal), edit_at=place, home=True)


async def tell_rep(context: Context, request: DiscountRequestRow, **more: str) -> None:
    """Let who asked know, each time that something becomes of it; it is the answer to what they asked."""
    nudge = Nudge(
        key=f"{DISCOUNT_ANSWERED}:{context.scope.workspace_id}:{request.id}:{context.request.key}",
        kind=DISCOUNT_ANSWERED,
        intent={"request_id": request.id, **more},
        why=views.why_answered(),
        not_before=context.now,
        user_id=request.asked_by,
        priority=PROMPT,
    )
    await enqueue(context.scope, nudge, context.now)


async def hear_taken_back(context: Context, news: TakenBack) -> None:
    """A manager took back their answer: whoever asked reads that it waits again."""
    for row in news.rows:
        if isinstance(row, DiscountRequestRow) and row.asked_by != context.member.user_id:
            await tell_rep(context, row, **{TAKEN_BACK_BY: context.member.user_id})


async def on_card(look: Look) -> Shown | None:
    """What the thing is worth to them, and the last wish for a lower price."""
    deal = facts_in(look).deal
    request = await latest_request(look.scope, deal.id)
    if request is not None and standing(request, deal) is not request.state:
        request = None
    blocks = views.on_card(deal, request, await name_of(look.scope, request.answered_by) if request else "")
    return Shown(blocks) if blocks else None


FEATURE = Feature(
    name="discount",
    hears={TakenBack: hear_taken_back},
    actions=routes(Act.SEE_TEAM_NUMBERS, {views.GRANT: grant, views.REFUSE: refuse}),
    views={
        **routes(Act.SEE_WORK_OF, {views.SAVE: save_worth}),
        **routes(Act.SEE_TEAM_NUMBERS, {views.SAY_NO: say_no}),
    },
    kinds=(
        Kind(
            NudgeKind(
                DISCOUNT_ASKED,
                "Discount to grant",
                "a wish for a lower price in a month's last days; off: they decide alone",
                news=True,
                for_leads=True,
                bundles=False,
                topic=Topic.TEAM,
                order=147,
            ),
            render,
            render_again,
            ambiguity=Ambiguity.REPEAT,
        ),
        Kind(
            NudgeKind(
                DISCOUNT_ANSWERED,
                "Discount answered",
                "a manager's yes or no to the price you asked for",
                asked_for=True,
                news=True,
                bundles=False,
                mutable=False,
            ),
            render_answer,
            ambiguity=Ambiguity.REPEAT,
        ),
    ),
    sections=(Section(Surface.DEAL, 15, on_card, Act.SEE_WORK_OF),),
    records=(
        Record(
            DiscountRequestRow,
            undone=True,
            exported=True,
            read=Act.SEE_WORK_OF,
            exempt="a price asked for; it goes with the deal",
        ),
    ),
)
