"""The sales cycle on record: how long closed deals took, and what won ones brought."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import bindparam
from sqlmodel import case, or_, select

from sales.pipeline.cycle import Cycle, DealAhead, cycle_of
from sales.pipeline.opportunity import Stage
from sales.pipeline.tally import mean_won
from storage.engines.statement import Statement, among
from storage.pipeline.deal_stamp import DealCache
from storage.pipeline.opportunity import OpportunityRow
from storage.pipeline.tally import tally_on
from storage.scope import Scope

DEAL = OpportunityRow.__table__.c  # type: ignore[attr-defined]  # plain columns: no row passes the ORM
opened_on, closed_on, stage = DEAL.opened_on, DEAL.closed_on, DEAL.stage
value_minor, currency, product = DEAL.value_minor, DEAL.currency, DEAL.product


# As known on the day that is asked about: what closes later is open then, and has no value yet.
VALUE_THEN: Any = case((closed_on > bindparam("today"), 0), else_=value_minor)
OPEN_THEN: Any = (opened_on <= bindparam("today")) & or_(stage == Stage.OPEN, closed_on > bindparam("today"))
AHEAD_COLUMNS: list[Any] = [DEAL.owner_id, opened_on, VALUE_THEN, currency, product]
AHEAD = Statement(
    lambda engine: select(*AHEAD_COLUMNS).where(
        DEAL.workspace_id == bindparam("workspace_id"),
        among(engine, DEAL.owner_id, "owner_ids"),
        OPEN_THEN,
    )
)


async def open_deals_of(
    scope: Scope,
    owner_ids: Collection[str],
    today: date,
    typical: Mapping[tuple[str, str | None], float] | None = None,
) -> dict[str, list[DealAhead]]:
    """Return the deals of each of these people that were open as known on `today`; parked ones are not.

    One that closes later has no value yet: 0. Beside it stands the mean win of its product by then, from
    `typical` if the caller knows it already.
    """
    if typical is None:
        typical = (await record_on(scope, today)).by_product
    found: dict[str, list[DealAhead]] = {owner_id: [] for owner_id in owner_ids}
    for owner_id, since, worth, money, sold in await scope.ask(AHEAD, owner_ids=list(owner_ids), today=today):
        deal = DealAhead(owner_id, since, int(worth), money, typical.get((money, sold), 0.0))
        found[owner_id].append(deal)
    return found


@dataclass(frozen=True)
class CycleRecord:
    """What a workspace's deals tell on one day, whoever asks: the cycle and the mean wins."""

    cycle: Cycle
    means: Mapping[str, float]
    by_product: Mapping[tuple[str, str | None], float]


RECORDS: DealCache[CycleRecord] = DealCache(32)  # workspaces and days; a record has ten thousand numbers


async def record_on(scope: Scope, today: date) -> CycleRecord:
    """Return what the workspace's deals tell as known on `today`, whoever asks; worked out anew once one changes.

    Raises:
        Lacking: in a brief unit of work, where it was not worked out yet.
    """
    return await RECORDS.once(scope, today, lambda: read_record(scope, today))


async def read_record(scope: Scope, today: date) -> CycleRecord:
    scope.work_apart(lambda other: record_on(other, today))
    tally = await tally_on(scope, today)
    return CycleRecord(
        cycle=cycle_of(tally.spans, today),
        means=mean_won(tally, lambda sort: sort.currency),
        by_product=mean_won(tally, lambda sort: (sort.currency, sort.product)),
    )
