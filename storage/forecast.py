"""Forecasts as they were said, what became of them, and how a team's chances are put right by that."""

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from typing import Any

from sqlmodel import col, delete, func, or_, select, update

from sales.goals.forecast.calibration import Calibration
from sales.goals.goal import GoalState
from sales.goals.outcome import GoalOutcome, TeamOutcome
from sales.goals.scoreboard.log import MODEL, LoggedForecast
from sales.goals.scoreboard.statement import SCORED_DAYS, Claim, Said
from storage.inserting import insert_missing
from storage.scope import Scope
from storage.tables.forecast import CalibrationRow, ForecastRow, GoalOutcomeRow, TeamOutcomeRow
from storage.tables.goal import GoalRow
from storage.tables.team import TeamRow

CLAIM: tuple[Any, ...] = (
    col(ForecastRow.goal_id),
    col(ForecastRow.owner_id),
    col(ForecastRow.metric),
    col(ForecastRow.activity_kind),
    col(ForecastRow.currency),
    col(ForecastRow.target),
    col(ForecastRow.starts_on),
    col(ForecastRow.ends_on),
)


async def calibrated(scope: Scope, team: TeamRow) -> Calibration | None:
    """Return how a team's chances are put right before they are shown; None leaves them as they are.

    It changes once a day at most. That of another version of the model is not used.
    """
    row = await scope.session.get(CalibrationRow, team.id)
    if row is None or row.workspace_id != scope.workspace_id or row.model != MODEL:
        return None
    return Calibration(row.shift, row.slope, row.resolved)


async def keep_calibration(scope: Scope, team_id: int, found: Calibration | None, on: date) -> None:
    """Put a team's chances right by this from now on; None leaves them as they are."""
    row = await scope.session.get(CalibrationRow, team_id)
    if found is None:
        if row is not None:
            await scope.session.delete(row)
        return
    values = {**found._asdict(), "model": MODEL, "made_on": on}
    if row is None:
        row = CalibrationRow.model_validate(
            {"team_id": team_id, "workspace_id": scope.workspace_id, **values}
        )
    row.sqlmodel_update(values)
    scope.session.add(row)
    await scope.session.flush()


async def open_goals_on(scope: Scope, owner_ids: Collection[str], day: date) -> list[GoalRow]:
    """Return the open goals of these people whose period had not ended before `day`, the oldest first."""
    asked = select(GoalRow).where(
        GoalRow.workspace_id == scope.workspace_id,
        col(GoalRow.owner_id).in_(owner_ids),
        GoalRow.state == GoalState.OPEN,
        GoalRow.ends_on > day,
    )
    return list(await scope.session.exec(asked.order_by(col(GoalRow.id))))


async def logged_on(scope: Scope, goal_ids: Collection[int], day: date) -> set[int]:
    """Return which of these goals have their forecast of a day already."""
    asked = select(ForecastRow.goal_id).where(
        ForecastRow.workspace_id == scope.workspace_id,
        col(ForecastRow.goal_id).in_(goal_ids),
        ForecastRow.day == day,
    )
    return set(await scope.session.exec(asked))


async def log(scope: Scope, forecasts: Sequence[LoggedForecast]) -> None:
    """Keep forecasts, one for each goal and day: what was said once is never said anew."""
    rows = [{**one.model_dump(), "workspace_id": scope.workspace_id} for one in forecasts]
    await insert_missing(scope.session, ForecastRow, rows)


async def claims(scope: Scope, team_id: int, late_from: date, until: date) -> list[Claim]:
    """Return what a team's forecasts were about, each target once, of periods that ended by `until`.

    Those resolved already are among them where the period ended on `late_from` or later.
    """
    columns = *CLAIM, func.min(col(ForecastRow.resolved_on)), func.min(col(ForecastRow.attained))
    asked: Any = select(*columns).where(
        ForecastRow.workspace_id == scope.workspace_id,
        ForecastRow.team_id == team_id,
        ForecastRow.ends_on <= until,
        or_(col(ForecastRow.hit).is_(None), col(ForecastRow.ends_on) >= late_from),
    )
    rows = await scope.session.exec(asked.group_by(*CLAIM).order_by(*CLAIM[:1], *CLAIM[5:]))
    return [Claim._make((*about, first is not None, attained)) for *about, first, attained in rows]


async def resolve(scope: Scope, claim: Claim, attained: int, on: date) -> None:
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


async def said(scope: Scope, team_id: int, today: date) -> list[Said]:
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
    ]
    asked: Any = select(*columns).where(
        ForecastRow.workspace_id == scope.workspace_id,
        ForecastRow.team_id == team_id,
        col(ForecastRow.ends_on) >= today - timedelta(days=SCORED_DAYS),
        col(ForecastRow.hit).is_not(None),
        ForecastRow.done < ForecastRow.target,
        ForecastRow.model == MODEL,
    )
    in_order = asked.order_by(ForecastRow.owner_id, ForecastRow.goal_id, ForecastRow.day)
    return [Said(*row) for row in await scope.session.exec(in_order)]


