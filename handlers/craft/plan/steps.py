"""Steps of a plan on its page: ticked, moved, dropped, given new days; more of them; and a strategy given up."""

from collections.abc import Sequence
from datetime import date

from handlers.coming_day import coming_day
from handlers.context import Context
from handlers.craft.plan.entry import answer, committed, form_of, own_strategy, read
from handlers.craft.plan.shown import me, own_goal, page, page_of
from handlers.followups.followup.acts import act, change_row
from handlers.followups.followup.answers import ActedFollowUp
from handlers.followups.followup.entry import check_day, working_days
from handlers.followups.followup.triage import NOTHING_OPEN, asked, change_one, chosen
from handlers.place import Place
from handlers.remembered import remember
from handlers.reply import Reply
from messages.craft.plan import form as forms
from messages.craft.plan import page as views
from messages.craft.plan.form import PlanForm
from messages.followups.followup import CARD
from messages.followups.followup_form import CHANGE_ONE, DROP_THEM, WHAT_NOW
from messages.formatting import words
from sales.craft.plan import LABELS
from sales.craft.plan_phrase import StrategyWords
from sales.followups.followup import FollowUpState, dropped, moved
from sales.followups.offered_days import next_week, offered_days
from sales.followups.thread_answer import AnswerVerb, ThreadAnswer
from sales.language.dates.instants import local_instant
from sales.refusal import Refusal
from storage.craft import plan as queries
from storage.craft.plan import StrategyRow
from storage.followups.followup import FollowUpRow, followups_among
from storage.row_image import Touched

GIVEN_UP = "its strategy was given up"


async def tick(context: Context) -> Reply:
    """Boxes were ticked on the page: done, as any follow-up; what is settled already stays so."""
    block_id = str(context.request.body["actions"][0].get("block_id", ""))
    _, goal_id, _ = block_id.split(":")
    ids = [int(one) for one in context.request.value.split(",") if one]
    rows = [
        row for row in await followups_among(context.scope, ids) if row.owner_id == context.member.user_id
    ]
    undo = await act(context, rows, ThreadAnswer(AnswerVerb.DONE))
    owner, goal = await me(context), await own_goal(context, int(goal_id))
    if undo is None:
        return Reply(edit=await page(context, owner, goal, words(views.NOUN, "done_already")), home=True)
    note = words(views.NOUN, "stepped", count=len(rows))
    return Reply(edit=await page(context, owner, goal, note, undo.id), home=True)


async def choose(context: Context) -> Reply:
    """A line of a strategy's menu was chosen."""
    way, strategy_id = views.read_choice(context.request.value)
    row = await own_strategy(context, strategy_id)
    if way == views.REMOVE:
        return await give_up(context, row)
    goal = await own_goal(context, row.goal_id)
    if way == views.EDIT:
        held = StrategyWords(row.motion, row.cue, row.action)
        return await form_of(context, await me(context), goal, held, row.id)
    plan = await queries.plan_for(context.scope, goal)
    planned = next(one for one in plan.strategies if one.strategy.id == row.id)
    form = PlanForm(goal.id, row.id, Place.of(context.request.body) or ())
    return Reply(view=forms.steps_form(form, planned))


async def give_up(context: Context, row: StrategyRow) -> Reply:
    """Take a strategy out of the plan: its open steps are dropped with it, what was done stays done."""
    goal, motion, touched = await own_goal(context, row.goal_id), row.motion, []
    open_steps = [
        one
        for one in await queries.followups_of(context.scope, row.id)
        if one.state is FollowUpState.OPEN and one.owner_id == row.owner_id
    ]
    for one in open_steps:
        touched += await change_row(context, one, dropped(one, context.now, GIVEN_UP), comes_again=False)
    touched += await queries.remove_strategy(context.scope, row)
    label = LABELS[motion]
    undo = await remember(context, words(views.NOUN, "summary", label=label, did="given up"), *touched)
    note = words(views.NOUN, "removed", label=label, dropped=len(open_steps))
    return Reply(edit=await page(context, await me(context), goal, note, undo.id), home=True)


