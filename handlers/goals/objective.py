"""Objectives: what the company wants, a team's list; how many goals serve each; measures of the wrong thing (4)."""

from handlers.context import Context
from handlers.feature import Command, Feature, Look, Phrase, Record, Section, Shown, Surface, routes
from handlers.people.team import changeable_team, may_change_team, team_by_id, the_team
from handlers.remembered import remember
from handlers.reply import Reply
from messages.blocks import Block, Message, message_of, section
from messages.goals import objective as views
from messages.replies import unchanged
from sales.goals.objective import ObjectiveMap, mapped, merged, read_objectives, rewards_sending
from sales.language.dates.instants import local_date
from sales.people.permission import Act
from sales.people.team import TEAMS_SHOWN
from storage.goals.goal import for_others, open_goals_of
from storage.goals.objective import ObjectiveListRow, objectives_of, write_objectives
from storage.people.member import reps_in
from storage.people.team import TeamRow, teams_managed_by
from storage.scope import Scope

LEAST_UNNAMED = 2  # reps; what the only one measures of their own accord would be theirs by name


async def show(context: Context) -> Reply:
    """`/team objectives`: the list; to whoever leads the team, how many goals serve each, and the way to change it."""
    return Reply(say=await page(context, await the_team(context)))


async def page(context: Context, team: TeamRow, undo_id: int | None = None) -> Message:
    objectives = await objectives_of(context.scope, team.id)
    if not await may_change_team(context, team):
        return views.page(team.name, objectives, team.id)
    today = local_date(context.now, team.zone)
    reps = [rep.user_id for rep in await reps_in(context.scope, team.id)]
    rows = await open_goals_of(context.scope, reps, today)
    seen = await for_others(context.scope, rows)
    flagged = {
        row.activity_kind
        for row in (seen if len(reps) < LEAST_UNNAMED else rows)
        if row.activity_kind is not None and rewards_sending(row)
    }
    return views.page(team.name, objectives, team.id, mapped(seen, objectives), flagged, undo_id)


async def open_form(context: Context) -> Reply:
    """Edit…: the list in a form."""
    team = await changeable_team(context, await team_by_id(context, context.request.value))
    objectives = await objectives_of(context.scope, team.id)
    return Reply(view=views.form(objectives, views.private_of(team.id, objectives)))


async def save(context: Context) -> Reply:
    """The submitted list, put together with what somebody else changed of it meanwhile.

    Raises:
        Refusal: under the field, for too many lines or one that is too long.
    """
    team_id, *opened = context.request.private.split()
    team = await changeable_team(context, await team_by_id(context, team_id))
    stored = await objectives_of(context.scope, team.id)
    typed = read_objectives(context.request.values[views.OBJECTIVES] or "", views.OBJECTIVES)
    wanted = read_objectives("\n".join(merged(typed, opened, stored)), views.OBJECTIVES)
    if wanted == stored:
        return Reply(say=message_of(unchanged()))
    touched = await write_objectives(context.scope, team.id, wanted)
    undo = await remember(context, f"the objectives of {team.name}", touched)
    return Reply(say=await page(context, team, undo.id))


async def on_team(look: Look) -> Shown | None:
    """On a team's card, to whoever leads it, how many goals serve none of its objectives."""
    managed = await teams_managed_by(look.scope, look.member.user_id) if look.member.is_manager else []
    if look.team is None or not (look.member.administers or look.team.id in {one.id for one in managed}):
        return None
    said = await astray(look.scope, look.team, look)
    return Shown(said) if said else None


async def in_review(look: Look) -> Shown | None:
    """The same in the look back on a month, for each team that somebody leads."""
    blocks: list[Block] = []
    for team in (await teams_managed_by(look.scope, look.member.user_id))[:TEAMS_SHOWN]:
        blocks += await astray(look.scope, team, look)
    return Shown(blocks) if blocks else None


async def astray(scope: Scope, team: TeamRow, look: Look) -> list[Block]:
    """Return a line where goals of a team serve nothing on its list; a team without a list is asked for none."""
    objectives = await objectives_of(scope, team.id)
    if not objectives:
        return []
    found = await map_of(scope, team, objectives, look)
    return [section(views.astray(team.name, found))] if found.astray else []


async def map_of(scope: Scope, team: TeamRow, objectives: list[str], look: Look) -> ObjectiveMap:
    reps = [rep.user_id for rep in await reps_in(scope, team.id)]
    rows = await open_goals_of(scope, reps, local_date(look.now, team.zone))
    return mapped(await for_others(scope, rows), objectives)


FEATURE = Feature(
    name="objective",
    commands=(
        Command(
            "team objectives",
            "[name]",
            "what the company wants, for goals to pick from; for managers, which goals serve it",
            "/team objectives",
            show,
            Act.SEE_TEAM,
            order=64,
        ),
    ),
    phrases=(
        Phrase(
            r"(?:what are |show (?:me )?)?(?:(?:our|the|my team['’]?s) )?objectives", "team", "objectives"
        ),
    ),
    actions=routes(Act.CHANGE_TEAM, {views.EDIT: open_form}),
    views=routes(Act.CHANGE_TEAM, {views.SAVE: save}),
    sections=(
        Section(Surface.TEAM, 63, on_team, Act.SEE_TEAM_NUMBERS),
        Section(Surface.REVIEW, 12, in_review, Act.SEE_TEAM_NUMBERS),
    ),
    records=(
        Record(
            ObjectiveListRow,
            undone=True,
            exported=True,
            read=Act.SEE_TEAM,
            exempt="what a team's company wants; nobody's alone",
        ),
    ),
)
