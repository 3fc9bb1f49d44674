"""Setting a goal: the form, and the one line that needs no form."""

from collections.abc import Sequence
from functools import partial

from handlers.ahead import ahead, answered_ahead
from handlers.context import Context, prefetch
from handlers.goals.goal.beside import beside_goals
from handlers.goals.goal.form import MAX_REASON, described, read_goal
from handlers.goals.goal.news import note
from handlers.goals.goal.owner import Owner, owner_of, require_active, typed, whose
from handlers.goals.goal.retarget import retarget
from handlers.goals.goal.suggestion import (
    ANY,
    begun,
    blank_goal,
    ramp_said,
    require_reason,
    weigh_form,
    work_out,
)
from handlers.reading import FILL_IN, fillable
from handlers.reply import Reply
from messages.goals import goal as views
from messages.goals.goal.form import OWNER, TARGET
from sales.goals.goal import Goal, checked_period, duplicate_of, offered_periods, period_of, suggested_period
from sales.goals.goal_phrase import EXAMPLE, GoalDraft, read_goal_line
from sales.goals.progress import GoalProgress
from sales.language.dates.period import Period, span
from sales.language.typed_text import clean, shorten
from sales.people.permission import Act
from sales.refusal import Reading, Refusal
from storage.goals import goal as queries
from storage.goals.forecast.chance import with_chances
from storage.goals.forecast.inputs import seen_from
from storage.goals.goal import GoalRow
from storage.goals.objective import objectives_of
from storage.goals.progress import goal_progress
from storage.goals.suggestion import unstored_progress_with_chance
from storage.people.calendar import calendar_of


async def form_ahead(context: Context) -> Reply | None:
    """Return the form; where the line says a goal, None, and what that asks the model is worked out."""
    owner, said = await whose(context)
    form = await form_asked(context, owner, said)
    if form is None:
        await work_out_line(context, owner, said)
    return form


async def set_or_form(context: Context) -> Reply:
    """`/goal set`: the form, or the goal itself where the line says one."""
    owner, said = await whose(context)
    return await form_asked(context, owner, said) or await set_line(context, owner, said)


async def form_asked(context: Context, owner: Owner, said: str) -> Reply | None:
    """Return the form, with what could not be read in it; None where the line says a goal."""
    if said and not said.startswith(FILL_IN):
        return None
    return Reply(view=await empty_form(context, owner, said.removeprefix(FILL_IN)))


set_form = answered_ahead(form_ahead, set_or_form)


@answered_ahead
async def open_form(context: Context) -> Reply:
    """The button that opens the form; its value names somebody else as the owner."""
    owner = await owner_of(context, context.request.value or context.member.user_id)
    return Reply(view=await empty_form(context, owner))


async def empty_form(context: Context, owner: Owner, said: str = "") -> dict[str, object]:
    """Return the form with the period that makes sense today, and the target that history suggests for it.

    What was `said` stands in it: in its fields where it reads as a goal, else as it was typed.
    """
    require_active(owner)
    wanted = await read_in(context, owner, said)
    period = period_of(wanted, owner.team) if wanted is not None else None
    blank = wanted or blank_goal(owner, suggested_period(owner.today, owner.team.fiscal_year_start))
    begin = await begun(context.scope, blank, owner)
    ramp = await ramp_said(context.scope, None, blank, owner)
    objectives = await objectives_of(context.scope, owner.team.id)
    return built_form(context, owner, [begin] if begin else [], objectives, said, ramp, wanted, period)


async def read_in(context: Context, owner: Owner, said: str) -> Goal | None:
    """Return the goal that a line says, None where it cannot be read as one."""
    try:
        return await in_line(context, owner, said) if said else None
    except Refusal:
        return None


