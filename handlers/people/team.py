"""Teams: which one is meant, who may change it, and who is in it."""

from collections.abc import Callable
from datetime import date

from handlers.context import Context
from handlers.feature import Command, Feature, Phrase, Record
from handlers.people.news import MemberChanged, TeamChanged, TeamJoined
from handlers.reply import Reply
from handlers.section import Look, Shown, Surface, collected
from messages.blocks import Message
from messages.elements import Element
from messages.people import team as views
from sales.language.dates.instants import local_date
from sales.language.spelling import closest
from sales.language.typed_text import shorten
from sales.people.permission import About, Act
from sales.refusal import MOST_READINGS, Reading, Refusal
from storage.people import team as queries
from storage.people.leave import leave_in_team
from storage.people.member import MemberRow, find_member, find_members, members_in, save_member
from storage.people.team import TeamRow
from storage.scope import Scope

SEVERAL = 2  # teams, of which none is meant more than the others
NO_TEAM = "There is no team yet. `/rainmaker setup` makes one."
OWN_TEAM = ("team", "my team", "our team", "the team")
IN_NO_TEAM = "You are in no team yet. A manager or an admin can add you; then `/team` shows who is in it."


async def ways_to_teams(look: Look, way: Callable[[int, str], Element], most: int) -> Shown | None:
    """Return a way on for each team somebody manages, the first few, by its name where there are several."""
    managed = (
        await queries.teams_managed_by(look.scope, look.member.user_id) if look.member.is_manager else []
    )
    named = len(managed) > 1
    ways = [way(one.id, one.name if named else "") for one in managed[:most]]
    return Shown(buttons=ways) if ways else None


async def team_called(context: Context, text: str) -> TeamRow:
    """Return the team with this name, if the asking person may see it.

    Raises:
        Refusal: if there is none; it lists those they may see, and says nothing of the others.
    """
    found = await queries.find_team_named(context.scope, text)
    seen = await visible_teams(context)
    if found is not None and found in seen:
        return found
    every = [row.name for row in seen]
    if not every:
        raise no_team(context)
    if likely := closest(text, context.declared.words_after("team")):
        raise Refusal(
            f"There is no team “{shorten(text)}”. Did you mean {likely}?", example=f"/team {likely}"
        )
    raise Refusal(
        f"You have no team “{shorten(text)}”. Yours: {', '.join(every)}.", example=f"/team {every[0]}"
    )


def no_team(context: Context) -> Refusal:
    """Return the refusal for somebody who sees no team, whether or not there is any."""
    return Refusal(NO_TEAM if context.may(Act.SET_UP_TEAM) else IN_NO_TEAM)


async def visible_teams(context: Context) -> list[TeamRow]:
    """Return the teams the asking person may see, by name."""
    me = context.member.user_id
    managed = {row.id for row in await queries.teams_managed_by(context.scope, me)}
    return [
        row
        for row in await queries.every_team(context.scope)
        if context.may(Act.SEE_TEAM, About([me] if row.id in managed else [], row.id))
    ]


async def is_visible(context: Context, team: TeamRow) -> bool:
    """Say whether the asking person may see this team, its name included."""
    return context.may(Act.SEE_TEAM, await about_team(context.scope, team))


async def team_by_id(context: Context, team_id: int | str) -> TeamRow:
    """Return the team a button or a form belongs to."""
    found = await queries.find_team(context.scope, int(team_id))
    if found is None or not await is_visible(context, found):
        raise Refusal("That team is gone. `/team` shows yours.")
    return found


async def about_team(scope: Scope, team: TeamRow) -> About:
    """Return a team as the permission table asks about it."""
    return About(await queries.managers_of(scope, team.id), team.id)


async def may_change_team(context: Context, team: TeamRow) -> bool:
    """Say whether the asking person may change this team."""
    return context.may(Act.CHANGE_TEAM, await about_team(context.scope, team))


async def changeable_team(context: Context, team: TeamRow) -> TeamRow:
    """Return the team, if the asking person may change it.

    Raises:
        Refusal: naming those who may.
    """
    about = await about_team(context.scope, team)
    managers = await find_members(context.scope, about.managers or ())
    who = f": {', '.join(row.name for row in managers)}" if managers else ""
    otherwise = f"{team.name} can be changed by its managers and by admins{who}. Please ask one of them."
    context.require(Act.CHANGE_TEAM, about, otherwise)
    return team


async def team_to_change(context: Context) -> TeamRow:
    """Return the team the asking person means to change.

    Raises:
        Refusal: if it is not clear which, or not theirs to change.
    """
    return await changeable_team(context, await the_team(context))


async def team_to_read(context: Context, what: str) -> TeamRow:
    """Return the team whose figures the asking person means to read; `what` names them: "The scoreboard".

    Raises:
        Refusal: if it is not clear which, or its figures are not theirs to read.
    """
    team = await the_team(context)
    otherwise = f"{what} of {team.name} is for its managers and admins."
    context.require(Act.SEE_TEAM_NUMBERS, await about_team(context.scope, team), otherwise)
    return team


async def is_own_team(context: Context) -> bool:
    """Say whether the word "team" stands where a team's name may, as the usage has it, and none is called so."""
    said = " ".join(context.text.casefold().strip(" ?!.").split())
    return said in OWN_TEAM and await queries.find_team_named(context.scope, context.text) is None


