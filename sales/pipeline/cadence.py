"""Cadence: how many days a customer usually goes without a word at a stage, and who has heard nothing for longer (53).

A team's own number decides; else the gaps between touches of its own won deals, where enough were won; else a stated
default. Days are days of the calendar, as a customer counts them.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from enum import StrEnum
from math import ceil
from statistics import median
from typing import NamedTuple

from sales.language.names.match import name_key
from sales.pipeline.opportunity import StoredOpportunity
from sales.pipeline.stage import DealStage
from sales.refusal import Refusal

FIRST, BETWEEN, LAST = 10, 7, 5  # days: the nearer to a decision, the shorter a silence may be
LEAST_WINS = 20  # with fewer the middle of their gaps is a matter of luck
LEAST_DAYS = 2  # not every day, however closely a team won
MOST_DAYS = 365
LOOKED_BACK = timedelta(days=730)  # of wins: people sell otherwise than years ago
MOST_SHOWN = 5  # on today's list; the others are counted


class CadenceSource(StrEnum):
    """Where a number of days is from."""

    SET = "set"  # the team's managers said so
    WINS = "wins"  # its own won deals show it
    USUAL = "usual"  # until they do


class Cadence(NamedTuple):
    """How many days are usual; `wins` is how many won deals say so, `product` whose they are, empty for all."""

    days: int
    source: CadenceSource = CadenceSource.USUAL
    wins: int = 0
    product: str = ""


class WonTouches(NamedTuple):
    """On which days something was done for a deal that was won, and in which stage it stood from which day on.

    `stages` are the labels in their order, each with its first day; the label before the first of them is `began`.
    """

    days: Sequence[date]
    product: str | None = None
    began: str = ""
    stages: Sequence[tuple[date, str]] = ()


class WonGaps(NamedTuple):
    """The middle of the gaps of won deals, how many deals that were, and the product they are of, empty for all."""

    days: float
    wins: int
    product: str = ""


Segment = tuple[str, str]  # a stage and a product as they are compared; empty for all of them
EVERY: Segment = ("", "")


class CadenceBook(NamedTuple):
    """What decides the cadence of a team's deals: its stages, what was set for them, and what its wins show."""

    stages: Sequence[DealStage]
    chosen: Mapping[str, int]
    gaps: Mapping[Segment, WonGaps]

    @property
    def wins(self) -> int:
        """How many won deals have gaps at all."""
        return self.gaps[EVERY].wins if EVERY in self.gaps else 0

    @property
    def products(self) -> list[Cadence]:
        """The products that have a cadence of their own, at whatever stage, by name."""
        named = sorted(one.product for (stage, product), one in self.gaps.items() if product and not stage)
        every = self._replace(chosen={})
        return [found for one in named if (found := every.of(None, one)).product]

    def of(self, stage: DealStage | None, product: str | None = None) -> Cadence:
        """Return the cadence at a stage, of a product where that has its own."""
        key = name_key(stage.name) if stage is not None else ""
        if key in self.chosen:
            return Cadence(self.chosen[key], CadenceSource.SET)
        segment = name_key(product or "")
        for at in dict.fromkeys([(key, segment), ("", segment), (key, ""), EVERY]):
            found = self.gaps.get(at)
            if found is not None and found.wins >= LEAST_WINS:
                days = max(LEAST_DAYS, ceil(found.days))
                return Cadence(days, CadenceSource.WINS, found.wins, found.product)
        return Cadence(usual_days(stage, self.stages))


def usual_days(stage: DealStage | None, stages: Sequence[DealStage]) -> int:
    """Return the default: shorter towards the end; between the two where nobody knows the stage."""
    names = [one.name for one in stages]
    if stage is None or stage.name not in names or len(names) == 1:
        return BETWEEN
    place = names.index(stage.name)
    return FIRST if place == 0 else LAST if place == len(names) - 1 else BETWEEN


def gaps_of_wins(won: Iterable[WonTouches]) -> dict[Segment, WonGaps]:
    """Return by stage and product how long the gaps between touches of won deals were.

    Each deal counts once, with the middle of its own gaps, so that one of a hundred calls does not decide for all.
    """
    found: dict[Segment, list[float]] = {}
    names: dict[str, str] = {}
    for one in won:
        theirs: dict[Segment, list[int]] = {}
        product = name_key(one.product or "")
        names.setdefault(product, one.product or "")
        for first, then in zip(one.days, one.days[1:], strict=False):
            stage = name_key(stage_at(one, first))
            for at in {(stage, product), (stage, ""), ("", product), EVERY}:
                theirs.setdefault(at, []).append((then - first).days)
        for at, gaps in theirs.items():
            found.setdefault(at, []).append(median(gaps))
    return {at: WonGaps(median(each), len(each), names[at[1]] if at[1] else "") for at, each in found.items()}


def stage_at(won: WonTouches, day: date) -> str:
    """Return what a won deal's stage was called on a day; empty where nobody knows."""
    before = [label for since, label in won.stages if since <= day]
    return before[-1] if before else won.began


class DealHeard(NamedTuple):
    """An open deal, its stage, the last day on which something was done for it, and by when something is promised."""

    deal: StoredOpportunity
    stage: DealStage | None
    last_touch: date | None
    promised_for: date | None = None
    paused_until: date | None = None


class SilentDeal(NamedTuple):
    """An open deal whose customer heard nothing for more days than are usual."""

    deal: StoredOpportunity
    stage: DealStage | None
    days: int
    since: date
    cadence: Cadence


def silent(heard: DealHeard, book: CadenceBook, today: date) -> SilentDeal | None:
    """Return a deal that is past its cadence; None for one that is not.

    Of a deal for which nothing was ever done here nothing is claimed. One for which something is promised within its
    cadence is on the list of that day, and a customer who is left alone until a day is on none.
    """
    if heard.last_touch is None or (heard.paused_until is not None and heard.paused_until > today):
        return None
    cadence, days = book.of(heard.stage, heard.deal.product), (today - heard.last_touch).days
    if days <= cadence.days:
        return None
    if heard.promised_for is not None and (heard.promised_for - today).days <= cadence.days:
        return None
    return SilentDeal(heard.deal, heard.stage, days, heard.last_touch, cadence)


def longest_first(found: Iterable[SilentDeal | None]) -> list[SilentDeal]:
    """Return silent deals, those furthest past their cadence first."""
    some = [one for one in found if one is not None]
    return sorted(some, key=lambda one: (one.cadence.days - one.days, one.deal.id))


def read_days(typed: str, field: str) -> int | None:
    """Return a number of days that was typed for a stage; None where the field is empty.

    Raises:
        Refusal: naming the field, for anything but a whole number of days that is a rhythm.
    """
    text = typed.strip()
    if not text:
        return None
    if not text.isdecimal() or len(text) > 4 or not 1 <= int(text) <= MOST_DAYS:
        raise Refusal(f"A whole number of days from 1 to {MOST_DAYS}, or empty for the usual.", field=field)
    return int(text)
