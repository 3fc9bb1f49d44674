"""Drafts of cards: what a team heard again and again, and what its manager said to making a card of it (73)."""

from datetime import date

from sqlmodel import Field, Index, col, select

from sales.coaching.drill.draft import A_MONTH, ANSWERED, CardDraft, DraftState, HeardAgain, heard_again
from storage.coaching.drill.focus import causes_of
from storage.people.member import rep_ids
from storage.pipeline.debrief import losses_between
from storage.row_image import Touched, image
from storage.scope import Scope


class CardDraftRow(CardDraft, table=True):
    __tablename__ = "card_draft"
    __table_args__ = (
        Index("ix_card_draft_team", "workspace_id", "team_id", "on"),
        {"sqlite_autoincrement": True},  # ids are never used twice: old buttons must not reach newer rows
    )

    id: int = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspace.id")
    team_id: int = Field(foreign_key="team.id")


async def draft_due(scope: Scope, team_id: int, today: date) -> HeardAgain | None:
    """Return what the reps of a team lost on again and again within a month; None for nothing new."""
    lost = await losses_between(scope, await rep_ids(scope, team_id), today - A_MONTH, today)
    return heard_again(
        await causes_of(scope, lost), await drafts_since(scope, team_id, today - ANSWERED), today
    )


async def drafts_since(scope: Scope, team_id: int, first: date) -> list[CardDraftRow]:
    """Return the drafts of a team since a day, the oldest first."""
    statement = select(CardDraftRow).where(
        CardDraftRow.workspace_id == scope.workspace_id,
        CardDraftRow.team_id == team_id,
        CardDraftRow.on >= first,
    )
    return list(await scope.session.exec(statement.order_by(col(CardDraftRow.id))))


async def add_draft(scope: Scope, team_id: int, heard: HeardAgain, today: date) -> CardDraftRow:
    """Store that a card is asked for."""
    row = CardDraftRow(
        workspace_id=scope.workspace_id, team_id=team_id, cause=heard.cause, count=heard.losses, on=today
    )
    scope.session.add(row)
    await scope.session.flush()
    return row


async def find_draft(scope: Scope, draft_id: int) -> CardDraftRow | None:
    """Return one of this workspace, or None."""
    row = await scope.session.get(CardDraftRow, draft_id)
    return row if row is not None and row.workspace_id == scope.workspace_id else None


async def settle_draft(scope: Scope, row: CardDraftRow, state: DraftState) -> Touched:
    """Store what became of a draft; return what undoing it needs."""
    before = image(row)
    row.state = state
    scope.session.add(row)
    await scope.session.flush()
    return Touched(row, before)
