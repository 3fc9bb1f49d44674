"""Hand-overs: what somebody who leaves has open goes to another; one person's closed account to their new one.

The second is offered to whoever has the new account, and without their yes nothing moves.
"""

from datetime import datetime

from handlers.context import Context, Preflight, prefetch
from handlers.feature import Command, Feature, Kind, Record, Rendered, routes
from handlers.nudges.reassignment import reassign
from handlers.people.member import Users, look_up_people, meet_people
from handlers.people.news import MemberChanged, PersonMet, TeamChanged, WorkLeft
from handlers.people.team import about_team
from handlers.remembered import remember
from handlers.reply import Reply
from messages.people import handover as views
from sales.nudges.kind import NudgeKind
from sales.nudges.ledger import PROMPT, Nudge
from sales.nudges.policy import Skip
from sales.people.handover import Handover, is_same_person, may_undo_handover
from sales.people.invitation import InvitationState
from sales.people.permission import Act
from sales.refusal import Refusal
from storage.columns import RowClass
from storage.nudges.ledger.intake import enqueue
from storage.nudges.ledger.rows import DeliveryRow
from storage.people import handover as queries
from storage.people.handover import HandoverRow
from storage.people.leave import LeaveRow
from storage.people.member import MemberRow, every_member, find_member, save_member
from storage.people.team import TeamRow, find_team, managers_of, set_managers, teams_managed_by
from storage.scope import Scope

HANDOVER = "handover"
OWNER = "owner_id"
MANAGED = "teams managed"
PLACE = "place"


async def met(context: Context, news: PersonMet) -> None:
    """Somebody is new here: if exactly one closed account has their address, they are offered what it had."""
    closed = await queries.closed_accounts(context.scope)
    found = [row for row in closed if is_same_person(row, news.member)]
    if len(found) == 1:
        await offer(context, found[0], news.member, by="")


async def offer(context: Context, old: MemberRow, new: MemberRow, by: str) -> None:
    """Offer it once; whoever has an open offer is not written to again."""
    if await queries.offered(context.scope, old.user_id, new.user_id) is not None:
        return
    made = Handover(old_id=old.user_id, new_id=new.user_id, offered_by=by, offered_at=context.now)
    row = await queries.add_handover(context.scope, made)
    nudge = Nudge(
        key=f"{HANDOVER}:{context.scope.workspace_id}:{row.id}",
        kind=HANDOVER,
        intent={"id": row.id},
        why="You are new here, and an account that was closed may have been yours.",
        not_before=context.now,
        user_id=new.user_id,
        priority=PROMPT,
    )
    await enqueue(context.scope, nudge, context.now)


async def render(scope: Scope, delivery: DeliveryRow, now: datetime) -> Rendered:
    """The offer, while it stands."""
    row = await queries.find_handover(scope, int(delivery.intent["id"]))
    old = await find_member(scope, row.old_id) if row is not None else None
    if row is None or old is None or row.state is not InvitationState.OPEN or old.active:
        return Skip("answered, or the account is back")
    by = await find_member(scope, row.offered_by) if row.offered_by else None
    return views.offer(row.id, old.name, by=by.name if by is not None else "", same_address=by is None)


def owners(context: Context) -> list[tuple[RowClass, str]]:
    """Return the tables whose rows go along, and the column that says whose: own work, leave, what two people share."""
    records = context.declared.records
    own = [(one.table, OWNER) for one in records if one.erased == OWNER]
    return [*own, (LeaveRow, "user_id"), *((one.table, name) for one in records for name in one.moves)]


async def mine(context: Context) -> tuple[HandoverRow, MemberRow] | None:
    """Return the offer whose button was pressed, and the closed account; None if it stands no more."""
    row = await queries.find_handover(context.scope, int(context.request.value))
    old = await find_member(context.scope, row.old_id) if row is not None else None
    if row is None or old is None or row.new_id != context.member.user_id or old.active:
        return None
    return row, old


async def accept(context: Context) -> Reply:
    """They said yes: work, leave and place in the team move in one unit of work."""
    found = await mine(context)
    if found is None or found[0].state is InvitationState.NO:
        return Reply(edit=views.said("gone"))
    row, old = found
    if await queries.answer_handover(
        context.scope, row, InvitationState.OPEN, InvitationState.YES, context.now
    ):
        moved = await queries.move_rows(context.scope, owners(context), row.old_id, row.new_id)
        place = [context.member.team_id, context.member.is_rep, old.team_id, old.is_rep]
        managed = [team.id for team in await teams_managed_by(context.scope, row.old_id)]
        await settle(
            context, row, old.team_id or context.member.team_id, is_rep=old.is_rep or context.member.is_rep
        )
        await save_member(context.scope, row.old_id, team_id=None, is_rep=False)
        for team_id in managed:
            await replaced(context, team_id, row.old_id, row.new_id)
        row.moved = {**moved, MANAGED: managed, PLACE: place}
        context.scope.session.add(row)
        await announce(context, row, place)
        await remember(context, "what your old account had moved to you")
    count = queries.count_moved({of: keys for of, keys in row.moved.items() if of not in (MANAGED, PLACE)})
    now_said = await find_member(context.scope, row.new_id)
    team = await find_team(context.scope, now_said.team_id if now_said is not None else None)
    return Reply(edit=views.moved(row.id, count, team.name if team is not None else ""), home=True)


async def settle(context: Context, row: HandoverRow, team_id: int | None, *, is_rep: bool) -> None:
    await save_member(context.scope, row.new_id, team_id=team_id, is_rep=is_rep)


