"""Questions for P(hit): what a forecast reads of one goal, in plain values that a thread can answer."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from handlers.goals.forecast.grounds import TOGETHER, activities_of, counts_in, known_of
from sales.followups.activity import ActivityKind
from sales.goals.forecast.chance import blended, chances, forecast, forecast_of_gains
from sales.goals.forecast.forecast import Forecast
from sales.goals.forecast.record import Past
from sales.goals.forecast.snapshot import Known
from sales.goals.forecast.what_if import MOST_WEIGHED
from sales.goals.goal import Goal, Metric
from sales.goals.progress import GoalStanding
from sales.language.dates.period import Period
from storage.people import member as members
from storage.people.team import TeamRow
from storage.scope import Scope

T = TypeVar("T")
FEW = 4  # goals answered at once; more go to a thread
FROM_DEALS = frozenset({Metric.REVENUE, Metric.DEALS_WON})


@dataclass(frozen=True)
class Record:
    """What one goal's forecast reads: the deals, and what counts towards it where won deals do not."""

    known: Known | None
    past: Past | None


@dataclass(frozen=True)
class Question:
    """One question for P(hit): `done` of `target` by `today`."""

    record: Record
    rep: str
    goal: Goal
    target: float
    done: float
    period: Period
    today: date
    fiscal_year_start: int

    @property
    def is_quick(self) -> bool:
        """Return whether an answer takes hundredths of a second, and not tenths that nobody else may work in."""
        known = self.record.known
        return known is None or len(known.book.open_deals.get(self.rep, ())) <= MOST_WEIGHED

    @property
    def in_deals(self) -> bool:
        return self.goal.metric is Metric.DEALS_WON

    @property
    def is_of_deals(self) -> bool:
        """Return whether won deals bring the goal nearer, and not what a rep does."""
        return self.goal.metric in FROM_DEALS

    def answer(self) -> Forecast:
        """Return the forecast."""
        if self.is_of_deals:
            assert self.record.known is not None
            return forecast(
                self.record.known,
                self.rep,
                self.target,
                self.done,
                self.period,
                in_deals=self.in_deals,
                fiscal_year_start=self.fiscal_year_start,
            )
        return self._of_gains(self.target)

    def chances_of(self, gaps: Sequence[float]) -> list[float]:
        """Return P(at least each gap more comes in), in 0..1, for many gaps at little more than the cost of one."""
        if not self.is_of_deals:
            return [self._of_gains(self.done + gap).chance or 0.0 for gap in gaps]
        assert self.record.known is not None
        ahead = self.record.known.ahead(self.period, self.fiscal_year_start)
        bets = ahead.bets(self.record.known.book.open_deals.get(self.rep, ()), in_deals=self.in_deals)
        floor, survival = chances(ahead, self.rep, gaps, bets, in_deals=self.in_deals)
        if survival is None:
            return floor
        return [blended(low, high) for low, high in zip(floor, survival, strict=True)]

    def _of_gains(self, target: float) -> Forecast:
        what, event = ("created", "opportunity") if self.goal.activity_kind is None else ("done", "entry")
        return forecast_of_gains(
            self.record.past,
            self.rep,
            target,
            self.done,
            self.period,
            self.today,
            what=what,
            event=event,
            fiscal_year_start=self.fiscal_year_start,
        )


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

    async def question(self, standing: GoalStanding, owners: Sequence[str] = ()) -> Question:
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

    async def record(self, goal: Goal, day: date, owners: Sequence[str]) -> Record:
        """Return what a goal's forecast reads, as it was known on `day`."""
        if goal.activity_kind is not None:
            people = tuple(sorted(owners)) or tuple(sorted({goal.owner_id, *await self.colleagues()}))
            key = goal.activity_kind, day, bool(owners), people
            if key not in self.pasts:
                self.pasts[key] = await activities_of(
                    self.scope, people, goal.activity_kind, day, together=bool(owners)
                )
            return Record(None, self.pasts[key])
        known = await known_of(self.scope, counts_in(goal), self.today, day, owners)
        return Record(known, known.openings)

    async def colleagues(self) -> list[str]:
        """Return the user ids of the team's people."""
        if self.people is None:
            assert self.team.id is not None
            self.people = [member.user_id for member in await members.in_team(self.scope, self.team.id)]
        return self.people
