"""Noting what happened to a goal: one's own can be undone, of somebody else's its owner is told."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from handlers.context import Context
from handlers.feature import Rendered
from handlers.goals.goal.owner import Owner
from handlers.remembered import remember
from messages.goals import goal as views
from messages.goals.goal import ToldOwner
from sales.language.dates.instants import local_date
from sales.language.dates.period import span
from sales.nudges.ledger import Nudge
from sales.nudges.policy import Skip
from storage.goals import goal as queries
from storage.goals.goal import GoalChangeRow, GoalRow
from storage.nudges.ledger.intake import enqueue
from storage.nudges.ledger.rows import DeliveryRow
from storage.people.member import find_member
from storage.people.team import TeamRow, find_team
from storage.row_image import Image, Touched
from storage.scope import Scope

KIND = "goal_told"


async def note(
    context: Context, owner: Owner, row: GoalRow, change: GoalChangeRow, did: str, before: Image | None = None
) -> None:
    """Note a change in the unit of work that made it; `before` is what the row said, None for a new goal.

    What an owner was told about is not undone behind their back: closing it tells them again.
    """
    label = span(row.starts_on, row.ends_on, owner.team.fiscal_year_start).label
    summary = f"{views.aim(row, label)}, {did}"
    touched = [Touched(row, before), Touched(change)]
    if owner.shown is not None:
        await tell(context, owner, change)
        summary, touched = f"{summary}, for {owner.member.name}", []
    await remember(context, summary, *touched)


async def tell(context: Context, owner: Owner, change: GoalChangeRow, after: timedelta = timedelta()) -> None:
    """Let the owner know of a change that was not theirs; it waits for their working hours.

    One that may still be undone is told `after` that, so that nobody hears of what is taken back.
    """
    at = int(change.changed_at.timestamp())  # the id of a change that was taken back is given again
    nudge = Nudge(
        key=f"{KIND}:{context.scope.workspace_id}:{change.goal_id}:{change.id}:{at}",
        kind=KIND,
        intent={"goal_id": change.goal_id, "change_id": change.id},
        why=f"{context.member.name} set or changed one of your goals, and nobody's goal changes unseen.",
        not_before=context.now + after,
        user_id=owner.member.user_id,
    )
    await enqueue(context.scope, nudge, context.now)


async def told(scope: Scope, row: DeliveryRow, now: datetime) -> Rendered:
    """Word the change as it was made; a later one by the same road has a message of its own."""
    goal = await queries.find_goal(scope, int(row.intent["goal_id"]))
    owner = await find_member(scope, row.user_id or "")
    team = await find_team(scope, owner.team_id if owner else None)
    if goal is None or owner is None or team is None:
        return Skip("the goal or its team is gone")
    changes = (await queries.goal_history(scope, [goal.id]))[goal.id]
    until = [change for change in changes if change.id <= row.intent["change_id"]]
    if not until or until[-1].id != row.intent["change_id"]:
        return Skip("it was taken back")
    if changes[-1].id != row.intent["change_id"] and changes[-1].changed_by != owner.user_id:
        return Skip("it was changed again; that message says where it stands")
    return views.told(goal, dated(until, team, owner.zone))


def dated(changes: Sequence[GoalChangeRow], team: TeamRow, zone: str) -> list[ToldOwner]:
    """Return a goal's history with the dates its reader knows and the names its team gives periods."""
    return [
        ToldOwner(
            local_date(change.changed_at, zone),
            change,
            span(change.starts_on, change.ends_on, team.fiscal_year_start).label,
        )
        for change in changes
    ]
