"""Goals read in, each with the history of what it said: who set it decides who may see it.

A goal is known by its id where the folder is from here, and else by whose it is, what it counts and when it was set.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlmodel import col, func, select

from sales.goals.goal import Goal, Metric
from storage.goals.goal import GoalChangeRow, GoalRow
from storage.imports.export.names import FigureUnit
from storage.imports.export.read_in.reading import (
    FileReadIn,
    FolderReading,
    insert_rows,
    stored,
    there_by_id,
)
from storage.imports.export.read_in.tables import Values
from storage.pieces import pieces
from storage.scope import Scope

GOALS, ID = "goal", "id"
NO_GOAL = "its goal is not among the goals"

Known = tuple[Any, ...]
Line = tuple[int | None, Values]


class HistoryLine(NamedTuple):
    """What a goal said at a time, and on which line of its file that stands."""

    line: int
    values: Values


Histories = dict[int, list[HistoryLine]]


async def read_goals(reading: FolderReading) -> None:
    """Read in goals with their history."""
    table = reading.table(GoalRow)
    if table is None:
        return
    told = reading.begin(table)
    changed = reading.begin(changes) if (changes := reading.table(GoalChangeRow)) is not None else None
    histories = history_of(reading, changed) if changed is not None else {}
    for batch in table.batches():
        rows = []
        for row in batch:
            was = row.values.pop(ID, None)
            if (values := stored(reading, told, GoalRow, row)) is not None:
                rows.append((was, values))
        await read_batch(reading, told, changed, histories, rows)
    if changed is not None:
        for left in histories.values():
            for one in left:
                changed.refuse(one.line, NO_GOAL)


def history_of(reading: FolderReading, told: FileReadIn) -> Histories:
    """Return what each goal of the folder said in turn, the oldest first."""
    measures = measures_of(reading)
    table = reading.table(GoalChangeRow, lambda said: measures.get(said.get("goal_id", 0), COUNTS))
    found: Histories = {}
    for row in table.rows() if table is not None else ():
        row.values.pop(ID, None)
        was = row.values.get("goal_id")
        if (values := stored(reading, told, GoalChangeRow, row)) is not None and was is not None:
            found.setdefault(was, []).append(HistoryLine(row.line, values))
    return found


COUNTS = FigureUnit(Metric.ACTIVITIES, "USD")


def measures_of(reading: FolderReading) -> dict[int, FigureUnit]:
    """Return what the figures of each goal of the folder are."""
    table = reading.table(GoalRow)
    rows = table.rows() if table is not None else ()
    return {
        row.values[ID]: FigureUnit(Metric(row.values["metric"]), row.values["currency"])
        for row in rows
        if not row.refused and row.values["metric"] in set(Metric)
    }


async def read_batch(
    reading: FolderReading,
    told: FileReadIn,
    changed: FileReadIn | None,
    histories: Histories,
    batch: Sequence[Line],
) -> None:
    async with reading.database.write(reading.workspace_id) as scope:
        own = [was for was, _ in batch if was is not None] if reading.is_same else []
        here = await there_by_id(scope, GoalRow, own)
        known = await goals_there(scope, {values["owner_id"] for _, values in batch})
        new: list[tuple[Line, list[Values]]] = []
        for was, values in batch:
            said_before = [one.values for one in histories.pop(was or 0, [])]
            history = said_before or [as_set(values, reading.origin.made_at)]
            key = known_by(values, history[0]["changed_at"])
            if was in here or key in known:
                reading.became(GOALS, was, was if was in here and was is not None else known[key])
                told.there += 1
                count(changed, there=len(history))
            else:
                new.append(((was, values), history))
        ids = await insert_rows(scope, GoalRow, [values for (_, values), _ in new])
        await reading.keep(scope, GoalRow, ids)
        said = [
            {**one, "goal_id": made} for (_, history), made in zip(new, ids, strict=True) for one in history
        ]
        await insert_rows(scope, GoalChangeRow, said)
    for ((was, _), _), made in zip(new, ids, strict=True):
        reading.became(GOALS, was, made)
    told.added += len(new)
    count(changed, added=len(said))


def count(told: FileReadIn | None, added: int = 0, there: int = 0) -> None:
    if told is not None:
        told.added += added
        told.there += there


def as_set(values: Values, at: datetime) -> Values:
    """Return the first line of the history of a goal without any: its owner set it, so that it is theirs alone."""
    said = {
        name: values[name] for name in ("target", "starts_on", "ends_on", "state", "reason", "workspace_id")
    }
    return {**said, "changed_at": at, "changed_by": values["owner_id"]}


def known_by(goal: Mapping[str, Any] | Goal, set_at: datetime) -> Known:
    said = goal.model_dump() if isinstance(goal, Goal) else goal
    return (*(said[name] for name in ("owner_id", "metric", "activity_kind")), set_at)


async def goals_there(scope: Scope, owners: set[str]) -> dict[Known, int]:
    """Return the goals of these people by what they are known by."""
    found: dict[Known, int] = {}
    for some in pieces(sorted(owners)):
        statement = (
            select(GoalRow, func.min(GoalChangeRow.changed_at))
            .join(GoalChangeRow, col(GoalChangeRow.goal_id) == col(GoalRow.id))
            .where(GoalRow.workspace_id == scope.workspace_id, col(GoalRow.owner_id).in_(some))
            .group_by(col(GoalRow.id))
        )
        for goal, set_at in await scope.session.exec(statement):
            found[known_by(goal, set_at)] = goal.id
    return found
