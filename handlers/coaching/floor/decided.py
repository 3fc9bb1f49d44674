"""What a team decides of floors: what each role asks for, and who is what."""

from handlers.context import Context
from handlers.goals.goal.owner import called_or_named
from handlers.people.team import (
    about_team,
    changeable_team,
    may_change_team,
    team_by_id,
    the_team,
)
from handlers.people.touched import people_touched
from handlers.remembered import remember
from handlers.reply import Reply
from messages.blocks import Message, message_of
from messages.coaching import floor as views
from messages.replies import unchanged
from sales.coaching.floor import floor_of, role_of
from sales.language.dates.instants import local_date
from sales.language.dates.weekday import monday_of
from sales.people.permission import Act
from sales.people.role import LABELS, SalesRole, read_role
from sales.people.settings import whole_number
from sales.people.team import MOST_A_WEEK, Team
from sales.refusal import Refusal
from sales.value import changed
from storage.coaching.floor import floor_now, rep_floors
from storage.people.member import find_member, reps_in, save_member
from storage.people.team import TeamRow, change_team, find_team
from storage.row_image import Touched, image

ROLE = ("role", "role_since", "role_before")
EXAMPLE = "/team role @ana SDR"


async def show(context: Context) -> Reply:
    """`/team floors`: what each role of a team asks for; to whoever leads it, who is what and where they stand."""
    team = await the_team(context)
    context.require(
        Act.SEE_TEAM, await about_team(context.scope, team), f"The floors of {team.name} are for its people."
    )
    return Reply(say=await page(context, team))


async def page(context: Context, team: TeamRow) -> Message:
    manages = await may_change_team(context, team)
    reps = await reps_in(context.scope, team.id) if manages else []
    floors = await rep_floors(context.scope, team, reps, monday_of(context.today))
    roles = {rep.user_id: rep.role for rep in reps}
    held = [views.RoleHolder(one, roles[one.user_id]) for one in floors]
    return views.page(team, team.id, held, manages=manages)


async def open_form(context: Context) -> Reply:
    team = await changeable_team(context, await team_by_id(context, context.request.value))
    return Reply(view=views.form(team, team.id))


async def save(context: Context) -> Reply:
    """Keep what each role asks for; a number that is the default's stays one.

    Raises:
        Refusal: under the field that holds no number of activities.
    """
    team = await changeable_team(context, await team_by_id(context, context.request.private))
    before = image(team)
    wanted: dict[str, int | None] = {}
    for role, typed in views.counts_in(context.request.values).items():
        field, now = views.field_of(role), floor_of(team, role)
        count = whole_number(typed, 0, MOST_A_WEEK, field)
        wanted[field] = None if now.is_default and count == now.a_week else count
    team = await change_team(context.scope, team, changed(Team, team, **wanted))
    if image(team) == before:
        return Reply(say=message_of(unchanged()))
    undo = await remember(context, f"floors of {team.name}", Touched(team, before))
    return Reply(say=views.saved(team, undo.id), home=True)


async def role(context: Context) -> Reply:
    """`/team role @ana SDR`: say what somebody sells as; without words, who is what.

    Raises:
        Refusal: for whoever is no rep, a role there is none of, or a team that is not the asking person's to change.
    """
    if not context.text.strip():
        return await show(context)
    named = await called_or_named(context, context.text.strip())
    if named is None:
        raise Refusal("Who is it, and what do they sell as?", example=EXAMPLE)
    return await given(context, named.user_id, read_role(named.rest.strip()))


async def role_chosen(context: Context) -> Reply:
    """The menu beside somebody on the page of floors."""
    user_id = context.request.name.partition(":")[2]
    return await given(context, user_id, read_role(context.request.value))


async def given(context: Context, user_id: str, chosen: SalesRole) -> Reply:
    """Keep what a rep sells as."""
    member = await find_member(context.scope, user_id)
    team = await find_team(context.scope, member.team_id if member is not None else None)
    if member is None or team is None or not member.is_rep:
        raise Refusal("They are a rep of no team. `/team people` says who is.", example=EXAMPLE)
    await changeable_team(context, team)
    before = image(member, ROLE)
    today = local_date(context.now, member.zone)
    await save_member(context.scope, user_id, **role_of(member, chosen, today))
    touched = await people_touched(context, {user_id: before}, ROLE)
    if not touched:
        return Reply(say=message_of(unchanged()))
    undo = await remember(context, f"{member.name} as {LABELS[chosen]}", *touched)
    now = await find_member(context.scope, user_id)
    week = await floor_now(context.scope, team, now or member, today)
    return Reply(
        say=views.role_given(week, chosen, floor_of(team, chosen), undo.id, today),
        home=True,
    )
