"""The scoreboard: every forecast as it was said, until its period resolves it."""

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from typing import Any

from sqlmodel import Field, Index, UniqueConstraint, col, func, or_, select, update

from sales.goals.scoreboard.log import MODEL, LoggedForecast
from sales.goals.scoreboard.statement import SCORED_DAYS, Claim, SaidForecast
from storage.inserts import insert_missing
from storage.scope import Scope


class ForecastRow(LoggedForecast, table=True):
    __tablename__ = "forecast"
    __table_args__ = (
        UniqueConstraint("goal_id", "day"),
        Index("ix_forecast_team", "workspace_id", "team_id", "ends_on"),
    )

    id: int = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspace.id")
    goal_id: int = Field(foreign_key="goal.id", ondelete="CASCADE")


CLAIM_COLUMNS: tuple[Any, ...] = (
    col(ForecastRow.goal_id),
    col(ForecastRow.owner_id),
    col(ForecastRow.metric),
    col(ForecastRow.activity_kind),
    col(ForecastRow.currency),
    col(ForecastRow.target),
    col(ForecastRow.starts_on),
    col(ForecastRow.ends_on),
)


async def logged_on(scope: Scope, goal_ids: Collection[int], day: date) -> set[int]:
    """Return which of these goals have their forecast of a day already."""
    statement = select(ForecastRow.goal_id).where(
        ForecastRow.workspace_id == scope.workspace_id,
        col(ForecastRow.goal_id).in_(goal_ids),
        ForecastRow.day == day,
    )
    return set(await scope.session.exec(statement))


async def log_forecasts(scope: Scope, forecasts: Sequence[LoggedForecast]) -> None:
    """Keep forecasts, one for each goal and day: what was said once is never said anew."""
    rows = [{**one.model_dump(), "workspace_id": scope.workspace_id} for one in forecasts]
    await insert_missing(scope.session, ForecastRow, rows)


async def claims(scope: Scope, team_id: int, late_from: date, until: date) -> list[Claim]:
    """Return what a team's forecasts were about, each target once, of periods that ended by `until`.

    Those resolved already are among them where the period ended on `late_from` or later.
    """
    columns = *CLAIM_COLUMNS, func.min(col(ForecastRow.resolved_on)), func.min(col(ForecastRow.attained))
    statement: Any = select(*columns).where(
        ForecastRow.workspace_id == scope.workspace_id,
        ForecastRow.team_id == team_id,
        ForecastRow.ends_on <= until,
        or_(col(ForecastRow.hit).is_(None), col(ForecastRow.ends_on) >= late_from),
    )
    rows = await scope.session.exec(
        statement.group_by(*CLAIM_COLUMNS).order_by(*CLAIM_COLUMNS[:1], *CLAIM_COLUMNS[5:])
    )
    return [Claim._make((*about, first is not None, attained)) for *about, first, attained in rows]


async def resolve_claim(scope: Scope, claim: Claim, attained: int, on: date) -> None:
    """Note what came of every forecast of a target; also where it was resolved before."""
    await scope.session.exec(
        update(ForecastRow)
        .where(
            col(ForecastRow.workspace_id) == scope.workspace_id,
            col(ForecastRow.goal_id) == claim.goal_id,
            col(ForecastRow.target) == claim.target,
            col(ForecastRow.starts_on) == claim.starts_on,
            col(ForecastRow.ends_on) == claim.ends_on,
        )
        .values(hit=attained >= claim.target, attained=attained, resolved_on=on)
        .execution_options(synchronize_session=False)
    )


async def said_of_team(scope: Scope, team_id: int, today: date) -> list[SaidForecast]:
    """Return a team's resolved forecasts of the model in use, of periods that ended in the last year.

    A goal that was reached already when it was forecast is left out: nothing was uncertain, for anybody.
    """
    columns: list[Any] = [
        ForecastRow.goal_id,
        ForecastRow.owner_id,
        ForecastRow.ends_on,
        ForecastRow.target,
        ForecastRow.chance,
        ForecastRow.shown,
        ForecastRow.run_rate,
        ForecastRow.soft,
        ForecastRow.stages,
        ForecastRow.hit,
        ForecastRow.floor,
        ForecastRow.survival,
    ]
    statement: Any = select(*columns).where(
        ForecastRow.workspace_id == scope.workspace_id,
        ForecastRow.team_id == team_id,
        col(ForecastRow.ends_on) >= today - timedelta(days=SCORED_DAYS),
        col(ForecastRow.hit).is_not(None),
        ForecastRow.done < ForecastRow.target,
        ForecastRow.model == MODEL,
    )
    in_order = statement.order_by(ForecastRow.owner_id, ForecastRow.goal_id, ForecastRow.day)
    return [SaidForecast(*row) for row in await scope.session.exec(in_order)]


async def waiting_claims(scope: Scope, team_id: int) -> tuple[int, date | None]:
    """Return how many goals of a team have forecasts that are not resolved yet, and the next day a period ends."""
    columns: list[Any] = [func.count(func.distinct(ForecastRow.goal_id)), func.min(ForecastRow.ends_on)]
    statement = select(*columns).where(
        ForecastRow.workspace_id == scope.workspace_id,
        ForecastRow.team_id == team_id,
        col(ForecastRow.hit).is_(None),
    )
    count, ends = (await scope.session.exec(statement)).one()
    return int(count), ends


async def said_of(scope: Scope, goal_ids: Collection[int]) -> dict[int, list[tuple[date, float, int]]]:
    """Return what was said of each of these goals by day: the day, the chance people read, of which target."""
    columns: list[Any] = [ForecastRow.goal_id, ForecastRow.day, ForecastRow.shown, ForecastRow.target]
    statement = select(*columns).where(
        ForecastRow.workspace_id == scope.workspace_id, col(ForecastRow.goal_id).in_(goal_ids)
    )
    found: dict[int, list[tuple[date, float, int]]] = {goal_id: [] for goal_id in goal_ids}
    for goal_id, day, shown, target in await scope.session.exec(statement.order_by(col(ForecastRow.day))):
        found[goal_id].append((day, shown, target))
    return found
