"""P(hit): the probability of reaching a goal by its period's end (forecasts.md §2).

    floor = P(won so far + what a rep's own rate brings ≥ target), gamma-Poisson with the period's phase;
    survival = P(won so far + open deals by age + what new ones bring ≥ target), where opening dates exist;
    P(hit) = both blended, by what each weighs on the team's own record (§2.8).

Everything is exact and nothing is drawn, so the same record gives the same figure.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache

from sales.goals.forecast.forecast import NARROW, Basis, Forecast
from sales.goals.forecast.grid import Grid, negative_binomial_sum, sizes_on, tails
from sales.goals.forecast.phase import phases_of
from sales.goals.forecast.rates import Ahead
from sales.goals.forecast.record import DealRecord, Past, day_after
from sales.goals.forecast.snapshot import DealSnapshot, PeriodAhead, mix, own_count, rates_of
from sales.goals.forecast.sums import Fresh, OpenDealOutcome, chances_of, grid_for, nothing_fresh
from sales.goals.forecast.weights import EVEN, Weights
from sales.language.dates.period import Period
from sales.language.figures import long_day, plural

LEAST_EVENTS = 5  # fewer tell no rate worth a figure
LEAST_DAYS = 28  # of record; less is one month's luck
# What is to come is most of a figure's work, and the same in nearly every run of the model that explains one: what
# moved it, and what would. A goal takes a dozen runs and eight of these; several goals are worked out at once.
FRESH_KEPT = 64
NONE_AHEAD = Ahead(0.0, 0.0)


def forecast(
    known: DealSnapshot,
    rep: str,
    target: float,
    done: float,
    period: Period,
    *,
    in_deals: bool = False,
    fiscal_year_start: int = 1,
    weights: Weights = EVEN,
) -> Forecast:
    """Return P(hit) of a goal that won deals bring: minor units, or deals where `in_deals`.

    `done` is what was won in the period up to the day of `known`, that day included. A rep of whom nothing is
    on record is taken to be like the team.
    """
    start = Forecast(target, done, period, known.today)
    settled = _settled(start) or _too_little(start, known.wins, in_deals=in_deals)
    if settled is not None:
        return settled
    ahead = known.ahead(period, fiscal_year_start, weights=weights)
    open_deals = known.book.open_deals.get(rep, ())
    bets = ahead.bets(open_deals, in_deals=in_deals)
    floor, survival = chances(ahead, rep, [start.gap], bets, in_deals=in_deals)
    return replace(
        start,
        chance=blended(floor[0], survival[0] if survival else None, weights),
        floor=floor[0],
        survival=survival[0] if survival else None,
        weights=weights,
        basis=_basis(ahead, rep, open_deals, in_deals=in_deals),
    )


def chances(
    ahead: PeriodAhead,
    rep: str,
    gaps: Sequence[float],
    bets: Sequence[OpenDealOutcome],
    *,
    in_deals: bool = False,
) -> tuple[list[float], list[float] | None]:
    """Return the floor and the survival model's chance for each gap; None for the latter without a cycle.

    `bets` are the rep's open deals (`PeriodAhead.bets`), as they are or as somebody asks "what if".
    """
    assert ahead.known.wins is not None
    amounts = mix(ahead.known.wins, rep, in_deals=in_deals)
    floor = by_rate(gaps, ahead.wins_to_come(rep) or NONE_AHEAD, amounts)
    if ahead.chances is None:
        return floor, None
    return floor, by_rate(gaps, ahead.new_wins_to_come(rep) or NONE_AHEAD, amounts, bets)


def p_hit(
    ahead: PeriodAhead, rep: str, gap: float, bets: Sequence[OpenDealOutcome], *, in_deals: bool = False
) -> float:
    """Return P(hit) for one gap; see `chances`."""
    floor, survival = chances(ahead, rep, [gap], bets, in_deals=in_deals)
    return blended(floor[0], survival[0] if survival else None, ahead.weights)


def blended(floor: float, survival: float | None, weights: Weights) -> float:
    """Return P(hit) from its two halves; the floor alone where there is no other."""
    return floor if survival is None else weights.of(floor, survival)


def by_rate(
    gaps: Sequence[float],
    coming: Ahead,
    amounts: Sequence[tuple[float, float]],
    bets: Sequence[OpenDealOutcome] = (),
) -> list[float]:
    """Return P(a number of events to come, of these amounts, and the bets together bring ≥ gap) for each gap.

    One grid serves all gaps but those far smaller than the largest.
    """
    found = [1.0] * len(gaps)
    rest = [place for place, gap in enumerate(gaps) if gap > 0]
    while rest:
        largest = max(gaps[place] for place in rest)
        together = [place for place in rest if gaps[place] >= NARROW * largest]
        lattice = grid_for(largest, [amount for amount, _ in amounts] if coming.mean > 0 else [], bets)
        fresh = fresh_by_rate(lattice, coming, amounts)
        for place, chance in zip(
            together, chances_of([gaps[at] for at in together], bets, fresh), strict=True
        ):
            found[place] = chance
        rest = [place for place in rest if place not in together]
    return found


def fresh_by_rate(lattice: Grid, coming: Ahead, amounts: Sequence[tuple[float, float]]) -> Fresh:
    """Return what events to come bring, told up to the grid's gap."""
    if coming.mean <= 0 or not any(amount > 0 for amount, _ in amounts):
        return nothing_fresh(lattice)
    return _fresh(lattice, coming, tuple(amounts))


