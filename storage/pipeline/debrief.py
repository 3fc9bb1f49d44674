"""Debriefs: what was said when a deal was lost or won."""

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement
from sqlmodel import Field, col, select

from sales.people.calendar import WorkCalendar
from sales.pipeline.debrief import FRESH, Debrief, LookBack, before_reopening, look_back
from sales.pipeline.opportunity import CLOSED, Stage
from storage.people.calendar import calendar_of
from storage.people.member import find_member
from storage.people.team import find_team
from storage.pieces import pieces
from storage.pipeline.deal_history import history_of
from storage.pipeline.opportunity import OpportunityRow
from storage.row_image import Touched, image
from storage.scope import Scope

LATELY = timedelta(days=90)
MOST_ASKED = 20  # of an import, the dearest first; more is no debrief but a chore


class DebriefRow(Debrief, table=True):
    """One per deal; it goes when the deal goes. `created_at` is when the close it is about was typed."""

    __tablename__ = "debrief"

    id: int = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspace.id", index=True)
    opportunity_id: int = Field(foreign_key="opportunity.id", ondelete="CASCADE", unique=True)
    created_at: datetime


async def debrief_of(scope: Scope, opportunity_id: int) -> DebriefRow | None:
    """Return what was said about a deal, or None."""
    return (await debriefs_of(scope, [opportunity_id])).get(opportunity_id)


async def debriefs_of(scope: Scope, deal_ids: Collection[int]) -> dict[int, DebriefRow]:
    """Return what was said about some deals, by deal; of which nothing was said is missing. Ask for at most 500."""
    statement = select(DebriefRow).where(
        DebriefRow.workspace_id == scope.workspace_id, col(DebriefRow.opportunity_id).in_(deal_ids)
    )
    return {row.opportunity_id: row for row in await scope.session.exec(statement)}


async def save_debrief(scope: Scope, debrief: Debrief, now: datetime) -> Touched:
    """Store what was said about a deal, in the place of what was said before; return what undoing it needs."""
    row = await debrief_of(scope, debrief.opportunity_id)
    before = image(row) if row is not None else None
    if row is None:
        values = {**debrief.model_dump(), "workspace_id": scope.workspace_id, "created_at": now}
        row = DebriefRow.model_validate(values)
    else:
        if (row.outcome, row.closed_on) != (debrief.outcome, debrief.closed_on):
            row.created_at = now
        row.sqlmodel_update(debrief.model_dump())
    scope.session.add(row)
    await scope.session.flush()
    return Touched(row, before)


async def look_backs(scope: Scope, deals: Sequence[OpportunityRow]) -> list[LookBack]:
    """Return closed deals with what was said of them, in the order given; those that are open are left out.

    Working days are counted by their owners' calendars.
    """
    closed, found = [row for row in deals if row.stage in CLOSED], list[LookBack]()
    for some in pieces(closed):
        ids = [row.id for row in some]
        said, history = await debriefs_of(scope, ids), await history_of(scope, ids)
        found += [
            look_back(row, said.get(row.id), history.get(row.id, ()), await owners_calendar(scope, row))
            for row in some
        ]
    return found


async def earlier_close(scope: Scope, deal: OpportunityRow) -> LookBack | None:
    """Return an open deal as it was closed before it was opened again, with what was said; None where nothing was."""
    said = await debrief_of(scope, deal.id)
    if deal.stage in CLOSED or said is None:
        return None
    history = (await history_of(scope, [deal.id])).get(deal.id, ())
    return before_reopening(deal, said, history, await owners_calendar(scope, deal))


async def owners_calendar(scope: Scope, deal: OpportunityRow) -> WorkCalendar:
    """Return the working days of whose a deal is; the usual week where they are unknown here."""
    owner = await find_member(scope, deal.owner_id) if deal.owner_id else None
    team = await find_team(scope, owner.team_id if owner is not None else None)
    return WorkCalendar() if team is None else await calendar_of(scope, team, owner)


