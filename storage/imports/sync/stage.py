"""Stages and owners of a CRM, and whom and what somebody said they are here."""

from collections.abc import Iterable, Sequence

from sqlalchemy import ForeignKey
from sqlmodel import Column, Field, SQLModel, UniqueConstraint, col, select

from sales.imports.sync.record import CrmOwner, CrmStage, CrmStageKind
from storage.scope import Scope


class CrmStageRow(SQLModel, table=True):
    """`matched` is a stage of the team's, "suspect", or "" while nobody said. A stage that went stays, `gone`.

    `asked` says that somebody was asked of it.
    """

    __tablename__ = "crm_stage"
    __table_args__ = (UniqueConstraint("connection_id", "stage_id"),)

    id: int = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspace.id")
    connection_id: int = Field(
        sa_column=Column("connection_id", ForeignKey("crm_connection.id", ondelete="CASCADE"), nullable=False)
    )
    stage_id: str = Field(max_length=200)
    label: str = Field(max_length=200)
    kind: CrmStageKind
    pipeline: str = Field(default="", max_length=200)
    order: int = 0
    matched: str = Field(default="", max_length=60)
    gone: bool = False
    asked: bool = False

    @property
    def there(self) -> CrmStage:
        """The stage as the CRM has it."""
        return CrmStage(self.stage_id, self.label, self.kind, self.pipeline, self.order)


class CrmOwnerRow(SQLModel, table=True):
    """`user_id` is who it is here; `said` where somebody decided that, also that it is nobody here."""

    __tablename__ = "crm_owner"
    __table_args__ = (UniqueConstraint("connection_id", "owner_id"),)

    id: int = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspace.id")
    connection_id: int = Field(
        sa_column=Column("connection_id", ForeignKey("crm_connection.id", ondelete="CASCADE"), nullable=False)
    )
    owner_id: str = Field(max_length=100)
    name: str = Field(default="", max_length=200)
    email: str = Field(default="", max_length=320)
    active: bool = True
    user_id: str | None = None
    said: bool = False
    asked: bool = False

    @property
    def there(self) -> CrmOwner:
        """The owner as the CRM has them."""
        return CrmOwner(self.owner_id, self.name, self.email, self.active)


async def stages_of(scope: Scope, connection_id: int) -> list[CrmStageRow]:
    """Return the stages of a connection, pipeline by pipeline in their order, those that went included."""
    statement = select(CrmStageRow).where(
        CrmStageRow.workspace_id == scope.workspace_id, CrmStageRow.connection_id == connection_id
    )
    in_order = statement.order_by(col(CrmStageRow.pipeline), col(CrmStageRow.order), col(CrmStageRow.id))
    return list(await scope.session.exec(in_order))


async def owners_of(scope: Scope, connection_id: int) -> list[CrmOwnerRow]:
    """Return the owners of a connection, by name."""
    statement = select(CrmOwnerRow).where(
        CrmOwnerRow.workspace_id == scope.workspace_id, CrmOwnerRow.connection_id == connection_id
    )
    return list(await scope.session.exec(statement.order_by(col(CrmOwnerRow.name), col(CrmOwnerRow.id))))


async def keep_stages(scope: Scope, connection_id: int, there: Sequence[CrmStage]) -> None:
    """Keep the stages as the CRM has them now; what they are matched to stays."""
    known = {row.stage_id: row for row in await stages_of(scope, connection_id)}
    for one in there:
        row = known.get(one.id) or CrmStageRow(
            workspace_id=scope.workspace_id,
            connection_id=connection_id,
            stage_id=one.id,
            label="",
            kind=one.kind,
        )
        row.label, row.kind, row.pipeline = one.label[:200], one.kind, one.pipeline
        row.order, row.gone = one.order, False
        scope.session.add(row)
    for stage_id in known.keys() - {one.id for one in there}:
        known[stage_id].gone = True
        scope.session.add(known[stage_id])
    await scope.session.flush()


async def keep_owners(
    scope: Scope, connection_id: int, there: Iterable[CrmOwner], matched: dict[str, str]
) -> None:
    """Keep the owners as the CRM has them now, with whom each stands for; what somebody said stays."""
    known = {row.owner_id: row for row in await owners_of(scope, connection_id)}
    for one in there:
        row = known.get(one.id) or CrmOwnerRow(
            workspace_id=scope.workspace_id, connection_id=connection_id, owner_id=one.id
        )
        row.name, row.email, row.active = one.name[:200], one.email[:320], one.active
        if not row.said:
            row.user_id = matched.get(one.id)
        scope.session.add(row)
    await scope.session.flush()
