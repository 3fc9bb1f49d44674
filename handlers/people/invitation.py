"""Invitations: an admin, or a manager of another team, is asked before somebody takes them into a team."""

from dataclasses import dataclass

from handlers.context import Context
from handlers.feature import Feature, Record, routes
from handlers.people.news import InvitationMoved
from handlers.people.team import about_team, names_of, put_back, settle
from handlers.remembered import remember
from handlers.reply import Reply
from messages.blocks import Message
from messages.people import invitation as views
from sales.people.invitation import (
    OPEN_FOR,
    Invitation,
    InvitationState,
    has_expired,
    is_asked_first,
    may_take_back,
)
from sales.people.permission import Act, may
from sales.refusal import Refusal
from sales.undo import UNDO_FOR
from storage.people import invitation as queries
from storage.people.invitation import InvitationRow
from storage.people.member import MemberRow, find_member, find_members
from storage.people.team import TeamRow, find_team, teams_managed_by
from storage.scope import Scope


@dataclass(frozen=True)
class Chosen:
    """Those whom a form chose: who is taken into the team at once, and who is asked first, for which roles."""

    reps: list[MemberRow]
    managers: list[MemberRow]
    asked: list[tuple[MemberRow, bool, bool]]


async def asked_first(
    context: Context, team: TeamRow | None, reps: list[MemberRow], managers: list[MemberRow]
) -> Chosen:
    """Part those who must say yes themselves from those who are taken into a team, None being a new one."""
    by_id = {row.user_id: row for row in [*reps, *managers]}
    wait = {one for one, row in by_id.items() if await must_agree(context, team, row)}
    as_rep, as_manager = {row.user_id for row in reps}, {row.user_id for row in managers}
    return Chosen(
        [row for row in reps if row.user_id not in wait],
        [row for row in managers if row.user_id not in wait],
        [(by_id[one], one in as_rep, one in as_manager) for one in sorted(wait)],
    )


async def must_agree(context: Context, team: TeamRow | None, chosen: MemberRow) -> bool:
    managed = await teams_managed_by(context.scope, chosen.user_id)
    inside = team is not None and (chosen.team_id == team.id or team.id in {row.id for row in managed})
    return is_asked_first(context.member, chosen, inside=inside, manages=bool(managed))


async def invite(
    context: Context, team: TeamRow, asked: list[tuple[MemberRow, bool, bool]]
) -> list[InvitationRow]:
    """Ask people into a team; whoever was asked already and has not answered is not written to again."""
    found = []
    for person, as_rep, as_manager in asked:
        since = context.now - OPEN_FOR
        known = await queries.open_invitation(context.scope, team.id, person.user_id, since)
        if known is not None:
            await queries.widen_invitation(context.scope, known, as_rep=as_rep, as_manager=as_manager)
            found.append(known)
            continue
        made = Invitation(
            team_id=team.id,
            user_id=person.user_id,
            asked_by=context.member.user_id,
            as_rep=as_rep,
            as_manager=as_manager,
            asked_at=context.now,
        )
        row = await queries.add_invitation(context.scope, made)
        await context.announce(InvitationMoved(row, "asked"))
        found.append(row)
    return found


async def stands(scope: Scope, row: InvitationRow) -> bool:
    """Say whether whoever asked may still ask somebody into the team."""
    asker, team = await find_member(scope, row.asked_by), await find_team(scope, row.team_id)
    if asker is None or team is None:
        return False
    return may(Act.CHANGE_TEAM, asker, await about_team(scope, team))


async def mine(context: Context) -> tuple[InvitationRow, TeamRow] | Message:
    """Return the invitation whose button was pressed and its team, or why it stands no more."""
    row = await queries.find_invitation(context.scope, int(context.request.value))
    team = await find_team(context.scope, row.team_id) if row is not None else None
    if row is None or team is None or row.user_id != context.member.user_id:
        return views.over("withdrawn")
    if row.state is InvitationState.YES:
        return row, team
    if row.state is InvitationState.WITHDRAWN or not await stands(context.scope, row):
        return views.over("withdrawn")
    if has_expired(row, context.now):
        asker = await find_member(context.scope, row.asked_by)
        return views.over("expired", team.name, asker.name if asker is not None else "")
    return row, team