async def add_steps(context: Context) -> Reply:
    """The form with more steps was submitted."""
    form = PlanForm.read(context.request.private)
    row = await own_strategy(context, form.strategy_id)
    goal = await own_goal(context, row.goal_id)
    said = StrategyWords(row.motion, row.cue, row.action, (context.request.values.get(forms.STEPS) or "",))
    drafts = await read(context, said)
    if not drafts:
        raise Refusal("Name at least one step, with its day.", field=forms.STEPS)
    touched = await committed(context, row.id, row.motion, drafts)
    label = LABELS[row.motion]
    undo = await remember(context, words(views.NOUN, "summary", label=label, did="more steps"), *touched)
    note = words(views.NOUN, "stepped_more", count=len(drafts))
    return answer(await page(context, await me(context), goal, note, undo.id), form)


async def open_sort(context: Context) -> Reply:
    """Move or drop…: the form over the open steps of the plan.

    Raises:
        Refusal: if none is open any more.
    """
    goal = await own_goal(context, int(context.request.value))
    steps = (await queries.plan_for(context.scope, goal)).open
    if not steps:
        raise Refusal(NOTHING_OPEN)
    working_day, today = await working_days(context), context.today
    form = PlanForm(goal.id, 0, Place.of(context.request.body) or ())
    view = forms.sort_steps(
        form, steps, offered_days(today, working_day), next_week(today, working_day), today, context.zone
    )
    return Reply(view=view)


async def save_sorted(context: Context) -> Reply:
    """The form was submitted: those that were chosen are moved or dropped as one action."""
    form = PlanForm.read(context.request.private)
    rows = await chosen(context)
    what = context.request.values.get(WHAT_NOW) or DROP_THEM
    if what == CHANGE_ONE:
        place = Place.kept(form.place)
        return await change_one(context, rows, ActedFollowUp(0, 0, CARD, [], place))
    undo = await act(context, rows, asked(context, what))
    goal = await own_goal(context, form.goal_id)
    if undo is None:
        message = await page(context, await me(context), goal, words(views.NOUN, "done_already"))
    else:
        note = words(views.NOUN, "sorted", summary=undo.summary)
        message = await page(context, await me(context), goal, note, undo.id)
    return answer(message, form)


async def open_new_days(context: Context) -> Reply:
    """New days…: a day for each step that is late.

    Raises:
        Refusal: if none is late any more.
    """
    goal = await own_goal(context, int(context.request.value))
    shown = await page_of(context, await me(context), goal)
    if not shown.plan.late(shown.today):
        raise Refusal("No step is late any more. `/plan` shows how it stands.")
    form = PlanForm(goal.id, 0, Place.of(context.request.body) or ())
    return Reply(view=forms.new_days_form(form, shown))


async def save_new_days(context: Context) -> Reply:
    """The form was submitted: each step that has another day is moved there, as one action."""
    form = PlanForm.read(context.request.private)
    days = new_days(context)
    touched: list[Touched] = []
    for row in await open_rows(context, list(days)):
        if row.due_on != days[row.id]:
            touched += await put(context, row, days[row.id])
    goal = await own_goal(context, form.goal_id)
    if not touched:
        return answer(await page(context, await me(context), goal), form)
    undo = await remember(context, words(views.NOUN, "summary_moved", count=len(touched)), *touched)
    note = words(views.NOUN, "moved", count=len(touched))
    return answer(await page(context, await me(context), goal, note, undo.id), form)


def new_days(context: Context) -> dict[int, date]:
    """Return the day that was chosen for each step.

    Raises:
        Refusal: under the field, for a day that is over or years away.
    """
    found = {}
    for field, value in context.request.values.items():
        name, _, step_id = field.partition(":")
        if name != forms.DAY or not value:
            continue
        day = coming_day(value, context.today, field)
        assert day is not None
        check_day(day, context.today, field)
        found[int(step_id)] = day
    return found


async def open_rows(context: Context, ids: Sequence[int]) -> list[FollowUpRow]:
    """Return those of these follow-ups that are the asking person's and open."""
    rows = await followups_among(context.scope, ids)
    return [row for row in rows if row.owner_id == context.member.user_id and row.state is FollowUpState.OPEN]


async def put(context: Context, row: FollowUpRow, day: date) -> list[Touched]:
    """Put a step on another day, at the time of day it had, if any."""
    at = row.due_at.astimezone(context.wall).time() if row.due_at is not None else None
    due_at = local_instant(context.zone, at, day) if at is not None else None
    if due_at is not None and due_at <= context.now:
        due_at = None
    return await change_row(context, row, moved(row, day, due_at))
