"""Leads in the order of their chances: 100,000 of them ranked by a model of eight facts, and how long that is learned.

The floor is one sort of the same leads by a number that stands ready beside each, which no ranking does without.
Then as many are put into a database, rated as each night does, and whom to call first is asked for, beside the same
with a thousand. Times are the processor's, the least of several runs: the others measure the neighbours.
"""

import asyncio
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from operator import itemgetter
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

from rig.engines import engines
from rig.report import Report, arguments, at_most
from sqlalchemy import insert

from handlers.prospects.score.month import keep_month, rate_leads
from handlers.prospects.warmth import whom_to_call
from sales.language.names.match import name_key
from sales.people.member import Member
from sales.people.team import Team
from sales.pipeline.account import MarketReach
from sales.pipeline.opportunity import Opportunity, Stage
from sales.prospects.lead import Lead
from sales.prospects.score.fact import DatedCase, KnownFact
from sales.prospects.score.model import DecidedCase, ScoreModel, learned
from sales.prospects.score.ranking import LeadOdds
from sales.prospects.score.scoring import MOST_CASES, ScoreBasis, ScoringState, scoring
from storage.cache import Cache
from storage.database import Database
from storage.people.member import find_member, meet_members
from storage.people.team import add_team, find_team, set_people
from storage.people.workspace import install_workspace
from storage.pieces import pieces
from storage.pipeline.account import AccountRow
from storage.pipeline.comparable_name import with_comparable
from storage.pipeline.opportunity import OpportunityRow
from storage.prospects.lead import LeadRow
from storage.prospects.score import live
from storage.prospects.score.live import worked_out

LEADS, FEW = 100_000, 1_000
OUTCOMES = 500
RUNS = 9
BAR_MS = 100
TODAY = date(2026, 9, 14)
NOW = datetime(2026, 9, 14, 9, tzinfo=UTC)
WORKSPACE, REP = "T1", "U1"
AT_ONCE = 5_000
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
    """Return the least milliseconds of the processor's that several runs took."""
    taken = []
    for _ in range(runs):
        started = time.process_time()
        work()
        taken.append((time.process_time() - started) * 1000)
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


def ranked(leads: list[tuple[str, ...]], model: ScoreModel) -> list[int]:
    """Return the places of leads, the likeliest first, all judged anew."""
    odds = LeadOdds(model.weights).of(leads)
    return sorted(range(len(odds)), key=odds.__getitem__, reverse=True)


# in a database


class Asked(NamedTuple):
    """CPU ms of each question; `found` is how many are named to be called."""

    rating: float
    next_ones: float
    found: int
    taught: float
    taught_again: float


async def fill(database: Database, count: int) -> int:
    """Store a team with decided deals, and so many open leads of firms it knows something of; return the team's id."""
    now, draw, outcome = datetime.now(UTC), Random(41), Random(16)
    async with database.write_ledger() as ledger:
        await install_workspace(ledger, WORKSPACE, "Bench", "UBOT", now)
    async with database.write(WORKSPACE) as scope:
        await meet_members(scope, [Member(user_id=REP, name="Ana")])
        team = await add_team(scope, Team(name="Field"))
        await set_people(scope, team.id, [REP], [])
    facts = [drawn(draw) for _ in range(OUTCOMES + count)]
    firms = [firm(f"Firm {at}", one) for at, one in enumerate(facts)]
    deals = [decided(f"Firm {at}", one, outcome) for at, one in enumerate(facts[:OUTCOMES])]
    leads = [lead(at + OUTCOMES, one) for at, one in enumerate(facts[OUTCOMES:])]
    for table, rows in ((AccountRow, firms), (OpportunityRow, deals), (LeadRow, leads)):
        plain = table.__table__  # type: ignore[attr-defined]  # SQLModel adds it to table models
        full = [with_comparable(plain, {**row, "workspace_id": WORKSPACE}) for row in rows]
        for some in pieces(full, AT_ONCE):
            async with database.write(WORKSPACE) as scope:
                await (await scope.session.connection()).execute(insert(plain), list(some))
    return team.id


def firm(name: str, facts: dict[str, str]) -> dict[str, Any]:
    employees = (5, 20, 100, 500, 5_000, None)[FACTS["employees"].index(facts["employees"])]
    blank = {"location": "", "parent": "", "revenue_minor": None}
    return {
        **blank,
        "name": name,
        "name_key": name_key(name),
        "sector": facts["sector"],
        "employees": employees,
        "reach": MarketReach(facts["reach"]) if facts["reach"] else None,
    }