async def waiting(scope: Scope, team_id: int) -> tuple[int, date | None]:
    """Return how many goals of a team have forecasts that are not resolved yet, and the next day a period ends."""
    columns: list[Any] = [func.count(func.distinct(ForecastRow.goal_id)), func.min(ForecastRow.ends_on)]
    asked = select(*columns).where(
        ForecastRow.workspace_id == scope.workspace_id,
        ForecastRow.team_id == team_id,
        col(ForecastRow.hit).is_(None),
    )
    count, ends = (await scope.session.exec(asked)).one()
    return int(count), ends


async def said_of(scope: Scope, goal_ids: Collection[int]) -> dict[int, list[tuple[date, float, int]]]:
    """Return what was said of each of these goals by day: the day, the chance people read, of which target."""
    columns: list[Any] = [ForecastRow.goal_id, ForecastRow.day, ForecastRow.shown, ForecastRow.target]
    asked = select(*columns).where(
        ForecastRow.workspace_id == scope.workspace_id, col(ForecastRow.goal_id).in_(goal_ids)
    )
    found: dict[int, list[tuple[date, float, int]]] = {goal_id: [] for goal_id in goal_ids}
    for goal_id, day, shown, target in await scope.session.exec(asked.order_by(col(ForecastRow.day))):
        found[goal_id].append((day, shown, target))
    return found


# what goals came to


async def ended_goals(scope: Scope, owner_ids: Collection[str], since: date, until: date) -> list[GoalRow]:
    """Return the goals of these people that were open when their period ended, from `since` to `until`."""
    asked = select(GoalRow).where(
        GoalRow.workspace_id == scope.workspace_id,
        col(GoalRow.owner_id).in_(owner_ids),
        GoalRow.state == GoalState.OPEN,
        col(GoalRow.ends_on).between(since, until),
    )
    return list(await scope.session.exec(asked.order_by(col(GoalRow.id))))


async def outcomes(scope: Scope, goal_ids: Collection[int]) -> dict[int, GoalOutcomeRow]:
    """Return what each of these goals came to, of those whose period is settled."""
    asked = select(GoalOutcomeRow).where(
        GoalOutcomeRow.workspace_id == scope.workspace_id, col(GoalOutcomeRow.goal_id).in_(goal_ids)
    )
    return {row.goal_id: row for row in await scope.session.exec(asked)}


async def keep_outcome(scope: Scope, goal_id: int, found: GoalOutcome) -> None:
    """Keep what a goal came to, or what it came to after all; whether and when it was told stays."""
    row = await scope.session.get(GoalOutcomeRow, goal_id)
    if row is None:
        row = GoalOutcomeRow.model_validate(
            {**found.model_dump(), "goal_id": goal_id, "workspace_id": scope.workspace_id}
        )
    else:
        row.sqlmodel_update(found.model_dump(exclude={"told", "settled_on"}))
    scope.session.add(row)
    await scope.session.flush()


async def untold(scope: Scope, team_id: int) -> list[GoalOutcomeRow]:
    """Return what goals of a team came to and their owners were not told yet."""
    asked = select(GoalOutcomeRow).where(
        GoalOutcomeRow.workspace_id == scope.workspace_id,
        GoalOutcomeRow.team_id == team_id,
        col(GoalOutcomeRow.told).is_(False),
    )
    return list(await scope.session.exec(asked.order_by(col(GoalOutcomeRow.goal_id))))


async def mark_told(scope: Scope, goal_ids: Collection[int]) -> None:
    """Note that owners are told what these goals came to, in the unit of work of the message."""
    await scope.session.exec(
        update(GoalOutcomeRow)
        .where(
            col(GoalOutcomeRow.workspace_id) == scope.workspace_id, col(GoalOutcomeRow.goal_id).in_(goal_ids)
        )
        .values(told=True)
    )


async def keep_team_outcomes(scope: Scope, team_id: int, found: Sequence[TeamOutcome]) -> None:
    """Keep what a team's goals came to together, in place of what was kept of the same; the first day stays."""
    for one in found:
        same = (
            col(TeamOutcomeRow.workspace_id) == scope.workspace_id,
            col(TeamOutcomeRow.team_id) == team_id,
            col(TeamOutcomeRow.metric) == one.metric,
            col(TeamOutcomeRow.activity) == one.activity,
            col(TeamOutcomeRow.currency) == one.currency,
            col(TeamOutcomeRow.starts_on) == one.starts_on,
            col(TeamOutcomeRow.ends_on) == one.ends_on,
        )
        before = (await scope.session.exec(select(col(TeamOutcomeRow.settled_on)).where(*same))).first()
        await scope.session.exec(delete(TeamOutcomeRow).where(*same))
        values = {**one.model_dump(), "settled_on": before or one.settled_on}
        scope.session.add(
            TeamOutcomeRow.model_validate({**values, "team_id": team_id, "workspace_id": scope.workspace_id})
        )
    await scope.session.flush()


async def team_outcomes(scope: Scope, team_id: int, first: date, last: date) -> list[TeamOutcomeRow]:
    """Return what a team's goals came to together, of periods settled between two days, both included."""
    asked = select(TeamOutcomeRow).where(
        TeamOutcomeRow.workspace_id == scope.workspace_id,
        TeamOutcomeRow.team_id == team_id,
        col(TeamOutcomeRow.settled_on).between(first, last),
    )
    return list(await scope.session.exec(asked.order_by(col(TeamOutcomeRow.ends_on), col(TeamOutcomeRow.id))))
