"""Questions for P(hit): what a forecast reads of one goal, in plain values that a thread can answer."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from datetime import date

from sales.goals.forecast.chance import blended, chances, forecast, forecast_of_gains
from sales.goals.forecast.forecast import Forecast
from sales.goals.forecast.record import Past
from sales.goals.forecast.snapshot import DealSnapshot
from sales.goals.forecast.weights import EVEN, Weights
from sales.goals.forecast.what_if import MOST_WEIGHED
from sales.goals.goal import Metric, Target
from sales.language.dates.period import Period

FROM_DEALS = frozenset({Metric.REVENUE, Metric.DEALS_WON})
PARTS, ROUNDS = 16, 3  # of what is missing, in which the target is looked for: one part in 4,096
DOUBLINGS = 20
TOGETHER = "together"  # the one rep that a team's deals are taken to be of


@dataclass(frozen=True)
class ForecastRecord:
    """What one goal's forecast reads: the deals, and what counts towards it where won deals do not.

    `source` says what both were made from: records of one source are alike. None where nothing tells.
    """

    known: DealSnapshot | None
    past: Past | None
    source: Hashable = None


@dataclass(frozen=True)
class Question:
    """One question for P(hit): `done` of `target` by `today`; `weights` are the team's."""

    record: ForecastRecord
    rep: str
    goal: Target
    target: float
    done: float
    period: Period
    today: date
    fiscal_year_start: int
    weights: Weights = EVEN

    @property
    def key(self) -> Hashable:
        """Return all that an answer depends on, for keeping it; None where the record does not say its source."""
        if self.record.source is None:
            return None
        goal = self.goal.metric, self.goal.activity_kind, self.goal.currency
        asked = (
            self.rep,
            self.target,
            self.done,
            self.period,
            self.today,
            self.fiscal_year_start,
            self.weights,
        )
        return self.record.source, goal, asked

    @property
    def is_quick(self) -> bool:
        """Return whether an answer takes hundredths of a second and not tenths, so that dozens may be worked out."""
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
                weights=self.weights,
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
        return [blended(low, high, self.weights) for low, high in zip(floor, survival, strict=True)]

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


def largest_target(asked: Question, chance: float) -> float:
    """Return the largest target whose P(hit) is at least `chance`, as finely as the model tells."""
    low, high = 0.0, max(asked.target - asked.done, asked.target / 2, 1.0)
    for _ in range(DOUBLINGS):
        if asked.chances_of([high])[0] < chance:
            break
        low, high = high, 2 * high
    for _ in range(ROUNDS):
        gaps = [low + (high - low) * part / PARTS for part in range(1, PARTS)]
        short = next(
            (gap for gap, found in zip(gaps, asked.chances_of(gaps), strict=True) if found < chance), high
        )
        low, high = short - (high - low) / PARTS, short
    return asked.done + low


def counts_in(goal: Target) -> str:
    """Return the currency whose deals a goal is about; empty where all deals count."""
    return goal.currency if goal.metric is Metric.REVENUE else ""
