"""Warm and cold: how much of one's prospecting goes where, and what each yields per 100 touches (mechanism 43).

A touch is warm where they asked, were introduced, used something of ours or dealt with us before; else it is cold. A
yield is one's own: the deals that were opened within sixty days of a touch, by what the last touch before them was.
What is done for a deal that is open already is work on it, and in neither.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from enum import StrEnum
from math import exp, inf, lgamma, log
from typing import NamedTuple

from sales.language.names.match import folded
from sales.pipeline.phone_first import DealAtWork, is_at_work_on

MIX_OVER = timedelta(days=180)  # older touches were of another market
SETTLED = timedelta(days=14)  # a touch of the last two weeks may still lead to something
LED_WITHIN = timedelta(days=60)  # what comes later has other causes too
READ_FOR = timedelta(days=90)  # so long whoever used something of ours is no stranger
LEAST_TOUCHES = 30  # of a side; of fewer no yield is claimed
COLD_MOSTLY = 0.7  # of the touches; past it warm ones are worth a word, if they pay
DIFFERENT_BELOW = 0.05  # chance gives such a difference less often than this
ALIKE = 1e-9


class TouchSide(StrEnum):
    WARM = "warm"
    COLD = "cold"


class WarmSpan(NamedTuple):
    """Somebody was no stranger from a day on, until another, or for good where that is None."""

    who: str
    first: date
    last: date | None = None


class ProspectTouch(NamedTuple):
    """Something done to win somebody as a customer, so many times on a day."""

    who: str
    on: date
    times: int = 1


class SideYield(NamedTuple):
    """The touches of one side, and the deals they led to."""

    touches: int = 0
    deals: int = 0

    @property
    def per_hundred(self) -> float:
        return 100 * self.deals / self.touches if self.touches else 0.0

    @property
    def is_enough(self) -> bool:
        return self.touches >= LEAST_TOUCHES


class MixVerdict(StrEnum):
    NOTHING = "nothing"  # nobody was touched who could be told apart
    TOO_FEW = "too_few"
    ALIKE = "alike"  # chance alone may make the difference
    WARM_PAYS = "warm_pays"
    COLD_PAYS = "cold_pays"


class TouchMix(NamedTuple):
    """Both sides, and how often chance alone would set them apart as far.

    `fresh` touches are too young to count, and `at_work` were for deals that are open.
    """

    warm: SideYield
    cold: SideYield
    p_value: float = 1.0
    fresh: int = 0
    at_work: int = 0

    @property
    def touches(self) -> int:
        return self.warm.touches + self.cold.touches

    def share(self, side: TouchSide) -> float:
        """Return which part of the touches is of a side, in 0..1."""
        of_it = self.warm if side is TouchSide.WARM else self.cold
        return of_it.touches / self.touches if self.touches else 0.0

    @property
    def verdict(self) -> MixVerdict:
        if not self.touches:
            return MixVerdict.NOTHING
        if not (self.warm.is_enough and self.cold.is_enough):
            return MixVerdict.TOO_FEW
        if self.p_value >= DIFFERENT_BELOW:
            return MixVerdict.ALIKE
        warmer = self.warm.per_hundred > self.cold.per_hundred
        return MixVerdict.WARM_PAYS if warmer else MixVerdict.COLD_PAYS

    @property
    def is_mostly_cold(self) -> bool:
        """Whether most of the effort goes to strangers although warm touches pay."""
        return self.verdict is MixVerdict.WARM_PAYS and self.share(TouchSide.COLD) > COLD_MOSTLY


def touch_mix(
    touches: Iterable[ProspectTouch], spans: Iterable[WarmSpan], deals: Sequence[DealAtWork], today: date
) -> TouchMix:
    """Return the mix of half a year; touches of the last two weeks, and what follows them, count for nothing yet."""
    warm_spans: dict[str, list[WarmSpan]] = {}
    for span in spans:
        warm_spans.setdefault(folded(span.who), []).append(span)
    at_work: dict[str, list[DealAtWork]] = {}
    for deal in deals:
        for name in {folded(name) for name in deal.names}:
            at_work.setdefault(name, []).append(deal)
    counts = dict.fromkeys(TouchSide, 0)
    last: dict[str, list[tuple[date, TouchSide]]] = {}
    fresh = working = 0
    for touch in touches:
        name = folded(touch.who)
        if any(is_at_work_on(deal, touch.on) for deal in at_work.get(name, ())):
            working += touch.times
            continue
        side = side_on(warm_spans.get(name, ()), touch.on)
        last.setdefault(name, []).append((touch.on, side))
        if touch.on <= today - SETTLED:
            counts[side] += touch.times
        else:
            fresh += touch.times
    led = credited(deals, last, today)
    warm, cold = (SideYield(counts[side], led[side]) for side in (TouchSide.WARM, TouchSide.COLD))
    return TouchMix(warm, cold, set_apart_by_chance(warm, cold), fresh, working)


def side_on(spans: Iterable[WarmSpan], day: date) -> TouchSide:
    """Return on which side a touch is: warm where they were no stranger by the day."""
    known = any(one.first <= day and (one.last is None or day <= one.last) for one in spans)
    return TouchSide.WARM if known else TouchSide.COLD


def credited(
    deals: Iterable[DealAtWork], touched: Mapping[str, Sequence[tuple[date, TouchSide]]], today: date
) -> dict[TouchSide, int]:
    """Return how many deals each side led to: each is the last touch's before it, if that was not long before."""
    found = dict.fromkeys(TouchSide, 0)
    for deal in deals:
        before = [
            one
            for name in {folded(name) for name in deal.names}
            for one in touched.get(name, ())
            if one[0] <= deal.opened_on <= one[0] + LED_WITHIN and one[0] <= today - SETTLED
        ]
        if before:
            found[max(before, key=lambda one: one[0])[1]] += 1
    return found


def set_apart_by_chance(one: SideYield, other: SideYield) -> float:
    """Return how often chance alone would set two yields as far apart, in 0..1.

    The exact test of two rates: of all deals as many are one side's as its share of the touches makes them by luck,
    which is binomial; what is as unlikely as what happened, or more so, counts.
    """
    total, touches = one.deals + other.deals, one.touches + other.touches
    if not total or not one.touches or not other.touches:
        return 1.0
    share = one.touches / touches
    chances = [binomial(count, total, share) for count in range(total + 1)]
    happened = chances[one.deals]
    return min(1.0, sum(chance for chance in chances if chance <= happened * (1 + ALIKE)))


def binomial(count: int, tries: int, share: float) -> float:
    """Return the probability of so many hits in so many tries, each with a chance strictly between 0 and 1."""
    ways = lgamma(tries + 1) - lgamma(count + 1) - lgamma(tries - count + 1)
    told = ways + count * log(share) + (tries - count) * log(1 - share)
    return exp(told) if told > -inf else 0.0
