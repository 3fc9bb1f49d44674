"""Deals read one by one, without columns and counts: what a tally has to come to."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from sales.goals.forecast.record import DealRecord, Gain, Past, past_of
from sales.goals.forecast.snapshot import DealSnapshot
from sales.pipeline.cycle import LONGEST_AGE, Cycle, DealSpan, _Counts, _estimate
from sales.pipeline.opportunity import CLOSED, Stage


class PlainBook(NamedTuple):
    """Deals as they were known on a day."""

    today: date
    since: date | None
    wins: list[Gain]
    openings: list[Gain]
    spans: list[DealSpan]
    open_deals: dict[str, list[DealRecord]]
    seen_from: dict[str, date]
    bare: list[bool]

    def typical_wins(self) -> list[Gain]:
        """Return the wins with those that were only typed, ten times the mean of the others, at that mean."""
        wins, shrunk = list(self.wins), set[int]()
        for place in sorted(range(len(wins)), key=lambda at: (-wins[at].amount, wins[at].sort or "")):
            others = [one.amount for at, one in enumerate(wins) if at != place and at not in shrunk]
            if not self.bare[place]:
                continue
            if not sum(others) or wins[place].amount < 10 * sum(others) / len(others):
                break
            wins[place] = wins[place]._replace(amount=sum(others) / len(others))
            shrunk.add(place)
        return wins

    def past(self, gains: Sequence[Gain]) -> Past | None:
        return past_of(gains, self.today, self.since, self.seen_from) if gains else None


def plain_book(deals: Iterable[DealRecord], today: date) -> PlainBook:
    """Return the deals as they were known on `today`, each looked at by itself."""
    wins, openings, spans = list[Gain](), list[Gain](), list[DealSpan]()
    bare = list[bool]()
    open_deals: defaultdict[str, list[DealRecord]] = defaultdict(list)
    seen: dict[str, date] = {}
    since: date | None = None
    for deal in deals:
        opened, closed = deal.opened_on, deal.closed_on if deal.stage in CLOSED else None
        first = min((day for day in (opened, closed) if day is not None), default=None)
        if first is None or first > today:
            continue
        seen[deal.rep] = min(first, seen.get(deal.rep, first))
        is_closed = closed is not None and closed <= today
        won = deal.stage is Stage.WON if is_closed else None
        if is_closed:
            since = min(closed, since or closed)
            if won:
                wins.append(Gain(deal.rep, closed, deal.value, deal.product))
                bare.append(deal.is_bare)
        if opened is None or opened > today or (is_closed and closed < opened):
            continue
        openings.append(Gain(deal.rep, opened, 1.0))
        spans.append(DealSpan(opened, closed if is_closed else None, won))
        if not is_closed and deal.stage not in {Stage.SUSPECT, Stage.PARKED}:
            open_deals[deal.rep].append(deal)
    return PlainBook(today, since, wins, openings, spans, dict(open_deals), seen, bare)


def plain_cycle(spans: Sequence[DealSpan], today: date, *, delayed_entry: bool) -> Cycle:
    """Return the cycle of deals that are put under observation one by one."""
    now = today.toordinal()
    closes = [span.closed_on for span in spans if span.closed_on is not None]
    start = min(closes).toordinal() if closes and delayed_entry else None
    longest = min(LONGEST_AGE, max((now - opened.toordinal() for opened, _, _ in spans), default=0))
    counts = _Counts(*([0] * (longest + 1) for _ in _Counts._fields))
    for opened, closed, won in spans:
        born = opened.toordinal()
        entry = start - born if start is not None and start > born else 0
        age, outcome = (closed.toordinal() if closed is not None else now) - born, won
        if age > longest:
            age, outcome = longest, None
        if age < entry:
            continue
        counts.entered[entry] += 1
        counts.left[age] += 1
        if outcome is not None:
            (counts.won if outcome else counts.lost)[age] += 1
    found = _estimate(counts, today)
    if start is not None and any(
        sum(counts.left[age + 1 :]) for age, s in enumerate(found.share_open) if s == 0
    ):
        return plain_cycle(spans, today, delayed_entry=False)
    return found


def agrees(known: DealSnapshot, deals: Sequence[DealRecord]) -> None:
    """Hold a snapshot to what the same deals tell when they are read one by one."""
    plain = plain_book(deals, known.today)
    assert known.book.since == plain.since
    assert known.book.seen_from == plain.seen_from
    assert in_order(known.book.wins) == in_order(plain.wins)
    assert in_order(known.book.spans) == in_order(plain.spans)
    assert {rep: in_order(known.book.open_deals[rep]) for rep in known.book.open_deals} == {
        rep: in_order(found) for rep, found in plain.open_deals.items()
    }
    assert known.wins == plain.past(plain.typical_wins())
    assert known.openings == plain.past(plain.openings)
    assert known.cycle == plain_cycle(plain.spans, known.today, delayed_entry=False)
    assert known.book.size == max(len(plain.spans), len(plain.wins))
    for rep in plain.seen_from:
        counted = sum(gain.rep == rep and gain.on >= known.today.replace(day=1) for gain in plain.wins)
        assert known.book.wins_since(rep, known.today.replace(day=1)) == counted


def in_order(found: Iterable[tuple]) -> list[tuple]:
    """Return tuples in an order that depends on nothing but what they say; whole numbers as such."""
    said = [
        tuple(int(part) if isinstance(part, float) and part == int(part) else part for part in one)
        for one in found
    ]
    return sorted(said, key=str)
