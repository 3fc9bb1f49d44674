"""The manager's Monday: what a team's people did since the last one, and which decisions wait (5, 27, 28, 52)."""

from collections.abc import Mapping
from datetime import date, timedelta

from sqlmodel import case, col, func, select

from sales.coaching.monday import CountedAnyway, PriceAsked, WaitingDecisions, WeekBehind
from sales.language.dates.period import DaySpan
from sales.pipeline.deal_history import DealField
from sales.pipeline.opportunity import Entry, Stage
from sales.pipeline.price_cut import DiscountState, standing
from storage.coaching.pack import wins_told
from storage.nudges.undelivered import count_for
from storage.people.member import MemberRow
from storage.pipeline.deal_history import DealChangeRow
from storage.pipeline.debrief import losses_between
from storage.pipeline.opportunity import OpportunityRow
from storage.pipeline.price_cut import wishes_since
from storage.scope import Scope

ASKED_WITHIN = timedelta(days=90)  # an older wish is of a deal that went on without it


async def week_behind(scope: Scope, reps: Mapping[str, MemberRow], span: DaySpan) -> WeekBehind:
    """Return what a team's reps won, lost and opened on some days, and how many suspects they have."""
    wins = await wins_told(scope, reps, span)
    lost = await losses_between(scope, reps, span.first, span.last)
    is_suspect = col(OpportunityRow.stage) == Stage.SUSPECT
    opened = ~is_suspect & col(OpportunityRow.opened_on).between(span.first, span.last)
    counts = select(*(func.coalesce(func.sum(case((one, 1), else_=0)), 0) for one in (opened, is_suspect)))
    theirs = counts.where(
        col(OpportunityRow.workspace_id) == scope.workspace_id, col(OpportunityRow.owner_id).in_(reps)
    )
    return WeekBehind(wins, len(lost), *(await scope.session.exec(theirs)).one())


async def waiting_for(
    scope: Scope, manager: MemberRow, reps: Mapping[str, MemberRow], since: date, today: date
) -> WaitingDecisions:
    """Return what waits for a manager of these reps: decisions that nobody took, and what did not arrive."""
    return WaitingDecisions(
        await prices_asked(scope, reps, today),
        await counted_anyway(scope, reps, since),
        await count_for(scope, manager),
    )


async def prices_asked(scope: Scope, reps: Mapping[str, MemberRow], today: date) -> list[PriceAsked]:
    """Return the lower prices that wait for an answer."""
    return [
        PriceAsked(request.id, deal.name, reps[str(deal.owner_id)].name)
        for request, deal in await wishes_since(scope, today - ASKED_WITHIN)
        if standing(request, deal) is DiscountState.OPEN and deal.owner_id in reps
    ]


async def counted_anyway(scope: Scope, reps: Mapping[str, MemberRow], since: date) -> list[CountedAnyway]:
    """Return the deals that somebody counts since a day without what the entry gate asks, and that stand so."""
    statement = (
        select(OpportunityRow)
        .join(DealChangeRow, col(DealChangeRow.opportunity_id) == col(OpportunityRow.id))
        .where(
            OpportunityRow.workspace_id == scope.workspace_id,
            col(OpportunityRow.owner_id).in_(reps),
            OpportunityRow.stage == Stage.OPEN,
            OpportunityRow.entry == Entry.ANYWAY,
            DealChangeRow.what == DealField.ENTRY_REASON,
            DealChangeRow.on >= since,
        )
        .order_by(col(OpportunityRow.id))
        .distinct()
    )
    return [
        CountedAnyway(row.id, row.name, reps[str(row.owner_id)].name, row.entry_reason)
        for row in await scope.session.exec(statement)
    ]
