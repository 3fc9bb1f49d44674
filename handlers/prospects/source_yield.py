"""Sources: what became of what came from where, to a team's managers and to each rep of their own (mechanism 36)."""

from collections.abc import Collection

from handlers.ahead import answered_ahead
from handlers.context import Context
from handlers.feature import Command, Feature, Look, Phrase, Section, Shown, Surface
from handlers.people.team import team_to_read
from handlers.reply import Reply
from messages.blocks import section
from messages.prospects import source_yield as views
from messages.prospects.source_yield import SourcePart
from sales.language.dates.instants import local_date
from sales.people.permission import Act
from sales.people.team import TEAMS_SHOWN
from sales.prospects.source_yield import SourceVerdict, source_yields
from storage.people.member import reps_counted
from storage.people.team import TeamRow, teams_managed_by
from storage.prospects.source_yield import sourced_deals, sourced_leads
from storage.scope import Scope

WORDS = frozenset({"sources", "my sources", "the sources", "source", "sources of deals", "best sources"})


async def of_team(context: Context) -> Reply:
    """`/team sources`: what became of what came from where, of a team's people together."""
    team = await team_to_read(context, "The record of sources")
    return Reply(say=views.page(await parts_of_team(context.scope, team, context), team.currency, team.name))


async def of_mine(context: Context) -> Reply:
    """`/lead sources`, `/why sources`: one's own; of whoever sells nothing themselves, their team's."""
    if not context.member.is_rep and context.may(Act.SEE_TEAM_NUMBERS):
        return await of_team(context)
    team, me = context.their_team, [context.member.user_id]
    today = local_date(context.now, team.zone)
    deals = await sourced_deals(context.scope, me, team, today)
    leads = await sourced_leads(context.scope, me, team, today, whole_team=False)
    parts = [SourcePart("deal", "won", source_yields(deals))]
    if leads:
        parts.append(SourcePart("lead", "became a deal", source_yields(leads)))
    return Reply(say=views.page(parts, team.currency))


async def parts_of_team(scope: Scope, team: TeamRow, context: Context) -> list[SourcePart]:
    """Return what came of a team's deals, and of its leads where any came to an end."""
    today = local_date(context.now, team.zone)
    owners = [rep.user_id for rep in await reps_counted(scope, team.id)]
    parts = [SourcePart("deal", "won", source_yields(await sourced_deals(scope, owners, team, today)))]
    leads = await sourced_leads(scope, owners, team, today, whole_team=True)
    if leads:
        parts.append(SourcePart("lead", "became a deal", source_yields(leads)))
    return parts


async def explain(context: Context) -> Reply | None:
    """`/why sources`: one's own; None for other words."""
    if context.text.strip(" ?!.").casefold() not in WORDS:
        return None
    return await of_mine(context)


async def in_review(look: Look) -> Shown | None:
    """To a manager, what each team's sources brought, where they can be told apart."""
    if not look.member.is_manager:
        return None
    lines = []
    for team in (await teams_managed_by(look.scope, look.member.user_id))[:TEAMS_SHOWN]:
        today = local_date(look.now, team.zone)
        owners: Collection[str] = [rep.user_id for rep in await reps_counted(look.scope, team.id)]
        found = source_yields(await sourced_deals(look.scope, owners, team, today))
        if found.verdict is SourceVerdict.RANKED:
            lines.append(views.reviewed(team.name, found))
    return Shown([section(line) for line in lines]) if lines else None


FEATURE = Feature(
    name="source yield",
    commands=(
        Command(
            "lead sources",
            "",
            "what became of what came to you from where",
            "/lead sources",
            answered_ahead(of_mine),
            Act.OWN_WORK,
            order=57,
        ),
        Command(
            "team sources",
            "[name]",
            "what became of what came from where, ranked only where more than luck shows",
            "/team sources",
            answered_ahead(of_team),
            Act.SEE_TEAM_NUMBERS,
            order=69,
        ),
    ),
    phrases=(
        Phrase(
            r"(?:which|what) sources? (?:works?|pays?|is best|are best|wins?)(?: best)?", "lead", "sources"
        ),
        Phrase(r"where do (?:my|our) (?:deals|wins|leads) come from", "lead", "sources"),
    ),
    explain=explain,
    explains="sources",
    sections=(Section(Surface.REVIEW, 61, in_review, Act.SEE_TEAM_NUMBERS),),
)
