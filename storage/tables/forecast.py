"""Forecasts as they were said, what goals came to, and how chances are put right."""

from sqlmodel import Field, Index, UniqueConstraint

from sales.goals.outcome import GoalOutcome, TeamOutcome
from sales.goals.scoreboard.log import KeptCalibration, LoggedForecast


class ForecastRow(LoggedForecast, table=True):
    __tablename__ = "forecast"
    __table_args__ = (
        UniqueConstraint("goal_id", "day"),
        Index("ix_forecast_team", "workspace_id", "team_id", "ends_on"),
    )

    id: int | None = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspace.id")
    goal_id: int = Field(foreign_key="goal.id", ondelete="CASCADE")


class GoalOutcomeRow(GoalOutcome, table=True):
    __tablename__ = "goal_outcome"
    __table_args__ = (Index("ix_goal_outcome_team", "workspace_id", "team_id", "settled_on"),)

    goal_id: int = Field(primary_key=True, foreign_key="goal.id", ondelete="CASCADE")
    workspace_id: str = Field(foreign_key="workspace.id")


class TeamOutcomeRow(TeamOutcome, table=True):
    __tablename__ = "team_outcome"
    __table_args__ = (UniqueConstraint("team_id", "metric", "activity", "currency", "starts_on", "ends_on"),)

    id: int | None = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspace.id")
    team_id: int = Field(foreign_key="team.id")


class CalibrationRow(KeptCalibration, table=True):
    __tablename__ = "calibration"

    team_id: int = Field(primary_key=True, foreign_key="team.id")
    workspace_id: str = Field(foreign_key="workspace.id")