def built_form(
    context: Context,
    owner: Owner,
    evidence: Sequence[str],
    objectives: Sequence[str],
    said: str = "",
    ramp: str = "",
    wanted: Goal | None = None,
    period: Period | None = None,
) -> dict[str, object]:
    """Return the form with what history says above the target, and for somebody new how it may grow."""
    year_start = owner.team.fiscal_year_start
    return views.set_form(
        offered_periods(owner.today, year_start),
        suggested_period(owner.today, year_start),
        evidence,
        owner.member.user_id if context.may(Act.SEE_TEAM_NUMBERS) else None,
        said,
        ramp,
        wanted,
        period,
        objectives,
    )


async def weigh(context: Context) -> Reply:
    """Something was chosen or typed in the form that sets a goal: it comes again with what history says of that."""
    values = context.request.values
    owner = await owner_of(context, values.get(OWNER) or context.member.user_id, OWNER)
    said = await weigh_form(context.scope, values, owner)
    calendar = await calendar_of(context.scope, owner.team, owner.member)
    try:
        ramp = await ramp_said(
            context.scope, values, read_goal({**values, TARGET: ANY}, owner, calendar), owner
        )
    except Refusal:
        ramp = ""  # a period that cannot stand is said when the form is sent
    objectives = await objectives_of(context.scope, owner.team.id)
    return Reply(shown=built_form(context, owner, [one for one in said if one], objectives, ramp=ramp))


async def in_form(context: Context) -> tuple[Owner, Goal]:
    """Return the goal that the submitted form says, and whose it is."""
    values = context.request.values
    owner = await owner_of(context, values.get(OWNER) or context.member.user_id, OWNER)
    require_active(owner, OWNER)
    calendar = await calendar_of(context.scope, owner.team, owner.member)
    started = await seen_from(context.scope, owner.member.user_id, owner.today)
    return owner, read_goal(values, owner, calendar, started=started)


async def work_out_form(context: Context) -> None:
    """Work out what the submitted form asks the model."""
    owner, wanted = await in_form(context)
    if await already_there(context, owner, wanted) is None:
        await work_out(context.scope, wanted, owner, is_new=True)


@prefetch(partial(ahead, ask=work_out_form))
async def save(context: Context) -> Reply:
    """The submitted form: the goal is saved, or the form of the one that is there already comes up."""
    owner, wanted = await in_form(context)
    there = await already_there(context, owner, wanted)
    if there is not None:
        return Reply(view=await duplicate_form(context, there, wanted, owner))
    await require_reason(context.scope, wanted, owner, is_new=True)
    return Reply(view=views.saved_modal(await added(context, owner, wanted), owner.shown), home=True)


async def in_line(context: Context, owner: Owner, said: str) -> Goal:
    """Return the goal that a line says."""
    require_active(owner)
    calendar = await calendar_of(context.scope, owner.team, owner.member)
    try:
        heard = heard_in(said, owner)
        checked_period(heard.period, owner.today, calendar)
    except Refusal as refusal:
        raise fillable(refusal, said, f"set {typed(owner)} " if owner.shown else "set ") from None
    return described(
        owner,
        heard.metric,
        heard.activity_kind,
        heard.target,
        heard.period,
        owner.team.currency,
        reason=clean(heard.reason, MAX_REASON),
    )


async def work_out_line(context: Context, owner: Owner, said: str) -> None:
    """Work out what a goal in one line asks the model."""
    wanted = await in_line(context, owner, said)
    there = await already_there(context, owner, wanted)
    if there is None:
        await work_out(context.scope, wanted, owner, begins=True, is_new=True)
    elif is_change(wanted, there):
        said_anew = {"target": wanted.target, "reason": wanted.reason}
        await work_out(context.scope, there.model_copy(update=said_anew), owner)
    elif wanted.target != there.target:
        await unstored_progress_with_chance(context.scope, wanted, owner.team, owner.today)


def is_change(wanted: Goal, there: Goal) -> bool:
    """Say whether a line changes the goal that is there: another target with the reason for it is no slip."""
    return bool(wanted.reason) and wanted.target != there.target


