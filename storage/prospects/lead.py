"""Leads: whose they are, which are open, and what becomes of them. No question reads more of them than it shows."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import bindparam, literal_column, text
from sqlmodel import Field, Index, UniqueConstraint, col, func, or_, select

from sales.prospects.lead import OPEN_STATES, Lead, LeadState, StoredLead
from storage.engines.statement import Rows, Statement, given
from storage.pipeline.comparable_name import IN_ORDER, compares_names
from storage.row_image import Touched, image
from storage.rows import restate
from storage.scope import Scope

MOST_SHOWN = 200  # of a person's open leads; nobody works more of them by hand
MOST_NAMES = 1_000  # of a person's open leads, that are looked for in what they type


# Spelled as the index of them is, or SQLite would not use it.
IS_UNTOUCHED = text("state = 'new' AND first_call_at IS NULL")
IS_RATED_WITH_PHONE = text("odds IS NOT NULL AND phone <> ''")
IS_RATED_WITHOUT = text("odds IS NOT NULL AND phone = ''")


@compares_names
class LeadRow(StoredLead, table=True):
    __tablename__ = "lead"
    __table_args__ = (
        UniqueConstraint("workspace_id", "external_id"),
        Index("ix_lead_owner", "workspace_id", "owner_id", "state", "came_at"),
        Index("ix_lead_team", "workspace_id", "team_id", "state", "came_at"),
        Index(
            "ix_lead_untouched",
            "workspace_id",
            "owner_id",
            "state",
            "source",
            "came_at",
            "assigned_at",
            sqlite_where=IS_UNTOUCHED,
            postgresql_where=IS_UNTOUCHED,
        ),
        Index(
            "ix_lead_likeliest_phone",
            "workspace_id",
            "owner_id",
            "odds",
            "id",
            sqlite_where=IS_RATED_WITH_PHONE,
            postgresql_where=IS_RATED_WITH_PHONE,
        ),
        Index(
            "ix_lead_likeliest",
            "workspace_id",
            "owner_id",
            "odds",
            "id",
            sqlite_where=IS_RATED_WITHOUT,
            postgresql_where=IS_RATED_WITHOUT,
        ),
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
    odds: float | None = Field(default=None, exclude=True)  # in log odds, as last rated; None until it is


OPEN = [*OPEN_STATES]
HERE = given(LeadRow.workspace_id)
MINE = (HERE, given(LeadRow.owner_id))
OPEN_ONES = or_(*(LeadRow.state == state for state in OPEN_STATES))
UNTOUCHED = (col(LeadRow.state) == literal_column("'new'"), col(LeadRow.first_call_at).is_(None))
LATEST_FIRST = (col(LeadRow.came_at).desc(), col(LeadRow.id).desc())


COUNTS = Statement(
    select(col(LeadRow.owner_id), col(LeadRow.state), func.count())
    .where(*MINE, OPEN_ONES)
    .group_by(col(LeadRow.owner_id), col(LeadRow.state))
)
NAMES = Statement(select(col(LeadRow.name), col(LeadRow.account)).where(*MINE, OPEN_ONES).limit(MOST_NAMES))
LATEST = Rows(LeadRow, *MINE, given(LeadRow.state), order=LATEST_FIRST, paged=True)
DECIDED = Rows(
    LeadRow,
    *MINE,
    given(LeadRow.state),
    col(LeadRow.decided_at) >= bindparam("since"),
    order=[col(LeadRow.decided_at).desc()],
    paged=True,
)
OF_DEAL = Rows(LeadRow, HERE, given(LeadRow.deal_id), order=[col(LeadRow.id)])
# one lead


async def find_lead(scope: Scope, lead_id: int) -> LeadRow | None:
    """Return one lead of this workspace, or None."""
    row = await scope.session.get(LeadRow, lead_id)
    return row if row is not None and row.workspace_id == scope.workspace_id else None


async def find_leads(scope: Scope, lead_ids: Collection[int]) -> list[LeadRow]:
    """Return those of these leads that there are, in the order of the ids."""
    statement = select(LeadRow).where(
        LeadRow.workspace_id == scope.workspace_id, col(LeadRow.id).in_(lead_ids)
    )
    found = {row.id: row for row in await scope.session.exec(statement)} if lead_ids else {}
    return [found[one] for one in lead_ids if one in found]


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


async def leads_of_deal(scope: Scope, deal_id: int) -> list[LeadRow]:
    """Return the leads that became a deal."""
    return await scope.find(OF_DEAL, deal_id=deal_id)


# somebody's


async def open_leads_of(
    scope: Scope,
    owner_id: str,
    most: int = MOST_SHOWN,
    states: Sequence[LeadState] = OPEN_STATES,
    at: int = 0,
) -> list[LeadRow]:
    """Return a person's open leads, new ones before accepted ones, each the latest first; from number `at` on."""
    found: list[LeadRow] = []
    skip = at
    for state in states:
        if skip:
            here = (await open_counts(scope, owner_id)).get(state, 0)
            if skip >= here:
                skip -= here
                continue
        asked = {"owner_id": owner_id, "state": state, "most": most - len(found), "at": skip}
        found += await scope.find(LATEST, **asked)
        skip = 0
        if len(found) >= most:
            break
    return found


async def open_counts(scope: Scope, owner_id: str) -> Mapping[LeadState, int]:
    """Return how many open leads a person has, by state; a state without any is missing."""
    return {LeadState(state): int(count) for _, state, count in await scope.ask(COUNTS, owner_id=owner_id)}


async def open_names(scope: Scope, owner_id: str) -> list[tuple[str, str | None]]:
    """Return the names of a person's open leads, and of their firms."""
    return [(str(name), account) for name, account in await scope.ask(NAMES, owner_id=owner_id)]


async def decided_lately(
    scope: Scope, owner_id: str, state: LeadState, since: datetime, most: int
) -> list[LeadRow]:
    """Return a person's leads that were decided so since an instant, the latest first."""
    return await scope.find(DECIDED, owner_id=owner_id, state=state, since=since, most=most, at=0)


class GivenLeads(NamedTuple):
    """Leads that were given to somebody and that nobody touched since: the first of them, and how many there are."""

    rows: Sequence[LeadRow] = ()
    total: int = 0


async def given_between(
    scope: Scope, owner_id: str, since: datetime, until: datetime | None, most: int | None
) -> GivenLeads:
    """Return a person's untouched leads that were given to them since an instant, or before another."""
    which: list[Any] = [
        LeadRow.workspace_id == scope.workspace_id,
        LeadRow.owner_id == owner_id,
        *UNTOUCHED,
        col(LeadRow.assigned_at) >= since,
        *([col(LeadRow.assigned_at) < until] if until is not None else []),
    ]
    count = (await scope.session.exec(select(func.count()).select_from(LeadRow).where(*which))).one()
    rows = await scope.session.exec(select(LeadRow).where(*which).order_by(*LATEST_FIRST).limit(most))
    return GivenLeads(list(rows), int(count))


async def sources_given(scope: Scope, owner_id: str, since: datetime) -> list[str | None]:
    """Return from where the untouched leads are that were given to somebody since an instant."""
    statement = select(col(LeadRow.source)).where(
        LeadRow.workspace_id == scope.workspace_id,
        LeadRow.owner_id == owner_id,
        *UNTOUCHED,
        col(LeadRow.assigned_at) >= since,
    )
    return list(await scope.session.exec(statement.distinct()))
