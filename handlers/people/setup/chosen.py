"""Who was chosen: members met, people who must be asked left aside, and the team made of the others."""

from collections.abc import Sequence
from dataclasses import dataclass

from handlers.context import Context
from handlers.people.invitation import Chosen, invite
from handlers.people.member import Stranger, meet_people
from handlers.people.news import WorkLeft
from handlers.people.setup.lookup import SetupLookup
from handlers.people.team import may_change_team, names_of, settle
from messages.people import setup as views
from sales.people.readers import Readers, may_post
from sales.people.setup import GROUP, MANAGERS, REPS, ChosenPeople
from sales.refusal import Refusal
from storage.people.channel import consent_to, give_consent
from storage.people.member import MemberRow, find_members, reps_in
from storage.people.team import TeamRow, find_team, managers_of


async def to_agree(context: Context, channel: str | None, readers: Readers | None) -> str:
    """Return what must be ticked before a channel that others read is posted to; empty where it may be.

    What was ticked just now is noted.
    """
    if readers is None or channel is None:
        return ""
    if may_post(readers.outsiders, await consent_to(context.scope, channel)):
        return ""
    carried = f"{channel}:{readers.outsiders}"
    if carried not in (context.request.values.get(views.READERS) or ()):
        return carried
    await give_consent(context.scope, channel, readers.outsiders, context.member.user_id, context.now)
    return ""


async def reps_of(context: Context, chosen: ChosenPeople) -> tuple[list[MemberRow], list[Stranger]]:
    """Return the reps: everybody chosen by name, and of a user group those who can be."""
    named = await everybody(context, chosen.reps, REPS)
    if chosen.group is None:
        return named, []
    seen: SetupLookup = context.prefetched
    found, strangers = await meet_people(context, seen.in_group - {row.user_id for row in named}, seen.users)
    if not named and not found:
        raise Refusal(
            "Nobody in that group can be a rep. Choose another one, or people by name.", field=GROUP
        )
    return [*named, *found], strangers


async def everybody(context: Context, user_ids: tuple[str, ...], field: str) -> list[MemberRow]:
    """Return all of these people as members.

    Raises:
        Refusal: naming those who cannot be.
    """
    found, strangers = await meet_people(context, user_ids, context.prefetched.users)
    if strangers:
        named = ", ".join(f"{one.name} ({one.reason})" for one in strangers)
        raise Refusal(f"Cannot be in a team: {named}. Take them out and save again.", field=field)
    if field == MANAGERS and (guests := [row.name for row in found if row.is_guest]):
        raise Refusal(f"A guest manages no team: {', '.join(guests)}. Choose somebody else.", field=field)
    return found


async def moving(context: Context, team: TeamRow | None, reps: list[MemberRow]) -> list[tuple[str, str]]:
    """Return which reps come from which other team.

    Raises:
        Refusal: if the other team is not the asking person's to change.
    """
    moved = []
    for rep in reps:
        if rep.team_id is None or not rep.is_rep or (team is not None and rep.team_id == team.id):
            continue
        other = await find_team(context.scope, rep.team_id)
        if other is None:
            continue
        if not await may_change_team(context, other):
            raise Refusal(
                f"{rep.name} is in another team. Ask its manager or an admin to move them.", field=REPS
            )
        moved.append((rep.name, other.name))
    return moved


@dataclass(frozen=True)
class Forming:
    """A team about to be what was chosen. With `kept` people are added to it, and nobody is removed."""

    team: TeamRow
    chosen: Chosen
    is_new: bool = False
    kept: bool = False
    moved: Sequence[tuple[str, str]] = ()
    passed_over: Sequence[tuple[str, str]] = ()
    unlooked: int = 0
    own_holidays: Sequence[tuple[str, str]] = ()


async def formed(context: Context, forming: Forming) -> views.SetupOutcome:
    """Put those who were chosen into a team, ask those who must be asked, and return what came of it in names."""
    team, chosen = forming.team, forming.chosen
    left = await settle(context, team, chosen.reps, chosen.managers, keep=forming.kept)
    work = WorkLeft(left)
    await context.announce(work)
    invitations = await invite(context, team, chosen.asked)
    managers = await find_members(context.scope, await managers_of(context.scope, team.id))
    return views.SetupOutcome(
        team=team,
        is_new=forming.is_new,
        reps=names_of(await reps_in(context.scope, team.id)),
        managers=names_of(managers),
        moved=forming.moved,
        left=names_of(left),
        behind=[
            views.LeftBehind(team.id, one.user_id, one.name, *work.found[one.user_id])
            for one in left
            if one.user_id in work.found
        ],
        passed_over=forming.passed_over,
        kept=forming.kept,
        asked=names_of([person for person, _, _ in chosen.asked]),
        invitations=[one.id for one in invitations if one.asked_by == context.member.user_id],
        unlooked=forming.unlooked,
        guests=[rep.name for rep in chosen.reps if rep.is_guest],
        own_holidays=forming.own_holidays,
    )
