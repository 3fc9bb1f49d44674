"""Cadence: what a team set for its stages, how often its wins were spoken to, and who heard nothing (mechanism 53)."""

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import Any

from sqlalchemy import String, bindparam
from sqlmodel import Field, SQLModel, UniqueConstraint, col, func, select

from sales.followups.followup import FollowUpState
from sales.pipeline.cadence import (
    LEAST_WINS,
    LOOKED_BACK,
    MOST_DAYS,
    CadenceBook,
    DealHeard,
    SilentDeal,
    WonTouches,
    gaps_of_wins,
    longest_first,
    silent,
)
from sales.pipeline.deal_history import DealField
from sales.pipeline.opportunity import Stage, goes_by
from sales.pipeline.stage import MAX_STAGE, stage_of
from storage.engines.statement import Statement, among, given
from storage.followups.activity import ActivityRow
from storage.followups.followup import FollowUpRow
from storage.followups.touch_limit import TouchLimitRow, about, paused
from storage.people.member import members_in
from storage.pieces import pieces
from storage.pipeline.deal_facts import last_touches
from storage.pipeline.deal_history import DealChangeRow
from storage.pipeline.opportunity import OpportunityRow, open_deals
from storage.pipeline.stage import stages_of
from storage.row_image import Touched, image
from storage.scope import Scope

MOST_TOUCHES = 20_000  # of wins that are read: the latest deals'


class StageCadence(SQLModel):
    """After how many days without a word a team wants a deal of a stage on today's list."""

    stage: str = Field(min_length=1, max_length=MAX_STAGE)
    days: int = Field(ge=1, le=MOST_DAYS)


class StageCadenceRow(StageCadence, table=True):
    """One stage's number, the stage by its name as names are compared; a stage without one has the usual."""

    __tablename__ = "stage_cadence"
    __table_args__ = (
        UniqueConstraint("workspace_id", "team_id", "stage"),
        {"sqlite_autoincrement": True},
    )

    id: int = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspace.id")
    team_id: int = Field(foreign_key="team.id")


CHOSEN = Statement(
    select(col(StageCadenceRow.stage), col(StageCadenceRow.days)).where(
        given(StageCadenceRow.workspace_id), given(StageCadenceRow.team_id)
    )
)
WON: Any = OpportunityRow.__table__.c  # type: ignore[attr-defined]  # plain columns: no row passes the ORM
WON_TOUCHES = Statement(
    lambda engine: (
        select(col(ActivityRow.opportunity_id), WON.product, col(ActivityRow.on))
        .join(OpportunityRow, WON.id == col(ActivityRow.opportunity_id))
        .where(
            given(OpportunityRow.workspace_id),
            among(engine, WON.owner_id, "owner_ids"),
            WON.stage == Stage.WON,
            WON.closed_on.between(bindparam("first"), bindparam("last")),
            col(ActivityRow.on) <= WON.closed_on,
        )
        .distinct()
        .order_by(col(ActivityRow.opportunity_id).desc(), col(ActivityRow.on))
        .limit(MOST_TOUCHES)
    )
)
STAGES_BEFORE = Statement(
    lambda engine: (
        select(
            col(DealChangeRow.opportunity_id),
            col(DealChangeRow.on),
            col(DealChangeRow.was),
            col(DealChangeRow.now),
        )
        .where(
            given(DealChangeRow.workspace_id),
            among(engine, col(DealChangeRow.opportunity_id), "deals"),
            col(DealChangeRow.what) == bindparam("what", type_=String()),
        )
        .order_by(col(DealChangeRow.on), col(DealChangeRow.id))
    )
)


async def cadences_set(scope: Scope, team_id: int) -> dict[str, int]:
    """Return what a team set for its stages, by the stage's name as names are compared."""

    async def read() -> dict[str, int]:
        return {str(stage): int(days) for stage, days in await scope.ask(CHOSEN, team_id=team_id)}

    return await scope.once(StageCadenceRow, team_id, read)


