"""Phone first: who got only e-mails, the phone's share of what is done, and what each channel led to (mechanism 44).

A yield is one's own: of the touches of customers without an open deal, the share that a new deal followed within two
weeks. Channels that cannot be told apart by more than chance are not ranked.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from sales.distributions import share_interval
from sales.followups.channel import TouchChannel
from sales.language.names.match import folded
from sales.pipeline.win_rate import Decided, compare

PHONE_TARGET = 0.5  # of all touches: the one channel of prospecting in which both sides are there comes first
SHARE_OVER = timedelta(days=28)  # four weeks even out one on the road
YIELD_OVER = timedelta(days=180)  # older touches were of another market
FOLLOWED = timedelta(days=14)  # in which a deal may follow; what comes later has other causes too
LEAST_TOUCHES = 30  # in a channel; of fewer no rate is claimed
LEAST_MAILS = 2  # one may have announced the call


class OnlyMailed(NamedTuple):
    """A live deal whose customer got so many e-mails and no other word."""

    deal_id: int
    name: str
    mails: int


class PhoneShare(NamedTuple):
    """How many of so many touches were calls."""

    calls: int
    touches: int

    @property
    def share(self) -> float:
        return self.calls / self.touches if self.touches else 0.0


def phone_share(counts: Mapping[TouchChannel, int]) -> PhoneShare:
    """Return the phone's part of what was done."""
    return PhoneShare(counts.get(TouchChannel.PHONE, 0), sum(counts.values()))


class NamedTouch(NamedTuple):
    """Something done with somebody named, so many times on a day."""

    channel: TouchChannel
    who: str
    on: date
    times: int = 1


class DealAtWork(NamedTuple):
    """A deal by the names it goes by: open from a day until the day it closed, None where it is."""

    names: tuple[str, ...]
    opened_on: date
    closed_on: date | None


class ChannelYield(NamedTuple):
    """What a channel led to: so many of its `touches` were followed by a new deal."""

    channel: TouchChannel
    led: int
    touches: int

    @property
    def share(self) -> float:
        return self.led / self.touches

    @property
    def interval(self) -> tuple[float, float]:
        return share_interval(self.led, self.touches)


class Yields(NamedTuple):
    """The yield of each channel with enough touches; in order of size only where they `differ` by more than chance.

    `p_value` is how often chance alone would spread them this far. `too_few` are the touches of the other channels.
    """

    found: tuple[ChannelYield, ...]
    too_few: Mapping[TouchChannel, int]
    differ: bool = False
    p_value: float = 1.0


def yields(touches: Iterable[NamedTouch], deals: Sequence[DealAtWork], today: date) -> Yields:
    """Return what each channel led to; touches whose two weeks are not over count for nothing yet."""
    spans: dict[str, list[DealAtWork]] = {}
    for deal in deals:
        for name in {folded(name) for name in deal.names}:
            spans.setdefault(name, []).append(deal)
    led: dict[TouchChannel, int] = dict.fromkeys(TouchChannel, 0)
    every: dict[TouchChannel, int] = dict.fromkeys(TouchChannel, 0)
    for touch in touches:
        theirs = spans.get(folded(touch.who), [])
        if touch.on > today - FOLLOWED or any(is_at_work_on(deal, touch.on) for deal in theirs):
            continue
        every[touch.channel] += touch.times
        if any(touch.on <= deal.opened_on <= touch.on + FOLLOWED for deal in theirs):
            led[touch.channel] += touch.times
    enough = [one for one in TouchChannel if every[one] >= LEAST_TOUCHES]
    found = [ChannelYield(one, led[one], every[one]) for one in enough]
    compared = compare({one.value: Decided(led[one], every[one]) for one in enough})
    if compared.can_rank:
        found.sort(key=lambda one: -one.share)
    few = {one: every[one] for one in TouchChannel if 0 < every[one] < LEAST_TOUCHES}
    return Yields(tuple(found), few, compared.can_rank, compared.p_value)


def is_at_work_on(deal: DealAtWork, day: date) -> bool:
    """Say whether a deal was open already on a day: what is done then is work on it, not the way to one."""
    return deal.opened_on < day and (deal.closed_on is None or day <= deal.closed_on)
