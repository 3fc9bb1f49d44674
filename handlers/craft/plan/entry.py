"""Strategies as they are written down: in a line or in the form, their steps kept as follow-ups (13, 14)."""

from collections.abc import Callable, Sequence

from handlers.context import Context
from handlers.craft.plan.shown import GONE, goal_meant, me, open_goals, own_goal, page
from handlers.followups.belonging import deals_of, only_id
from handlers.followups.followup.entry import commit, working_days
from handlers.followups.followup.typed import on_its_day
from handlers.goals.goal.entry import label_of
from handlers.goals.goal.owner import Owner, as_typed
from handlers.people.customs import customs_of
from handlers.place import Place
from handlers.reading import FILL_IN, fillable
from handlers.remembered import remember
from handlers.reply import Reply
from messages.blocks import Message
from messages.craft.plan import form as forms
from messages.craft.plan import page as views
from messages.craft.plan.form import PlanForm
from messages.formatting import Mrkdwn, words
from sales.craft.plan import LABELS, MOST_STRATEGIES, SalesMotion, Strategy, same_strategy, with_whom
from sales.craft.plan_phrase import StrategyWords, begun, read_half, read_strategy
from sales.craft.plan_step import StepReader, UndatedStep, read_steps, steps_in
from sales.followups.followup_phrase import FollowUpDraft
from sales.followups.offered_days import offered_days
from sales.language.typed_text import clean
from sales.refusal import Refusal
from storage.craft import plan as queries
from storage.craft.plan import StrategyRow
from storage.goals.goal import GoalRow
from storage.row_image import Touched

Retyped = Callable[[Sequence[str]], str]


async def add(context: Context) -> Reply:
    """`/plan add referral: if … then …; steps: … by Wed`: keep the strategy; without words, the form.

    Raises:
        Refusal: without a goal, and for what cannot be read, with the form as one way on.
    """
    owner, text = await me(context), as_typed(context.text.strip())
    goal = await goal_meant(context, owner)
    if not text or text.startswith(FILL_IN):
        return await form_of(context, owner, goal, begun(text.removeprefix(FILL_IN)))
    try:
        said = read_strategy(text)
        return Reply(say=await kept(context, owner, goal, said, again(said)), home=True)
    except Refusal as refusal:
        raise fillable(refusal, text, "add ") from None


def again(said: StrategyWords) -> Retyped:
    """Return how a line is typed with other steps."""
    return lambda steps: f"add {said._replace(steps=tuple(steps)).typed}"


async def open_form(context: Context) -> Reply:
    """Add a strategy…: the empty form, for the goal that was pressed."""
    return await form_of(context, await me(context), await own_goal(context, int(context.request.value)))


async def form_of(
    context: Context, owner: Owner, goal: GoalRow, held: StrategyWords | None = None, strategy_id: int = 0
) -> Reply:
    """Return the form of a strategy, with what is known of it."""
    names = {
        row.id: views.goal_name(row, label_of(row, owner), owner.today)
        for row in await open_goals(context, owner)
    }
    place = Place.of(context.request.body) or ()
    form = PlanForm(goal.id, strategy_id, place)
    return Reply(view=forms.strategy_form(form, held or StrategyWords(), names, is_new=not strategy_id))


async def save(context: Context) -> Reply:
    """The form of a strategy was submitted: a new one, or one that says something else now."""
    owner, form = await me(context), PlanForm.read(context.request.private)
    values = context.request.values
    goal = await own_goal(context, int(values.get(forms.GOAL) or form.goal_id))
    said = filled_in(context)
    if form.strategy_id:
        message = await changed(context, owner, goal, await own_strategy(context, form.strategy_id), said)
    else:
        message = await kept(context, owner, goal, said)
    return answer(message, form)


def answer(message: Message, form: PlanForm) -> Reply:
    """Return what a form led to where it was opened, or in the place of the form."""
    place = Place.kept(form.place)
    if place is None:
        return Reply(say=message, home=True)
    return Reply(edit=message, edit_at=place, home=True)


def filled_in(context: Context) -> StrategyWords:
    """Return what the form says.

    Raises:
        Refusal: under the field at fault.
    """
    values = context.request.values
    if not values.get(forms.MOTION):
        raise Refusal("Which kind of strategy is it?", field=forms.MOTION)
    cue = read_half(values.get(forms.CUE) or "", forms.CUE)
    action = read_half(values.get(forms.ACTION) or "", forms.ACTION)
    return StrategyWords(SalesMotion(values[forms.MOTION]), cue, action, (values.get(forms.STEPS) or "",))


async def own_strategy(context: Context, strategy_id: int) -> StrategyRow:
    """Return a strategy of the asking person's.

    Raises:
        Refusal: if it is gone, or somebody else's.
    """
    row = await queries.find_strategy(context.scope, strategy_id)
    if row is None or row.owner_id != context.member.user_id:
        raise Refusal(GONE)
    return row


