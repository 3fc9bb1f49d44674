"""Calibration: how earlier forecasts of a team came out, as one line to put later ones right by."""

from datetime import date

from sqlmodel import Field

from sales.goals.forecast.calibration import Calibration
from sales.goals.scoreboard.log import MODEL, KeptCalibration
from storage.engines.statement import Rows, given
from storage.people.team import TeamRow
from storage.scope import Scope


class CalibrationRow(KeptCalibration, table=True):
    __tablename__ = "calibration"

    team_id: int = Field(primary_key=True, foreign_key="team.id")
    workspace_id: str = Field(foreign_key="workspace.id")


CALIBRATION = Rows(
    CalibrationRow,
    given(CalibrationRow.workspace_id),
    given(CalibrationRow.team_id),
)


async def team_calibration(scope: Scope, team: TeamRow) -> Calibration | None:
    """Return how a team's chances are put right before they are shown; None leaves them as they are.

    It changes once a day at most. That of another version of the model is not used.
    """
    row = await scope.once(CalibrationRow, team.id, lambda: scope.first(CALIBRATION, team_id=team.id))
    if row is None or row.model != MODEL:
        return None
    return Calibration(row.shift, row.slope, row.resolved)


async def keep_calibration(scope: Scope, team_id: int, found: Calibration | None, on: date) -> None:
    """Put a team's chances right by this from now on; None leaves them as they are."""
    scope.forget(CalibrationRow)
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
