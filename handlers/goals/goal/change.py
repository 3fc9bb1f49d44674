"""Changing and taking back a goal; what it said before stays in its history."""

from collections.abc import Sequence
from functools import partial

from handlers.ahead import ahead
from handlers.context import Context, prefetch
from handlers.goals.goal.beside import beside_goals
from handlers.goals.goal.entry import label_of, says_a_goal
from handlers.goals.goal.form import MAX_BECAUSE, read_goal
from handlers.goals.goal.news import note
from handlers.goals.goal.owner import Owner, owner_of, require_active, whose
from handlers.goals.goal.retarget import retarget
from handlers.goals.goal.suggestion import require_reason, weigh_form, work_out
from handlers.reply import Reply
from messages.blocks import Message
from messages.goals import goal as views
from messages.goals.goal.form import BECAUSE, PERIOD
from sales.goals.goal import MAX_TARGET, Goal, GoalState, duplicate_of, offered_periods
from sales.goals.progress import GoalProgress
from sales.language.dates.deadline import named_period
from sales.language.names.match import unaccented
from sales.language.typed_text import clean, shorten
from sales.refusal import Refusal
from storage.goals import goal as queries
from storage.goals.forecast import chance
from storage.goals.goal import GoalRow
from storage.goals.goal_chance import member_chances
from storage.goals.objective import objectives_of
from storage.goals.progress import goal_progress, member_progress
from storage.people.calendar import calendar_of
from storage.row_image import image

TAKEN_BACK = "taken back"


async def edit(context: Context) -> Reply:
    """`/goal edit`: the form of the goal that is meant, or the question which one."""
    owner, said = await whose(context)
    found = await meant(context, owner, said)
    if len(found) != 1:
        return Reply(say=views.choose(found, "edit") if found else views.goals([], owner.shown))
    row = await queries.find_goal(context.scope, found[0].goal_id)
    assert row is not None
    return Reply(view=await form_of(context, row, owner))


async def open_edit(context: Context) -> Reply:
    """The Edit button."""
    row, owner = await named(context, context.request.value)
    if row.state is GoalState.CLOSED:
        return Reply(say=views.already_closed(row, label_of(row, owner)))
    return Reply(view=await form_of(context, row, owner))


async def work_out_change(context: Context) -> None:
    """Work out what the submitted form of an existing goal asks the model."""
    row, owner = await named(context, context.request.private)
    calendar = await calendar_of(context.scope, owner.team, owner.member)
    wanted, _ = read_change(context, row, read_goal(context.request.values, owner, calendar, of=row))
    await work_out(context.scope, wanted, owner)


def read_change(context: Context, row: GoalRow, wanted: Goal) -> tuple[Goal, str]:
    """Return what a form makes of a goal, and what made somebody change it.

    A reason that was left as it stood was for the target it stood beside: another one has what made it change instead.
    """
    because = clean(context.request.values[BECAUSE] or "", MAX_BECAUSE, BECAUSE)
    if row.reason and wanted.target != row.target and wanted.reason == row.reason:
        wanted = wanted.model_copy(update={"reason": because})
    return wanted, because


@prefetch(partial(ahead, ask=work_out_change))
async def save_change(context: Context) -> Reply:
    """The submitted form of an existing goal."""
    row, owner = await named(context, context.request.private)
    label = label_of(row, owner)
    if row.state is GoalState.CLOSED:
        return Reply(say=views.already_closed(row, label))
    require_active(owner)
    calendar = await calendar_of(context.scope, owner.team, owner.member)
    wanted, because = read_change(context, row, read_goal(context.request.values, owner, calendar, of=row))
    others = [one for one in await open_goals(context, owner) if one.id != row.id]
    if (twin := duplicate_of(wanted, others)) is not None:
        there = views.aim(twin, label_of(twin, owner))
        raise Refusal(f"There is a goal for that already: {there}. Edit or close that one.", field=PERIOD)
    if wanted.target != row.target:
        await require_reason(context.scope, wanted, owner, because)
    before, said = views.aim(row, label), image(row)
    change = await queries.change_goal(
        context.scope, row, wanted, context.member.user_id, context.now, because
    )
    if change is None:
        return Reply(view=views.unchanged_modal(row, label))
    await note(context, owner, row, change, "changed", said)
    standings = await goal_progress(context.scope, [row], owner.team, owner.today)
    (standing,) = await chance.with_chances(context.scope, standings, owner.team, owner.today)
    now = views.aim(row, standing.label)
    return Reply(view=views.changed_modal(standing, before if before != now else "", owner.shown), home=True)


async def weigh(context: Context) -> Reply:
    """Something was chosen or typed in the form that changes a goal: it comes again with what history says of that."""
    row, owner = await named(context, context.request.private)
    said = await weigh_form(context.scope, context.request.values, owner, row)
    return Reply(shown=await form_of(context, row, owner, [one for one in said if one]))


async def retargeted(context: Context) -> tuple[GoalRow, Owner, int, str]:
    """Return the goal that a button gives another target, its owner, that target and the reason that came with it.

    The reason that the goal had was for the target it had.

    Raises:
        Refusal: if the button names none.
    """
    goal_id, target, reason = (*context.request.value.split(":", 2), "", "")[:3]
    row, owner = await named(context, goal_id)
    if not target.isdigit() or not 0 < int(target) <= MAX_TARGET:
        raise Refusal("This button has lost its target. Set the goal again.", example="/goal set")
    return row, owner, int(target), reason


async def work_out_retarget(context: Context) -> None:
    """Work out what the button that gives a goal another target asks the model."""
    row, owner, target, reason = await retargeted(context)
    await work_out(context.scope, row.model_copy(update={"target": target, "reason": reason}), owner)


