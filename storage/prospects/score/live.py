"""What scoring says of a team now: worked out apart, or as it was last kept while hardly anything was decided since."""

import asyncio
from collections.abc import Sequence
from datetime import date
from hashlib import blake2b
from typing import NamedTuple

from sales.pipeline.win_rate import Decided
from sales.prospects.score.fact import DatedCase
from sales.prospects.score.scoring import (
    LEAST_OUTCOMES,
    MOST_CASES,
    ScoreBasis,
    Scoring,
    ScoringState,
    on_another_day,
    scoring,
)
from storage.cache import Cache
from storage.people.team import TeamRow, find_team
from storage.pipeline.deal_stamp import DealCache
from storage.prospects.score.case import count_decided, deal_cases, lead_cases
from storage.prospects.score.month import scoring_of_month
from storage.scope import Scope

MOST_KEPT = 100  # teams, of some kilobytes each
NEW_ENOUGH = 0.05  # of the outcomes came since; a model says the same with them

COUNTS: DealCache[Decided] = DealCache(MOST_KEPT)
SCORINGS: DealCache[Scoring] = DealCache(MOST_KEPT)
TAUGHT: Cache[tuple[date, Scoring]] = Cache(MOST_KEPT)  # by the outcomes, which facts of firms are a part of


class TeamScoring(NamedTuple):
    """What a team's deals teach, and its leads once 100 of them came to an end."""

    deals: Scoring
    leads: Scoring | None = None

    @property
    def for_leads(self) -> Scoring:
        """By what a lead is judged: by what became of leads where that teaches anything, else of deals."""
        return self.leads if self.leads is not None and self.leads.model is not None else self.deals


async def worked_out(scope: Scope, team: TeamRow, today: date) -> TeamScoring:
    """Return what a team's outcomes teach, all of them read: a second for thousands, so nobody must wait for it."""
    deals, leads = await deal_cases(scope, team, today), await lead_cases(scope, team, today)
    of_deals = await asyncio.to_thread(taught, deals, ScoreBasis.DEALS, today)
    if len(leads) < LEAST_OUTCOMES:
        return TeamScoring(of_deals)
    return TeamScoring(of_deals, await asyncio.to_thread(taught, leads, ScoreBasis.LEADS, today))


def taught(cases: Sequence[DatedCase], basis: ScoreBasis, today: date) -> Scoring:
    """Return what outcomes teach; what the very same ones taught before is learned once, whoever asks, and when."""
    key = blake2b(repr((basis, cases)).encode("utf-8", "backslashreplace")).digest()
    known = TAUGHT.get(key)
    if known is not None and known[0] == today:
        return known[1]
    found = on_another_day(known[1], cases, today) if known is not None else scoring(cases, basis, today)
    TAUGHT.put(key, (today, found))
    return found


async def deal_scoring(scope: Scope, team: TeamRow, today: date) -> Scoring:
    """Return what a team's deals teach, from what was kept this month where that is new enough.

    Raises:
        Lacking: in a brief unit of work, where it has to be worked out.
    """
    count = await COUNTS.once(scope, (team.id, today), lambda: count_decided(scope, team, today))
    if count.closed < LEAST_OUTCOMES:
        return Scoring(ScoringState.TOO_FEW, ScoreBasis.DEALS, count.closed, count.won)
    row = await scoring_of_month(scope, team.id, today.replace(day=1), ScoreBasis.DEALS)
    found = row.scoring if row is not None and is_new_enough(row.cases, count.closed) else None
    if found is not None:
        return found
    team_id = team.id

    async def work() -> Scoring:
        scope.work_apart(lambda other: deal_scoring_of(other, team_id, today))
        cases = await deal_cases(scope, team, today)
        return await asyncio.to_thread(taught, cases, ScoreBasis.DEALS, today)

    return await SCORINGS.once(scope, (team_id, today), work)


async def deal_scoring_of(scope: Scope, team_id: int, today: date) -> Scoring | None:
    """Return the same of a team by its id; None where it is gone."""
    team = await find_team(scope, team_id)
    return await deal_scoring(scope, team, today) if team is not None else None


async def lead_scoring(scope: Scope, team: TeamRow, today: date) -> Scoring:
    """Return by what a team's leads are judged: what became of its leads as last kept, else of its deals.

    Raises:
        Lacking: in a brief unit of work, where the latter has to be worked out.
    """
    row = await scoring_of_month(scope, team.id, today.replace(day=1), ScoreBasis.LEADS)
    found = row.scoring if row is not None else None
    return found if found is not None and found.model is not None else await deal_scoring(scope, team, today)


def is_new_enough(cases: int, decided: int) -> bool:
    """Say whether what was learned from so many is still what so many would teach."""
    return abs(min(decided, MOST_CASES) - cases) <= NEW_ENOUGH * cases
