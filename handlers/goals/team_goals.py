"""Goals for all reps of a team in one go: a target with its split, or a pasted list; saved and taken back as one."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any

from handlers.context import Context
from handlers.feature import Command, Feature, Look, Phrase, Section, Shown, Surface, routes
from handlers.goals.goal.news import tell
from handlers.goals.goal.owner import Owner
from handlers.people.team import changeable_team, team_by_id, team_to_change, ways_to_teams
from handlers.remembered import remember
from handlers.reply import Reply
from messages.goals import goal as goal_views
from messages.goals import team_goals as views
from sales.followups.activity import ActivityKind
from sales.goals.goal import (
    Goal,
    Measure,
    Metric,
    Target,
    checked_period,
    duplicate_of,
    offered_periods,
    read_target,
    suggested_period,
    target_in,
)
from sales.goals.goal_list import read_list
from sales.goals.split import Split, split_among
from sales.goals.suggestion import unit_of
from sales.language.dates.instants import local_date
from sales.language.dates.period import Period, next_period, previous_period, span, week_of
from sales.language.typed_text import clean
from sales.people.permission import Act
from sales.refusal import Refusal
from sales.undo import UNDO_FOR
from sales.value import changed
from storage.goals import goal as queries
from storage.goals.attainment import attained_of
from storage.goals.goal import GoalChangeRow, GoalRow
from storage.people.calendar import calendar_of
from storage.people.member import MemberRow, reps_in
from storage.people.team import TeamRow
from storage.row_image import Touched, image

MAX_REASON = 500
MOST_TEAMS = 3  # that get a way of their own on Home
ANY = 1  # as a target, where a list is going to tell it


@dataclass(frozen=True)
class TeamGoalDraft:
    """What the form asks for, all but the parts: whose goals, what is counted, in which period, and why."""

    team: TeamRow
    reps: Sequence[MemberRow]
    metric: Metric
    activity: ActivityKind | None
    period: Period
    reason: str

    def target(self, value: int) -> Target:
        return target_in(self.period, self.metric, value, self.team.currency, self.activity)

    def amount(self, typed: str, field: str) -> int:
        return read_target(typed, self.metric, self.team.currency, field)

    @property
    def names(self) -> dict[str, str]:
        return {rep.user_id: rep.name for rep in self.reps}


async def command(context: Context) -> Reply:
    """`/team goals`: the form for the goals of everybody in a team."""
    return await form_of(context, await team_to_change(context))


async def open_by_button(context: Context) -> Reply:
    """Set goals on a manager's Home."""
    return await form_of(
        context, await changeable_team(context, await team_by_id(context, context.request.value))
    )


async def form_of(context: Context, team: TeamRow) -> Reply:
    """Open the form of a team.

    Raises:
        Refusal: if it has no reps.
    """
    reps = await reps_in(context.scope, team.id)
    if not reps:
        raise Refusal(views.refused("nobody_here", team=team.name))
    today = local_date(context.now, team.zone)
    week = week_of(today)
    periods = [*offered_periods(today, team.fiscal_year_start), week, next_period(week)]
    suggested = suggested_period(today, team.fiscal_year_start)
    return Reply(view=views.split_form(team.name, len(reps), periods, suggested, str(team.id)))


async def asked(context: Context, team_id: str, values: Mapping[str, Any]) -> TeamGoalDraft:
    """Return what the first form asks for.

    Raises:
        Refusal: for a period no goal can be set in, or a team that is not theirs to change.
    """
    team = await changeable_team(context, await team_by_id(context, team_id))
    name, _, kind = str(values[views.METRIC]).partition(":")
    first, _, last = str(values[views.PERIOD]).partition(":")
    period = span(date.fromisoformat(first), date.fromisoformat(last), team.fiscal_year_start)
    today = local_date(context.now, team.zone)
    return TeamGoalDraft(
        team,
        await reps_in(context.scope, team.id),
        Metric(name),
        ActivityKind(kind) if kind else None,
        checked_period(period, today, await calendar_of(context.scope, team), views.PERIOD),
        clean(values[views.REASON] or "", MAX_REASON, views.REASON),
    )