async def kept(
    context: Context, owner: Owner, goal: GoalRow, said: StrategyWords, typed: Retyped | None = None
) -> Message:
    """Keep a strategy with its steps, and return the page; one that is there already takes what is new of them.

    Raises:
        Refusal: for more strategies than a plan has, and for a step whose day is not sure.
    """
    plan = await queries.plan_for(context.scope, goal)
    wanted = strategy_in(said, goal)
    drafts = await read(context, said, typed)
    label, name = LABELS[wanted.motion], views.goal_name(goal, label_of(goal, owner), owner.today)
    there = same_strategy(wanted, [one.strategy for one in plan.strategies])
    if there is not None:
        held = next(one.steps for one in plan.strategies if one.strategy.id == there.id)
        standing = {(one.what, one.due_on) for one in held}
        drafts = [one for one in drafts if (one.what, one.when.day) not in standing]
        if not drafts:
            return await page(context, owner, goal, words(views.NOUN, "known", label=label))
        note = words(views.NOUN, "known_with_steps", label=label, steps=len(drafts))
        return await with_steps(context, owner, goal, there.id, wanted.motion, drafts, note)
    if len(plan.strategies) >= MOST_STRATEGIES:
        raise Refusal(f"{MOST_STRATEGIES} strategies are the most. Give one up first, with `/plan`.")
    row = await queries.add_strategy(context.scope, wanted)
    note = words(views.NOUN, "added", label=label, goal=name)
    return await with_steps(context, owner, goal, row.id, wanted.motion, drafts, note, (Touched(row),))


async def with_steps(
    context: Context,
    owner: Owner,
    goal: GoalRow,
    strategy_id: int,
    motion: SalesMotion,
    drafts: Sequence[FollowUpDraft],
    note: Mrkdwn,
    before: Sequence[Touched] = (),
) -> Message:
    """Keep steps of a strategy as one action with what was touched `before`, and return the page."""
    touched = [*before, *await committed(context, strategy_id, motion, drafts)]
    did = "added" if before else "more steps"
    undo = await remember(context, words(views.NOUN, "summary", label=LABELS[motion], did=did), *touched)
    return await page(context, owner, goal, note, undo.id)


def strategy_in(said: StrategyWords, goal: GoalRow) -> Strategy:
    assert said.motion is not None
    return Strategy(
        goal_id=goal.id, owner_id=goal.owner_id, motion=said.motion, cue=said.cue, action=said.action
    )


async def read(context: Context, said: StrategyWords, typed: Retyped | None = None) -> list[FollowUpDraft]:
    """Return the steps of a strategy as commitments.

    Raises:
        Refusal: for one whose day is over, missing, or can be meant in several ways; in a line, with days to choose.
    """
    assert said.motion is not None
    text = "\n".join(said.steps)
    known = await context.declared.names(context, clean(text.replace("\n", " "))) if text.strip() else []
    customs = await customs_of(context, text)
    reader = StepReader(context.now, context.zone, context.today, known, customs)
    try:
        return read_steps(steps_in(text, reader), with_whom(said.motion), reader, typed)
    except UndatedStep as undated:
        days = offered_days(context.today, await working_days(context))
        raise undated.offering(days, context.today, context.zone) from None


async def committed(
    context: Context, strategy_id: int, motion: SalesMotion, drafts: Sequence[FollowUpDraft]
) -> list[Touched]:
    """Store steps as follow-ups of the asking person's; one with somebody we know is for their only open deal."""
    rows, links = [], []
    for draft in drafts:
        promise = await on_its_day(context, draft)
        deals = await deals_of(context, promise.who) if promise.who != with_whom(motion) else ()
        row = await commit(context, promise, only_id(deals))
        rows.append(Touched(row))
        links.append(Touched(await queries.add_step(context.scope, strategy_id, row.id)))
    return [*rows, *links]


async def changed(
    context: Context, owner: Owner, goal: GoalRow, row: StrategyRow, said: StrategyWords
) -> Message:
    """Let a strategy say something else, its open steps go by its new name, and return the page.

    Raises:
        Refusal: if another strategy of the plan says that already.
    """
    wanted = strategy_in(said, goal)
    plan = await queries.plan_for(context.scope, goal)
    others = [one.strategy for one in plan.strategies if one.strategy.id != row.id]
    if same_strategy(wanted, others) is not None:
        raise Refusal("Another strategy of your plan says that already.", field=forms.ACTION)
    drafts, before = await read(context, said), row.motion
    label, same = LABELS[wanted.motion], strategy_in(said, goal) == Strategy.model_validate(row.model_dump())
    if same and not drafts:
        return await page(context, owner, goal, words(views.NOUN, "unchanged", label=label))
    touched = [await queries.change_strategy(context.scope, row, wanted)]
    touched += await renamed(context, row.id, before, wanted.motion)
    touched += await committed(context, row.id, wanted.motion, drafts)
    undo = await remember(context, words(views.NOUN, "summary", label=label, did="changed"), *touched)
    return await page(context, owner, goal, words(views.NOUN, "changed", label=label), undo.id)


async def renamed(context: Context, strategy_id: int, before: SalesMotion, now: SalesMotion) -> list[Touched]:
    """Let the steps that went by the name of the old motion go by that of the new one."""
    return [
        await queries.rename_step(context.scope, row, with_whom(now))
        for row in await queries.followups_of(context.scope, strategy_id)
        if before is not now and row.who == with_whom(before)
    ]
