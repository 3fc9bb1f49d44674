"""Founding: the team that comes of a finished set-up, whatever happened to its people and its name meanwhile."""

from handlers.context import Context
from handlers.people.invitation import Chosen, asked_first
from handlers.people.news import ChannelChosen
from handlers.people.setup.chosen import Forming, formed
from handlers.people.team import changeable_team, may_change_team, names_of
from handlers.remembered import remember
from messages.blocks import Message
from messages.people import setup as views
from sales.language.figures import listed
from sales.people.country import country_name
from sales.people.wizard import SetupDraft, lives_elsewhere
from storage.people.member import MemberRow, find_members, save_member
from storage.people.team import TeamRow, find_team, find_team_named, make_team

DEACTIVATED = "deactivated in Slack meanwhile"
ELSEWHERE = "in another team meanwhile"


async def founded(context: Context, draft: SetupDraft) -> Message | None:
    """Make the team, or add people to the one that is there; None if somebody made another of its name meanwhile.

    Whoever was deactivated or moved meanwhile is left out, and named.
    """
    there = await find_team_named(context.scope, draft.name)
    if there is not None:
        if not draft.adds:
            return None
        await changeable_team(context, there)
    beside = context.team.currency if context.team is not None else None
    team = there or await make_team(context.scope, draft.team(context.zone, beside))
    if team is None:
        return None
    reps, left_out, moved = await still_free(context, draft, there)
    managers = [row for row in await find_members(context.scope, draft.managers) if row.active]
    chosen = await asked_first(context, there, reps, managers)
    if not chosen.managers and there is None:
        chosen = Chosen(chosen.reps, [context.member], chosen.asked)
    if draft.channel is not None and there is None:
        await context.announce(ChannelChosen(team))
    outcome = await formed(
        context,
        Forming(
            team,
            chosen,
            is_new=there is None,
            kept=there is not None,
            moved=moved,
            passed_over=[*draft.left_out, *left_out],
            unlooked=draft.unlooked,
            own_holidays=await given_countries(context, team, draft, chosen.reps),
        ),
    )
    await remember(context, f"team {team.name} {'made' if there is None else 'changed'}")
    return views.saved(outcome)


async def still_free(
    context: Context, draft: SetupDraft, team: TeamRow | None
) -> tuple[list[MemberRow], list[tuple[str, str]], list[tuple[str, str]]]:
    """Return the reps that can be taken in, those who cannot any more with the reason, and who comes from where."""
    found: list[MemberRow] = []
    left_out: list[tuple[str, str]] = []
    moved: list[tuple[str, str]] = []
    for rep in await find_members(context.scope, draft.reps):
        other = await find_team(context.scope, rep.team_id) if rep.is_rep else None
        elsewhere = other is not None and (team is None or other.id != team.id)
        if not rep.active:
            left_out.append((rep.name, DEACTIVATED))
        elif other is not None and elsewhere and not await may_change_team(context, other):
            left_out.append((rep.name, ELSEWHERE))
        else:
            found.append(rep)
            moved += [(rep.name, other.name)] if other is not None and elsewhere else []
    return found, left_out, moved


async def given_countries(
    context: Context, team: TeamRow, draft: SetupDraft, reps: list[MemberRow]
) -> list[tuple[str, str]]:
    """Give the people who live elsewhere the holidays that hold there, where that was wanted; return it in words."""
    said = []
    for code, people in lives_elsewhere(reps, team.country).items():
        if code in draft.elsewhere:
            for one in people:
                await save_member(context.scope, one.user_id, country=code)
            said.append((country_name(code), listed(names_of(people), most=views.NAMED)))
    return said
