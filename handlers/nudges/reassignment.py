"""Reassignment: what a rep who leaves or changes has open goes to another in one go; what is won stays theirs."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime

from handlers.context import Context
from handlers.feature import Feature, Kind, Rendered
from handlers.remembered import remember
from handlers.reply import Reply
from messages.people import handover as views
from sales.nudges.kind import NudgeKind, Topic
from sales.nudges.ledger import Nudge
from sales.nudges.policy import Skip
from sales.people.handover import Handover
from sales.people.invitation import InvitationState
from sales.undo import UNDO_FOR
from storage.nudges.ledger.intake import enqueue
from storage.nudges.ledger.rows import DeliveryRow
from storage.people import handover as queries
from storage.people.handover import HandoverRow
from storage.people.member import MemberRow, find_member
from storage.row_image import Touched
from storage.scope import Scope

WORK_GIVEN = "work_given"


@dataclass(frozen=True)
class WorkReassigned:
    """News: what one person has open is another's from now on. Whoever keeps such work moves it, and says what moved.

    `touched` are the rows, so that one undo takes all of it back, and `moved` counts them by what they are. Without
    `with_goals` only what has to be done for customers goes over.
    """

    old: MemberRow
    new: MemberRow
    with_goals: bool = True
    touched: list[Touched] = field(default_factory=list)
    moved: Counter[str] = field(default_factory=Counter)


async def reassign(context: Context, old: MemberRow, new: MemberRow) -> Reply:
    """Let every feature hand over what it keeps, as one action; whoever takes it over hears of it once."""
    work = WorkReassigned(old, new)
    row = await give(context, work, by=context.member.user_id)
    if row is None:
        return Reply(view=views.nothing_open(old.name))
    undo = await remember(context, views.reassignment(old.name, new.name), *work.touched, Touched(row))
    if new.user_id != context.member.user_id:
        await tell(context, row, work, context.member.name)
    return Reply(view=views.reassigned(old.name, new.name, work.moved, undo.id), home=True)


async def give(context: Context, work: WorkReassigned, by: str) -> HandoverRow | None:
    """Let every feature hand over what it keeps, and note it; None where nothing was open. `by` may be nobody here."""
    await context.announce(work)
    if not work.moved:
        return None
    made = Handover(
        old_id=work.old.user_id,
        new_id=work.new.user_id,
        offered_by=by,
        offered_at=context.now,
        state=InvitationState.YES,
        answered_at=context.now,
    )
    return await queries.add_handover(context.scope, made, work.moved)


async def tell(context: Context, row: HandoverRow, work: WorkReassigned, by: str) -> None:
    """Let whoever takes over know, once it cannot be undone any more."""
    nudge = Nudge(
        key=f"{WORK_GIVEN}:{context.scope.workspace_id}:{row.id}",
        kind=WORK_GIVEN,
        intent={"id": row.id},
        why=views.why_given(by, work.old.name),
        not_before=context.now + UNDO_FOR,
        user_id=work.new.user_id,
    )
    await enqueue(context.scope, nudge, context.now)


async def render(scope: Scope, delivery: DeliveryRow, now: datetime) -> Rendered:
    """What somebody was given, unless it was taken back."""
    row = await queries.find_handover(scope, int(delivery.intent["id"]))
    old = await find_member(scope, row.old_id) if row is not None else None
    if row is None or old is None or row.new_id != delivery.user_id:
        return Skip("it was taken back")
    by = await find_member(scope, row.offered_by)
    return views.given(by.name if by is not None else "", old.name, row.moved)


FEATURE = Feature(
    name="reassignment",
    kinds=(
        Kind(
            NudgeKind(
                WORK_GIVEN,
                "Handed over to you",
                "once, when your manager gives you what somebody else had open",
                news=True,
                for_reps=True,
                topic=Topic.DEALS,
                order=33,
            ),
            render,
        ),
    ),
)
