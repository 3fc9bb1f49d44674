"""Runway memories: what a person was told of their runway, so that nothing is said twice."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import JSON, Field, SQLModel, col, select

from sales.goals.forecast.question import TOGETHER
from sales.goals.goal import Measure, Metric, period_of, target_in
from sales.goals.runway.capacity import LOOK_BACK, best_pace
from sales.goals.runway.confidence import count_for_share
from sales.goals.runway.estimate import Runway, runway
from sales.goals.runway.outlook import Aim, Outlook, outlook
from sales.goals.runway.warning import RunwayMemory
from sales.goals.suggestion import SETTLED
from sales.goals.team_progress import aimed_at
from sales.language.dates.period import Period
from sales.pipeline.cycle import Cycle, DealAhead
from storage.goals import attainment
from storage.goals.forecast.memo import worked_under
from storage.goals.forecast.snapshot import keyed_snapshot
from storage.goals.goal import GoalRow
from storage.people.calendar import calendar_of
from storage.people.member import MemberRow
from storage.people.team import TeamRow, reps_of
from storage.pipeline.cycle import open_deals_of, record_on
from storage.scope import Scope


class RunwayMemoryRow(SQLModel, table=True):
    __tablename__ = "runway_memory"

    goal_id: int = Field(primary_key=True, foreign_key="goal.id", ondelete="CASCADE")
    workspace_id: str = Field(foreign_key="workspace.id")
    memory: dict[str, Any] = Field(sa_type=JSON)


async def runway_memories(scope: Scope, goal_ids: Collection[int]) -> dict[int, RunwayMemory]:
    """Return what was said about the runway of each of these goals; a blank memory where nothing was."""
    statement = select(RunwayMemoryRow).where(
        RunwayMemoryRow.workspace_id == scope.workspace_id, col(RunwayMemoryRow.goal_id).in_(goal_ids)
    )
    kept = {row.goal_id: recalled(row.memory) for row in await scope.session.exec(statement)}
    return {goal_id: kept.get(goal_id, RunwayMemory()) for goal_id in goal_ids}


async def remember_runway(scope: Scope, goal_id: int, memory: RunwayMemory) -> None:
    """Store what was said about a goal's runway, in the unit of work of the message that says it."""
    row = await scope.session.get(RunwayMemoryRow, goal_id)
    if row is None:
        row = RunwayMemoryRow(goal_id=goal_id, workspace_id=scope.workspace_id, memory=written(memory))
    else:
        row.memory = written(memory)
    scope.session.add(row)
    await scope.session.flush()


def written(memory: RunwayMemory) -> dict[str, Any]:
    """Return a memory as JSON holds it."""
    last = memory.last_alert_on
    return {**memory._asdict(), "last_alert_on": last.isoformat() if last else None}


def recalled(kept: dict[str, Any]) -> RunwayMemory:
    """Return the memory that JSON holds."""
    last = kept["last_alert_on"]
    return RunwayMemory(**{**kept, "last_alert_on": date.fromisoformat(last) if last else None})


@dataclass(frozen=True)
class RunwayInputs:
    """What the runways of some people stand on, on one day."""

    cycle: Cycle
    means: Mapping[str, float]
    deals: Mapping[str, Sequence[DealAhead]]


async def runway_inputs(scope: Scope, owner_ids: Collection[str], today: date) -> RunwayInputs:
    """Return the workspace's cycle and mean wins, and the open deals of these people."""
    record = await record_on(scope, today)
    deals = await open_deals_of(scope, owner_ids, today, record.by_product)
    return RunwayInputs(record.cycle, record.means, deals)


async def outlooks(
    scope: Scope,
    rows: Sequence[GoalRow],
    member: MemberRow,
    team: TeamRow,
    today: date,
    without: Sequence[DealAhead] = (),
    instead: Sequence[DealAhead] = (),
) -> list[Outlook]:
    """Return the outlook of each of one member's goals for revenue or won deals, in the order given.

    Of the open deals those `without` count are left out; those `instead` count as if they were open.
    """
    if not rows:
        return []
    calendar = await calendar_of(scope, team, member)
    grounds = await runway_inputs(scope, [member.user_id], today)
    left = Counter(grounds.deals[member.user_id]) - Counter(without)
    deals = [*left.elements(), *instead]
    fastest = await fastest_opened(scope, member.user_id, team, today)
    done = await attainment.attained_of(scope, rows, today)
    found = []
    for row, won in zip(rows, done, strict=True):
        period = period_of(row, team)
        goal = target_in(period, row.metric, row.target, row.currency)
        found.append(
            outlook(
                Aim(goal, won, period),
                deals,
                grounds.cycle,
                today,
                team.runway_percent / 100,
                calendar,
                mean_won=grounds.means.get(row.currency),
                cycle_days=team.cycle_days,
                pace=fastest,
            )
        )
    return found


