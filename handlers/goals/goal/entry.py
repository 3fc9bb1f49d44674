"""Setting a goal: the form, and the one line that needs no form."""

from collections.abc import Sequence

from handlers.context import Ask, may_manage, prepared_by
from handlers.goals import forecast
from handlers.goals.goal.form import MAX_REASON, described, read_goal
from handlers.goals.goal.news import note
from handlers.goals.goal.owner import Owner, owner_of, whose
from handlers.goals.goal.suggestion import begun, blank_goal, require_reason, weighed
from handlers.reply import Reply
from messages.goals import goal as messages
from messages.goals.goal.form import OWNER
from sales.goals.goal import Goal, checked_period, duplicate_of, offered_periods, suggested_period
from sales.goals.goal_phrase import EXAMPLE, GoalDraft
from sales.goals.goal_phrase import read_goal as read_line
from sales.goals.progress import GoalStanding
from sales.language.dates.period import span
from sales.language.typed_text import clean
from sales.refusal import Refusal
from storage.goals import goal as goals
from storage.goals.forecast.chance import with_chances
from storage.goals.goal import GoalRow
from storage.goals.progress import stand
from storage.goals.suggestion import standing_of
from storage.people.calendar import calendar_of

EXAMPLE_REASON = "two big renewals"


@prepared_by(forecast.warmed)
async def set_form(ask: Ask) -> Reply:
    """`/goal set`: the form, or the goal itself where the line says one."""
    owner, said = await whose(ask)
    return await set_line(ask, owner, said) if said else Reply(view=await empty_form(ask, owner))


@prepared_by(forecast.warmed)
async def open_form(ask: Ask) -> Reply:
    """The button that opens the form; its value names somebody else as the owner."""
    owner = await owner_of(ask, ask.request.value or ask.member.user_id)
    return Reply(view=await empty_form(ask, owner))


async def empty_form(ask: Ask, owner: Owner) -> dict[str, object]:
    """Return the form with the period that makes sense today, and the target that history suggests for it."""
    year_start = owner.team.fiscal_year_start
    suggested = suggested_period(owner.today, year_start)
    begin = await begun(ask.scope, blank_goal(owner, suggested), owner)
    return built_form(ask, owner, [begin] if begin else [])


def built_form(ask: Ask, owner: Owner, evidence: Sequence[str]) -> dict[str, object]:
    """Return the form with what history says above the target."""
    year_start = owner.team.fiscal_year_start
    return messages.set_form(
        offered_periods(owner.today, year_start),
        suggested_period(owner.today, year_start),
        evidence,
        owner.member.user_id if may_manage(ask.member, ask.team) else None,
    )


async def weigh(ask: Ask) -> Reply:
    """Something was chosen or typed in the form that sets a goal: it comes again with what history says of that."""
    values = ask.request.values
    owner = await owner_of(ask, values.get(OWNER) or ask.member.user_id, OWNER)
    said = await weighed(ask.scope, values, owner)
    return Reply(shown=built_form(ask, owner, [one for one in said if one]))


@prepared_by(forecast.warmed)
async def save(ask: Ask) -> Reply:
    """The submitted form: the goal is saved, or the form of the one that is there already comes up."""
    values = ask.request.values
    owner = await owner_of(ask, values.get(OWNER) or ask.member.user_id, OWNER)
    calendar = await calendar_of(ask.scope, owner.team, owner.member)
    wanted = read_goal(values, owner, calendar)
    there = await already_there(ask, owner, wanted)
    if there is not None:
        return Reply(view=duplicate_form(there, wanted, owner))
    await require_reason(ask.scope, wanted, owner)
    return Reply(view=messages.saved_modal(await added(ask, owner, wanted), owner.shown), home=True)


async def set_line(ask: Ask, owner: Owner, said: str) -> Reply:
    """A goal in one line: saved and echoed as it was understood, with Edit and Remove beside it."""
    heard = heard_in(said, owner)
    calendar = await calendar_of(ask.scope, owner.team, owner.member)
    checked_period(heard.period, owner.today, calendar)
    wanted = described(
        owner,
        heard.metric,
        heard.activity_kind,
        heard.target,
        heard.period,
        owner.team.currency,
        reason=clean(heard.reason, MAX_REASON),
    )
    there = await already_there(ask, owner, wanted)
    if there is not None:
        assert there.id is not None
        label = label_of(there, owner)
        typed = (
            await standing_of(ask.scope, wanted, owner.team, owner.today)
            if wanted.target != there.target
            else None
        )
        return Reply(say=messages.duplicate(there.id, there, label, typed, owner.shown))
    await require_reason(ask.scope, wanted, owner, example=with_reason(owner, said))
    begin = await begun(ask.scope, wanted, owner)
    return Reply(say=messages.saved(await added(ask, owner, wanted), owner.shown, begin), home=True)


def with_reason(owner: Owner, said: str) -> str:
    """Return the line that sets the same goal with a reason."""
    whose_ = f"@{owner.member.name.split()[0].lower()} " if owner.shown else ""
    return f"/goal {whose_}{said} because {EXAMPLE_REASON}"


def heard_in(said: str, owner: Owner) -> GoalDraft:
    """Return the goal in a line.

    Raises:
        Refusal: as the reader of lines does, with an example that can be typed as it stands.
    """
    try:
        return read_line(said, owner.today, owner.team.fiscal_year_start, owner.team.currency)
    except Refusal as refusal:
        example = refusal.example if refusal.field in {"metric", "period"} and refusal.example else EXAMPLE
        raise Refusal(refusal.text, field=refusal.field, example=f"/goal {example}") from refusal


def says_a_goal(said: str, owner: Owner) -> bool:
    """Say whether a line can be read as a goal."""
    try:
        heard_in(said, owner)
    except Refusal:
        return False
    return True


async def added(ask: Ask, owner: Owner, wanted: Goal) -> GoalStanding:
    """Store a goal, note it, and return how it stands."""
    row = await goals.add(ask.scope, wanted, ask.member.user_id, ask.now)
    assert row.id is not None
    await note(ask, owner, row, await goals.latest_change(ask.scope, row.id), "set")
    standings = await stand(ask.scope, [row], owner.team, owner.today)
    return (await with_chances(ask.scope, standings, owner.team, owner.today))[0]


async def already_there(ask: Ask, owner: Owner, wanted: Goal) -> GoalRow | None:
    """Return the goal of the owner that says the same thing, if there is one."""
    return duplicate_of(wanted, await goals.open_goals(ask.scope, owner.member.user_id, owner.today))


def duplicate_form(there: GoalRow, wanted: Goal, owner: Owner) -> dict[str, object]:
    """Return the form that changes the goal that is there, with the target that was just typed."""
    label = label_of(there, owner)
    return messages.change_form(
        there,
        label,
        offered_periods(owner.today, owner.team.fiscal_year_start),
        str(there.id),
        messages.duplicate_note(there, label, owner.shown),
        wanted,
    )


def label_of(goal: Goal, owner: Owner) -> str:
    """Return how the goal's period is called in the owner's team."""
    return span(goal.starts_on, goal.ends_on, owner.team.fiscal_year_start).label