async def split(context: Context) -> Reply:
    """The first form: a list is saved at once, a target comes up again in its parts."""
    values = context.request.values
    wanted = await asked(context, context.request.private, values)
    typed, pasted = values[views.TARGET] or "", values[views.LIST] or ""
    if pasted.strip():
        return await from_list(context, wanted, typed, pasted)
    if not typed.strip():
        raise Refusal(views.refused("no_target"), field=views.TARGET)
    target = wanted.target(wanted.amount(typed, views.TARGET))
    how = Split(values[views.HOW])
    parts = await parts_of(context, wanted, target, how)
    if len(wanted.reps) > views.MOST_PARTS:
        return await save(context, wanted, parts)
    kept = [
        context.request.private,
        target.target,
        {name: values[name] for name in (views.METRIC, views.PERIOD, views.REASON)},
    ]
    reps = [(rep.user_id, rep.name) for rep in wanted.reps]
    return Reply(view=views.parts_form(target, wanted.period.label, how, reps, parts, json.dumps(kept)))


async def from_list(context: Context, wanted: TeamGoalDraft, typed: str, pasted: str) -> Reply:
    """Save what a pasted list says; a target beside it, or a line for the total, has to be what it adds up to."""
    found = read_list(pasted, wanted.names, partial(wanted.amount, field=views.LIST), views.LIST)
    total = wanted.amount(typed, views.TARGET) if typed.strip() else found.total
    if total is not None:
        require_sum(wanted.target(total), found.parts, views.LIST)
    return await save(context, wanted, found.parts)


async def parts_of(context: Context, wanted: TeamGoalDraft, target: Target, how: Split) -> dict[str, int]:
    """Return everybody's part of a target; by hand nobody has one yet.

    Raises:
        Refusal: where the period before tells nothing, or somebody would be left without a part.
    """
    reps = [rep.user_id for rep in wanted.reps]
    if how is Split.BY_HAND:
        if len(reps) > views.MOST_PARTS:
            raise Refusal(views.refused("too_many", reps=len(reps)), field=views.HOW)
        return {}
    weights = [1.0] * len(reps) if how is Split.EVENLY else await brought_before(context, wanted)
    parts = split_among(target.target, weights, unit_of(target))
    if how is Split.EVENLY and not all(parts):
        told = goal_views.title(target)
        raise Refusal(views.refused("too_small", target=told, reps=len(reps)), field=views.TARGET)
    return dict(zip(reps, parts, strict=True))


async def brought_before(context: Context, wanted: TeamGoalDraft) -> list[float]:
    """Return what each rep brought in the last period of this kind that is over.

    Raises:
        Refusal: if nobody brought anything.
    """
    year_start, today = wanted.team.fiscal_year_start, local_date(context.now, wanted.team.zone)
    before = previous_period(wanted.period, year_start)
    while before.end >= today:
        before = previous_period(before, year_start)
    measures = [
        Measure(rep.user_id, wanted.metric, before.start, before.end, wanted.activity, wanted.team.currency)
        for rep in wanted.reps
    ]
    found = await attained_of(context.scope, measures, today)
    if not any(found):
        raise Refusal(views.refused("nothing_before", label=before.label), field=views.HOW)
    return [float(each) for each in found]


async def save_parts(context: Context) -> Reply:
    """The second form: everybody's part, as it was split or changed by hand."""
    team_id, target, values = json.loads(context.request.private)
    wanted = await asked(context, team_id, values)
    parts: dict[str, int] = {}
    for rep in wanted.reps:
        field = f"{views.PART}{rep.user_id}"
        if typed := (context.request.values.get(field) or "").strip():
            parts[rep.user_id] = wanted.amount(typed, field)
    if not wanted.reps:
        raise Refusal(views.refused("nobody_here", team=wanted.team.name))
    first = f"{views.PART}{wanted.reps[0].user_id}"
    if not parts:
        raise Refusal(views.refused("no_parts"), field=first)
    require_sum(wanted.target(int(target)), parts, first)
    return await save(context, wanted, parts)