async def replaced(context: Context, team_id: int, before: str, after: str) -> None:
    """Let one person manage a team in the place of another."""
    managers = set(await managers_of(context.scope, team_id))
    await set_managers(context.scope, team_id, (managers - {before}) | {after})


async def announce(context: Context, row: HandoverRow, place: list[int | None]) -> None:
    """Let schedules follow: of the person, and of every team concerned."""
    for user_id in (row.new_id, row.old_id):
        member = await find_member(context.scope, user_id)
        assert member is not None
        await context.announce(MemberChanged(member, await find_team(context.scope, member.team_id)))
    for team_id in {place[0], place[2], *row.moved.get(MANAGED, ())} - {None}:
        team = await find_team(context.scope, team_id)
        if team is not None:
            await context.announce(TeamChanged(team))


async def decline(context: Context) -> Reply:
    """They said no: nothing moves."""
    found = await mine(context)
    if found is None:
        return Reply(edit=views.said("gone"))
    if found[0].state is InvitationState.YES:
        raise Refusal("It was moved already. Undo puts it back for ten minutes.")
    if await queries.answer_handover(
        context.scope, found[0], InvitationState.OPEN, InvitationState.NO, context.now
    ):
        await remember(context, "no to a hand-over")
    return Reply(edit=views.said("declined"))


async def undo(context: Context) -> Reply:
    """They take their yes back: what moved and is still theirs is where it was, all of it or nothing."""
    found = await mine(context)
    if found is None:
        return Reply(edit=views.said("gone"))
    row, _ = found
    if row.state is InvitationState.YES:
        if not may_undo_handover(row, context.now):
            raise Refusal(
                "Undo works for 10 minutes. A manager can change who is in the team with `/team people`."
            )
        if await queries.answer_handover(
            context.scope, row, InvitationState.YES, InvitationState.NO, context.now
        ):
            await queries.move_back(context.scope, owners(context), row.moved, row.old_id, row.new_id)
            mine_before, rep_before, old_team, old_rep = row.moved[PLACE]
            await settle(context, row, mine_before, is_rep=rep_before)
            await save_member(context.scope, row.old_id, team_id=old_team, is_rep=old_rep)
            for team_id in row.moved[MANAGED]:
                await replaced(context, team_id, row.new_id, row.old_id)
            await announce(context, row, row.moved[PLACE])
    return Reply(edit=views.said("undone"), home=True)


async def open_form(context: Context) -> Reply:
    """`/team handover`, or the button of a team's card: who leaves, and who takes over."""
    team, _, chosen = context.request.value.partition(":")
    people = [
        row
        for row in await every_member(context.scope)
        if (not team or str(row.team_id or row.left_team_id) == team) and await may_offer(context, row)
    ]
    work = WorkLeft([row for row in people if row.team_id is None and row.left_team_id is not None])
    await context.announce(work)
    people = [row for row in people if row.is_rep or not row.active or row.user_id in work.found]
    if not people:
        raise Refusal("You look after nobody who has anything to hand over.")
    people.sort(key=lambda row: (row.active, row.name.casefold()))
    return Reply(view=views.form([(row.user_id, row.name, row.active) for row in people], chosen))


async def may_offer(context: Context, old: MemberRow) -> bool:
    """Say whether somebody may hand over what a person has: admins, and managers of the team they are in or left."""
    team: TeamRow | None = await find_team(context.scope, old.team_id or old.left_team_id)
    if team is None:
        return context.member.administers and not old.active
    return context.may(Act.CHANGE_TEAM, await about_team(context.scope, team))


async def look_up(preflight: Preflight) -> Users:
    """Ask Slack who takes over."""
    return await look_up_people(preflight, [str(preflight.request.values[views.NEW])])


@prefetch(look_up)
async def save(context: Context) -> Reply:
    """Hand over what somebody has open; where it is one person with a new account, ask them about everything."""
    values = context.request.values
    old = await find_member(context.scope, str(values[views.OLD]))
    if old is None or not await may_offer(context, old):
        raise Refusal("That is not yours to hand over.", field=views.OLD)
    found, strangers = await meet_people(context, [str(values[views.NEW])], context.prefetched)
    if strangers or not found:
        raise Refusal("That account cannot be in a team. Choose another.", field=views.NEW)
    (new,) = found
    if new.user_id == old.user_id:
        raise Refusal("Choose somebody else: they have it already.", field=views.NEW)
    if not old.active and (values.get(views.SAME) or is_same_person(old, new)):
        await offer(context, old, new, by=context.member.user_id)
        await remember(context, f"hand-over offered to {new.name}")
        return Reply(say=views.offered(new.name))
    if new.team_id is None or not await may_offer(context, new):
        raise Refusal("Choose somebody in a team that you look after.", field=views.NEW)
    return await reassign(context, old, new)


FEATURE = Feature(
    name="handover",
    commands=(
        Command(
            "team handover",
            "",
            "give what somebody has open to another, or a closed account to the same person's new one",
            "/team handover",
            open_form,
            Act.CHANGE_TEAM,
            order=67,
        ),
    ),
    actions={
        **routes(Act.OWN_WORK, {views.YES: accept, views.NO: decline, views.UNDO: undo}),
        **routes(Act.CHANGE_TEAM, {views.OPEN: open_form}),
    },
    views=routes(Act.CHANGE_TEAM, {views.OFFER: save}),
    kinds=(
        Kind(
            NudgeKind(
                HANDOVER,
                "Hand-over",
                "once, when an account that was closed may have been yours",
                asked_for=True,
                news=True,
                bundles=False,
                mutable=False,
            ),
            render,
        ),
    ),
    hears={PersonMet: met},
    records=(Record(HandoverRow, undone=True, exported=True, read=Act.CHANGE_TEAM, erased="new_id"),),
)
