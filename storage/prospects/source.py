"""Sources of leads: how soon those of a source are called, as a team says."""

from collections.abc import Mapping

from sqlmodel import Field, UniqueConstraint, col, select

from sales.language.names.match import name_key
from sales.prospects.source import FirstCallClock, LeadSource, StoredSource, clocks_by_source
from storage.row_image import Touched, image
from storage.rows import restate
from storage.scope import Scope


class SourceRow(StoredSource, table=True):
    __tablename__ = "lead_source"
    __table_args__ = (
        UniqueConstraint("workspace_id", "team_id", "name_key"),
        {"sqlite_autoincrement": True},
    )

    id: int = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspace.id")
    team_id: int = Field(foreign_key="team.id")
    name_key: str = Field(max_length=200)


async def sources_stated(scope: Scope, team_id: int) -> list[SourceRow]:
    """Return the sources a team said something of, in the order of their names."""
    statement = select(SourceRow).where(
        SourceRow.workspace_id == scope.workspace_id, SourceRow.team_id == team_id
    )
    return list(await scope.session.exec(statement.order_by(col(SourceRow.name_key))))


async def clocks_of_team(scope: Scope, team_id: int | None) -> Mapping[str, FirstCallClock | None]:
    """Return how soon leads of a team's sources are called, as far as it said so."""
    if team_id is None:
        return {}

    async def read() -> Mapping[str, FirstCallClock | None]:
        return clocks_by_source(await sources_stated(scope, team_id))

    return await scope.once(SourceRow, team_id, read)


async def source_called(scope: Scope, team_id: int, name: str) -> SourceRow | None:
    """Return what a team said of a source, letter case and accents aside; None where it said nothing."""
    found = await sources_stated(scope, team_id)
    return next((one for one in found if one.name_key == name_key(name)), None)


async def state_source(scope: Scope, source: LeadSource) -> Touched:
    """Store what a team says of a source, in the place of what it said before; return what undoing it needs."""
    scope.forget(SourceRow)
    there = await source_called(scope, source.team_id, source.name)
    if there is not None:
        before = image(there)
        await restate(scope, there, LeadSource, source)
        return Touched(there, before)
    row = SourceRow.model_validate(
        {**source.model_dump(), "workspace_id": scope.workspace_id, "name_key": name_key(source.name)}
    )
    scope.session.add(row)
    await scope.session.flush()
    return Touched(row)
