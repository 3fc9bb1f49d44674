"""Noting what happened to a goal: one's own can be undone, of somebody else's its owner is told."""

from collections.abc import Sequence
from datetime import datetime

from handlers.context import Ask
from handlers.feature import Rendered
from handlers.goals.goal.owner import Owner
from messages.goals import goal as messages
from messages.goals.goal import Told
from sales.language.dates.instants import local_date
from sales.language.dates.period import span
from sales.nudges.ledger import Nudge
from sales.nudges.policy import Skip
from storage import undo as undoing
from storage.goals import goal as goals
from storage.goals.goal import GoalChangeRow, GoalRow
from storage.nudges import ledger as delivery
from storage.nudges.ledger.rows import DeliveryRow
from storage.people import member as members
from storage.people import team as teams
from storage.people.team import TeamRow
from storage.scope import Scope
from storage.undo import Image, Touched

KIND = "goal_told"


async def note(
    ask: Ask, owner: Owner, row: GoalRow, change: GoalChangeRow, did: str, before: Image | None = None
) -> None:
    """Note a change in the unit of work that made it; `before` is what the row said, None for a new goal.

    What an owner was told about is not undone behind their back: closing it tells them again.
    """
    if owner.shown is not None:
        await tell(ask, owner, change)
        return
    label = span(row.starts_on, row.ends_on, owner.team.fiscal_year_start).label
    summary = f"{messages.aim(row, label)}, {did}"
    touched = [Touched(row, before), Touched(change)]
    await undoing.remember(ask.scope, ask.member.user_id, ask.now, summary, touched)


async def tell(ask: Ask, owner: Owner, change: GoalChangeRow) -> None:
    """Let the owner know of a change that was not theirs; it waits for their working hours."""
    nudge = Nudge(
        key=f"{KIND}:{ask.scope.workspace_id}:{change.goal_id}:{change.id}",
        kind=KIND,
        intent={"goal_id": change.goal_id, "change_id": change.id},
        why=f"{ask.member.name} set or changed one of your goals, and nobody's goal changes unseen.",
        not_before=ask.now,
        user_id=owner.member.user_id,
    )
    await delivery.enqueue(ask.scope, nudge, ask.now)


async def told(scope: Scope, row: DeliveryRow, now: datetime) -> Rendered:
    """Word the change as it was made; a later one by the same road has a message of its own."""
    goal = await goals.goal(scope, int(row.intent["goal_id"]))
    owner = await members.member(scope, row.user_id or "")
    team = await teams.team(scope, owner.team_id if owner else None)
    if goal is None or goal.id is None or owner is None or team is None:
        return Skip("the goal or its team is gone")
    changes = (await goals.history(scope, [goal.id]))[goal.id]
    until = [change for change in changes if change.id is not None and change.id <= row.intent["change_id"]]
    if changes[-1].id != row.intent["change_id"] and changes[-1].changed_by != owner.user_id:
        return Skip("it was changed again; that message says where it stands")
    return messages.told(goal, dated(until, team, owner.zone))


def dated(changes: Sequence[GoalChangeRow], team: TeamRow, zone: str) -> list[Told]:
    """Return a goal's history with the dates its reader knows and the names its team gives periods."""
    return [
        Told(
            local_date(change.changed_at, zone),
            change,
            span(change.starts_on, change.ends_on, team.fiscal_year_start).label,
        )
        for change in changes
    ]
