"""Leads in the order of their chances: 100,000 of them ranked by a model of eight facts, and how long that is learned.

The floor is one sort of the same leads by a number that stands ready beside each, which no ranking does without.
The least of several runs counts: on a busy machine the others measure the neighbours.
"""

import time
from collections.abc import Callable
from datetime import date, timedelta
from operator import itemgetter
from random import Random

from rig.report import Report, arguments, at_most

from sales.prospects.score.fact import DatedCase, KnownFact
from sales.prospects.score.model import DecidedCase, learned
from sales.prospects.score.ranking import ranked
from sales.prospects.score.scoring import MOST_CASES, ScoreBasis, ScoringState, scoring

LEADS, FEW = 100_000, 1_000
OUTCOMES = 500
RUNS = 9
BAR_MS = 100
TODAY = date(2026, 9, 14)
FACTS = {
    "source": ("Web form", "Referral", "Event", "Cold list", "Webinar", "Partner"),
    "sector": ("Logistics", "Retail", "Food", "Ports", "Health", "Media", "Energy"),
    "employees": ("under 10", "10 to 49", "50 to 249", "250 to 999", "1,000 or more", ""),
    "revenue": ("under 2 million", "2 to 10 million", "10 to 50 million", ""),
    "reach": ("regional", "national", "international", ""),
    "title": ("decides", "manages", "other", ""),
    "bought before": ("yes", "no", "no, and lost once"),
    "buys on": ("value", "price", "service", ""),
}

WEIGHTS = {name: [1 / place for place in range(1, len(values) + 1)] for name, values in FACTS.items()}


def best(work: Callable[[], object], runs: int = RUNS) -> float:
    """Return the least milliseconds of several runs."""
    taken = []
    for _ in range(runs):
        started = time.perf_counter()
        work()
        taken.append((time.perf_counter() - started) * 1000)
    return min(taken)


def drawn(draw: Random) -> dict[str, str]:
    """Draw a lead as they come: the second value of a fact is half as frequent as the first, the third a third."""
    return {name: draw.choices(values, WEIGHTS[name])[0] for name, values in FACTS.items()}


def won(facts: dict[str, str], draw: Random) -> bool:
    chance = 0.3 + 0.3 * (facts["source"] == "Referral") - 0.2 * (facts["buys on"] == "price")
    return draw.random() < chance + 0.15 * (facts["sector"] == "Logistics")


def outcomes(count: int) -> list[DatedCase]:
    """Cases that came to an end in the last two years."""
    draw, found = Random(16), []
    for _ in range(count):
        facts, on = drawn(draw), TODAY - timedelta(days=draw.randrange(1, 700))
        known = {name: KnownFact(value) for name, value in facts.items()}
        found.append(DatedCase(known, on - timedelta(days=30), on, won(facts, draw)))
    return found


def main() -> None:
    given, report = arguments(__doc__).parse_args(), Report()
    count = FEW if given.quick else LEADS
    cases = [
        DecidedCase({name: fact.value for name, fact in one.facts.items()}, one.won)
        for one in outcomes(OUTCOMES)
    ]
    model, draw = learned(cases, sorted(FACTS), len(FACTS)), Random(37)
    leads = [tuple(drawn(draw)[name] for name in model.names) for _ in range(count)]
    ready = [(model.chance_of(values), number) for number, values in enumerate(leads)]
    floor = best(lambda: sorted(ready, key=itemgetter(0), reverse=True))
    took = best(lambda: ranked(leads, model.weights))
    name = f"{count:,} leads ranked, {len(set(leads)):,} sorts of them"
    report.add(name, took, "ms", reference=floor, bar=at_most(BAR_MS))
    ten = best(lambda: ranked(leads, model.weights, 10))
    report.add("the same, the first ten of them", ten, "ms", reference=floor)
    many = outcomes(OUTCOMES if given.quick else MOST_CASES)
    found = scoring(many, ScoreBasis.DEALS, TODAY)
    assert found.state is ScoringState.LEARNED
    once = best(lambda: learned(cases, sorted(FACTS)), 3)
    whole = best(lambda: scoring(many, ScoreBasis.DEALS, TODAY), 1 if given.quick else 2)
    report.add(f"one model of {OUTCOMES} outcomes", once, "ms")
    report.add(f"all that is said of {len(many):,} outcomes, tried ten times", whole, "ms", reference=once)
    report.write(given.json)


if __name__ == "__main__":
    main()
