"""Which 1:1 is meant: the asking person and a rep they manage, or a manager of theirs; and what is said behind it."""

from collections.abc import Sequence
from typing import NamedTuple

from handlers.context import Context
from handlers.goals.goal.owner import called_first, named_first, names_another, worded
from messages.coaching import pack as views
from sales.coaching.agenda import Pair
from sales.people.permission import About, Act
from sales.refusal import MOST_READINGS, Reading, Refusal
from storage.people.member import MemberRow, find_member, find_members, reps_in
from storage.people.team import TeamRow, find_team, managers_of, teams_managed_by
from storage.scope import Scope

ONE_AT_A_TIME = "One 1:1 at a time: what is added is read by those two. Nothing was added."
BETWEEN = "A 1:1 is between a rep and a manager of theirs, and nobody else reads its page."


class KnownPair(NamedTuple):
    """A pair by who they are: the rep, their team, and the manager."""

    rep: MemberRow
    team: TeamRow
    manager: MemberRow

    @property
    def pair(self) -> Pair:
        return Pair(rep_id=self.rep.user_id, manager_id=self.manager.user_id)

    @property
    def names(self) -> dict[str, str]:
        """Return what the two are called, by id."""
        return {one.user_id: one.name for one in (self.rep, self.manager)}


async def pair_meant(context: Context) -> tuple[KnownPair | None, str]:
    """Return whose 1:1 a text is about, and the words behind it; None where the asking person has nobody to talk with.

    Raises:
        Refusal: where several could be meant, with a button for each; for a name nobody has; for a 1:1 of others.
    """
    text = context.text.strip()
    named = await named_first(context, text)
    if named is not None:
        await require_one(context, named.rest)
        said = (await worded(context, named.rest)).strip(" :,\n\t")
        return await pair_with(context, named.user_id), said
    rest = (await worded(context, text)).lstrip(" :,\n\t")
    others = await talks_of(context)
    if called := called_first(text, others):
        await require_one(context, called[0][1])
        said = (await worded(context, called[0][1])).strip(" :,\n\t")
        if len(called) > 1:
            raise which([one for one, _ in called], said)
        return await pair_with(context, called[0][0].user_id), said
    if len(others) > 1:
        raise which(others, rest)
    return (await pair_with(context, others[0].user_id) if others else None), rest


async def require_one(context: Context, behind: str) -> None:
    """Let a line be about one 1:1: what is added to it is read by those two.

    Raises:
        Refusal: where a second name stands behind the first.
    """
    if names_another(behind, await talks_of(context)):
        raise Refusal(ONE_AT_A_TIME, example="/team 1on1 @ana: ask about Lockside")


async def talks_of(context: Context) -> list[MemberRow]:
    """Return with whom the asking person has a 1:1: who manages them, else the reps they manage."""
    me = context.member
    if me.is_rep and me.team_id is not None:
        bosses = [one for one in await managers_of(context.scope, me.team_id) if one != me.user_id]
        if bosses or not me.is_manager:
            return [one for one in await find_members(context.scope, bosses) if one.active]
    found: list[MemberRow] = []
    for team in await teams_managed_by(context.scope, me.user_id) if me.is_manager else ():
        found += [one for one in await reps_in(context.scope, team.id) if one.user_id != me.user_id]
    return sorted(found, key=lambda one: one.name.casefold())


def which(others: Sequence[MemberRow], rest: str) -> Refusal:
    """Return the question whose 1:1 is meant, with the words behind it kept."""
    said = f": {rest}" if rest else ""
    readings = [Reading(one.name, f"/team 1on1 <@{one.user_id}>{said}") for one in others[:MOST_READINGS]]
    return Refusal(views.which([one.name for one in others], MOST_READINGS), readings=readings)


async def pair_with(context: Context, other_id: str) -> KnownPair:
    """Return the 1:1 of the asking person with somebody.

    Raises:
        PermissionRefusal: if neither manages the other.
        Refusal: if they left.
    """
    me, other = context.member, await find_member(context.scope, other_id)
    if other is not None and not other.active:
        raise Refusal(f"{other.name} left Slack, so there is no 1:1 to prepare.")
    for rep, manager in ((other, me), (me, other)):
        if rep is None or manager is None or rep is manager:
            continue
        if (known := await known_pair(context.scope, rep, manager)) is not None:
            require_pair(context, known.pair)
            return known
    context.require(Act.TALK, About([], owner_id=other_id), otherwise=BETWEEN)
    raise Refusal(BETWEEN)


async def known_pair(scope: Scope, rep: MemberRow, manager: MemberRow) -> KnownPair | None:
    """Return two people as a pair; None where one does not sell in a team that the other manages."""
    team = await find_team(scope, rep.team_id) if rep.is_rep else None
    if team is None or rep.user_id == manager.user_id:
        return None
    if manager.user_id not in await managers_of(scope, team.id):
        return None
    return KnownPair(rep, team, manager)


async def pair_kept(context: Context, pair: Pair) -> KnownPair:
    """Return the pair that a button or a form keeps, if it still is one and the asking person is of it.

    Raises:
        Refusal: if it is none any more.
        PermissionRefusal: for anybody else.
    """
    require_pair(context, pair)
    rep, manager = [await find_member(context.scope, one) for one in (pair.rep_id, pair.manager_id)]
    found = await known_pair(context.scope, rep, manager) if rep is not None and manager is not None else None
    if found is None:
        raise Refusal("You two are not in one team any more, so this page is closed.", example="/team 1on1")
    return found


def require_pair(context: Context, pair: Pair) -> None:
    """Let the two of a pair do what belongs to it, and nobody else.

    Raises:
        PermissionRefusal: for anybody else.
    """
    context.require(Act.TALK, About([pair.manager_id], owner_id=pair.rep_id), otherwise=BETWEEN)
