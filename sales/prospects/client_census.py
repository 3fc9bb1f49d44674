"""The census of accounts: of how many anything is known, how many fit, and which criterion leaves so few (30).

An account fits where everything known of it is met, and at least half of what the team states is known.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sales.prospects.ideal_client import LEAST_KNOWN, Criterion, Firmographics, IdealClient, size_fit

FEW = 0.02  # of the accounts that are known well enough: fewer fit is a profile that fits nobody, or hardly
LEAST_COUNTED = 5  # accounts; of fewer, none that fits says nothing of the profile

# By criterion whether it is met whole; None where nobody knows.
Standings = Mapping[Criterion, bool | None]


@dataclass(frozen=True)
class ClientCensus:
    """Accounts against an ideal client.

    Of `accounts`, `known` have anything on record that the team states, and `measured` at least half of it; `fit` are
    those of the measured that meet all. By criterion: `knows` of how many it is known, `meets` how many of those meet
    it, `without` how many would fit if the team did not ask for it. `attitudes` have an attitude on record.
    """

    accounts: int = 0
    known: int = 0
    measured: int = 0
    fit: int = 0
    attitudes: int = 0
    knows: Mapping[Criterion, int] = field(default_factory=dict)
    meets: Mapping[Criterion, int] = field(default_factory=dict)
    without: Mapping[Criterion, int] = field(default_factory=dict)

    @property
    def coverage(self) -> float:
        """Of which share of the accounts anything is known, in 0..1."""
        return self.known / self.accounts if self.accounts else 0.0

    @property
    def fits_nobody(self) -> bool:
        """Whether none fits, or hardly one, of enough accounts to say so."""
        return self.measured >= LEAST_COUNTED and self.fit <= FEW * self.measured

    @property
    def strictest(self) -> Criterion | None:
        """The criterion without which the most would fit; None where none alone makes the difference."""
        if not self.without:
            return None
        found = max(self.without, key=lambda one: self.without[one])
        return found if self.without[found] > self.fit else None

    @property
    def rarest(self) -> Criterion | None:
        """The criterion that the smallest share of those meets of whom it is known."""
        asked = [one for one in self.knows if self.knows[one]]
        return min(asked, key=lambda one: self.meets[one] / self.knows[one], default=None)


def standing_of(wanted: IdealClient, firm: Firmographics) -> Standings:
    """Return of each criterion the team states whether a firm meets it whole; None where nobody knows."""
    degrees = size_fit(wanted, firm).degrees
    return {one: None if degree is None else degree == 1 for one, degree in degrees.items()}


def census(
    asked: Sequence[Criterion], kinds: Iterable[tuple[Standings, int]], attitudes: int = 0
) -> ClientCensus:
    """Return how accounts stand against an ideal client; each kind of firm comes with how many are so."""
    accounts = known = measured = fit = 0
    knows, meets, without = (dict.fromkeys(asked, 0) for _ in range(3))
    for standing, count in kinds:
        accounts += count
        told = {one: met for one, met in standing.items() if met is not None}
        known += count if told else 0
        for criterion, is_met in told.items():
            knows[criterion] += count
            meets[criterion] += count if is_met else 0
        if not told or len(told) < LEAST_KNOWN * len(asked):
            continue
        measured += count
        unmet = [one for one, is_met in told.items() if not is_met]
        fit += 0 if unmet else count
        for criterion in asked:
            if not unmet or unmet == [criterion]:
                without[criterion] += count
    return ClientCensus(accounts, known, measured, fit, attitudes, knows, meets, without)
