"""Changing, closing and taking back a goal; what it said before stays in its history."""

from collections.abc import Sequence

from handlers.context import Ask, prepared_by
from handlers.goals import forecast
from handlers.goals.goal.entry import label_of, says_a_goal
from handlers.goals.goal.form import MAX_BECAUSE, read_goal
from handlers.goals.goal.news import note
from handlers.goals.goal.owner import Owner, owner_of, whose
from handlers.goals.goal.suggestion import require_reason, weighed
from handlers.reply import Reply
from messages.blocks import Message
from messages.goals import goal as messages
from messages.goals.goal.form import BECAUSE, PERIOD
from sales.goals.goal import MAX_TARGET, GoalState, duplicate_of, offered_periods
from sales.goals.progress import GoalStanding
from sales.language.typed_text import clean, shorten
from sales.refusal import Refusal
from storage.goals import goal as goals
from storage.goals.forecast import chance
from storage.goals.goal import GoalRow
from storage.goals.goal_chance import member_chances
from storage.goals.progress import stand, standings
from storage.people.calendar import calendar_of
from storage.undo import image

TAKEN_BACK = "taken back"


async def edit(ask: Ask) -> Reply:
    """`/goal edit`: the form of the goal that is meant, or the question which one."""
    owner, said = await whose(ask)
    found = await meant(ask, owner, said)
    if len(found) != 1:
        return Reply(say=messages.choose(found, "edit") if found else messages.goals([], owner.shown))
    row = await goals.goal(ask.scope, found[0].goal_id)
    assert row is not None
    return Reply(view=form_of(row, owner))


async def open_edit(ask: Ask) -> Reply:
    """The Edit button."""
    row, owner = await named(ask, ask.request.value)
    if row.state is GoalState.CLOSED:
        return Reply(say=messages.already_closed(row, label_of(row, owner)))
    return Reply(view=form_of(row, owner))


@prepared_by(forecast.warmed)
async def save_change(ask: Ask) -> Reply:
    """The submitted form of an existing goal."""
    row, owner = await named(ask, ask.request.private)
    label = label_of(row, owner)
    if row.state is GoalState.CLOSED:
        return Reply(say=messages.already_closed(row, label))
    calendar = await calendar_of(ask.scope, owner.team, owner.member)
    wanted = read_goal(ask.request.values, owner, calendar, of=row)
    because = clean(ask.request.values[BECAUSE] or "", MAX_BECAUSE, BECAUSE)
    others = [one for one in await open_goals(ask, owner) if one.id != row.id]
    if (twin := duplicate_of(wanted, others)) is not None:
        there = messages.aim(twin, label_of(twin, owner))
        raise Refusal(f"There is a goal for that already: {there}. Edit or close that one.", field=PERIOD)
    fields = ("target", "period_kind", "starts_on", "ends_on", "objective", "reason")
    values = {name: getattr(wanted, name) for name in fields}
    if wanted.target != row.target:
        await require_reason(ask.scope, wanted, owner, because)
    before, said = messages.aim(row, label), image(row)
    change = await goals.change(ask.scope, row, ask.member.user_id, ask.now, because, **values)
    if change is None:
        return Reply(view=messages.unchanged_modal(row, label))
    await note(ask, owner, row, change, "changed", said)
    standings = await stand(ask.scope, [row], owner.team, owner.today)
    (standing,) = await chance.with_chances(ask.scope, standings, owner.team, owner.today)
    now = messages.aim(row, standing.label)
    return Reply(
        view=messages.changed_modal(standing, before if before != now else "", owner.shown), home=True
    )


async def weigh(ask: Ask) -> Reply:
    """Something was chosen or typed in the form that changes a goal: it comes again with what history says of that."""
    row, owner = await named(ask, ask.request.private)
    said = await weighed(ask.scope, ask.request.values, owner, row)
    return Reply(shown=form_of(row, owner, [one for one in said if one]))


@prepared_by(forecast.warmed)
async def retarget(ask: Ask) -> Reply:
    """The button that gives a goal that is there already the target just typed."""
    goal_id, _, target = ask.request.value.partition(":")
    row, owner = await named(ask, goal_id)
    label = label_of(row, owner)
    if row.state is GoalState.CLOSED:
        return Reply(edit=messages.already_closed(row, label))
    if not target.isdigit() or not 0 < int(target) <= MAX_TARGET:
        raise Refusal("This button has lost its target. Set the goal again.", example="/goal set")
    wanted = row.model_copy(update={"target": int(target), "reason": ""})
    await require_reason(ask.scope, wanted, owner, example="/goal edit")
    before, said = messages.aim(row, label), image(row)
    change = await goals.change(ask.scope, row, ask.member.user_id, ask.now, target=int(target))
    if change is None:
        return Reply(edit=messages.unchanged(row, label))
    await note(ask, owner, row, change, "changed", said)
    standings = await stand(ask.scope, [row], owner.team, owner.today)
    (standing,) = await chance.with_chances(ask.scope, standings, owner.team, owner.today)
    return Reply(edit=messages.changed(standing, before, owner.shown), home=True)


