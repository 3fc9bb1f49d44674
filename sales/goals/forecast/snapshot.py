"""What a day's record says of a period: the part of a forecast that all reps and goals share."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date

from sales.goals.forecast.book import ALL_KNOWN, Book, book_of, openings_of, tally_on, wins_of
from sales.goals.forecast.hazards import DealChances, Hazards, Window, hazards_of
from sales.goals.forecast.phase import Phases, even, phases_of
from sales.goals.forecast.rates import Ahead, Count, EventRates, fit
from sales.goals.forecast.record import DealRecord, Past, day_after
from sales.goals.forecast.sums import OpenDealOutcome
from sales.goals.forecast.weights import EVEN, Weights
from sales.language.dates.period import Period
from sales.pipeline.cycle import Cycle, cycle_of
from sales.pipeline.tally import Tally

MIX_WEIGHT = 1.0  # wins of the team's product mix that a rep's own leans on (forecasts.md §2.4)


@dataclass(frozen=True)
class DealSnapshot:
    """Deals as they were known on a day, and what they tell of rates, cycle and values.

    `wins` and `openings` are None where there were none. `typical` is the mean win of a product, under None
    the mean of all; it is empty without a win. Keep it for all reps and goals of a day: what it says of a
    period is worked out once.
    """

    today: date
    book: Book
    wins: Past | None
    openings: Past | None
    cycle: Cycle
    hazards: Hazards | None
    typical: dict[str | None, float]
    _ahead: dict[tuple[Period, int, date, bool], "PeriodAhead"] = field(
        default_factory=dict, repr=False, compare=False
    )

    def ahead(
        self,
        period: Period,
        fiscal_year_start: int = 1,
        today: date | None = None,
        *,
        phased: bool = True,
        weights: Weights = EVEN,
    ) -> "PeriodAhead":
        """Return what the record says of a period, seen from a day, by default the record's own.

        `weights` are those of the team that asks: what the record says is the same for all teams.
        """
        key = period, fiscal_year_start, today or self.today, phased
        if key not in self._ahead:
            self._ahead[key] = _ahead(self, *key)
        found = self._ahead[key]
        return found if weights == found.weights else replace(found, weights=weights)

    def worth(self, deal: DealRecord) -> float:
        """Return what an open deal counts as: the mean win of its product, else its own value, else any win's.

        A value that somebody typed, with nothing behind it, counts up to the mean win: a number alone moves nobody's
        chance by more than a typical deal does (forecasts.md §2.3).
        """
        if deal.product is not None and deal.product in self.typical:
            return self.typical[deal.product]
        mean = self.typical.get(None, 0.0)
        return mean if self.is_shrunk(deal) else deal.value or mean

    def is_shrunk(self, deal: DealRecord) -> bool:
        """Say whether an open deal counts as a typical one, as its value was only typed and is larger."""
        if not deal.is_bare or (deal.product is not None and deal.product in self.typical):
            return False
        return deal.value > self.typical.get(None, deal.value)


@dataclass(frozen=True)
class PeriodAhead:
    """A period as the record of a day sees it.

    `first` is the first day that counts from now on; `exposure` are the days from then to the period's end,
    weighted by phase. `rates` are of wins in days so weighted, `opening_rates` of openings in plain days.
    `new_wins` is how many of deals opened one a day are won in time. The last three are None, or 0, without
    a cycle. `weights` say how much each half of a chance counts.
    """

    known: DealSnapshot
    period: Period
    today: date
    first: date
    phases: Phases
    exposure: float
    rates: EventRates | None
    opening_rates: EventRates | None
    chances: DealChances | None
    new_wins: float
    weights: Weights = EVEN

    def wins_to_come(self, rep: str) -> Ahead | None:
        """Return how many wins a rep may count in the rest of the period, by their own and the team's rate."""
        past = self.known.wins
        if past is None or self.rates is None:
            return None
        return self.rates.ahead(own_count(past, rep, self.phases), self.exposure)

    def new_wins_to_come(self, rep: str) -> Ahead | None:
        """Return how many deals not open yet a rep may win in the rest of the period."""
        past = self.known.openings
        if past is None or self.opening_rates is None:
            return None
        return self.opening_rates.ahead(own_count(past, rep, None), self.new_wins)

    def bets(self, deals: Iterable[DealRecord], *, in_deals: bool = False) -> list[OpenDealOutcome]:
        """Return open deals with their chances of being won in time; without a cycle there are none."""
        if self.chances is None:
            return []
        alike: dict[tuple[object, ...], OpenDealOutcome] = {}
        found: list[OpenDealOutcome] = []
        for deal in deals:
            if deal.opened_on is None or deal.opened_on > self.today:
                continue
            key = deal.product, deal.opened_on, deal.value, deal.is_bare
            bet = alike.get(key)
            if bet is None:
                chance = self.chances.of((self.today - deal.opened_on).days)
                bet = alike[key] = OpenDealOutcome(chance, 1.0 if in_deals else self.known.worth(deal))
            found.append(bet)
        return found