async def set_line(context: Context, owner: Owner, said: str) -> Reply:
    """A goal in one line: saved and echoed as it was understood, with Edit and Remove beside it.

    One that is there already gets the target that a reason was given for; without a reason it is asked.
    """
    wanted = await in_line(context, owner, said)
    there = await already_there(context, owner, wanted)
    if there is not None:
        label = label_of(there, owner)
        if is_change(wanted, there):
            aimed = await retarget(context, owner, there, label, wanted.target, wanted.reason, way_back=True)
            return Reply(say=aimed, home=True)
        otherwise = (
            await unstored_progress_with_chance(context.scope, wanted, owner.team, owner.today)
            if wanted.target != there.target
            else None
        )
        return Reply(say=views.duplicate(there.id, there, label, otherwise, owner.shown, wanted.reason))
    await require_reason(context.scope, wanted, owner, said=said, is_new=True)
    begin = await begun(context.scope, wanted, owner)
    standing = await added(context, owner, wanted)
    more = (
        [] if standing.asks_start else await beside_goals(context, owner, [standing])
    )  # one question at a time
    return Reply(say=views.saved(standing, owner.shown, begin, more), home=True)


def heard_in(said: str, owner: Owner) -> GoalDraft:
    """Return the goal in a line.

    Raises:
        Refusal: as the reader of lines does, with an example that can be typed as it stands.
    """
    try:
        return read_goal_line(said, owner.today, owner.team.fiscal_year_start, owner.team.currency)
    except Refusal as refusal:
        example = refusal.example if refusal.field in {"metric", "period"} and refusal.example else EXAMPLE
        readings = [Reading(one.label, f"{typed(owner)} {one.typed}".strip()) for one in refusal.readings]
        raise Refusal(
            refusal.text, field=refusal.field, example=f"/goal {example}", readings=readings
        ) from refusal


async def offered(context: Context, text: str) -> list[Reading]:
    """Return a sentence as a goal, if it has a number and can be read as one; nobody without a team has goals."""
    if context.team is None or len(text) > MAX_REASON or not any(letter.isdigit() for letter in text):
        return []
    try:
        heard = read_goal_line(text, context.today, context.team.fiscal_year_start, context.team.currency)
    except Refusal:
        return []
    return [Reading(shorten(f"Goal for {heard.period.label}: {text}"), f"/goal set {text}")]


def says_a_goal(said: str, owner: Owner) -> bool:
    """Say whether a line can be read as a goal, or is asked about as one."""
    try:
        heard_in(said, owner)
    except Refusal as refusal:
        return bool(refusal.readings) and not said.isdigit()
    return True


async def added(context: Context, owner: Owner, wanted: Goal) -> GoalProgress:
    """Store a goal, note it, and return how it stands."""
    row = await queries.add_goal(context.scope, wanted, context.member.user_id, context.now)
    await note(context, owner, row, await queries.latest_goal_change(context.scope, row.id), "set")
    standings = await goal_progress(context.scope, [row], owner.team, owner.today)
    return (await with_chances(context.scope, standings, owner.team, owner.today))[0]


async def already_there(context: Context, owner: Owner, wanted: Goal) -> GoalRow | None:
    """Return the goal of the owner that says the same thing, if there is one that the asking person may see."""
    found = await queries.open_goals(context.scope, owner.member.user_id, owner.today)
    return duplicate_of(
        wanted, found if owner.shown is None else await queries.for_others(context.scope, found)
    )


async def duplicate_form(context: Context, there: GoalRow, wanted: Goal, owner: Owner) -> dict[str, object]:
    """Return the form that changes the goal that is there, with the target that was just typed."""
    label = label_of(there, owner)
    return views.change_form(
        there,
        label,
        offered_periods(owner.today, owner.team.fiscal_year_start),
        str(there.id),
        views.duplicate_note(there, label, owner.shown),
        wanted,
        objectives=await objectives_of(context.scope, owner.team.id),
    )


def label_of(goal: Goal, owner: Owner) -> str:
    """Return how the goal's period is called in the owner's team."""
    return span(goal.starts_on, goal.ends_on, owner.team.fiscal_year_start).label
