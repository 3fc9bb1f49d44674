"""`/why score Dana`: the score of a lead or a deal, what speaks for and against it, and what is behind that."""

from collections.abc import Sequence
from datetime import date

from handlers.context import Context
from handlers.pipeline.opportunity.lookup import find
from handlers.pipeline.opportunity.of_others import of_their_reps
from handlers.prospects.lead.lookup import own, seen_by
from handlers.reply import Reply
from messages.prospects import score as views
from messages.prospects.score import JudgedCase
from messages.replies import as_modal
from sales.language.dates.instants import local_date
from sales.language.names.match import name_key
from sales.language.typed_text import shorten
from sales.prospects.source_yield import SourceYield, source_yields
from sales.refusal import Refusal
from storage.people.member import reps_counted
from storage.people.team import TeamRow
from storage.pipeline.opportunity import OpportunityRow
from storage.prospects.ideal_client import fit_of, ideal_client_of
from storage.prospects.lead import LeadRow
from storage.prospects.named_lead import leads_called
from storage.prospects.score.judged import Judged, judged_deal, judged_leads, team_of
from storage.prospects.source_yield import sourced_deals
from storage.scope import Scope

CALLED = ("the score of", "score of", "score for", "the score", "score")
EXAMPLE = "/why score Acme"
MOST_ANSWERED = 3  # that go by one name


async def explain(context: Context) -> Reply | None:
    """Answer why a lead or a deal has the score it has; None for other words.

    Raises:
        Refusal: for a name that nothing of theirs goes by.
    """
    name = name_in(context.text)
    if name is None:
        return None
    if not name:
        raise Refusal("Whose score? Write a lead or a deal after it.", example=EXAMPLE)
    leads = await leads_called(context.scope, name, seen=await seen_by(context))
    some = [one for one in leads if one.is_open] or leads
    found = [await of_lead(context, one) for one in some[:MOST_ANSWERED]]
    if not found:
        found = [await of_deal(context, one) for one in await deals_meant(context, name)]
    judged = [one for one in found if one is not None]
    if not judged:
        raise Refusal(f"No lead or deal of yours is called “{shorten(name)}”.", example=EXAMPLE)
    return Reply(say=views.why(judged))


def name_in(text: str) -> str | None:
    """Return whose score is asked for; empty where it is nobody's, None for words about something else."""
    typed = " ".join(text.strip(" ?!.").split())
    for called in CALLED:
        if typed.casefold() == called:
            return ""
        if typed.casefold().startswith(f"{called} "):
            return typed[len(called) + 1 :]
    return None


async def deals_meant(context: Context, name: str) -> Sequence[OpportunityRow]:
    """Return the deals that go by a name: the asking person's, else those of their reps."""
    match = await find(context, name)
    mine = [match.sure] if match.sure is not None else [] if match.is_guess else list(match.maybe)
    return (mine or (await of_their_reps(context, name))[0])[:MOST_ANSWERED]


async def why_button(context: Context) -> Reply:
    """The same of a lead, from its card, in a form of its own so that the card stays."""
    lead = await own(context, int(context.request.value))
    found = await of_lead(context, lead)
    if found is None:
        raise Refusal("Nobody's team can say yet what this lead is worth.", example="/lead list")
    return Reply(view=as_modal(views.why([found]), "Why this score"))


async def of_lead(context: Context, lead: LeadRow) -> JudgedCase | None:
    """Return what is said of a lead; None where it belongs to no team."""
    team = await team_of(context.scope, lead.owner_id, lead.team_id)
    if team is None:
        return None
    today = local_date(context.now, team.zone)
    found = (await judged_leads(context.scope, [lead], team, today))[lead.id]
    name = f"{lead.name} at {lead.account}" if lead.account else lead.name
    return await judged(context.scope, team, today, found, name, lead.firm, lead.source)


async def of_deal(context: Context, deal: OpportunityRow) -> JudgedCase | None:
    """Return what is said of a deal; None where its owner is in no team."""
    team = await team_of(context.scope, deal.owner_id)
    if team is None:
        return None
    today = local_date(context.now, team.zone)
    found = await judged_deal(context.scope, deal, team, today)
    return await judged(context.scope, team, today, found, deal.name, deal.account or deal.name, deal.source)


async def judged(
    scope: Scope, team: TeamRow, today: date, found: Judged, name: str, firm: str, source: str | None
) -> JudgedCase:
    """Return what is said of one; the stated profile and the shrunk rate of its source where nothing is learned."""
    if found.chance is not None:
        return JudgedCase(name, found.scoring, found.chance, found.reasons)
    wanted = await ideal_client_of(scope, team.id)
    fit = await fit_of(scope, wanted, firm) if wanted is not None and name_key(firm) else None
    scores = (fit.size.points, fit.attitude.points) if fit is not None else None
    return JudgedCase(name, found.scoring, source=await rate_of(scope, team, today, source), fit=scores)


async def rate_of(scope: Scope, team: TeamRow, today: date, source: str | None) -> SourceYield | None:
    """Return what came of a team's deals from a source; None where nothing did yet."""
    if not source:
        return None
    owners = [rep.user_id for rep in await reps_counted(scope, team.id)]
    found = source_yields(await sourced_deals(scope, owners, team, today))
    return next((one for one in found.yields if name_key(one.name) == name_key(source)), None)
