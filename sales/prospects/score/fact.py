"""Facts with their days: what was known of a case in time counts, what the outcome told does not (mechanism 37).

A fact that is written down after the outcome knows it already, such as what lost a deal. A model that learns from it
looks brilliant and can tell nothing beforehand. So a value that came with the outcome does not count, a fact of which
half or more did is left out, and both are said.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from sales.language.figures import number
from sales.prospects.score.model import UNKNOWN, DecidedCase

KNOWN_WITHIN = timedelta(days=14)  # of its beginning: a score is read early, and learns from that
LEFT_OUT_FROM = 0.5  # of a fact's values came with the outcome or after it: what it tells is mostly the end


class KnownFact(NamedTuple):
    """What is known of a case and since when; None for what was so from the start, such as where it came from."""

    value: str
    known_on: date | None = None


@dataclass(frozen=True)
class DatedCase:
    """Something that was won or lost: from when to when it ran, in local days, and what is known of it by now."""

    facts: Mapping[str, KnownFact]
    entered_on: date
    decided_on: date
    won: bool

    def is_late(self, fact: KnownFact) -> bool:
        """Say whether a fact was known only once the outcome was."""
        return fact.known_on is not None and fact.known_on >= self.decided_on

    def in_time(self, fact: KnownFact) -> bool:
        """Say whether a fact was known early enough to be of use, and before the outcome."""
        early = fact.known_on is None or fact.known_on <= self.entered_on + KNOWN_WITHIN
        return early and not self.is_late(fact)


@dataclass(frozen=True)
class LeakyField:
    """A fact of whose values so many came with the outcome or after it."""

    name: str
    late: int
    known: int

    @property
    def is_left_out(self) -> bool:
        """Whether none of it counts, or only not what came late."""
        return self.late >= LEFT_OUT_FROM * self.known

    @property
    def why(self) -> str:
        """Return in plain words what of it does not count."""
        if self.late == self.known:
            count = "each time" if self.known > 1 else "the only time"
            return f"{self.name}: left out, as it was noted after the outcome {count} ({number(self.known)})"
        noted = f"noted after the outcome {number(self.late)} of {number(self.known)} times"
        if self.is_left_out:
            return f"{self.name}: left out, as it was {noted}"
        return f"{self.name}: {noted}, which are not counted"


def leaky(cases: Sequence[DatedCase]) -> list[LeakyField]:
    """Return the facts that the outcome told, wholly or in part, by name."""
    counts: dict[str, list[int]] = {}
    for case in cases:
        for name, fact in case.facts.items():
            if fact.value != UNKNOWN:
                count = counts.setdefault(name, [0, 0])
                count[0] += case.is_late(fact)
                count[1] += 1
    return [LeakyField(name, late, known) for name, (late, known) in sorted(counts.items()) if late]


def learnable(cases: Sequence[DatedCase], without: Sequence[LeakyField] = ()) -> list[DecidedCase]:
    """Return cases with what was known of them in time, without the facts that are left out altogether."""
    left_out = {one.name for one in without if one.is_left_out}
    return [
        DecidedCase(
            {
                name: fact.value
                for name, fact in case.facts.items()
                if name not in left_out and case.in_time(fact)
            },
            case.won,
        )
        for case in cases
    ]


def fields_of(cases: Sequence[DecidedCase]) -> list[str]:
    """Return the facts that any of some cases has, by name."""
    return sorted({name for case in cases for name in case.facts})
