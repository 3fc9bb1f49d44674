"""How often things happen to a rep: gamma-Poisson, a rep's count leaning on the team's (forecasts.md §2.1).

A rep's rate is Gamma(α, β) over the team; with n events in an exposure e it is Gamma(α + n, β + e), and the
number of events in an exposure E ahead is negative binomial with mean (α + n)·E/(β + e). α and β come from
moments: with equal exposures α = m²/(s² − m), β = α/m; reps who were here for less weigh less (Bühlmann and
Straub's estimator, which is the same for equal exposures).
"""

from collections.abc import Sequence
from typing import NamedTuple

HALF_EVENT = 0.5  # Jeffreys' prior: with nothing seen a rate is unknown, not 0


class Count(NamedTuple):
    """How many events, in what exposure: days, or days weighted by their phase."""

    events: int
    exposure: float


class Ahead(NamedTuple):
    """The number of events to come: negative binomial with mean size·scale, variance mean·(1 + scale)."""

    size: float
    scale: float

    @property
    def mean(self) -> float:
        return self.size * self.scale


class EventRates(NamedTuple):
    """How rates differ over a team. `alpha` and `beta` are None where all reps are taken to share one rate.

    That is so with one rep, or where the counts differ by no more than chance makes them. `events` and
    `exposure` are the team's.
    """

    alpha: float | None
    beta: float | None
    events: int
    exposure: float
    reps: int

    @property
    def is_shared(self) -> bool:
        """Return whether all reps are taken to have the same rate."""
        return self.alpha is None

    def ahead(self, own: Count, exposure: float) -> Ahead:
        """Return what a rep with these events of their own may count in an exposure to come."""
        if self.alpha is None or self.beta is None:
            return Ahead(self.events + HALF_EVENT, max(0.0, exposure) / self.exposure)
        return Ahead(self.alpha + own.events, max(0.0, exposure) / (self.beta + own.exposure))


def fit(counts: Sequence[Count]) -> EventRates | None:
    """Return how rates differ over the reps; None without any exposure."""
    seen = [count for count in counts if count.exposure > 0]
    events, exposure = sum(count.events for count in seen), sum(count.exposure for count in seen)
    if exposure <= 0:
        return None
    shared = EventRates(None, None, events, exposure, len(seen))
    spread = exposure - sum(count.exposure**2 for count in seen) / exposure
    if len(seen) < 2 or events == 0 or spread <= 0:
        return shared
    mean = events / exposure
    between = sum(count.exposure * (count.events / count.exposure - mean) ** 2 for count in seen)
    variance = (between - (len(seen) - 1) * mean) / spread
    if variance <= 0:
        return shared
    return EventRates(mean**2 / variance, mean / variance, events, exposure, len(seen))
