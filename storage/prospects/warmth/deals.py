"""Deals whose customers may be called: lost with “not now” or to no decision, parked and awake, or reading lately."""

from collections import defaultdict
from collections.abc import Sequence

from sqlmodel import col, select

from sales.language.names.descent import comparable
from sales.pipeline.deal_history import DealField
from sales.pipeline.debrief import Cause, Debrief
from sales.pipeline.opportunity import Stage
from sales.prospects.not_now import put_off_until, puts_off
from sales.prospects.warmth import (
    BEFORE_AFTER,
    BEFORE_UNTIL,
    NOT_NOW_FOR,
    NOT_NOW_HOLDS,
    WOKE_FOR,
    Prospect,
    SignalKind,
    WarmSignal,
)
from storage.pieces import pieces
from storage.pipeline.deal_contact import DealContactRow
from storage.pipeline.deal_history import DealChangeRow
from storage.pipeline.debrief import DebriefRow
from storage.pipeline.opportunity import OpportunityRow
from storage.prospects.warmth.facts import WarmthFacts
from storage.prospects.warmth.leads import firms_at_work
from storage.scope import Scope

MOST_DEALS = 300  # of a sort, the latest
AT_WORK = (Stage.OPEN, Stage.SUSPECT)
Warmed = tuple[OpportunityRow, WarmSignal]


async def warm_deals(scope: Scope, facts: WarmthFacts) -> list[Prospect]:
    """Return a rep's deals whose customers may be called, with every reason to; no firm that is at work elsewhere."""
    signals, rows = defaultdict[int, list[WarmSignal]](list), dict[int, OpportunityRow]()
    for found in (put_off, asleep_too_long, woken, reading):
        for row, signal in await found(scope, facts):
            rows[row.id] = row
            signals[row.id].append(signal)
    lost = [row.account or row.name for row in rows.values() if row.stage is Stage.LOST]
    taken = await firms_at_work(scope, lost, facts.today)
    contacts = await contacts_by_deal(scope, list(rows))
    return [
        prospect(row, facts, signals[row.id], contacts.get(row.id))
        for row in rows.values()
        if row.stage is not Stage.LOST or comparable(row.account or row.name) not in taken
    ]


def prospect(
    row: OpportunityRow, facts: WarmthFacts, signals: Sequence[WarmSignal], contact: DealContactRow | None
) -> Prospect:
    firm = row.account or row.name
    names = [row.name, firm, *([contact.name] if contact is not None else [])]
    told = contact.terms_told if contact is not None else []
    return Prospect(
        key=f"deal:{row.id}",
        name=contact.name if contact is not None else firm,
        account=firm if contact is not None else "",
        signals=signals,
        takes_calls=contact is None or contact.takes_calls,
        best=next((one for one in told if one.startswith("best")), ""),
        touched_on=facts.touched_on(names),
        promised_on=facts.promised_on(names),
    )


async def put_off(scope: Scope, facts: WarmthFacts) -> list[Warmed]:
    """Return the deals lost because it was too early, from the day on that was named, and those nobody decided."""
    statement = (
        select(OpportunityRow, DebriefRow)
        .join(DebriefRow, col(DebriefRow.opportunity_id) == col(OpportunityRow.id))
        .where(
            OpportunityRow.workspace_id == scope.workspace_id,
            OpportunityRow.owner_id == facts.owner_id,
            OpportunityRow.stage == Stage.LOST,
            col(OpportunityRow.closed_on).between(facts.today - BEFORE_UNTIL, facts.today),
            col(DebriefRow.should_have_been_there).is_not(False),
        )
        .order_by(col(OpportunityRow.closed_on).desc())
        .limit(MOST_DEALS)
    )
    found = [(row, put_off_signal(row, said, facts)) for row, said in await scope.session.exec(statement)]
    return [(row, signal) for row, signal in found if signal is not None]


def put_off_signal(row: OpportunityRow, said: Debrief, facts: WarmthFacts) -> WarmSignal | None:
    """Return why a deal that was lost is worth a call today; None where it is not."""
    closed = row.closed_on
    if closed is None or said.closed_on not in (None, closed):
        return None
    if said.cause is Cause.TIMING or (said.cause in (None, Cause.NO_DECISION) and puts_off(said.reason)):
        until = put_off_until(said.reason, closed, NOT_NOW_FOR)
        holds = until <= facts.today <= until + NOT_NOW_HOLDS
        return WarmSignal(SignalKind.NOT_NOW, until, since=closed) if holds else None
    if said.cause is Cause.NO_DECISION and facts.today - closed >= BEFORE_AFTER:
        return WarmSignal(SignalKind.BEFORE, closed + BEFORE_AFTER, since=closed)
    return None


async def asleep_too_long(scope: Scope, facts: WarmthFacts) -> list[Warmed]:
    """Return the parked deals whose day has come, and that nothing woke yet."""
    statement = select(OpportunityRow).where(
        OpportunityRow.workspace_id == scope.workspace_id,
        OpportunityRow.owner_id == facts.owner_id,
        OpportunityRow.stage == Stage.PARKED,
        col(OpportunityRow.parked_until) <= facts.today,
    )
    return [
        (row, WarmSignal(SignalKind.WOKE, row.parked_until))
        for row in await scope.session.exec(statement.limit(MOST_DEALS))
        if row.parked_until is not None
    ]


async def woken(scope: Scope, facts: WarmthFacts) -> list[Warmed]:
    """Return the parked deals that woke by themselves lately."""
    statement = (
        select(OpportunityRow, DealChangeRow)
        .join(DealChangeRow, col(DealChangeRow.opportunity_id) == col(OpportunityRow.id))
        .where(
            OpportunityRow.workspace_id == scope.workspace_id,
            OpportunityRow.owner_id == facts.owner_id,
            col(OpportunityRow.stage).in_(AT_WORK),
            DealChangeRow.what == DealField.STAGE,
            DealChangeRow.was == Stage.PARKED.value,
            DealChangeRow.by == "",
            col(DealChangeRow.on) >= facts.today - WOKE_FOR,
        )
        .limit(MOST_DEALS)
    )
    return [
        (row, WarmSignal(SignalKind.WOKE, change.on)) for row, change in await scope.session.exec(statement)
    ]


async def reading(scope: Scope, facts: WarmthFacts) -> list[Warmed]:
    """Return live deals whose people used something that we publish and are no lead by themselves."""
    by_deal = {one.newest.deal_id: one for one in reversed(facts.readers) if one.newest.deal_id is not None}
    if not by_deal:
        return []
    statement = select(OpportunityRow).where(
        OpportunityRow.workspace_id == scope.workspace_id,
        OpportunityRow.owner_id == facts.owner_id,
        col(OpportunityRow.stage).in_(AT_WORK),
        col(OpportunityRow.id).in_(list(by_deal)),
    )
    return [(row, facts.as_signal(by_deal[row.id])) for row in await scope.session.exec(statement)]


async def contacts_by_deal(scope: Scope, deal_ids: Sequence[int]) -> dict[int, DealContactRow]:
    """Return whom to speak to about each deal: the first who takes calls, else the first that was named."""
    found: dict[int, DealContactRow] = {}
    for some in pieces(deal_ids):
        statement = select(DealContactRow).where(
            DealContactRow.workspace_id == scope.workspace_id,
            col(DealContactRow.opportunity_id).in_(some),
        )
        for row in await scope.session.exec(statement.order_by(col(DealContactRow.id))):
            there = found.get(row.opportunity_id)
            if there is None or (row.takes_calls and not there.takes_calls):
                found[row.opportunity_id] = row
    return found