async def the_team(context: Context) -> TeamRow:
    """Return the team the asking person means, whatever they may do: named, the one they manage, else their own.

    Raises:
        Refusal: if there is none, or it is not clear which.
    """
    if context.text and not await is_own_team(context):
        return await team_called(context, context.text)
    managed = await queries.teams_managed_by(context.scope, context.member.user_id)
    if len(managed) == 1:
        return managed[0]
    if context.team is not None and not managed:
        return context.team
    every = managed or await visible_teams(context)
    if not every:
        raise no_team(context)
    if len(every) == 1:
        return every[0]
    names = [row.name for row in every]
    others = (
        "" if len(names) <= MOST_READINGS else f" Or write its name after the command: {', '.join(names)}."
    )
    raise Refusal(f"Which team?{others}", readings=[Reading(name, name) for name in names], completes=True)


async def show(context: Context) -> Reply:
    """Show who is in a team: the one named, the one one manages, or one's own; of several, which there are."""
    if context.text:
        return Reply(say=await listed(context, await team_called(context, context.text)))
    managed = await queries.teams_managed_by(context.scope, context.member.user_id)
    if len(managed) < SEVERAL and context.team is not None:
        return Reply(say=await listed(context, context.team))
    every = managed or await visible_teams(context)
    if not every:
        raise no_team(context)
    if len(every) == 1:
        return Reply(say=await listed(context, every[0]))
    teams = [(row.name, await count(context, row)) for row in every]
    return Reply(say=views.all_teams(teams, manages=bool(managed)))


async def count(context: Context, team: TeamRow) -> int:
    """Return how many the list of a team names: its people, and managers who belong elsewhere."""
    people = {row.user_id for row in await members_in(context.scope, team.id)}
    return len(people | set(await queries.managers_of(context.scope, team.id)))


async def listed(context: Context, team: TeamRow) -> Message:
    """Return the list of a team's people: its managers first, wherever they belong, then its members."""
    managers = set(await queries.managers_of(context.scope, team.id))
    people = await members_in(context.scope, team.id)
    inside = {row.user_id for row in people}
    outside = await find_members(context.scope, managers - inside)
    away = await away_until(context, team.id)
    lines = [
        views.ListedPerson(
            row.name,
            row.is_rep and row.user_id in inside,
            row.user_id in managers,
            row.zone,
            context.now,
            away.get(row.user_id),
            row.active,
        )
        for row in sorted([*people, *outside], key=lambda row: row.user_id not in managers)
    ]
    look = Look(context.scope, context.member, team, context.now, context.today)
    added = await collected(context.declared.sections(Surface.TEAM), look)
    return views.listing(
        team,
        team.id,
        lines,
        manages=context.may(Act.CHANGE_TEAM, About(managers, team.id)),
        more=[block for shown in added for block in shown.blocks],
    )


async def away_until(context: Context, team_id: int) -> dict[str, date]:
    """Return who of a team is on leave today by their own clock, and the last day of it."""
    people = {row.user_id: row for row in await members_in(context.scope, team_id)}
    away: dict[str, date] = {}
    for leave in await leave_in_team(context.scope, team_id, context.today):
        today = local_date(context.now, people[leave.user_id].zone)
        if leave.first <= today <= leave.last:
            away[leave.user_id] = max(leave.last, away.get(leave.user_id, leave.last))
    return away


async def settle(
    context: Context,
    team: TeamRow,
    reps: list[MemberRow],
    managers: list[MemberRow],
    *,
    keep: bool,
    by: str = "",
) -> list[MemberRow]:
    """Write down who is in the team and set everybody's schedules; return who left.

    Deactivated reps stay, so that what they won still counts. With `keep` everybody stays. Whoever is new to it was
    put there `by` the asking person where nobody else is named.
    """
    before = await members_in(context.scope, team.id)
    staying = {row.user_id for row in before if row.is_rep and (keep or not row.active)}
    bosses = {row.user_id for row in managers}
    if keep:
        bosses |= set(await queries.managers_of(context.scope, team.id))
    await queries.set_people(context.scope, team.id, staying | {row.user_id for row in reps}, bosses)
    await context.announce(TeamChanged(team))
    inside = await members_in(context.scope, team.id)
    known, there = {row.user_id for row in before}, {row.user_id for row in inside}
    joined = [row for row in inside if row.user_id not in known]
    if joined:
        await context.announce(TeamJoined(team, joined, by or context.member.user_id))
    left = [row for row in before if row.user_id not in there]
    for row in left:
        await context.announce(MemberChanged(row, None))
    return left


async def put_back(
    context: Context, team: TeamRow, came_from: int | None, *, is_rep: bool, was_manager: bool
) -> None:
    """Take the asking person out of a team they just joined, and put them where they were before."""
    me = context.member.user_id
    managers = set(await queries.managers_of(context.scope, team.id))
    await queries.set_managers(context.scope, team.id, managers if was_manager else managers - {me})
    await save_member(context.scope, me, team_id=came_from, is_rep=is_rep)
    before = await queries.find_team(context.scope, came_from)
    member = await find_member(context.scope, me)
    assert member is not None
    await context.announce(TeamChanged(team))
    await context.announce(MemberChanged(member, before))


def names_of(rows: list[MemberRow]) -> list[str]:
    """Return people by name."""
    return [row.name for row in rows]


FEATURE = Feature(
    name="team",
    commands=(
        Command(
            "team",
            "[name]",
            "who is in your team, what it decided, and its library",
            "/team leave",
            show,
            Act.SEE_TEAM,
            order=60,
        ),
    ),
    phrases=(
        Phrase(
            r"how(?:['’]?s| is) (?:my|the|our) team(?: doing)?|(?:show )?(?:me )?(?:my|the|our) team", "team"
        ),
    ),
    records=(
        Record(
            queries.TeamRow,
            undone=True,
            exported=True,
            read=Act.SEE_TEAM,
            exempt="what a team decided; nobody's alone",
        ),
        Record(queries.TeamManagerRow, exported=True, read=Act.SEE_TEAM, erased="user_id"),
    ),
)