def require_sum(target: Target, parts: Mapping[str, int], field: str) -> None:
    """Let parts pass that add up to a target.

    Raises:
        Refusal: saying by how much they miss it.
    """
    if (together := sum(parts.values())) != target.target:
        raise Refusal(views.sum_trouble(target, together), field=field)


async def save(context: Context, wanted: TeamGoalDraft, parts: Mapping[str, int]) -> Reply:
    """Set everybody's goal, or change the one that is there, as one action; each owner is told unless it is undone."""
    told, touched = [], []
    for rep in wanted.reps:
        value = parts.get(rep.user_id)
        if not value:
            continue
        row, change, said, before = await set_one(context, wanted, rep, value)
        told.append((rep.name, value, before))
        if change is None:
            continue
        touched += [Touched(row, said), Touched(change)]
        if rep.user_id != context.member.user_id:
            owner = Owner(rep, wanted.team, local_date(context.now, rep.zone), rep.user_id)
            await tell(context, owner, change, after=UNDO_FOR)
    target = wanted.target(sum(value for _, value, _ in told))
    summary = f"{goal_views.aim(target, wanted.period.label)}, for {wanted.team.name}"
    undo = await remember(context, summary, *touched)
    return Reply(view=views.saved(target, wanted.period.label, told, undo.id), home=True)


async def set_one(
    context: Context, wanted: TeamGoalDraft, rep: MemberRow, value: int
) -> tuple[GoalRow, GoalChangeRow | None, dict[str, Any] | None, int | None]:
    """Set one rep's goal; return it, what was noted, what the row said, and the target it had."""
    goal = Goal.model_validate(
        {**wanted.target(value).model_dump(), "owner_id": rep.user_id, "reason": wanted.reason}
    )
    open_ones = await queries.open_goals(context.scope, rep.user_id, local_date(context.now, rep.zone))
    there = duplicate_of(goal, await queries.for_others(context.scope, open_ones))
    by: tuple[str, datetime] = context.member.user_id, context.now
    if there is None:
        row = await queries.add_goal(context.scope, goal, *by)
        return row, await queries.latest_goal_change(context.scope, row.id), None, None
    said, before = image(there), there.target
    days = {name: getattr(goal, name) for name in ("target", "period_kind", "starts_on", "ends_on")}
    reason = {"reason": wanted.reason} if wanted.reason or value != before else {}
    change = await queries.change_goal(
        context.scope, there, changed(Goal, there, **days, **reason), *by, wanted.reason
    )
    return there, change, said, before


async def home_button(look: Look) -> Shown | None:
    """The way to the goals of each team somebody manages, the first few."""
    return await ways_to_teams(look, views.home_button, MOST_TEAMS)


FEATURE = Feature(
    name="goals of a team",
    commands=(
        Command(
            "team goals",
            "[name]",
            "goals for all reps: a target and its split, or a pasted list",
            "/team goals",
            command,
            Act.CHANGE_TEAM,
            order=64,
        ),
    ),
    phrases=(
        Phrase(
            r"set (?:the |my |our )?(?:goals|targets) (?:for|of) (?:the|my|our) (?:team|reps|people)",
            "team",
            "goals",
        ),
    ),
    actions=routes(Act.CHANGE_TEAM, {views.OPEN: open_by_button}),
    views=routes(Act.CHANGE_TEAM, {views.SPLIT_FORM: split, views.PARTS_FORM: save_parts}),
    sections=(Section(Surface.HOME_BUTTONS, 22, home_button, Act.CHANGE_TEAM),),
)
