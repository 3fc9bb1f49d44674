"""The sales cycle with open deals in it: how long until won or lost, and how likely (forecasts.md §3).

Medians of closed deals are biased short, as open deals are exactly the long ones; and won and lost compete,
so neither may be treated as the other's censoring. Hence Kaplan-Meier for staying open and Aalen-Johansen for
the two ways to close, in whole days of age, exact: n(h) deals are at risk at age h, d(h) close,

    S(h) = Π (1 − d(i)/n(i)),   F_won(h) = Σ S(i−1)·d_won(i)/n(i),   F_won + F_lost + S = 1.

Conventions, which reproduce the published figures to the last digit given:

* A deal that closes at age h and one that is still open at age h today are both at risk at h: within a day,
  closes come before censoring.
* Delayed entry: where closes are on record only from some day on, a deal opened earlier comes under
  observation at age e = that day − opening day, and is at risk at ages above e; one opened later is at risk
  from age 0 on.
* A close on the very first day of the record counts at age e although that deal was not yet at risk; n(h) is
  at least d(h), so that a small history cannot close more deals than there are.
* Late entry can leave so few at risk at a young age that all of them close, which would say that no deal lives
  longer while older ones are still observed. Every deal then counts from its opening, as without late entry.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

MIN_CLOSED = 30  # fewer closes are no history: the team's word holds (mechanism 60, forecasts.md §3.1)
LONGEST_AGE = (
    3650  # days; a deal older than ten years is forgotten, not worked, and counts as open until then
)
# Chance of ever being won; in the CRM data of 334 such deals none was won, of 466 two (mechanism 20).
DEAD_BELOW = 0.10
TAIL_WINS = 0.5  # wins imputed to ages at which none was ever seen (forecasts.md §3.1)
_EXACT = 1e-12  # shares this close are equal; the sums carry rounding of that order


class DealSpan(NamedTuple):
    """All the cycle needs of one deal: `won` is None while it is open, else whether it was won."""

    opened_on: date
    closed_on: date | None
    won: bool | None


@dataclass(frozen=True)
class Cycle:
    """What is known of a cycle on one day. Sequences are by age in whole days, index 0 the day of opening.

    Past the last age the shares stay as they are. `won`, `lost` and `open` count the deals known that day;
    `longest_win` is the greatest age at which one was won, `tail_days` the person-days observed beyond it.
    """

    as_of: date
    won: int
    lost: int
    open: int
    share_won: tuple[float, ...]
    share_lost: tuple[float, ...]
    share_open: tuple[float, ...]
    longest_win: int
    tail_days: int

    @property
    def closed(self) -> int:
        """Return how many deals had closed."""
        return self.won + self.lost

    @property
    def has_history(self) -> bool:
        """Return whether enough deals have closed, and any was won, to speak of a cycle."""
        return self.closed >= MIN_CLOSED and self.won > 0

    @property
    def won_eventually(self) -> float:
        """Return F_won(∞), the share of all opened deals that are won in the end, in 0..1."""
        return self.share_won[-1]

    def won_by(self, age: int) -> float:
        """Return F_won: the share of all opened deals won within `age` days, in 0..1; 0 below age 0."""
        return _at(self.share_won, age, 0.0)

    def lost_by(self, age: int) -> float:
        """Return F_lost: the share of all opened deals lost within `age` days, in 0..1; 0 below age 0."""
        return _at(self.share_lost, age, 0.0)

    def open_at(self, age: int) -> float:
        """Return S: the share of deals still open after `age` days, in 0..1; 1 below age 0."""
        return _at(self.share_open, age, 1.0)

    def days_for(self, share: float) -> int | None:
        """Return t_p, the least age by which `share` (0..1) of eventual wins is won; None without any win."""
        if self.won_eventually <= 0:
            return None
        wanted = share * self.won_eventually - _EXACT
        return next(age for age, won in enumerate(self.share_won) if won >= wanted)

    def share_in_time(self, days: int) -> float:
        """Return which share of eventual wins is won within `days` of opening, in 0..1; 0 without any win."""
        return self.won_by(days) / self.won_eventually if self.won_eventually > 0 else 0.0

    def win_within(self, age: int, days: int) -> float:
        """Return P(won in the next `days` | open at `age`) = (F_won(a+h) − F_won(a))/S(a), in 0..1.

        Exact, hence 0 beyond the longest win.
        """
        still = self.open_at(age)
        if still <= _EXACT:
            return 0.0
        until = self.won_by(age + max(0, days))
        return min(1.0, max(0.0, until - self.won_by(age)) / still)

    def win_ever(self, age: int) -> float:
        """Return P(ever won | open at `age`) = (F_won(∞) − F_won(a))/S(a), in 0..1; 0 beyond the longest win."""
        return self.win_within(age, len(self.share_won))


class SpanCounts(NamedTuple):
    """Deals whose opening is known, counted: by the day they opened, and by age those won, lost and still open.

    Days are ordinals. `first_close` is the first day one of them closed, 0 where none did.
    """

    opened: Mapping[int, int]
    won: Mapping[int, int]
    lost: Mapping[int, int]
    open: Mapping[int, int]
    first_close: int


def cycle_as_of(deals: Iterable[DealSpan], today: date, *, delayed_entry: bool = True) -> Cycle:
    """Return the cycle as it was known on `today`: later deals do not exist, later closes are still open.

    Parked deals count as open, and suspects, which have no opening date, are not among them. Closes are on
    record from the earliest known one on. Without `delayed_entry` every deal counts from its opening, which is
    right only where the record has no beginning.

    Raises:
        ValueError: if a deal closes before it opens.
    """
    return cycle_of(_spans(deals, today), today, delayed_entry=delayed_entry)


def cycle_of(counted: SpanCounts, today: date, *, delayed_entry: bool = True) -> Cycle:
    """Return the cycle of deals that were counted as they were known on `today`; see `cycle_as_of`."""
    if delayed_entry and counted.first_close:
        counts = _by_age(counted, today, counted.first_close)
        found = _estimate(counts, today)
        if not _ends_too_soon(found, counts):
            return found
    return _estimate(_by_age(counted, today, 0), today)


def _ends_too_soon(found: Cycle, counts: "_Counts") -> bool:
    last = next((age for age, still in enumerate(found.share_open) if still <= 0), None)
    return last is not None and any(counts.left[last + 1 :])


def _spans(deals: Iterable[DealSpan], today: date) -> SpanCounts:
    now, first_close = today.toordinal(), 0
    opening, won, lost, still = Counter[int](), Counter[int](), Counter[int](), Counter[int]()
    for opened, closed, is_won in deals:
        born, end = opened.toordinal(), closed.toordinal() if closed is not None else now + 1
        if born > now:
            continue
        if end < born:
            raise ValueError(f"a deal opened on {opened} closes before, on {closed}")
        opening[born] += 1
        if end <= now:
            first_close = min(end, first_close or end)
        if end > now or is_won is None:
            still[min(end, now) - born] += 1
        else:
            (won if is_won else lost)[end - born] += 1
    return SpanCounts(opening, won, lost, still, first_close)


class _Counts(NamedTuple):
    """Deals by age: how many come under observation, are won, are lost, and leave it for whatever reason."""

    entered: list[int]
    won: list[int]
    lost: list[int]
    left: list[int]


def _by_age(counted: SpanCounts, today: date, start: int) -> _Counts:
    """Return the counts by age, of deals that come under observation on the day `start` if they are older.

    What is older than the longest age counts as open at that age; not at all where it was so before `start`.
    """
    now = today.toordinal()
    longest = min(LONGEST_AGE, max((now - day for day in counted.opened), default=0))
    counts = _Counts(*([0] * (longest + 1) for _ in _Counts._fields))
    for ended, ages in ((counts.won, counted.won), (counts.lost, counted.lost), (None, counted.open)):
        for age, times in ages.items():
            counts.left[min(age, longest)] += times
            if ended is not None and age <= longest:
                ended[age] += times
    for day, times in counted.opened.items():
        entry = max(0, start - day)
        if entry > longest:
            counts.left[longest] -= times
        else:
            counts.entered[entry] += times
    return counts


def _estimate(counts: _Counts, today: date) -> Cycle:
    still, won, lost = 1.0, 0.0, 0.0
    shares: list[tuple[float, float, float]] = []
    at_risk, longest_win, tail = 0, 0, 0
    for age, (entered, wins, losses, left) in enumerate(zip(*counts, strict=True)):
        if age == 0:
            at_risk += entered
        if wins or losses:
            exposed = max(at_risk, wins + losses)
            won += still * wins / exposed
            lost += still * losses / exposed
            still *= 1 - (wins + losses) / exposed
        if wins:
            longest_win, tail = age, 0
        else:
            tail += at_risk
        at_risk += (entered if age else 0) - left
        shares.append((won, lost, still))
    n_won, n_lost = sum(counts.won), sum(counts.lost)
    n_open = sum(counts.entered) - n_won - n_lost
    share_won, share_lost, share_open = zip(*shares, strict=True)
    return Cycle(today, n_won, n_lost, n_open, share_won, share_lost, share_open, longest_win, tail)


def _at(shares: Sequence[float], age: int, before: float) -> float:
    return before if age < 0 else shares[min(age, len(shares) - 1)]


class DealAhead(NamedTuple):
    """An open deal and whose it is; `value_minor` 0 means that nobody put a value on it.

    `typical_minor` is then what it may count as: the mean win of its product, 0 where none is known.
    """

    owner_id: str
    opened_on: date
    value_minor: int
    currency: str
    typical_minor: float = 0.0
