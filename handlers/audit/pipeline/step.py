"""Steps of an audit: kept, known, parked, lost, mended, looked past; each edits the one message in place.

What a step leads to is read before its unit of work, as if it were done; the unit then does it and shows that page.
So nobody waits for figures, and what changed meanwhile is found again in the unit.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from handlers.ahead import ahead
from handlers.audit.pipeline import reading
from handlers.audit.pipeline.reading import ANSWERED, StepEffect
from handlers.context import Context, Prefetched
from handlers.pipeline.opportunity.lookup import is_closed, own
from handlers.pipeline.opportunity.shown import deal_card
from handlers.place import Place
from handlers.remembered import remember
from handlers.reply import Reply
from messages.audit import pipeline as views
from messages.audit.pipeline import Pressed
from messages.blocks import Message
from sales.audit.answer import AnswerKind, FindingAnswer
from sales.audit.check import BY_KEY, DealFinding
from sales.audit.page import AuditPage, AuditStep
from sales.pipeline.deal_history import DealField
from sales.pipeline.opportunity import Stage
from storage.audit.finding import FindingAnswerRow, add_answers, find_check_mute, is_answered, mute_check
from storage.pipeline.deal_history import note_change
from storage.pipeline.opportunity import OpportunityRow
from storage.row_image import Touched


@dataclass(frozen=True)
class PlannedStep:
    """A step before it is taken: what it settles, the page as it will be behind it, what has happened by then."""

    settled: Sequence[DealFinding]
    page: AuditPage
    answer: AnswerKind | None
    happened: str = ""


# Does to a deal what was answered, and remembers it together with the answers.
Take = Callable[[Context, OpportunityRow, Sequence[Touched]], Awaitable[None]]


async def planned(
    context: Context, pressed: Pressed, answer: AnswerKind | None, effect: StepEffect = ANSWERED
) -> PlannedStep:
    """Return what a step on a finding leads to, read as things stand; of one that holds no more it says so."""
    whose = await reading.read_by(context, pressed.spot.owner_id)
    step = AuditStep(pressed.deal_id, pressed.check, answer)
    found = await reading.plan(context.scope, whose, pressed.spot, step, effect)
    page = found.page
    if answer is not None and not found.settled:
        row = await own(context, pressed.deal_id)
        page = replace(page, note=views.holds_no_more(row, BY_KEY[pressed.check]))
    return PlannedStep(found.settled, page, answer, found.happened)


def stepping(
    plan: Callable[[Context], Awaitable[PlannedStep]], run: Callable[[Context, PlannedStep], Awaitable[Reply]]
) -> Prefetched:
    """Return a handler whose page is read ahead and whose effect is done in the unit of work."""

    async def answer(context: Context) -> Reply:
        return await run(context, context.prefetched or await plan(context))

    return Prefetched(partial(ahead, ask=plan), answer)


def shown(context: Context, page: AuditPage, place: Place | None = None) -> Reply:
    """Return a page in the place of the one acted on."""
    return Reply(edit=page_of(page), edit_at=place, home=True)


def page_of(page: AuditPage) -> Message:
    """Return a page; one of somebody else's pipeline leads back to their team."""
    return views.page(page, views.back_button(page.spot) if page.owner else None)


def trouble_with(context: Context, row: OpportunityRow) -> str:
    """Return why nothing is done to a deal: it is closed, parked or a suspect by now; empty where it is open."""
    if is_closed(context, row):
        return views.was_closed(row, context.today)
    return "" if row.stage is Stage.OPEN else views.is_aside(row)


def answers_to(context: Context, step: PlannedStep) -> list[FindingAnswer]:
    """Return the answers that a step gives."""
    if step.answer is None:
        return []
    done = step.page.done
    return [
        FindingAnswer(
            opportunity_id=one.deal.id,
            check=one.check.key,
            answer=step.answer,
            user_id=context.member.user_id,
            on=context.today,
            at=context.now,
            happened=step.happened,
            chance_before=done.before if done is not None else None,
            chance_after=done.after if done is not None else None,
        )
        for one in step.settled
    ]


async def taken(
    context: Context, step: PlannedStep, deal_id: int, take: Take | None, place: Place | None = None
) -> Reply:
    """Do what a step does, once, and show the page behind it; say so where the deal is another by now."""
    row = await own(context, deal_id)
    if trouble := trouble_with(context, row):
        return shown(context, replace(step.page, done=None, note=trouble), place)
    if step.settled and not await is_answered(context.scope, answers_to(context, step)[0]):
        answers = [Touched(one) for one in await add_answers(context.scope, answers_to(context, step))]
        await (take or left)(context, row, answers)
    return shown(context, step.page, place)


async def left(context: Context, row: OpportunityRow, answers: Sequence[Touched]) -> None:
    """Leave a deal as it is; that a check is silent by what somebody knows, or by another, is in its history."""
    said = [one.row for one in answers if isinstance(one.row, FindingAnswerRow)]
    traced = [one for one in said if one.answer is AnswerKind.KNOWN or one.user_id != row.owner_id]
    traces = [await trace(context, one) for one in traced]
    await remember(context, f"{row.name} left as it is", *answers, *traces)


async def trace(context: Context, answer: FindingAnswerRow) -> Touched:
    """Put into a deal's history that one of its findings is not asked about, and by whom."""
    told = f"{answer.answer.value} {BY_KEY[answer.check].name}"
    by, deal_id = context.member.user_id, answer.opportunity_id
    return await note_change(context.scope, deal_id, DealField.FINDING, "", told, by, context.today)


# buttons


def answering(answer: AnswerKind) -> Prefetched:
    """Return the button that answers a finding and does nothing to its deal."""

    async def plan(context: Context) -> PlannedStep:
        return await planned(context, Pressed.read(context.request.value), answer)

    async def run(context: Context, step: PlannedStep) -> Reply:
        return await taken(context, step, Pressed.read(context.request.value).deal_id, None)

    return stepping(plan, run)


async def plan_look(context: Context) -> PlannedStep:
    return await planned(context, Pressed.read(context.request.value), None)


async def look_on(context: Context, step: PlannedStep) -> Reply:
    """Next: the finding stays as it is; behind the last comes the first again, said so."""
    page = step.page
    is_first_again = page.finding is not None and page.spot.at == 0 and page.total - page.cleared > 1
    return shown(context, replace(page, note=views.from_the_first()) if is_first_again else page)


keep = answering(AnswerKind.KEPT)
next_one = stepping(plan_look, look_on)


async def plan_choice(context: Context) -> PlannedStep:
    chosen, _, carried = context.request.value.partition(":")
    pressed = Pressed.read(carried)
    answer = AnswerKind.KNOWN if chosen == views.KNOWN else None
    return await planned(
        context, pressed, answer, StepEffect(off=pressed.check if chosen == views.NEVER else "")
    )


async def choose(context: Context, step: PlannedStep) -> Reply:
    """The menu beside a finding: open the deal, I know why, never check this."""
    chosen, _, carried = context.request.value.partition(":")
    pressed = Pressed.read(carried)
    if chosen == views.OPEN:
        return Reply(say=await deal_card(context, await own(context, pressed.deal_id)))
    if chosen == views.KNOWN:
        return await taken(context, step, pressed.deal_id, None)
    if await find_check_mute(context.scope, context.member.user_id, pressed.check) is None:
        row = await mute_check(context.scope, context.member.user_id, pressed.check)
        await remember(context, f"{BY_KEY[pressed.check].name}: no longer checked", Touched(row))
    return shown(context, replace(step.page, note=views.never_again(BY_KEY[pressed.check])))


more = stepping(plan_choice, choose)
