"""The wizard's drafts: a set-up that is left half done is there again, each person's own."""

from typing import Any

from sqlmodel import JSON, Field, SQLModel, col, delete

from sales.language.dates.instants import Instant
from sales.people.wizard import SetupDraft, SetupStep
from storage.scope import Scope


class SetupDraftRow(SQLModel, table=True):
    """One person's half-done set-up; what was entered is only ever read as a whole."""

    __tablename__ = "setup_draft"

    workspace_id: str = Field(primary_key=True, foreign_key="workspace.id")
    user_id: str = Field(primary_key=True)
    step: SetupStep
    begun_at: Instant
    entered: dict[str, Any] = Field(sa_type=JSON)


KEPT_APART = {"step", "begun_at"}


async def find_draft(scope: Scope, user_id: str) -> SetupDraft | None:
    """Return what a person entered of a set-up that they have not finished."""
    row = await scope.session.get(SetupDraftRow, (scope.workspace_id, user_id))
    if row is None:
        return None
    return SetupDraft.model_validate({**row.entered, "step": row.step, "begun_at": row.begun_at})


async def keep_draft(scope: Scope, user_id: str, draft: SetupDraft) -> None:
    """Keep what a person entered so far, in place of what they had."""
    row = SetupDraftRow(
        workspace_id=scope.workspace_id,
        user_id=user_id,
        step=draft.step,
        begun_at=draft.begun_at,
        entered=draft.model_dump(mode="json", exclude=KEPT_APART),
    )
    await scope.session.merge(row)
    await scope.session.flush()


async def forget_draft(scope: Scope, user_id: str) -> None:
    """Forget a set-up: it is finished, or begun afresh."""
    await scope.session.exec(
        delete(SetupDraftRow).where(
            col(SetupDraftRow.workspace_id) == scope.workspace_id, col(SetupDraftRow.user_id) == user_id
        )
    )