async def team_outlooks(scope: Scope, rows: Sequence[GoalRow], team: TeamRow, today: date) -> list[Outlook]:
    """Return the outlook of a team: its reps' goals of one metric, currency and period taken together.

    Open deals are those of the reps who have such a goal; the days are the team's own working days.
    """
    if not rows:
        return []
    calendar = await calendar_of(scope, team)
    everybody = {row.owner_id for row in rows}
    grounds = await runway_inputs(scope, everybody, today)
    fastest = best_pace(await opened_by(scope, everybody, today))
    done = await attainment.attained_of(scope, rows, today)
    together: dict[tuple[Metric, str, Period], list[tuple[GoalRow, int]]] = defaultdict(list)
    for row, won in zip(rows, done, strict=True):
        together[aimed_at(row, team)].append((row, won))
    found = []
    for (metric, currency, period), counted in together.items():
        owners = {row.owner_id for row, _ in counted}
        goal = target_in(period, metric, sum(row.target for row, _ in counted), currency)
        found.append(
            outlook(
                Aim(goal, sum(won for _, won in counted), period),
                [deal for owner_id in owners for deal in grounds.deals[owner_id]],
                grounds.cycle,
                today,
                team.runway_percent / 100,
                calendar,
                mean_won=grounds.means.get(currency),
                cycle_days=team.cycle_days,
                pace=fastest,
            )
        )
    return found


async def fastest_opened(scope: Scope, owner_id: str, team: TeamRow, today: date) -> float:
    """Return how many deals a day somebody opened in their best weeks; of somebody new, a rep of the team if more."""
    own = await opened_by(scope, [owner_id], today)
    if own and min(own) <= today - SETTLED:
        return best_pace(own)
    reps = await reps_of(scope, team)
    mean = best_pace(await opened_by(scope, reps, today)) / len(reps) if reps else 0.0
    return max(best_pace(own), mean)


async def opened_by(scope: Scope, people: Collection[str], today: date) -> Mapping[date, int]:
    """Return how many deals these people together opened on which day of the last year."""
    measure = Measure("", Metric.OPPORTUNITIES_CREATED, today - LOOK_BACK, today)
    return await attainment.gained_by_day(scope, people, measure, today)


async def bare_runway(
    scope: Scope, period: Period, member: MemberRow | None, team: TeamRow, today: date
) -> Runway:
    """Return the runway of a period nobody has a goal for: the date, without a gap."""
    return runway(
        period,
        today,
        (await record_on(scope, today)).cycle,
        team.runway_percent / 100,
        await calendar_of(scope, team, member),
        gap=0,
        mean_won=None,
        cycle_days=team.cycle_days,
    )


async def deals_to_open(
    scope: Scope, found: Sequence[Outlook], owners: Sequence[str], team: TeamRow, share: float, *, alone: bool
) -> list[int | None]:
    """Return for each aim the fewest deals opened today with which its chance reaches `share`.

    None where no number does, or nothing tells how long deals take. `owners` are whose deals count: one rep
    where `alone`, else a team's together.
    """
    counts: list[int | None] = []
    for one in found:
        currency = "" if one.aim.in_deals else one.aim.currency
        today = one.runway.today
        known, source = await keyed_snapshot(scope, currency, today, owners=() if alone else owners)
        rep = owners[0] if alone else TOGETHER
        asked = rep, one.aim.gap, one.aim.in_deals, one.aim.period, team.fiscal_year_start, share
        key = (count_for_share, source, asked) if source is not None else None
        found_out = worked_under(key, scope, count_for_share, known, rep, one, team.fiscal_year_start, share)
        counts.append(await found_out)
    return counts