async def join(context: Context) -> Reply:
    """They said yes: they are in the team, in one unit of work with every schedule that follows."""
    found = await mine(context)
    if isinstance(found, Message):
        return Reply(edit=found)
    row, team = found
    before = row.came_from if row.state is InvitationState.YES else context.member.team_id
    was_rep = context.member.is_rep
    moved = row.state is not InvitationState.YES and await queries.move_invitation(
        context.scope, row, row.state, InvitationState.YES,
        answered_at=context.now, came_from=before, was_rep=was_rep,
    )  # fmt: skip
    if moved:
        me = [context.member]
        await settle(
            context, team, me if row.as_rep else [], me if row.as_manager else [], keep=True, by=row.asked_by
        )
        await context.announce(InvitationMoved(row, "yes"))
        await remember(context, f"joined {team.name}")
    other = await find_team(context.scope, before) if before != team.id else None
    came_from = other.name if other is not None and row.as_rep else ""
    return Reply(edit=views.joined(row, row.id, team.name, came_from), home=True)


async def not_now(context: Context) -> Reply:
    """They said no, for now; nothing changes."""
    found = await mine(context)
    if isinstance(found, Message):
        return Reply(edit=found)
    row, team = found
    if row.state is InvitationState.YES:
        raise Refusal("You joined already. Undo takes that back for ten minutes; later, ask your manager.")
    if await queries.move_invitation(
        context.scope, row, InvitationState.OPEN, InvitationState.NO, answered_at=context.now
    ):
        await context.announce(InvitationMoved(row, "no"))
        await remember(context, f"no to {team.name}")
    return Reply(edit=views.declined(row.id, team.name))


async def take_back(context: Context) -> Reply:
    """They undo their yes: they are where they were before."""
    found = await mine(context)
    if isinstance(found, Message):
        return Reply(edit=found)
    row, team = found
    if row.state is InvitationState.YES:
        if not may_take_back(row, context.now):
            minutes = int(UNDO_FOR.total_seconds() // 60)
            raise Refusal(
                f"Undo works for {minutes} minutes. Your manager takes you out with `/team people`."
            )
        if row.as_rep and context.member.team_id != team.id:
            raise Refusal("You were moved again since, so undoing this would lose that. Nothing was changed.")
        came_from, was_rep = row.came_from, row.was_rep
        if await queries.move_invitation(
            context.scope, row, InvitationState.YES, InvitationState.NO, answered_at=context.now
        ):
            await put_back(context, team, came_from, is_rep=was_rep, was_manager=not row.as_manager)
            await context.announce(InvitationMoved(row, "undone"))
    return Reply(edit=views.over("taken_back", team.name), home=True)


async def withdraw(context: Context) -> Reply:
    """Whoever asked, or another who may change the team, takes the question back."""
    names = []
    for invitation_id in context.request.value.split(","):
        row = await queries.find_invitation(context.scope, int(invitation_id))
        team = await find_team(context.scope, row.team_id) if row is not None else None
        if row is None or team is None:
            continue
        context.require(Act.CHANGE_TEAM, await about_team(context.scope, team))
        if await queries.move_invitation(
            context.scope, row, InvitationState.OPEN, InvitationState.WITHDRAWN, answered_at=context.now
        ):
            names += names_of(await find_members(context.scope, [row.user_id]))
    if names:
        await remember(context, f"invitation of {', '.join(names)} withdrawn")
    return Reply(edit=views.withdrawn_by_asker(names))


FEATURE = Feature(
    name="invitation",
    actions={
        **routes(
            Act.OWN_WORK, {views.JOIN: join, views.NOT_NOW: not_now, views.TAKE_BACK: take_back}
        ),
        **routes(Act.CHANGE_TEAM, {views.WITHDRAW: withdraw}),
    },
    records=(Record(InvitationRow, exported=True, read=Act.CHANGE_TEAM, erased="user_id"),),
)  # fmt: skip
