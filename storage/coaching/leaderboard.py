"""The leaderboard: how far a team's reps are on the goal that most of them have, of those who want to be named."""

from collections import defaultdict
from datetime import date
from typing import NamedTuple

from sales.coaching.leaderboard import BoardPlace
from sales.goals.goal import Goal, Metric
from sales.language.dates.period import Period, span
from storage.coaching.recognition import unmentioned
from storage.goals.attainment import attained_of
from storage.goals.goal import GoalRow, for_others, open_goals_of
from storage.people.member import reps_in
from storage.people.team import TeamRow
from storage.scope import Scope


class TeamBoard(NamedTuple):
    """What a team's reps are compared by, a goal for it, and how far each is."""

    goal: Goal
    period: Period
    places: list[BoardPlace]


async def board_of(scope: Scope, team: TeamRow, today: date) -> TeamBoard | None:
    """Return a team's reps on the goal that most of them have, revenue first; None where none has any."""
    reps = {rep.user_id: rep for rep in await reps_in(scope, team.id)}
    named = sorted(set(reps) - await unmentioned(scope, reps))
    rows = await for_others(scope, await open_goals_of(scope, named, today))
    alike: dict[tuple[Metric, str, date, date], list[GoalRow]] = defaultdict(list)
    for row in rows:
        if row.starts_on <= today and row.activity_kind is None:
            alike[row.metric, row.currency, row.starts_on, row.ends_on].append(row)
    if not alike:
        return None
    shared = max(
        alike.values(),
        key=lambda some: (
            len({one.owner_id for one in some}),
            some[0].metric is Metric.REVENUE,
            some[0].ends_on,
        ),
    )
    done, target = defaultdict[str, int](int), defaultdict[str, int](int)
    for row, attained in zip(shared, await attained_of(scope, shared, today), strict=True):
        done[row.owner_id] += attained
        target[row.owner_id] += row.target
    places = [BoardPlace(one, reps[one].name, done[one] / target[one]) for one in target]
    first = shared[0]
    return TeamBoard(first, span(first.starts_on, first.ends_on, team.fiscal_year_start), places)
