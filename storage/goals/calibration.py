"""What earlier forecasts of a team taught: what each half of a chance weighs, and a line to put the blend right by."""

from datetime import date

from sqlmodel import Field

from sales.goals.forecast.calibration import Calibration
from sales.goals.forecast.weights import EVEN, Weights
from sales.goals.scoreboard.log import MODEL, KeptCalibration
from storage.engines.statement import Rows, given
from storage.people.team import TeamRow
from storage.scope import Scope

AS_IT_IS = Calibration(0.0, 1.0, 0)


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
    """Return how a team's chances are put right before they are shown; None leaves them as they are."""
    row = await _learned(scope, team)
    return Calibration(row.shift, row.slope, row.resolved) if row is not None and row.resolved else None


async def team_weights(scope: Scope, team: TeamRow) -> Weights:
    """Return how much each half of a team's chances weighs."""
    row = await _learned(scope, team)
    return Weights(row.survival_weight, row.weighed) if row is not None else EVEN


async def _learned(scope: Scope, team: TeamRow) -> CalibrationRow | None:
    """Return what a team's forecasts taught: it changes once a day at most, and is of one version of the model."""
    row = await scope.once(CalibrationRow, team.id, lambda: scope.first(CALIBRATION, team_id=team.id))
    return row if row is not None and row.model == MODEL else None


async def keep_learned(
    scope: Scope, team_id: int, weights: Weights, found: Calibration | None, on: date
) -> None:
    """Blend a team's chances by these weights from now on, and put them right by this; None leaves them so."""
    scope.forget(CalibrationRow)
    row = await scope.session.get(CalibrationRow, team_id)
    values = {
        **(found or AS_IT_IS)._asdict(),
        "survival_weight": weights.survival,
        "weighed": weights.resolved,
        "model": MODEL,
        "made_on": on,
    }
    if row is None:
        row = CalibrationRow.model_validate(
            {"team_id": team_id, "workspace_id": scope.workspace_id, **values}
        )
    row.sqlmodel_update(values)
    scope.session.add(row)
    await scope.session.flush()
