"""Attainment: how far people got, counted from deals and activities and never typed a second time.

Only what was known on `today` counts: a deal closed later is not won yet, one opened later does not exist.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import bindparam
from sqlmodel import SQLModel, col, func, select, true

from sales.followups.activity import ActivityKind
from sales.goals.attainment import Progress, counts_towards
from sales.goals.goal import Measured, Metric
from sales.goals.starting_balance import WON
from sales.language.dates.period import span
from sales.pipeline.opportunity import Stage
from storage.engines.statement import Statement, among
from storage.followups.activity import ActivityRow
from storage.goals.goal import open_goals
from storage.goals.starting_balance import balances_ahead, counting_towards
from storage.people.team import TeamRow
from storage.pipeline.deal_stamp import DealCache
from storage.pipeline.opportunity import OpportunityRow
from storage.scope import Scope


@dataclass(frozen=True)
class GainSource:
    """Where a metric is counted: whose, on which day, how much, which rows, and what it is told apart by."""

    table: type[SQLModel]
    owner: Any
    on: Any
    amount: Any
    counts: Any
    what: Any = None  # a currency or a kind of activity


IS_WON = col(OpportunityRow.stage) == Stage.WON
SOURCES: dict[Metric, GainSource] = {
    Metric.REVENUE: GainSource(
        OpportunityRow,
        col(OpportunityRow.owner_id),
        col(OpportunityRow.closed_on),
        func.sum(col(OpportunityRow.value_minor)),
        IS_WON,
        col(OpportunityRow.currency),
    ),
    Metric.DEALS_WON: GainSource(
        OpportunityRow,
        col(OpportunityRow.owner_id),
        col(OpportunityRow.closed_on),
        func.count(),
        IS_WON,
    ),
    Metric.OPPORTUNITIES_CREATED: GainSource(
        OpportunityRow,
        col(OpportunityRow.owner_id),
        col(OpportunityRow.opened_on),
        func.count(),
        col(OpportunityRow.stage) != Stage.SUSPECT,  # a suspect met no entry gate yet (mechanism 27)
    ),
    Metric.ACTIVITIES: GainSource(
        ActivityRow,
        col(ActivityRow.owner_id),
        col(ActivityRow.on),
        func.sum(col(ActivityRow.count)),
        true(),
        col(ActivityRow.kind),
    ),
}


def totals(source: GainSource) -> Statement:
    """Return the question for what some people gained in some days, by person and what it is told apart by."""
    apart = (source.owner,) if source.what is None else (source.owner, source.what)
    here = source.table.workspace_id == bindparam("workspace_id")  # type: ignore[attr-defined]
    in_days = source.on.between(bindparam("first"), bindparam("last"))
    every: Any = select(source.amount, *apart).where(here, in_days, source.counts).group_by(*apart)
    return Statement(lambda engine: every.where(among(engine, source.owner, "owner_ids")))


TOTALS = {metric: totals(source) for metric, source in SOURCES.items()}


async def attained(scope: Scope, goal: Measured, today: date) -> int:
    """Return what counts towards a goal on `today`: minor units for revenue, otherwise a count."""
    (found,) = await attained_of(scope, [goal], today)
    return found


async def attained_of(scope: Scope, goals: Sequence[Measured], today: date) -> list[int]:
    """Return what counts towards each goal on `today`, in the order given.

    One query for each metric and period among them, however many people they belong to. What somebody had when they
    came counts in the place of what the record has of the same days.
    """
    found: dict[tuple[Metric, date, date], dict[tuple[str, str], int]] = {}
    for days in {spanned(goal) for goal in goals}:
        metric, first, last = days
        owners = {goal.owner_id for goal in goals if spanned(goal) == days}
        found[days] = await _totals(scope, metric, owners, first, min(last, today))
    from_record = [found[spanned(goal)].get((goal.owner_id, counted(goal)), 0) for goal in goals]
    await balances_ahead(scope, {goal.owner_id for goal in goals if goal.metric in WON})
    before = [await from_before(scope, goal, today) for goal in goals]
    return [done + more for done, more in zip(from_record, before, strict=True)]


async def from_before(scope: Scope, goal: Measured, today: date) -> int:
    """Return by how much starting balances change what the record has of a goal; below 0 where it has more."""
    added = 0
    for one in await counting_towards(scope, goal):
        of_days = await _totals(scope, goal.metric, [goal.owner_id], one.since, min(one.days.last, today))
        added += one.amount - of_days.get((goal.owner_id, counted(goal)), 0)
    return added


DAYS_KEPT = 50_000  # on which something was gained, over all that is kept: some megabytes
GAINS: DealCache[Mapping[date, int]] = DealCache(DAYS_KEPT, len)
FIRST_GAINS: DealCache[date | None] = DealCache(1_000)


async def gained_by_day(
    scope: Scope, owner_ids: Collection[str], goal: Measured, today: date
) -> Mapping[date, int]:
    """Return what these people together gained on each day of a goal's period until `today`, in order.

    The goal says the metric and the days; its owner is not looked at. Days without gain are left out.
    """
    source, last = SOURCES[goal.metric], min(goal.ends_on, today)

    async def summed() -> Mapping[date, int]:
        statement = (
            select(source.on, source.amount)
            .where(*_narrowed(scope, source, owner_ids, goal.starts_on, last))
            .group_by(source.on)
            .order_by(source.on)
        )
        if source.what is not None:
            statement = statement.where(source.what == counted(goal))
        return {on: int(amount) for on, amount in await scope.session.exec(statement)}

    if source.table is not OpportunityRow:
        return await summed()
    key = goal.metric, counted(goal), frozenset(owner_ids), goal.starts_on, last
    return await GAINS.once(scope, key, summed)


async def gained_with_balance(scope: Scope, goal: Measured, today: date) -> Mapping[date, int]:
    """Return what one goal gained on each day until `today`, what was there before on the day before it was said."""
    gained = dict(await gained_by_day(scope, [goal.owner_id], goal, today))
    for one in await counting_towards(scope, goal):
        gained = {on: value for on, value in gained.items() if not one.since <= on < one.as_of}
        gained[min(one.days.last, today)] = one.amount
    return dict(sorted(gained.items()))


async def first_gain(scope: Scope, owner_ids: Collection[str], metric: Metric, today: date) -> date | None:
    """Return the first day on which any of these people gained anything: where their record begins."""
    source = SOURCES[metric]

    async def looked_up() -> date | None:
        statement = select(func.min(source.on)).where(*_narrowed(scope, source, owner_ids, date.min, today))
        return (await scope.session.exec(statement)).first()

    if source.table is not OpportunityRow:
        return await looked_up()
    return await FIRST_GAINS.once(scope, (metric, frozenset(owner_ids), today), looked_up)


def counted(goal: Measured) -> str:
    """Return what of its metric a goal counts: a currency, a kind of activity, or everything there is."""
    if goal.metric is Metric.REVENUE:
        return goal.currency
    return goal.activity_kind.value if goal.activity_kind is not None else ""


def spanned(goal: Measured) -> tuple[Metric, date, date]:
    """Return what goals share that one query can count together."""
    return goal.metric, goal.starts_on, goal.ends_on


async def _totals(
    scope: Scope, metric: Metric, owner_ids: Collection[str], first: date, last: date
) -> dict[tuple[str, str], int]:
    rows = await scope.ask(TOTALS[metric], owner_ids=list(owner_ids), first=first, last=last)
    return {(owner, str(what[0]) if what else ""): int(amount) for amount, owner, *what in rows}


def _narrowed(
    scope: Scope, source: GainSource, owner_ids: Collection[str], first: date, last: date
) -> tuple[Any, ...]:
    here = source.table.workspace_id == scope.workspace_id  # type: ignore[attr-defined]
    return here, source.owner.in_(owner_ids), source.on.between(first, last), source.counts


async def goals_moved(
    scope: Scope,
    owner_id: str,
    team: TeamRow | None,
    today: date,
    on: date,
    metrics: Collection[Metric],
    kinds: Collection[ActivityKind] = (),
) -> list[Progress]:
    """Return a rep's open goals that something of these metrics done on `on` counts towards."""
    rows = [
        row for row in await open_goals(scope, owner_id, today) if counts_towards(row, on, metrics, kinds)
    ]
    done = await attained_of(scope, rows, today)
    year_start = team.fiscal_year_start if team is not None else 1
    return [
        Progress(row, span(row.starts_on, row.ends_on, year_start).label, count)
        for row, count in zip(rows, done, strict=True)
    ]
