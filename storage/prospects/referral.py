"""Referrals: whom somebody asked for an introduction, whom they might ask, and what came of it."""

from datetime import date, time
from typing import Any

from sqlalchemy import bindparam
from sqlmodel import Field, Index, col, select

from sales.followups.activity import ActivityKind
from sales.language.dates.instants import local_date, local_instant
from sales.language.names.customer import customer_in
from sales.pipeline.opportunity import Stage
from sales.prospects.referral import (
    AFTER_HAPPY,
    AFTER_WIN,
    COUNTED_OVER,
    HAPPY_IS_NEWS,
    LEFT_ALONE,
    WIN_IS_NEWS,
    Introduced,
    NotedTalk,
    RecentWin,
    Referral,
    ReferralAsk,
    ReferralCount,
    StoredReferral,
    count_referrals,
    is_by_referral,
    whom_to_ask,
)
from storage.engines.statement import Statement, Together, given
from storage.followups.activity import WORDED, ActivityRow
from storage.pipeline.deal_contact import DealContactRow
from storage.pipeline.opportunity import OpportunityRow
from storage.prospects.lead import LeadRow
from storage.row_image import Touched, image
from storage.rows import restate
from storage.scope import Scope


class ReferralRow(StoredReferral, table=True):
    __tablename__ = "referral"
    __table_args__ = (
        Index("ix_referral_owner", "workspace_id", "owner_id", "on"),
        {"sqlite_autoincrement": True},
    )

    id: int = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspace.id")
    deal_id: int | None = Field(default=None, foreign_key="opportunity.id", ondelete="SET NULL", index=True)
    lead_id: int | None = Field(default=None, foreign_key="lead.id", ondelete="SET NULL", index=True)


WINS_AND_NOTES = Together(
    Statement(
        select(
            col(OpportunityRow.id),
            col(OpportunityRow.name),
            col(OpportunityRow.account),
            col(OpportunityRow.closed_on),
        ).where(
            given(OpportunityRow.workspace_id),
            given(OpportunityRow.owner_id),
            OpportunityRow.stage == Stage.WON,
            col(OpportunityRow.closed_on).between(bindparam("won_from"), bindparam("won_until")),
        )
    ),
    Statement(
        select(col(ActivityRow.account), col(ActivityRow.on), col(ActivityRow.outcome)).where(
            given(ActivityRow.workspace_id),
            given(ActivityRow.owner_id),
            col(ActivityRow.account).is_not(None),
            WORDED,
            col(ActivityRow.kind) != ActivityKind.REFERRAL_ASK,
            col(ActivityRow.on).between(bindparam("noted_from"), bindparam("noted_until")),
        )
    ),
)


async def referrals_of(scope: Scope, owner_id: str, since: date) -> list[ReferralRow]:
    """Return whom somebody asked, or left out, since a day, the latest first."""
    statement = select(ReferralRow).where(
        ReferralRow.workspace_id == scope.workspace_id,
        ReferralRow.owner_id == owner_id,
        col(ReferralRow.on) >= since,
    )
    latest_first = statement.order_by(col(ReferralRow.on).desc(), col(ReferralRow.id).desc())
    return list(await scope.session.exec(latest_first))


async def find_referral(scope: Scope, referral_id: int) -> ReferralRow | None:
    """Return one referral of this workspace, or None."""
    row = await scope.session.get(ReferralRow, referral_id)
    return row if row is not None and row.workspace_id == scope.workspace_id else None


async def add_referral(scope: Scope, referral: Referral) -> ReferralRow:
    """Store that somebody was asked, or is not to be."""
    row = ReferralRow.model_validate({**referral.model_dump(), "workspace_id": scope.workspace_id})
    scope.session.add(row)
    await scope.session.flush()
    return row


async def change_referral(scope: Scope, row: ReferralRow, said: Referral) -> Touched:
    """Store what came of it; return what undoing it needs."""
    before = image(row)
    await restate(scope, row, Referral, said)
    return Touched(row, before)


async def referral_asks(scope: Scope, owner_id: str, today: date) -> list[ReferralAsk]:
    """Return whom somebody may ask for an introduction today, the best reason first.

    Mostly nobody bought and nobody was happy two weeks ago, and one question tells so.
    """
    wins, notes = await wins_and_notes(scope, owner_id, today)
    if not whom_to_ask(wins, notes, (), today):
        return []
    known = await referrals_of(scope, owner_id, today - LEFT_ALONE)
    contacts = await first_contacts(scope, [win.deal_id for win in wins])
    named = [win._replace(contact=contacts.get(win.deal_id, "")) for win in wins]
    return whom_to_ask(named, notes, known, today)


async def wins_and_notes(scope: Scope, owner_id: str, today: date) -> tuple[list[RecentWin], list[NotedTalk]]:
    """Return what somebody won, and what they noted of customers they named, when asking may follow on it."""
    won, noted = await scope.together(
        WINS_AND_NOTES,
        owner_id=owner_id,
        won_from=today - WIN_IS_NEWS,
        won_until=today - AFTER_WIN,
        noted_from=today - HAPPY_IS_NEWS,
        noted_until=today - AFTER_HAPPY,
    )
    wins = [RecentWin(deal_id, account or name, on) for deal_id, name, account, on in won]
    return wins, [NotedTalk(customer_in(account), on, outcome) for account, on, outcome in noted]


async def first_contacts(scope: Scope, deal_ids: list[int]) -> dict[int, str]:
    """Return who was spoken to first about each of some deals; of which nobody is known is missing."""
    statement = select(DealContactRow.opportunity_id, DealContactRow.name).where(
        DealContactRow.workspace_id == scope.workspace_id,
        col(DealContactRow.opportunity_id).in_(deal_ids),
        col(DealContactRow.never_call).is_(False),
    )
    found: dict[int, str] = {}
    for deal_id, name in (
        await scope.session.exec(statement.order_by(col(DealContactRow.id))) if deal_ids else ()
    ):
        found.setdefault(deal_id, name)
    return found


async def referral_count(scope: Scope, owner_id: str, today: date, zone: str) -> ReferralCount:
    """Return what somebody's asks of a year came to, by their own days."""
    since = today - COUNTED_OVER
    rows = await referrals_of(scope, owner_id, since)
    return count_referrals(rows, await introduced_since(scope, owner_id, since, zone), today)


async def introduced_since(scope: Scope, owner_id: str, since: date, zone: str) -> list[Introduced]:
    """Return somebody's leads that came by a referral since a day, with what each is by now."""
    columns: list[Any] = [LeadRow.id, LeadRow.source, LeadRow.came_at, LeadRow.deal_id, OpportunityRow.stage]
    statement = (
        select(*columns)
        .join(OpportunityRow, col(OpportunityRow.id) == col(LeadRow.deal_id), isouter=True)
        .where(
            LeadRow.workspace_id == scope.workspace_id,
            LeadRow.owner_id == owner_id,
            col(LeadRow.source).is_not(None),
            col(LeadRow.came_at) >= local_instant(zone, time.min, since),
        )
    )
    return [
        Introduced(int(lead_id), local_date(came_at, zone), deal_id is not None, stage == Stage.WON)
        for lead_id, source, came_at, deal_id, stage in await scope.session.exec(statement)
        if is_by_referral(source)
    ]