def snapshot_on(deals: Iterable[DealRecord], today: date) -> DealSnapshot:
    """Return what was known on `today`."""
    return snapshot_of(tally_on(deals, today))


def snapshot_of(tally: Tally, read_on: date = ALL_KNOWN, together: str = "") -> DealSnapshot:
    """Return what deals that were counted tell; with `together` as if one rep of that name had them all.

    `read_on` is the day of the read: what closes after it has no value yet. The cycle is the plain estimate
    (forecasts.md §2.3). Delayed entry puts the length of a cycle right, which the runway needs; forecasts with it
    were measured worse (Brier .1252 against .1209 for the blend), as deals from before the record's beginning still
    tell how many of the old ones stay open.
    """
    book = book_of(tally, read_on, together)
    wins = wins_of(book, tally)
    cycle = cycle_of(tally.spans, tally.day, delayed_entry=False)
    hazards = hazards_of(cycle) if cycle.has_history else None
    return DealSnapshot(tally.day, book, wins, openings_of(book, tally), cycle, hazards, _typical(wins))


def mix(past: Past, rep: str, *, in_deals: bool = False) -> list[tuple[float, float]]:
    """Return what one of a rep's gains may amount to, with weights: their own mix of sorts, leaning on the team's.

    The amounts of a sort are the team's; `in_deals` counts each gain as 1.
    """
    if in_deals:
        return [(1.0, 1.0)]
    own = past.sorts.get(rep, {})
    total, everybody = sum(own.values()), past.total
    weighted: list[tuple[float, float]] = []
    for sort, amounts in past.sizes.items():
        count = sum(times for _, times in amounts)
        weight = (own.get(sort, 0) + MIX_WEIGHT * count / everybody) / (total + MIX_WEIGHT)
        weighted += [(amount, weight * times / count) for amount, times in amounts]
    return weighted


def rates_of(past: Past, phases: Phases | None) -> EventRates | None:
    """Return how a team's rates differ, in days weighted by phase where phases are given."""
    if phases is None:
        return fit([own_count(past, rep, None) for rep in past.counts])
    exposures = phases.exposures(past.seen_from.values(), past.as_of)
    return fit([Count(count, exposures[past.seen_from[rep]]) for rep, count in past.counts.items()])


def own_count(past: Past, rep: str, phases: Phases | None) -> Count:
    """Return a rep's events and the days they were seen in, weighted by phase where phases are given."""
    if rep not in past.seen_from:
        return Count(0, 0.0)
    start = past.seen_from[rep]
    days = float(past.days_of(rep)) if phases is None else phases.exposure(start, past.as_of)
    return Count(past.counts[rep], days)


def _typical(wins: Past | None) -> dict[str | None, float]:
    if wins is None:
        return {}
    sums = {sort: sum(value * times for value, times in sizes) for sort, sizes in wins.sizes.items()}
    counts = {sort: sum(times for _, times in sizes) for sort, sizes in wins.sizes.items()}
    means: dict[str | None, float] = {
        sort: sums[sort] / counts[sort] for sort in sums if sort is not None and sums[sort] > 0
    }
    means[None] = sum(sums.values()) / sum(counts.values())
    return means


def _ahead(
    known: DealSnapshot, period: Period, fiscal_year_start: int, today: date, phased: bool
) -> PeriodAhead:
    first = max(period.start, day_after(today))
    phases = even(period.kind)
    if known.wins is not None and phased:
        past = known.wins
        phases = phases_of(period.kind, past.days, past.since, past.as_of, fiscal_year_start)
    chances, new_wins = None, 0.0
    if known.hazards is not None:
        days = phases.each_day(day_after(today), period.end)
        window = Window(tuple(days), (first - day_after(today)).days)
        chances = DealChances(known.hazards, window)
        new_wins = chances.new_wins(known.cycle.share_won)
    return PeriodAhead(
        known=known,
        period=period,
        today=today,
        first=first,
        phases=phases,
        exposure=phases.exposure(first, period.end),
        rates=rates_of(known.wins, phases) if known.wins is not None else None,
        opening_rates=rates_of(known.openings, None) if known.openings is not None else None,
        chances=chances,
        new_wins=new_wins,
    )
