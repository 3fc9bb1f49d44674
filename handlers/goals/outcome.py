"""The review of a period: what a goal came to, told once to its owner alone, calmly (mechanisms 10, 11)."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta

from handlers.feature import Rendered
from messages.goals import outcome as views
from sales.goals.outcome import ATTAINMENT_REVIEW
from sales.nudges.ledger import Nudge
from sales.nudges.policy import Skip
from sales.nudges.schedule import Occurrence
from storage.goals.outcome import mark_told, reviews, untold
from storage.nudges.ledger.rows import DeliveryRow
from storage.nudges.schedule.rows import ScheduleRow
from storage.people.member import find_member
from storage.people.team import find_team
from storage.scope import Scope

WORTH_READING = timedelta(days=10)  # after that the new period is what matters


async def decide(scope: Scope, schedule: ScheduleRow, occurrence: Occurrence, now: datetime) -> list[Nudge]:
    """Ask for one message to each owner of goals whose period was settled, and note that they are told."""
    rows = await untold(scope, int(schedule.subject_id))
    mine: dict[str, list[int]] = defaultdict(list)
    for row in rows:
        mine[row.owner_id].append(row.goal_id)
    await mark_told(scope, [row.goal_id for row in rows])
    return [nudge(scope, owner_id, goal_ids, now) for owner_id, goal_ids in sorted(mine.items())]


def nudge(scope: Scope, owner_id: str, goal_ids: Sequence[int], now: datetime) -> Nudge:
    which = ".".join(map(str, goal_ids))
    return Nudge(
        key=f"{ATTAINMENT_REVIEW}:{scope.workspace_id}:{owner_id}:{which}",
        kind=ATTAINMENT_REVIEW,
        intent={"goal_ids": list(goal_ids)},
        why=views.why(),
        not_before=now,
        user_id=owner_id,
        expires_at=now + WORTH_READING,
        subject=f"goal:{which}",
    )


async def render(scope: Scope, delivery: DeliveryRow, now: datetime) -> Rendered:
    """What the goals came to, with what was entered late meanwhile."""
    member = await find_member(scope, str(delivery.user_id))
    team = await find_team(scope, member.team_id if member else None)
    if team is None:
        return Skip("in no team any more")
    found = await reviews(scope, team, [int(goal_id) for goal_id in delivery.intent["goal_ids"]])
    return views.review(list(found.values())) if found else Skip("the goal is gone")