@prefetch(partial(ahead, ask=work_out_retarget))
async def retarget_pressed(context: Context) -> Reply:
    """The button that gives a goal that is there already the target just typed."""
    row, owner, target, reason = await retargeted(context)
    label = label_of(row, owner)
    if row.state is GoalState.CLOSED:
        return Reply(edit=views.already_closed(row, label))
    require_active(owner)
    wanted = row.model_copy(update={"target": target, "reason": reason})
    await require_reason(context.scope, wanted, owner, example="/goal edit")
    return Reply(edit=await retarget(context, owner, row, label, target, reason), home=True)


async def remove(context: Context) -> Reply:
    """The Remove button beside a goal just set: a slip is taken back in one click."""
    row, owner = await named(context, context.request.value)
    label = label_of(row, owner)
    said = image(row)
    taken_back = await queries.close_goal(context.scope, row, context.member.user_id, context.now, TAKEN_BACK)
    if taken_back is None:
        return Reply(edit=views.already_closed(row, label))
    await note(context, owner, row, taken_back, "removed", said)
    return Reply(edit=views.removed(row, label), home=True)


async def named(context: Context, goal_id: str) -> tuple[GoalRow, Owner]:
    """Return the goal that a button or form is about, and its owner.

    Raises:
        Refusal: if there is no such goal, or the asking person may not touch it.
    """
    row = await queries.find_goal(context.scope, int(goal_id)) if goal_id.isdigit() else None
    if row is None:
        raise Refusal("This goal is not there any more.", example="/goal")
    owner = await owner_of(context, row.owner_id)
    if owner.shown and not await queries.for_others(context.scope, [row]):
        raise Refusal("That goal is for its owner's eyes alone.", example="/goal")
    return row, owner


async def seen(context: Context, owner: Owner) -> list[GoalProgress]:
    """Return the owner's goals as they stand, as far as the asking person may see them."""
    found = await member_progress(context.scope, owner.member, owner.team, owner.today)
    if owner.shown is None:
        return found
    rows = await queries.open_goals(context.scope, owner.member.user_id, owner.today)
    shared = {row.id for row in await queries.for_others(context.scope, rows)}
    return [one for one in found if one.goal_id in shared]


async def open_goals(context: Context, owner: Owner) -> list[GoalRow]:
    return await queries.open_goals(context.scope, owner.member.user_id, owner.today)


async def listed(context: Context, owner: Owner) -> Message:
    """Return the list of the owner's goals as it is now."""
    return await told(context, owner, await seen(context, owner))


async def told(context: Context, owner: Owner, found: Sequence[GoalProgress]) -> Message:
    """Return some of the owner's goals with their chances."""
    shown = await member_chances(context.scope, found, owner.member, owner.team, owner.today)
    return views.goals(shown, owner.shown, await beside_goals(context, owner, found))


async def meant(context: Context, owner: Owner, said: str) -> list[GoalProgress]:
    """Return the owner's goals that `said` names: by their words, or by their period.

    Raises:
        Refusal: if words were said and no goal has them all.
    """
    found = await seen(context, owner)
    fitting = named_by(said, found, owner)
    if found and not fitting:
        raise Refusal(f"None of the goals says “{shorten(said)}”. See them all first.", example="/goal")
    return fitting


async def picked(context: Context, owner: Owner, said: str) -> list[GoalProgress]:
    """Return the goals that `/goal 2`, `/goal revenue` or `/goal Q4` means; none where the words say a new goal.

    A line that can be read as a goal sets one, unless it is the place of one in the list and nothing else.
    """
    found = await seen(context, owner)
    if said.isascii() and said.isdigit() and 0 < int(said[:3]) <= len(found):
        return [found[int(said[:3]) - 1]]
    if of_period := within(said, found, owner):
        return of_period
    if any(char.isdigit() for char in said) and says_a_goal(said, owner):
        return []
    return named_by(said, found, owner)


def named_by(said: str, found: Sequence[GoalProgress], owner: Owner) -> list[GoalProgress]:
    """Return the goals whose words hold every word that was said; where none does, those of the period it names."""
    words = unaccented(said).split()
    holding = [one for one in found if all(word in wording(one) for word in words)]
    return holding or within(said, found, owner)


def within(said: str, found: Sequence[GoalProgress], owner: Owner) -> list[GoalProgress]:
    """Return the goals of the period that words name and nothing else: "Q4 2026", "next month"."""
    try:
        period = named_period(said, owner.today, owner.team.fiscal_year_start)
    except Refusal:
        return []  # of two periods it can mean, neither is the goal's own
    if period is None:
        return []
    return [one for one in found if (one.goal.starts_on, one.goal.ends_on) == (period.start, period.end)]


def wording(standing: GoalProgress) -> str:
    """Return what a goal may be found by."""
    return unaccented(f"{views.aim(standing.goal, standing.label)} {standing.objective}")


async def form_of(
    context: Context, row: GoalRow, owner: Owner, evidence: Sequence[str] = ()
) -> dict[str, object]:
    """Return the form that changes a goal.

    Raises:
        Refusal: if its period is over: what it came to stays as it was; or if its owner is deactivated.
    """
    require_active(owner)
    label = label_of(row, owner)
    if row.ends_on < owner.today:
        raise Refusal(
            f"{label} is over, so this goal stays as it is. Set one for the next.", example="/goal set"
        )
    return views.change_form(
        row,
        label,
        offered_periods(owner.today, owner.team.fiscal_year_start),
        str(row.id),
        evidence=evidence,
        objectives=await objectives_of(context.scope, owner.team.id),
    )
