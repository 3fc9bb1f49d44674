"""Which library is meant, what of it is asked for, and who may write in it."""

from handlers.context import Context
from handlers.people.team import about_team, team_by_id
from messages.craft.library import ChosenEntry, ShownLibrary
from sales.craft.library import StoredEntry
from sales.people.permission import About, Act
from sales.refusal import Refusal
from storage.craft import library as queries
from storage.people.member import find_members, members_in
from storage.people.team import TeamRow
from storage.scope import Scope

GONE = "That entry is gone already. `/team library` shows those there are."


async def shown_library(context: Context, team: TeamRow) -> ShownLibrary:
    """Return a team's library for the asking person.

    Raises:
        PermissionRefusal: if it is not theirs to read.
    """
    about = await about_library(context.scope, team)
    context.require(Act.SEE_TEAM, about, f"The library of {team.name} is for its people.")
    return ShownLibrary(
        team.name,
        team.id,
        await queries.library_of(context.scope, team.id),
        await readers_of(context.scope, team),
        context.today,
        writes=context.may(Act.EDIT_LIBRARY, about),
        manages=context.may(Act.CHANGE_TEAM, about),
    )


async def readers_of(scope: Scope, team: TeamRow) -> dict[str, str]:
    """Return who reads a team's library, by name: its people and those who lead it, as long as they are here."""
    about = await about_team(scope, team)
    people = [*await members_in(scope, team.id), *await find_members(scope, about.managers or ())]
    return {one.user_id: one.name for one in people if one.active}


async def about_library(scope: Scope, team: TeamRow) -> About:
    """Return a team's library as the permission table asks about it."""
    about = await about_team(scope, team)
    return about._replace(lets_people=(await queries.rights_of(scope, team.id)).lets_reps)


async def chosen_library(context: Context) -> tuple[TeamRow, ChosenEntry]:
    """Return the team that a button of a library is of, and what else the button carries."""
    value = context.request.value
    what = ChosenEntry.read(value) if "|" in value else ChosenEntry(int(value))
    return await team_by_id(context, what.team_id), what


def entry_by_key(library: ShownLibrary, key: str) -> StoredEntry:
    """Return an entry of a library.

    Raises:
        Refusal: if it is not there any more.
    """
    found = next((one for one in library.entries if one.key == key), None)
    if found is None:
        raise Refusal(GONE)
    return found


async def edits(context: Context, team: TeamRow, entry: StoredEntry | None) -> bool:
    """Say whether the asking person may change an entry, or without one add any."""
    return context.may(Act.EDIT_LIBRARY, await about_entry(context, team, entry))


async def require_edits(context: Context, team: TeamRow, entry: StoredEntry | None = None) -> None:
    """Refuse whoever may not change an entry, or without one add any.

    Raises:
        PermissionRefusal: naming those who may.
    """
    about = await about_entry(context, team, entry)
    managers = await find_members(context.scope, about.managers or ())
    who = f", {', '.join(one.name for one in managers)}" if managers else ""
    context.require(
        Act.EDIT_LIBRARY,
        about,
        f"The library of {team.name} is edited by those who lead the team{who}. They may let everybody in it: "
        "*Who may edit…* in `/team library`.",
    )


async def about_entry(context: Context, team: TeamRow, entry: StoredEntry | None) -> About:
    """Return an entry as the permission table asks about it; whoever looks after one may change it."""
    about = await about_library(context.scope, team)
    own = entry is not None and entry.owner_id == context.member.user_id
    return about._replace(owner_id=context.member.user_id if own else "")