async def losses_typed(scope: Scope, owner_id: str, first: datetime, last: datetime) -> list[OpportunityRow]:
    """Return a rep's lost deals whose loss was typed from one instant to before another, the first typed first."""
    statement = (
        select(OpportunityRow)
        .join(DebriefRow, col(DebriefRow.opportunity_id) == col(OpportunityRow.id))
        .where(
            OpportunityRow.workspace_id == scope.workspace_id,
            OpportunityRow.owner_id == owner_id,
            OpportunityRow.stage == Stage.LOST,
            DebriefRow.created_at >= first,
            DebriefRow.created_at < last,
        )
    )
    return list(await scope.session.exec(statement.order_by(col(DebriefRow.id))))


async def losses_among(scope: Scope, deal_ids: Sequence[int]) -> list[OpportunityRow]:
    """Return which of some deals are lost, the dearest first."""
    statement = select(OpportunityRow).where(
        OpportunityRow.workspace_id == scope.workspace_id,
        col(OpportunityRow.id).in_(deal_ids),
        OpportunityRow.stage == Stage.LOST,
    )
    dearest_first = statement.order_by(col(OpportunityRow.value_minor).desc(), col(OpportunityRow.id))
    return list(await scope.session.exec(dearest_first))


async def losses_imported(
    scope: Scope, owner_ids: Collection[str], since: datetime, today: date
) -> dict[str, list[int]]:
    """Return which deals of these reps an import that began at an instant brought as lost just now, by rep.

    Those of which something was said already are left out, and what was lost long ago.
    """
    return await _untold(scope, owner_ids, col(OpportunityRow.updated_at) >= since, today)


async def losses_untold(
    scope: Scope, owner_ids: Collection[str], deal_ids: Collection[int], today: date
) -> dict[str, list[int]]:
    """Return the same of these deals, whoever said that they are lost; ask for at most 500."""
    return await _untold(scope, owner_ids, col(OpportunityRow.id).in_(deal_ids), today)


async def _untold(
    scope: Scope, owner_ids: Collection[str], among: ColumnElement[bool], today: date
) -> dict[str, list[int]]:
    said = select(DebriefRow.opportunity_id).where(DebriefRow.workspace_id == scope.workspace_id)
    statement = select(OpportunityRow).where(
        OpportunityRow.workspace_id == scope.workspace_id,
        col(OpportunityRow.owner_id).in_(owner_ids),
        OpportunityRow.stage == Stage.LOST,
        col(OpportunityRow.closed_on).between(today - FRESH, today),
        among,
        col(OpportunityRow.id).not_in(said),
    )
    dearest_first = statement.order_by(col(OpportunityRow.value_minor).desc(), col(OpportunityRow.id))
    found: dict[str, list[int]] = {}
    for row in await scope.session.exec(dearest_first):
        theirs = found.setdefault(str(row.owner_id), [])
        if len(theirs) < MOST_ASKED:
            theirs.append(row.id)
    return found


async def losses_between(
    scope: Scope, owner_ids: Collection[str], first: date, last: date
) -> list[OpportunityRow]:
    """Return the deals these people lost between two days, both included."""
    statement = select(OpportunityRow).where(
        OpportunityRow.workspace_id == scope.workspace_id,
        col(OpportunityRow.owner_id).in_(owner_ids),
        OpportunityRow.stage == Stage.LOST,
        col(OpportunityRow.closed_on).between(first, last),
    )
    return list(await scope.session.exec(statement.order_by(col(OpportunityRow.id))))


async def lost_lately(scope: Scope, owner_id: str, today: date) -> list[LookBack]:
    """Return what somebody said of the deals they lost in the last 90 days, the newest first."""
    rows = await losses_between(scope, [owner_id], today - LATELY, today)
    newest_first = sorted(rows, key=lambda row: (row.closed_on or today, row.id), reverse=True)
    return [look for look in await look_backs(scope, newest_first) if look.debrief.is_begun]