async def close(ask: Ask) -> Reply:
    """`/goal close`: the goals there are, each with a button; closing asks once more."""
    owner, said = await whose(ask)
    found = await meant(ask, owner, said)
    return Reply(say=messages.choose(found, "close") if found else messages.goals([], owner.shown))


async def close_one(ask: Ask) -> Reply:
    """The Close button: the list it stood in is shown again without the goal."""
    row, owner = await named(ask, ask.request.value)
    label = label_of(row, owner)
    said = image(row)
    closed = await goals.close(ask.scope, row, ask.member.user_id, ask.now)
    if closed is not None:
        await note(ask, owner, row, closed, "closed", said)
    say = messages.already_closed(row, label) if closed is None else messages.closed(row, label, owner.shown)
    return Reply(say=say, edit=await listed(ask, owner), home=True)


async def remove(ask: Ask) -> Reply:
    """The Remove button beside a goal just set: a slip is taken back in one click."""
    row, owner = await named(ask, ask.request.value)
    label = label_of(row, owner)
    said = image(row)
    taken_back = await goals.close(ask.scope, row, ask.member.user_id, ask.now, TAKEN_BACK)
    if taken_back is None:
        return Reply(edit=messages.already_closed(row, label))
    await note(ask, owner, row, taken_back, "removed", said)
    return Reply(edit=messages.removed(row, label), home=True)


async def named(ask: Ask, goal_id: str) -> tuple[GoalRow, Owner]:
    """Return the goal that a button or form is about, and its owner.

    Raises:
        Refusal: if there is no such goal, or the asking person may not touch it.
    """
    row = await goals.goal(ask.scope, int(goal_id)) if goal_id.isdigit() else None
    if row is None:
        raise Refusal("This goal is not there any more.", example="/goal")
    return row, await owner_of(ask, row.owner_id)


async def open_goals(ask: Ask, owner: Owner) -> list[GoalRow]:
    return await goals.open_goals(ask.scope, owner.member.user_id, owner.today)


async def listed(ask: Ask, owner: Owner) -> Message:
    """Return the list of the owner's goals as it is now."""
    return await told(ask, owner, await standings(ask.scope, owner.member, owner.team, owner.today))


async def told(ask: Ask, owner: Owner, found: Sequence[GoalStanding]) -> Message:
    """Return some of the owner's goals with their chances."""
    shown = await member_chances(ask.scope, found, owner.member, owner.team, owner.today)
    return messages.goals(shown, owner.shown)


async def meant(ask: Ask, owner: Owner, said: str) -> list[GoalStanding]:
    """Return the owner's goals whose words hold every word that was said.

    Raises:
        Refusal: if words were said and no goal has them all.
    """
    found = await standings(ask.scope, owner.member, owner.team, owner.today)
    words = said.casefold().split()
    fitting = [one for one in found if all(word in wording(one) for word in words)]
    if found and not fitting:
        raise Refusal(f"None of the goals says “{shorten(said)}”. See them all first.", example="/goal")
    return fitting


async def picked(ask: Ask, owner: Owner, said: str) -> list[GoalStanding]:
    """Return the goals that `/goal 2`, `/goal revenue` or `/goal Q4` means; none where the words say a new goal.

    A line that can be read as a goal sets one, unless it is the place of one in the list and nothing else.
    """
    found = await standings(ask.scope, owner.member, owner.team, owner.today)
    if said.isascii() and said.isdigit() and 0 < int(said[:3]) <= len(found):
        return [found[int(said[:3]) - 1]]
    if any(char.isdigit() for char in said) and says_a_goal(said, owner):
        return []
    return [one for one in found if all(word in wording(one) for word in said.casefold().split())]


def wording(standing: GoalStanding) -> str:
    """Return what a goal may be found by."""
    return f"{messages.aim(standing.goal, standing.label)} {standing.objective}".casefold()


def form_of(row: GoalRow, owner: Owner, evidence: Sequence[str] = ()) -> dict[str, object]:
    """Return the form that changes a goal.

    Raises:
        Refusal: if its period is over: what it came to stays as it was.
    """
    label = label_of(row, owner)
    if row.ends_on < owner.today:
        raise Refusal(
            f"{label} is over, so this goal stays as it is. Set one for the next.", example="/goal set"
        )
    return messages.change_form(
        row,
        label,
        offered_periods(owner.today, owner.team.fiscal_year_start),
        str(row.id),
        evidence=evidence,
    )