def decided(name: str, facts: dict[str, str], draw: Random) -> dict[str, Any]:
    on = TODAY - timedelta(days=draw.randrange(1, 600))
    stage = Stage.WON if won(facts, draw) else Stage.LOST
    deal = Opportunity(
        name=name,
        account=name,
        source=facts["source"],
        owner_id=REP,
        stage=stage,
        value_minor=4_000_00,
        currency="USD",
        opened_on=on - timedelta(days=30),
        closed_on=on,
    )
    return {**deal.model_dump(), "updated_at": NOW}


def lead(number: int, facts: dict[str, str]) -> dict[str, Any]:
    titles = {"decides": "CFO", "manages": "Sales Manager", "other": "Clerk", "": ""}
    came = NOW - timedelta(days=1 + number % 300, seconds=number)
    made = Lead(
        name=f"Pat Name{number}",
        account=f"Firm {number}",
        title=titles[facts["title"]],
        source=f"{facts['source']} list",
        owner_id=REP,
        came_at=came,
        phone=f"+1 {number}" if number % 3 else "",
    )
    return made.model_dump()


async def taught_twice(database: Database, team_id: int) -> tuple[float, float]:
    """Return the CPU ms of working out what a team's outcomes teach, and of the same on the next day."""
    taken = []
    for day in (TODAY, TODAY + timedelta(days=1)):
        async with database.read(WORKSPACE) as scope:
            team = await find_team(scope, team_id)
            assert team is not None
            started = time.process_time()
            assert (await worked_out(scope, team, day)).deals.model is not None
            taken.append((time.process_time() - started) * 1000)
    return taken[0], taken[1]


async def in_database(database: Database, count: int) -> Asked:
    """Return what it takes to rate so many leads, to ask whom to call first, and to ask what outcomes teach."""
    team_id = await fill(database, count)
    live.TAUGHT = Cache(live.MOST_KEPT)  # nothing that another database taught
    first, again = await taught_twice(database, team_id)
    await keep_month(database, WORKSPACE, team_id, TODAY)
    started = time.process_time()
    assert await rate_leads(database, WORKSPACE, team_id, TODAY) == count
    rating = (time.process_time() - started) * 1000
    taken, found = [], 0
    for _ in range(RUNS):
        async with database.read(WORKSPACE) as scope:
            member = await find_member(scope, REP)
            assert member is not None
            started = time.process_time()
            found = len(await whom_to_call(scope, member, NOW))
            taken.append((time.process_time() - started) * 1000)
    return Asked(rating, min(taken), found, first, again)


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
    took = best(lambda: ranked(leads, model))
    name = f"{count:,} leads ranked, {len(set(leads)):,} sorts of them"
    report.add(name, took, "ms", reference=floor, bar=at_most(BAR_MS))
    many = outcomes(OUTCOMES if given.quick else MOST_CASES)
    found = scoring(many, ScoreBasis.DEALS, TODAY)
    assert found.state is ScoringState.LEARNED
    once = best(lambda: learned(cases, sorted(FACTS)), 3)
    whole = best(lambda: scoring(many, ScoreBasis.DEALS, TODAY), 1 if given.quick else 2)
    report.add(f"one model of {OUTCOMES} outcomes", once, "ms")
    report.add(f"all that is said of {len(many):,} outcomes, tried ten times", whole, "ms", reference=once)
    asyncio.run(asked(report, count, only_sqlite=given.quick))
    report.write(given.json)


async def asked(report: Report, count: int, *, only_sqlite: bool) -> None:
    with tempfile.TemporaryDirectory() as folder:
        async for engine, fresh in engines(Path(folder), only_sqlite=only_sqlite):
            took = {}
            for size in sorted({FEW, count}):
                database = await Database.open(await fresh(f"leads{size}_{len(took)}"))
                took[size] = await in_database(database, size)
                await database.close()
            now = took[count]
            report.add(f"{engine}: {count:,} open leads rated", now.rating, "ms")
            name = f"{engine}: /lead next of {count:,}, {now.found} named"
            report.add(name, now.next_ones, "ms", reference=took[FEW].next_ones, bar=at_most(BAR_MS))
            name = f"{engine}: /team scoring on the day after, of {OUTCOMES} outcomes"
            report.add(name, now.taught_again, "ms", reference=now.taught)


if __name__ == "__main__":
    main()
