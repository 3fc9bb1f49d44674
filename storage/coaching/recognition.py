"""Recognition: who was named when and for what, who does not want to be, and what people did that is worth a word."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date, timedelta

from sqlmodel import Field, Index, col, func, select

from sales.coaching.recognition import (
    DEBRIEFS_OF,
    GOAL_FRESH,
    PUBLIC,
    WEEK,
    WEEKS_BEFORE,
    Deed,
    ReachedGoal,
    Share,
    Work,
)
from storage.followups.activity import logged_between, next_steps_between
from storage.followups.followup import kept_between
from storage.goals.attainment import attained_of
from storage.goals.goal import for_others, open_goals_of
from storage.nudges.mute import mutes, read_mutes_of
from storage.pieces import pieces
from storage.pipeline.debrief import debriefs_of, losses_between
from storage.pipeline.opportunity import OpportunityRow
from storage.scope import Scope


async def wants_no_mention(scope: Scope, user_id: str) -> bool:
    """Say whether somebody chose not to be mentioned in public."""
    return PUBLIC in await mutes(scope, user_id)


async def unmentioned(scope: Scope, user_ids: Collection[str]) -> set[str]:
    """Return who of these people chose not to be mentioned in public."""
    found = await read_mutes_of(scope, sorted(user_ids)) if user_ids else {}
    return {user_id for user_id, kinds in found.items() if PUBLIC in kinds}


class RecognitionRow(Deed, table=True):
    """That somebody was named in their team's channel for a week, and for what."""

    __tablename__ = "recognition"
    __table_args__ = (
        Index("ix_recognition_team", "workspace_id", "team_id", "week"),
        {"sqlite_autoincrement": True},
    )

    id: int = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspace.id")
    team_id: int = Field(foreign_key="team.id")
    goal_id: int | None = Field(default=None, foreign_key="goal.id", ondelete="CASCADE")
    week: date


async def named_for(scope: Scope, team_id: int, week: date) -> list[RecognitionRow]:
    """Return whom a team's channel is told of for the week that begins on a day."""
    statement = select(RecognitionRow).where(
        RecognitionRow.workspace_id == scope.workspace_id,
        RecognitionRow.team_id == team_id,
        RecognitionRow.week == week,
    )
    return list(await scope.session.exec(statement.order_by(col(RecognitionRow.id))))


async def keep_named(scope: Scope, team_id: int, week: date, deeds: Collection[Deed]) -> None:
    """Keep who is named for a week, and for what."""
    for one in deeds:
        values = {**one.model_dump(), "workspace_id": scope.workspace_id, "team_id": team_id, "week": week}
        scope.session.add(RecognitionRow.model_validate(values))
    await scope.session.flush()


async def last_named(scope: Scope, user_ids: Collection[str], before: date) -> dict[str, date]:
    """Return in which week before a day each of these people was named last, in any team; the others are missing."""
    statement = (
        select(RecognitionRow.user_id, func.max(RecognitionRow.week))
        .where(
            RecognitionRow.workspace_id == scope.workspace_id,
            col(RecognitionRow.user_id).in_(user_ids),
            RecognitionRow.week < before,
        )
        .group_by(col(RecognitionRow.user_id))
    )
    return dict((await scope.session.exec(statement)).all())


async def goals_told(scope: Scope, user_ids: Collection[str]) -> set[int]:
    """Return which goals of these people were told as reached."""
    statement = select(RecognitionRow.goal_id).where(
        RecognitionRow.workspace_id == scope.workspace_id,
        col(RecognitionRow.user_id).in_(user_ids),
        col(RecognitionRow.goal_id).is_not(None),
    )
    return {one for one in await scope.session.exec(statement) if one is not None}


async def work_of(scope: Scope, user_ids: Collection[str], first: date, last: date) -> list[Work]:
    """Return what these people did between two days, beside their own weeks before, in few questions."""
    ids, nothing = sorted(user_ids), (0, 0)
    kept = await kept_between(scope, ids, first, last)
    before = await kept_between(scope, ids, first - WEEKS_BEFORE * WEEK, first - timedelta(days=1))
    steps = await next_steps_between(scope, ids, first, last)
    losses = await losses_between(scope, ids, last - DEBRIEFS_OF, last)
    answered: dict[str, list[OpportunityRow]] = defaultdict(list)
    lost: dict[str, int] = defaultdict(int)
    for some in pieces(losses):
        said = await debriefs_of(scope, [row.id for row in some])
        for row in some:
            lost[str(row.owner_id)] += 1
            debrief = said.get(row.id)
            if debrief is not None and debrief.is_about(row) and not debrief.open_questions:
                answered[str(row.owner_id)].append(row)
    return [
        Work(
            one,
            Share(*kept.get(one, nothing)),
            Share(*steps.get(one, nothing)),
            Share(len(answered[one]), lost[one]),
            any(row.closed_on is not None and row.closed_on >= first for row in answered[one]),
            Share(*before.get(one, nothing)),
        )
        for one in ids
    ]


async def reached_lately(scope: Scope, user_ids: Collection[str], today: date) -> list[ReachedGoal]:
    """Return which goals of these people were reached within the last weeks, with what was done on the way."""
    since = today - GOAL_FRESH
    rows = await open_goals_of(scope, sorted(user_ids), since)
    rows = [row for row in await for_others(scope, rows) if row.starts_on <= today]
    now, then = await attained_of(scope, rows, today), await attained_of(scope, rows, since)
    found = []
    for row, done, was in zip(rows, now, then, strict=True):
        if was < row.target <= done:
            last = min(today, row.ends_on)
            kept = (await kept_between(scope, [row.owner_id], row.starts_on, last)).get(row.owner_id, (0, 0))
            logged = (await logged_between(scope, [row.owner_id], row.starts_on, last)).get(row.owner_id, 0)
            found.append(ReachedGoal(row.owner_id, row.id, kept[0], logged))
    return found
