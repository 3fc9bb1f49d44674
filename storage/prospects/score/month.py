"""What scoring said of a team, kept month by month: the newest word of each month, for each of its bases."""

from datetime import date

from sqlmodel import Field, Text, UniqueConstraint, col, select

from sales.prospects.score.record import KeptScoring, kept
from sales.prospects.score.scoring import ScoreBasis, Scoring
from storage.scope import Scope


class ScoringRow(KeptScoring, table=True):
    __tablename__ = "scoring"
    __table_args__ = (UniqueConstraint("workspace_id", "team_id", "month", "basis"),)

    id: int = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspace.id")
    team_id: int = Field(foreign_key="team.id")
    content: str = Field(sa_type=Text)


async def scoring_of_month(scope: Scope, team_id: int, month: date, basis: ScoreBasis) -> ScoringRow | None:
    """Return what was last said of a team in a month, by its first day; None where nothing was."""
    statement = select(ScoringRow).where(
        ScoringRow.workspace_id == scope.workspace_id,
        ScoringRow.team_id == team_id,
        ScoringRow.month == month,
        ScoringRow.basis == basis,
    )
    return (await scope.session.exec(statement)).first()


async def scoring_before(scope: Scope, team_id: int, month: date, basis: ScoreBasis) -> ScoringRow | None:
    """Return what was last said of a team before a month; None where nothing was."""
    statement = (
        select(ScoringRow)
        .where(
            ScoringRow.workspace_id == scope.workspace_id,
            ScoringRow.team_id == team_id,
            ScoringRow.basis == basis,
            ScoringRow.month < month,
        )
        .order_by(col(ScoringRow.month).desc())
        .limit(1)
    )
    return (await scope.session.exec(statement)).first()


async def keep_scoring(scope: Scope, team_id: int, found: Scoring, today: date) -> None:
    """Keep what is said of a team on a day, in the place of what its month said before."""
    said = kept(found, team_id, today)
    row = await scoring_of_month(scope, team_id, said.month, said.basis)
    if row is None:
        row = ScoringRow.model_validate({**said.model_dump(), "workspace_id": scope.workspace_id})
    row.sqlmodel_update(said.model_dump())
    scope.session.add(row)
    await scope.session.flush()
