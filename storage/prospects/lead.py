"""Leads: whose they are, which are open, and which go by a name. No question reads more of them than it shows."""

from collections.abc import Collection
from typing import Any

from sqlmodel import Field, Index, UniqueConstraint, and_, col, or_, select

from sales.language.names.descent import comparable
from sales.prospects.lead import OPEN_STATES, Lead, StoredLead
from storage.pipeline.comparable_name import IN_ORDER, compares_names
from storage.row_image import Touched, image
from storage.rows import restate
from storage.scope import Scope

MOST_SHOWN = 200  # of a person's open leads; nobody works more of them by hand
MOST_ALIKE = 20  # that a name may mean; nobody chooses among more
LAST = "\U0010ffff"  # behind every name that begins with a text


@compares_names
class LeadRow(StoredLead, table=True):
    __tablename__ = "lead"
    __table_args__ = (
        UniqueConstraint("workspace_id", "external_id"),
        Index("ix_lead_owner", "workspace_id", "owner_id", "state", "came_at"),
        Index("ix_lead_team", "workspace_id", "team_id", "state", "came_at"),
        Index("ix_lead_came", "workspace_id", "came_at"),
        Index("ix_lead_decided", "workspace_id", "decided_at"),
        Index("ix_lead_name", "workspace_id", "name_folded"),
        Index("ix_lead_account", "workspace_id", "account_folded"),
        Index("ix_lead_email", "workspace_id", "email"),
        {"sqlite_autoincrement": True},
    )

    id: int = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspace.id")
    team_id: int | None = Field(default=None, foreign_key="team.id")
    deal_id: int | None = Field(default=None, foreign_key="opportunity.id", ondelete="SET NULL", index=True)
    import_id: int | None = Field(default=None, foreign_key="import_run.id", index=True)
    import_sha: str | None = Field(default=None, max_length=16)  # of the file's row last taken in
    name_folded: str = Field(default="", exclude=True, sa_type=IN_ORDER)
    account_folded: str | None = Field(default=None, exclude=True, sa_type=IN_ORDER)


OPEN = [*OPEN_STATES]


async def find_lead(scope: Scope, lead_id: int) -> LeadRow | None:
    """Return one lead of this workspace, or None."""
    row = await scope.session.get(LeadRow, lead_id)
    return row if row is not None and row.workspace_id == scope.workspace_id else None


async def open_leads_of(scope: Scope, owner_id: str, most: int = MOST_SHOWN) -> list[LeadRow]:
    """Return a person's open leads, new ones before accepted ones, the latest first."""
    found: list[LeadRow] = []
    for state in OPEN:
        statement = (
            select(LeadRow)
            .where(
                LeadRow.workspace_id == scope.workspace_id,
                LeadRow.owner_id == owner_id,
                LeadRow.state == state,
            )
            .order_by(col(LeadRow.came_at).desc(), col(LeadRow.id).desc())
            .limit(most - len(found))
        )
        found += await scope.session.exec(statement)
    return found


async def add_lead(scope: Scope, lead: Lead) -> LeadRow:
    """Store a lead."""
    row = LeadRow.model_validate({**lead.model_dump(), "workspace_id": scope.workspace_id})
    scope.session.add(row)
    await scope.session.flush()
    return row


async def change_lead(scope: Scope, row: LeadRow, lead: Lead) -> Touched:
    """Store what a lead says now; return what undoing it needs.

    Raises:
        ValidationError: if the lead would contradict itself.
    """
    before = image(row)
    await restate(scope, row, Lead, lead)
    return Touched(row, before)


async def leads_called(
    scope: Scope, name: str, owner_ids: Collection[str] | None = None, only_open: bool = False
) -> list[LeadRow]:
    """Return the leads whose name or firm begins with a name, the open ones first, then the latest; a few at most.

    A whole name beats a beginning. With `owner_ids` only theirs are meant.
    """
    first = comparable(name)
    if not first:
        return []
    exact = await _going_by(scope, lambda folded: folded == first, owner_ids, only_open)
    return exact or await _going_by(
        scope, lambda folded: and_(folded >= first, folded <= first + LAST), owner_ids, only_open
    )


async def leads_at(scope: Scope, email: str) -> list[LeadRow]:
    """Return the leads with an e-mail address, the latest first; none for no address."""
    address = email.strip().lower()
    if not address:
        return []
    statement = select(LeadRow).where(LeadRow.workspace_id == scope.workspace_id, LeadRow.email == address)
    return list(await scope.session.exec(statement.order_by(col(LeadRow.id).desc()).limit(MOST_ALIKE)))


async def _going_by(
    scope: Scope, fits: Any, owner_ids: Collection[str] | None, only_open: bool
) -> list[LeadRow]:
    narrowed: list[Any] = [LeadRow.workspace_id == scope.workspace_id]
    if owner_ids is not None:
        narrowed.append(col(LeadRow.owner_id).in_(owner_ids))
    if only_open:
        narrowed.append(col(LeadRow.state).in_(OPEN))
    statement = (
        select(LeadRow)
        .where(*narrowed, or_(fits(col(LeadRow.name_folded)), fits(col(LeadRow.account_folded))))
        .order_by(col(LeadRow.state).not_in(OPEN), col(LeadRow.came_at).desc(), col(LeadRow.id).desc())
        .limit(MOST_ALIKE)
    )
    return list(await scope.session.exec(statement))
