"""Holidays: a team's own word on a day, kept beside the country's list."""

from collections.abc import Collection, Sequence
from datetime import date

from sqlmodel import Field, UniqueConstraint, col, delete

from sales.people.holiday import HolidayChange
from storage.engines.statement import Rows, among, given
from storage.scope import Scope


class HolidayChangeRow(HolidayChange, table=True):
    __tablename__ = "holiday_change"
    __table_args__ = (UniqueConstraint("team_id", "on"),)

    id: int = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspace.id")
    team_id: int = Field(foreign_key="team.id")


CHANGES = Rows(
    HolidayChangeRow,
    given(HolidayChangeRow.workspace_id),
    given(HolidayChangeRow.team_id),
    order=[col(HolidayChangeRow.on)],
)

CHANGES_AMONG = Rows(
    HolidayChangeRow,
    given(HolidayChangeRow.workspace_id),
    by=lambda engine: among(engine, col(HolidayChangeRow.team_id), "team_ids"),
    order=[col(HolidayChangeRow.on)],
)


async def holiday_changes(scope: Scope, team_id: int) -> list[HolidayChangeRow]:
    """Return the days a team added to or struck from its country's holidays, in order."""
    return list(await scope.once(HolidayChangeRow, team_id, lambda: read_changes(scope, team_id)))


async def read_changes(scope: Scope, team_id: int) -> Sequence[HolidayChangeRow]:
    return await scope.find(CHANGES, team_id=team_id)


async def changes_ahead(scope: Scope, team_ids: Collection[int]) -> None:
    """Read ahead what these teams say of holidays."""
    await scope.rows_ahead(
        HolidayChangeRow,
        team_ids,
        lambda missing: scope.find(CHANGES_AMONG, team_ids=missing),
        lambda row: row.team_id,
    )


async def change_holiday(scope: Scope, team_id: int, change: HolidayChange) -> None:
    """Store a team's word on a day, replacing an earlier one."""
    await forget_holiday_change(scope, team_id, change.on)
    values = {**change.model_dump(), "team_id": team_id, "workspace_id": scope.workspace_id}
    scope.session.add(HolidayChangeRow.model_validate(values))
    scope.forget(HolidayChangeRow)


async def forget_holiday_change(scope: Scope, team_id: int, on: date) -> None:
    """Let the country's list decide about a day again."""
    await scope.session.exec(
        delete(HolidayChangeRow).where(
            col(HolidayChangeRow.workspace_id) == scope.workspace_id,
            col(HolidayChangeRow.team_id) == team_id,
            col(HolidayChangeRow.on) == on,
        )
    )
    scope.forget(HolidayChangeRow)