@lru_cache(maxsize=FRESH_KEPT)
def _fresh(lattice: Grid, coming: Ahead, amounts: tuple[tuple[float, float], ...]) -> Fresh:
    sizes = sizes_on(lattice, amounts)
    return Fresh(lattice, tuple(tails(negative_binomial_sum(coming.size, coming.scale, sizes))))


def forecast_of_gains(
    past: Past | None,
    rep: str,
    target: float,
    done: float,
    period: Period,
    today: date,
    *,
    what: str = "done",
    event: str = "entry",
    fiscal_year_start: int = 1,
) -> Forecast:
    """Return P(hit) of a goal that counts what a rep does: opportunities created, or activities of one kind.

    Only the floor is known of it. `past` is what came in by `today`, of the team or of the rep alone; `event`
    is what one entry is called.
    """
    start = Forecast(target, done, period, today, what, event)
    settled = _settled(start) or _too_little(start, past)
    if settled is not None or past is None:
        return settled or start
    phases = phases_of(period.kind, past.days, past.since, past.as_of, fiscal_year_start)
    rates = rates_of(past, phases)
    assert rates is not None
    own = own_count(past, rep, phases)
    exposure = phases.exposure(max(period.start, day_after(today)), period.end)
    coming = rates.ahead(own, exposure)
    chance = by_rate([start.gap], coming, mix(past, rep))[0]
    basis = Basis(
        past.since,
        own.events,
        past.days_of(rep),
        past.total,
        len(past.counts),
        rates.is_shared,
        phases,
        coming.mean,
    )
    return replace(start, chance=chance, floor=chance, basis=basis)


def _basis(ahead: PeriodAhead, rep: str, open_deals: Sequence[DealRecord], *, in_deals: bool) -> Basis:
    past, rates, coming = ahead.known.wins, ahead.rates, ahead.wins_to_come(rep)
    assert past is not None
    assert rates is not None
    assert coming is not None
    found = Basis(
        since=past.since,
        own=past.counts.get(rep, 0),
        own_days=past.days_of(rep),
        team=past.total,
        reps=len(past.counts),
        is_shared=rates.is_shared,
        phases=ahead.phases,
        to_come=coming.mean,
    )
    if ahead.chances is None:
        return found
    new = ahead.new_wins_to_come(rep)
    return replace(
        found,
        open_deals=len(open_deals),
        open_wins=sum(bet.chance for bet in ahead.bets(open_deals, in_deals=True)),
        new_wins=new.mean if new is not None else 0.0,
        closed=ahead.known.cycle.closed,
        shrunk=0 if in_deals else sum(map(ahead.known.is_shrunk, open_deals)),
        typical=ahead.known.typical.get(None, 0.0),
    )


def _settled(start: Forecast) -> Forecast | None:
    """Return the forecast where nothing is uncertain, or where only the day itself will tell."""
    if start.target <= 0 or start.done >= start.target:
        return replace(start, chance=1.0)
    if start.today > start.period.end:
        return replace(start, chance=0.0)
    if start.today == start.period.end:
        return replace(start, not_yet=f"{start.period.label} ends today: what comes in today decides it.")
    return None


def _too_little(start: Forecast, past: Past | None, *, in_deals: bool = False) -> Forecast | None:
    """Return the forecast without a figure, and why, where the record is too short for one."""
    event = start.event
    if past is None:
        return replace(start, not_yet=f"Not enough yet: no {event} is on record.")
    if past.total < LEAST_EVENTS:
        those = plural(past.total, event)
        return replace(start, not_yet=f"Not enough yet: {those} on record of the {LEAST_EVENTS} it takes.")
    if past.length < LEAST_DAYS:
        since = f"{plural(past.length, 'day')} of record, since {long_day(past.since)}"
        return replace(start, not_yet=f"Not enough yet: {since}, of the {LEAST_DAYS} it takes.")
    if not in_deals and not any(amount > 0 for sizes in past.sizes.values() for amount, _ in sizes):
        return replace(start, not_yet=f"Not enough yet: no {event} on record carries a value.")
    return None
