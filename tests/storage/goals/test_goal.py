"""Goals keep what they said, with dates."""

from datetime import date, timedelta
from typing import Any

import pytest
from pydantic import ValidationError

from sales.goals.goal import Goal, GoalState, Metric
from sales.language.dates.period import PeriodKind
from sales.value import changed
from storage.database import Database
from storage.goals import goal as queries
from storage.people import workspace
from tests.known import T0, WORKSPACE

TODAY = T0.date()


def revenue(owner: str = "U1", **other: Any) -> Goal:
    values = {
        "owner_id": owner,
        "metric": Metric.REVENUE,
        "target": 100_000_00,
        "period_kind": PeriodKind.QUARTER,
        "starts_on": date(2026, 7, 1),
        "ends_on": date(2026, 9, 30),
        "reason": "a tenth more than spring",
    }
    return Goal.model_validate({**values, **other})


async def test_a_goal_survives_the_round_trip_with_its_first_line_of_history(database: Database) -> None:
    async with database.write(WORKSPACE) as scope:
        row = await queries.add_goal(scope, revenue(objective="Grow in healthcare"), "U1", T0)
    async with database.read(WORKSPACE) as scope:
        kept = await queries.find_goal(scope, row.id)
        assert kept is not None
        assert Goal.model_validate(kept.model_dump()) == revenue(objective="Grow in healthcare")
        (first,) = (await queries.goal_history(scope, [row.id]))[row.id]
    assert (first.changed_at, first.changed_by, first.target) == (T0, "U1", 100_000_00)
    assert (first.starts_on, first.ends_on, first.state) == (
        date(2026, 7, 1),
        date(2026, 9, 30),
        GoalState.OPEN,
    )


async def test_a_change_in_mid_period_keeps_what_the_goal_said_before(database: Database) -> None:
    later = T0 + timedelta(days=10)
    async with database.write(WORKSPACE) as scope:
        row = await queries.add_goal(scope, revenue(), "U1", T0)
        await queries.change_goal(
            scope, row, changed(Goal, row, target=80_000_00), "U3", later, "two deals moved"
        )
        await queries.close_goal(scope, row, "U1", later + timedelta(days=1))
    async with database.read(WORKSPACE) as scope:
        changes = (await queries.goal_history(scope, [row.id]))[row.id]
        kept = await queries.find_goal(scope, row.id)
    said = [(one.changed_at, one.changed_by, one.target, one.state.value, one.reason) for one in changes]
    assert said == [
        (T0, "U1", 100_000_00, "open", "a tenth more than spring"),
        (later, "U3", 80_000_00, "open", "two deals moved"),
        (later + timedelta(days=1), "U1", 80_000_00, "closed", ""),
    ]
    assert kept is not None
    assert (kept.target, kept.state, kept.reason) == (80_000_00, GoalState.CLOSED, "a tenth more than spring")


async def test_saying_the_same_again_leaves_no_line(database: Database) -> None:
    async with database.write(WORKSPACE) as scope:
        row = await queries.add_goal(scope, revenue(), "U1", T0)
        assert await queries.change_goal(scope, row, changed(Goal, row, target=100_000_00), "U1", T0) is None
        assert await queries.close_goal(scope, row, "U1", T0) is not None
        assert await queries.close_goal(scope, row, "U1", T0) is None
        assert len((await queries.goal_history(scope, [row.id]))[row.id]) == 2


async def test_a_goal_stays_measurable_and_itself(database: Database) -> None:
    async with database.write(WORKSPACE) as scope:
        row = await queries.add_goal(scope, revenue(), "U1", T0)
        with pytest.raises(ValidationError):
            await queries.change_goal(scope, row, changed(Goal, row, target=0), "U1", T0)
        with pytest.raises(ValidationError):
            await queries.change_goal(scope, row, changed(Goal, row, ends_on=date(2026, 6, 30)), "U1", T0)
        with pytest.raises(ValueError, match="keeps its metric"):
            await queries.change_goal(scope, row, changed(Goal, row, metric=Metric.DEALS_WON), "U1", T0)
        assert (row.target, row.ends_on) == (100_000_00, date(2026, 9, 30))
        assert len((await queries.goal_history(scope, [row.id]))[row.id]) == 1


async def test_open_goals_are_those_not_ended_the_soonest_first(database: Database) -> None:
    coming = {"starts_on": date(2026, 10, 1), "ends_on": date(2026, 12, 31)}
    ended = {"starts_on": date(2026, 4, 1), "ends_on": date(2026, 6, 30)}
    last_day = {"starts_on": date(2026, 6, 1), "ends_on": TODAY, "period_kind": PeriodKind.CUSTOM}
    async with database.write(WORKSPACE) as scope:
        for other in (coming, ended, {}, last_day):
            await queries.add_goal(scope, revenue(**other), "U1", T0)
        await queries.close_goal(scope, await queries.add_goal(scope, revenue(), "U1", T0), "U1", T0)
        await queries.add_goal(scope, revenue("U2"), "U2", T0)
    async with database.read(WORKSPACE) as scope:
        starts = [row.starts_on for row in await queries.open_goals(scope, "U1", TODAY)]
        everybody = await queries.open_goals_of(scope, ["U1", "U2"], TODAY)
        all_of_them = [row.ends_on for row in await queries.goals_of(scope, "U1", 10)]
        newest = await queries.goals_of(scope, "U1", 1)
    assert starts == [date(2026, 6, 1), date(2026, 7, 1), date(2026, 10, 1)]
    assert [row.owner_id for row in everybody] == ["U1", "U1", "U2", "U1"]
    assert all_of_them == sorted(all_of_them, reverse=True)
    assert len(all_of_them) == 5
    assert newest[0].ends_on == date(2026, 12, 31)


async def test_another_workspace_sees_nothing(database: Database) -> None:
    async with database.write_ledger() as ledger:
        await workspace.install_workspace(ledger, "T2", "Elsewhere", "UBOT2", T0)
    async with database.write(WORKSPACE) as scope:
        row = await queries.add_goal(scope, revenue(), "U1", T0)
    async with database.read("T2") as scope:
        assert await queries.find_goal(scope, row.id) is None
        assert await queries.open_goals(scope, "U1", TODAY) == []
        assert await queries.goals_of(scope, "U1", 10) == []
        assert await queries.goal_history(scope, [row.id]) == {row.id: []}
