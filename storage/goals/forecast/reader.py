"""Questions for P(hit): what a forecast reads of one goal, in plain values that a thread can answer."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, TypeVar

from sales.followups.activity import ActivityKind
from sales.goals.forecast.forecast import Forecast
from sales.goals.forecast.question import TOGETHER, ForecastRecord, Question, counts_in
from sales.goals.forecast.record import Past
from sales.goals.goal import Goal
from sales.goals.progress import GoalProgress
from sales.language.dates.period import Period
from storage.goals.forecast.snapshot import activities_of, known_of
from storage.people.member import members_in
from storage.people.team import TeamRow
from storage.scope import Scope

T = TypeVar("T")
FEW = 4  # goals answered at once; more go to a thread


async def answers(asked: Sequence[Question]) -> list[Forecast]:
    """Answer questions; many of them in a thread."""
    if len(asked) <= FEW and all(one.is_quick for one in asked):
        return [one.answer() for one in asked]
    return await asyncio.to_thread(lambda: [one.answer() for one in asked])


async def worked(now: Question, work: Callable[..., T], *args: Any) -> T:
    """Run work about a question, in a thread where it takes long."""
    return work(*args) if now.is_quick else await asyncio.to_thread(work, *args)


class Reader:
    """Reads what forecasts of one team's goals need on one day, each thing once."""

    def __init__(self, scope: Scope, team: TeamRow, today: date) -> None:
        self.scope = scope
        self.team = team
        self.today = today
        self.pasts: dict[tuple[ActivityKind, date, bool, tuple[str, ...]], Past | None] = {}
        self.people: list[str] | None = None

    async def question(self, standing: GoalProgress, owners: Sequence[str] = ()) -> Question:
        """Return the question for a goal as it stands; with `owners`, of these people's goals added up."""
        return await self.asked(standing.goal, standing.attained, standing.pace.period, owners=owners)

    async def asked(
        self, goal: Goal, done: float, period: Period, day: date | None = None, owners: Sequence[str] = ()
    ) -> Question:
        """Return the question as it was on `day`, by default today, with what was done by then."""
        record = await self.record(goal, day or self.today, owners)
        return Question(
            record,
            TOGETHER if owners else goal.owner_id,
            goal,
            goal.target,
            done,
            period,
            day or self.today,
            self.team.fiscal_year_start,
        )

    async def record(self, goal: Goal, day: date, owners: Sequence[str]) -> ForecastRecord:
        """Return what a goal's forecast reads, as it was known on `day`."""
        if goal.activity_kind is not None:
            people = tuple(sorted(owners)) or tuple(sorted({goal.owner_id, *await self.colleagues()}))
            key = goal.activity_kind, day, bool(owners), people
            if key not in self.pasts:
                self.pasts[key] = await activities_of(
                    self.scope, people, goal.activity_kind, day, together=bool(owners)
                )
            return ForecastRecord(None, self.pasts[key])
        known = await known_of(self.scope, counts_in(goal), self.today, day, owners)
        return ForecastRecord(known, known.openings)

    async def colleagues(self) -> list[str]:
        """Return the user ids of the team's people."""
        if self.people is None:
            self.people = [member.user_id for member in await members_in(self.scope, self.team.id)]
        return self.people
