"""Do we agree whom we want: who was asked to describe the ideal client apart, and what each described."""

from sqlmodel import Field, UniqueConstraint, col, select

from sales.prospects.agreement import AgreementRound, ClientDescription
from sales.prospects.ideal_client import IdealClient
from storage.row_image import Touched, image
from storage.rows import restate
from storage.scope import Scope


class AgreementRoundRow(AgreementRound, table=True):
    __tablename__ = "agreement_round"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: int = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspace.id")
    team_id: int = Field(foreign_key="team.id", index=True)


class ClientDescriptionRow(ClientDescription, table=True):
    """One per round and person, in the place of what they said before."""

    __tablename__ = "client_description"
    __table_args__ = (UniqueConstraint("round_id", "user_id"), {"sqlite_autoincrement": True})

    id: int = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspace.id")
    round_id: int = Field(foreign_key="agreement_round.id", ondelete="CASCADE")


async def begin_round(scope: Scope, asked: AgreementRound) -> AgreementRoundRow:
    """Store who is asked."""
    row = AgreementRoundRow.model_validate({**asked.model_dump(), "workspace_id": scope.workspace_id})
    scope.session.add(row)
    await scope.session.flush()
    return row


async def latest_round(scope: Scope, team_id: int) -> AgreementRoundRow | None:
    """Return when a team was asked last; None where it never was."""
    statement = select(AgreementRoundRow).where(
        AgreementRoundRow.workspace_id == scope.workspace_id, AgreementRoundRow.team_id == team_id
    )
    return (await scope.session.exec(statement.order_by(col(AgreementRoundRow.id).desc()).limit(1))).first()


async def find_round(scope: Scope, round_id: int) -> AgreementRoundRow | None:
    """Return one round of this workspace, or None."""
    row = await scope.session.get(AgreementRoundRow, round_id)
    return row if row is not None and row.workspace_id == scope.workspace_id else None


async def change_round(scope: Scope, row: AgreementRoundRow, said: AgreementRound) -> Touched:
    """Store what becomes of a round; return what undoing it needs."""
    before = image(row)
    await restate(scope, row, AgreementRound, said)
    return Touched(row, before)


async def descriptions_in(scope: Scope, round_id: int) -> dict[str, ClientDescriptionRow]:
    """Return what was described in a round, by who did."""
    statement = select(ClientDescriptionRow).where(
        ClientDescriptionRow.workspace_id == scope.workspace_id, ClientDescriptionRow.round_id == round_id
    )
    rows = await scope.session.exec(statement.order_by(col(ClientDescriptionRow.id)))
    return {row.user_id: row for row in rows}


async def save_description(scope: Scope, round_id: int, user_id: str, said: IdealClient) -> Touched:
    """Keep how somebody describes the ideal client; return what undoing it needs."""
    row = (await descriptions_in(scope, round_id)).get(user_id)
    before = image(row) if row is not None else None
    values = said.model_dump(include=set(IdealClient.model_fields))
    if row is None:
        row = ClientDescriptionRow.model_validate(
            {**values, "workspace_id": scope.workspace_id, "round_id": round_id, "user_id": user_id}
        )
    else:
        row.sqlmodel_update(values)
    scope.session.add(row)
    await scope.session.flush()
    return Touched(row, before)
