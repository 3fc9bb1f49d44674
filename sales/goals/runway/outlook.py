"""The outlook of an aim: what is won, what open deals should bring, the gap, and the runway towards it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sales.goals.goal import Goal, Metric, Target
from sales.goals.progress import TargetProgress
from sales.goals.runway.capacity import most_to_open
from sales.goals.runway.estimate import OpenDeal, Runway, expected_in, gap_after_open, runway
from sales.language.dates.period import Period
from sales.people.calendar import WorkCalendar
from sales.pipeline.cycle import Cycle, DealAhead

COUNTED = frozenset({Metric.REVENUE, Metric.DEALS_WON})  # what only won deals bring: the rest has no runway


@dataclass(frozen=True)
class Aim:
    """A target for revenue or won deals, one person's or a team's together, and what is won of it, in its unit.

    The currency of deals says nothing.
    """

    goal: Target
    won: int
    period: Period

    @property
    def currency(self) -> str:
        return self.goal.currency

    @property
    def gap(self) -> int:
        """Return what is missing to the target before anything that open deals may bring; below 0 past it."""
        return self.goal.target - self.won

    @property
    def in_deals(self) -> bool:
        return self.goal.metric is Metric.DEALS_WON


@dataclass(frozen=True)
class Outlook:
    """An aim as it stands on a day. `expected` is what `open_deals` should bring within the period.

    `unvalued` of them carry no value and count as a typical win. Amounts are in the aim's unit. `pace` is how many
    deals a day the people it belongs to opened in their best weeks, 0 where nothing tells. `standing` is the same aim
    as every other surface has it, with its chance; None where nobody asked for it. Where `start_is_unknown`, nobody
    said what was won before the goal was set.
    """

    aim: Aim
    expected: float
    open_deals: int
    unvalued: int
    runway: Runway
    pace: float = 0.0
    standing: TargetProgress | None = None
    start_is_unknown: bool = False

    @property
    def is_reached(self) -> bool:
        """Return whether the target is reached by what is won."""
        return self.aim.gap <= 0

    @property
    def asks_start(self) -> bool:
        """Return whether nobody said yet what was won before the goal was set: then nothing tells what is missing."""
        return self.start_is_unknown or (self.standing is not None and self.standing.asks_start)

    @property
    def has_need(self) -> bool:
        """Return whether there is something to be sure of: it is known what is missing, and something is."""
        return not self.asks_start and not self.is_reached

    @property
    def is_in_doubt(self) -> bool:
        """Return whether the chance says that what is open may well not do, whatever it brings on average."""
        return self.standing is not None and self.standing.may_fall_short

    @property
    def gap(self) -> float:
        """Return what is missing after the wins and after what open deals should bring; never below 0."""
        return self.runway.gap

    @property
    def is_open(self) -> bool:
        """Return whether a deal opened today can still be won in time, and one is needed."""
        return bool(self.gap) and not self.runway.has_passed

    @property
    def to_open(self) -> int | None:
        """Return how many deals close the gap if they are opened today; None where none do, or nobody can open them."""
        need = self.runway.needed
        return need.deals if need is not None and self.can_open(need.deals) else None

    @property
    def is_beyond(self) -> bool:
        """Return whether more is missing than can be opened in time; never of what is on pace by its chance."""
        if self.standing is not None and not self.standing.may_fall_short:
            return False
        need = self.runway.needed
        if need is None:
            return bool(self.gap) and self.runway.from_history
        return need.deals is not None and not self.can_open(need.deals)

    def can_open(self, deals: int | None, days: int | None = None) -> bool:
        """Return whether so many can be opened in so many days, by default those that are left for it.

        Nobody opens more than everybody ever closed.
        """
        if deals is None:
            return False
        most = most_to_open(self.pace, self.runway.days_to_open if days is None else days)
        return deals <= (self.runway.closed if most is None else most)


def outlook(
    aim: Aim,
    deals: Iterable[DealAhead],
    cycle: Cycle,
    today: date,
    share: float,
    calendar: WorkCalendar,
    *,
    mean_won: float | None,
    cycle_days: int,
    pace: float = 0.0,
) -> Outlook:
    """Return the outlook of an aim from the open deals of those it belongs to.

    `share` is p in 0..1, `mean_won` the mean value of a won deal in minor units of the aim's currency, None
    where none is known. Deals in another currency bring nothing to a revenue aim. A deal without a value
    counts as a mean win of its product, else of any: nothing would claim that it is worth nothing. `pace` is how many
    deals a day they opened in their best weeks.
    """
    counted = [deal for deal in deals if aim.in_deals or deal.currency == aim.currency]
    ahead = _valued(counted, aim, mean_won or 0.0)
    expected = expected_in(ahead, cycle, today, aim.period)
    found = runway(
        aim.period,
        today,
        cycle,
        share,
        calendar,
        gap=gap_after_open(aim.goal.target, aim.won, expected),
        mean_won=None if aim.in_deals else mean_won or 0.0,
        cycle_days=cycle_days,
    )
    unvalued = 0 if aim.in_deals else sum(deal.value_minor == 0 for deal in counted)
    return Outlook(aim, expected, len(counted), unvalued, found, pace)


def _valued(deals: Sequence[DealAhead], aim: Aim, mean_won: float) -> list[OpenDeal]:
    if aim.in_deals:
        return [OpenDeal(deal.opened_on, 1) for deal in deals]
    return [OpenDeal(deal.opened_on, deal.value_minor or deal.typical_minor or mean_won) for deal in deals]


def has_runway(row: Goal, today: date) -> bool:
    """Say whether only won deals bring a goal nearer, and its period is not over."""
    return row.metric in COUNTED and row.ends_on >= today
