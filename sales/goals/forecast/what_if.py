"""What would move a forecast: the model run again with deals opened, advanced or kept.

Nothing is promised: each says what the chance would be if just this were so.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sales.goals.forecast.chance import NONE_AHEAD, by_rate, p_hit
from sales.goals.forecast.record import DealRecord
from sales.goals.forecast.snapshot import PeriodAhead
from sales.goals.forecast.sums import OpenDealOutcome

ADVANCED = 2.0  # an advanced deal is taken to be won twice as readily on each day
ADVANCE = 2  # deals that somebody can push in a week, and
CALL = 3  # calls: few enough to be done, enough to be felt
MOST_WEIGHED = 2_000  # open deals weighed one by one for advice; nobody works more
LEAST_GAIN = 0.005  # a step that moves the chance by less than half a percent is no advice


class Step(StrEnum):
    """What somebody can do about a chance."""

    OPEN = "open"
    ADVANCE = "advance"
    CALL = "call"


@dataclass(frozen=True)
class Move:
    """A step and the chance there would be with it, in 0..1. `deals` are those it is about, for opening none.

    `opened` new deals by `by`, the last day on which they count in time, or the period's end. `quiet_days` is for how
    long at least nobody spoke to the customers of those that are called.
    """

    step: Step
    chance: float
    gain: float
    deals: tuple[DealRecord, ...] = ()
    opened: int = 0
    by: date | None = None
    quiet_days: int = 0


def chance_if_opened(
    ahead: PeriodAhead,
    rep: str,
    gap: float,
    count: int,
    *,
    in_deals: bool = False,
    each: OpenDealOutcome | None = None,
) -> float:
    """Return P(open deals and `count` opened today bring the gap in time), in 0..1; 0 without a cycle.

    Nothing else new is counted, so this is what a needed pipeline is searched with (forecasts.md §3.3). `each` is what
    one of them brings where they are opened on a later day.
    """
    if gap <= 0:
        return 1.0
    if ahead.chances is None:
        return 0.0
    bets = ahead.bets(ahead.known.book.open_deals.get(rep, ()), in_deals=in_deals)
    new = [each] * count if each is not None else _opened(ahead, rep, count, in_deals)
    return by_rate([gap], NONE_AHEAD, (), [*bets, *new])[0]


def moves(
    ahead: PeriodAhead,
    rep: str,
    gap: float,
    *,
    in_deals: bool = False,
    by: date | None = None,
    quiet: Sequence[DealRecord] = (),
    count: int | None = None,
    loose: Sequence[DealRecord] | None = None,
) -> tuple[Move, ...]:
    """Return the steps that would raise P(hit), the one that raises it most first; empty where none would.

    `by` is the last day to open in time. `quiet` are open deals nobody has spoken to lately, for calls. `count` is how
    many deals to open this week, 0 to advise none; by default what the rep opens in a week, one at least. The same
    record gives the same advice. With more than 2,000 open deals none of them is singled out. `loose` are the open
    deals of which something can be agreed, by default all.
    """
    if gap <= 0 or ahead.chances is None:
        return ()
    deals = list(ahead.known.book.open_deals.get(rep, ()))
    before = p_hit(ahead, rep, gap, ahead.bets(deals, in_deals=in_deals), in_deals=in_deals)
    found: list[Move] = []
    count = _weekly(ahead, rep) if count is None else count
    if count and (by is None or by >= ahead.today):
        bets = [*ahead.bets(deals, in_deals=in_deals), *_opened(ahead, rep, count, in_deals)]
        chance = p_hit(ahead, rep, gap, bets, in_deals=in_deals)
        found.append(Move(Step.OPEN, chance, chance - before, (), count, by))
    if len(deals) <= MOST_WEIGHED:
        found += _on_deals(ahead, rep, gap, before, quiet, deals if loose is None else loose, in_deals)
    worth = [move for move in found if move.gain >= LEAST_GAIN]
    return tuple(sorted(worth, key=lambda move: -move.gain))


def _on_deals(
    ahead: PeriodAhead,
    rep: str,
    gap: float,
    before: float,
    quiet: Sequence[DealRecord],
    loose: Sequence[DealRecord],
    in_deals: bool,
) -> list[Move]:
    """Return what advancing some of a rep's loose open deals would do, and calling about the quiet ones."""
    deals, found = list(ahead.known.book.open_deals.get(rep, ())), list[Move]()
    pushed = _most(ahead, loose, ADVANCE, readiness=ADVANCED, kept=False, in_deals=in_deals)
    called = _most(ahead, quiet, CALL, readiness=1.0, kept=True, in_deals=in_deals)
    for step, chosen, readiness in ((Step.ADVANCE, pushed, ADVANCED), (Step.CALL, called, 1.0)):
        if chosen:
            bets = _changed(ahead, deals, chosen, readiness, step is Step.CALL, in_deals)
            chance = p_hit(ahead, rep, gap, bets, in_deals=in_deals)
            found.append(Move(step, chance, chance - before, tuple(chosen)))
    return found


def _weekly(ahead: PeriodAhead, rep: str) -> int:
    past = ahead.known.openings
    days = past.days_of(rep) if past is not None else 0
    return max(1, round(7 * past.counts.get(rep, 0) / days)) if past is not None and days else 1


def _opened(ahead: PeriodAhead, rep: str, count: int, in_deals: bool) -> list[OpenDealOutcome]:
    """Return deals opened today, each worth the rep's mean win by the mix of products they sell."""
    past = ahead.known.wins
    if ahead.chances is None or past is None:
        return []
    own, typical = past.sorts.get(rep, {}), ahead.known.typical
    total = sum(own.values())
    value = (
        sum(typical.get(sort, typical[None]) * n for sort, n in own.items()) / total
        if total
        else typical[None]
    )
    return [OpenDealOutcome(ahead.chances.of(0), 1.0 if in_deals else value)] * count


def _most(
    ahead: PeriodAhead,
    deals: Sequence[DealRecord],
    count: int,
    *,
    readiness: float,
    kept: bool,
    in_deals: bool,
) -> list[DealRecord]:
    """Return the deals whose expected value rises most if changed like this; ties in the order given."""
    before = ahead.bets(deals, in_deals=in_deals)
    if ahead.chances is None or len(before) != len(deals):
        return []
    after = _changed(ahead, deals, deals, readiness, kept, in_deals)
    rise = [(new.chance - old.chance) * new.value for old, new in zip(before, after, strict=True)]
    ranked = sorted(range(len(deals)), key=lambda place: (-rise[place], place))
    return [deals[place] for place in ranked[:count] if rise[place] > 0]


def _changed(
    ahead: PeriodAhead,
    deals: Sequence[DealRecord],
    chosen: Sequence[DealRecord],
    readiness: float,
    kept: bool,
    in_deals: bool,
) -> list[OpenDealOutcome]:
    assert ahead.chances is not None
    rest, bets = list(chosen), list[OpenDealOutcome]()
    for deal, bet in zip(deals, ahead.bets(deals, in_deals=in_deals), strict=True):
        if deal in rest and deal.opened_on is not None:
            rest.remove(deal)
            age = (ahead.today - deal.opened_on).days
            bets.append(OpenDealOutcome(ahead.chances.of(age, readiness=readiness, kept=kept), bet.value))
        else:
            bets.append(bet)
    return bets
