"""What is said of single deals and leads: their chances by what their team's outcomes teach."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from sales.prospects.score.model import ScoreReason
from sales.prospects.score.scoring import Scoring
from storage.people.member import find_member
from storage.people.team import TeamRow, find_team
from storage.pipeline.opportunity import OpportunityRow
from storage.prospects.lead import LeadRow
from storage.prospects.score.case import facts_of_deals, facts_of_leads, firm_of, said
from storage.prospects.score.known import firms_on_record
from storage.prospects.score.live import deal_scoring, lead_scoring
from storage.scope import Scope


class Judged(NamedTuple):
    """What a scoring says of one: its chance and reasons, the strongest first; no chance where nothing is learned."""

    scoring: Scoring
    chance: float | None = None
    reasons: Sequence[ScoreReason] = ()


async def team_of(scope: Scope, owner_id: str | None, otherwise: int | None = None) -> TeamRow | None:
    """Return the team of whoever owns something, or another where nobody does."""
    owner = await find_member(scope, owner_id) if owner_id is not None else None
    return await find_team(scope, owner.team_id if owner is not None else otherwise)


async def judged_deal(scope: Scope, deal: OpportunityRow, team: TeamRow, today: date) -> Judged:
    """Return what is said of a deal of a team's.

    Raises:
        Lacking: in a brief unit of work, where what outcomes teach has to be worked out.
    """
    found = await deal_scoring(scope, team, today)
    if found.model is None:
        return Judged(found)
    facts = (await facts_of_deals(scope, [deal], team.zone))[deal.id]
    return Judged(found, found.model.chance(facts), found.model.reasons(facts))


async def judged_firm(scope: Scope, name: str, team: TeamRow, today: date) -> Judged:
    """Return what is said of a deal with a firm of which nothing but the firm is known.

    Raises:
        Lacking: in a brief unit of work, where what outcomes teach has to be worked out.
    """
    found = await deal_scoring(scope, team, today)
    if found.model is None:
        return Judged(found)
    facts = said(firm_of(await firms_on_record(scope, [name]), name).on(today))
    return Judged(found, found.model.chance(facts), found.model.reasons(facts))


async def judged_leads(
    scope: Scope, leads: Sequence[LeadRow], team: TeamRow, today: date
) -> dict[int, Judged]:
    """Return what is said of leads of a team's, by id.

    Raises:
        Lacking: in a brief unit of work, where what outcomes teach has to be worked out.
    """
    found = await lead_scoring(scope, team, today)
    if found.model is None:
        return {one.id: Judged(found) for one in leads}
    every = await facts_of_leads(scope, leads, team.zone)
    return {
        lead_id: Judged(found, found.model.chance(facts), found.model.reasons(facts))
        for lead_id, facts in every.items()
    }
