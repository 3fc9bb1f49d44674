"""One-on-ones: a team's people and what became of their last days, in few questions however many they are."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from sales.coaching.one_on_one import LOOK_BACK, RepWeek
from sales.goals.progress import GoalProgress
from storage.followups.activity import logged_between
from storage.followups.followup import overdue_of
from storage.goals.forecast.chance import compared_chances, with_chances
from storage.people.leave import leave_ahead, leave_of
from storage.people.member import MemberRow
from storage.people.team import TeamRow
from storage.pipeline.opportunity import last_opened, wins_between
from storage.scope import Scope

USUAL = timedelta(days=21)  # before the week, that tell what is usual


async def rep_weeks(
    scope: Scope, reps: Mapping[str, MemberRow], goals: Sequence[GoalProgress], today: date
) -> list[RepWeek]:
    """Return a team's reps by name, with their goals among these."""
    first = today - timedelta(days=LOOK_BACK - 1)
    theirs: dict[str, list[GoalProgress]] = defaultdict(list)
    for one in goals:
        theirs[one.goal.owner_id].append(one)
    overdue = await overdue_of(scope, reps, today)
    opened = await last_opened(scope, reps, today)
    logged = await logged_between(scope, reps, first, today)
    usual = await logged_between(scope, reps, first - USUAL, first - timedelta(days=1))
    won: dict[str, int] = defaultdict(int)
    for row in await wins_between(scope, reps, first, today):
        won[str(row.owner_id)] += 1
    await leave_ahead(scope, reps)
    return [
        RepWeek(
            user_id=user_id,
            name=rep.name,
            goals=tuple(theirs[user_id]),
            overdue=overdue.get(user_id, 0),
            idle=(today - opened[user_id]).days if user_id in opened else None,
            logged=logged.get(user_id, 0),
            usual=usual.get(user_id, 0),
            wins=won[user_id],
            away=any(one.first <= today for one in await leave_of(scope, user_id, today)),
        )
        for user_id, rep in sorted(reps.items(), key=lambda one: (one[1].name.casefold(), one[0]))
    ]


async def with_their_chances(
    scope: Scope, people: Sequence[RepWeek], team: TeamRow, today: date
) -> list[RepWeek]:
    """Return the same people, the goal that decides with its chance."""
    deciding = [one.goal for one in people if one.goal is not None]
    return with_goals(people, await with_chances(scope, deciding, team, today))


async def with_last_week(
    scope: Scope, people: Sequence[RepWeek], team: TeamRow, today: date
) -> list[RepWeek]:
    """Return the same people, the goal that decides with its chance and what that was a week ago."""
    deciding = [one.goal for one in people if one.goal is not None]
    return with_goals(people, await compared_chances(scope, deciding, team, today))


def with_goals(people: Sequence[RepWeek], goals: Sequence[GoalProgress]) -> list[RepWeek]:
    found = {one.goal_id: one for one in goals}
    return [replace(one, goals=tuple(found.get(each.goal_id, each) for each in one.goals)) for one in people]