async def set_cadences(scope: Scope, team_id: int, days: Mapping[str, int | None]) -> list[Touched]:
    """Store how many days a team wants for stages, None for the usual; return what undoing it needs."""
    statement = select(StageCadenceRow).where(
        StageCadenceRow.workspace_id == scope.workspace_id, StageCadenceRow.team_id == team_id
    )
    rows = {row.stage: row for row in await scope.session.exec(statement)}
    touched: list[Touched] = []
    for stage, wanted in days.items():
        row = rows.get(stage)
        if row is None and wanted is not None:
            said = {"stage": stage, "days": wanted, "team_id": team_id, "workspace_id": scope.workspace_id}
            added = StageCadenceRow.model_validate(said)
            scope.session.add(added)
            touched.append(Touched(added))
        elif row is not None and wanted is None:
            touched.append(Touched(row, image(row), gone=True))
            await scope.session.delete(row)
        elif row is not None and wanted is not None and row.days != wanted:
            touched.append(Touched(row, image(row)))
            row.days = wanted
            scope.session.add(row)
    await scope.session.flush()
    scope.forget(StageCadenceRow)
    return touched


async def cadence_book(scope: Scope, team_id: int, today: date) -> CadenceBook:
    """Return what decides the cadence of a team's deals on a day."""
    stages, chosen = await stages_of(scope, team_id), await cadences_set(scope, team_id)

    async def read() -> CadenceBook:
        return CadenceBook(stages, chosen, gaps_of_wins(await touches_of_wins(scope, team_id, today)))

    return (await scope.once(CadenceBook, (team_id, today), read))._replace(chosen=chosen)


async def touches_of_wins(scope: Scope, team_id: int, today: date) -> list[WonTouches]:
    """Return on which days something was done for a team's won deals of two years, the latest deals first."""
    people = [row.user_id for row in await members_in(scope, team_id)]
    first = today - LOOKED_BACK
    found = await scope.ask(WON_TOUCHES, owner_ids=people, first=first, last=today)
    deals = {
        int(deal_id): WonTouches([on for _, _, on in rows], product)
        for (deal_id, product), rows in groupby(found, key=lambda row: (row[0], row[1]))
    }
    if len(deals) < LEAST_WINS:
        return list(deals.values())
    changes = await scope.ask(STAGES_BEFORE, deals=list(deals), what=DealField.STAGE_LABEL)
    for deal_id, on, was, now in changes:
        deal = deals[deal_id]
        began = deal.began if deal.stages else was
        deals[deal_id] = deal._replace(began=began, stages=[*deal.stages, (on, now)])
    return list(deals.values())


async def silent_deals(scope: Scope, owner_id: str, team_id: int, today: date) -> list[SilentDeal]:
    """Return a rep's open deals that are past their cadence, those furthest past it first."""
    deals = await open_deals(scope, owner_id, today)
    touched: dict[int, date] = {}
    for some in pieces([row.id for row in deals]):
        touched |= await last_touches(scope, some)
    deals = [row for row in deals if row.id in touched]
    if not deals:
        return []
    book = await cadence_book(scope, team_id, today)
    promised = await promised_first(scope, [row.id for row in deals])
    resting = await paused(scope, owner_id, today)
    heard = (
        DealHeard(
            row,
            stage_of(row, book.stages),
            touched[row.id],
            promised.get(row.id),
            paused_until(row, resting),
        )
        for row in deals
    )
    return longest_first(silent(one, book, today) for one in heard)


def paused_until(deal: OpportunityRow, resting: Sequence[TouchLimitRow]) -> date | None:
    """Return until when the customer of a deal is left alone, of those who are; None where they are not."""
    found = about(resting, goes_by(deal))
    return found.until if found is not None else None


async def promised_first(scope: Scope, deal_ids: Sequence[int]) -> dict[int, date]:
    """Return by when something is promised first for some deals; a deal for which nothing is open is missing."""
    found: dict[int, date] = {}
    for some in pieces(deal_ids):
        statement = (
            select(FollowUpRow.opportunity_id, func.min(col(FollowUpRow.due_on)))
            .where(
                FollowUpRow.workspace_id == scope.workspace_id,
                col(FollowUpRow.opportunity_id).in_(some),
                FollowUpRow.state == FollowUpState.OPEN,
            )
            .group_by(col(FollowUpRow.opportunity_id))
        )
        found |= {int(deal_id or 0): on for deal_id, on in await scope.session.exec(statement)}
    return found
