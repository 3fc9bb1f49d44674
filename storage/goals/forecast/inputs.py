"""The grounds of a forecast: a rep's deals and activities as they were written down by a day, in plain columns."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import bindparam
from sqlmodel import col, exists, func, or_, select, text

from sales.followups.activity import ActivityKind
from sales.followups.next_step import CONVERSATIONS
from sales.goals.forecast.record import DealRecord, Gain, OwnOpenDeal
from sales.goals.goal import Measured, Metric
from sales.language.dates.instants import local_date
from sales.language.dates.period import DaySpan
from sales.pipeline.opportunity import Stage
from storage.engines.statement import Statement, given
from storage.followups.activity import ActivityRow
from storage.followups.followup import FollowUpRow
from storage.people.member import find_member
from storage.pipeline.cycle import OPEN_THEN, VALUE_THEN
from storage.pipeline.deal_stamp import DealCache
from storage.pipeline.imported import IMPORTED_AT
from storage.pipeline.opportunity import OpportunityRow
from storage.pipeline.owner_deals import BARE
from storage.pipeline.tally import newest_change_of, only_currency_of
from storage.scope import Scope

DEAL = OpportunityRow.__table__.c  # type: ignore[attr-defined]  # plain columns: no row passes the ORM

WORKSPACES = 1_000  # of one process; an answer each
NEWEST: DealCache[datetime | None] = DealCache(WORKSPACES)
CURRENCIES: DealCache[str | None] = DealCache(WORKSPACES)


HAS_STEP: Any = exists().where(col(FollowUpRow.opportunity_id) == DEAL.id, text("followup.state = 'open'"))
OPEN_COLUMNS: list[Any] = [
    DEAL.product, DEAL.opened_on, DEAL.closed_on, DEAL.stage, VALUE_THEN, BARE, DEAL.name, DEAL.account,
    IMPORTED_AT, HAS_STEP, DEAL.expected_on,
]  # fmt: skip
OWN_OPEN = Statement(
    select(*OPEN_COLUMNS)
    .where(
        DEAL.workspace_id == bindparam("workspace_id"),
        DEAL.owner_id == bindparam("owner_id"),
        OPEN_THEN,
    )
    .order_by(DEAL.opened_on, DEAL.id)
)
LAST_CONTACTS = Statement(
    select(col(ActivityRow.account), func.max(col(ActivityRow.on)))
    .where(
        given(ActivityRow.workspace_id),
        given(ActivityRow.owner_id),
        col(ActivityRow.account).is_not(None),
        col(ActivityRow.on) <= bindparam("today"),
    )
    .group_by(col(ActivityRow.account))
)
PROMISED = Statement(
    select(col(FollowUpRow.who)).where(
        given(FollowUpRow.workspace_id),
        text("state = 'open'"),  # as the index says it
        given(FollowUpRow.owner_id),
        col(FollowUpRow.opportunity_id).is_(None),
    )
)
HELD = Statement(
    select(func.sum(col(ActivityRow.count))).where(
        given(ActivityRow.workspace_id),
        given(ActivityRow.owner_id),
        or_(*(col(ActivityRow.kind) == kind for kind in sorted(CONVERSATIONS))),
        col(ActivityRow.on).between(bindparam("first"), bindparam("last")),
    )
)


class Counted(NamedTuple):
    """What a goal was counted from: how many rows, and the newest of them, None and nothing without any."""

    rows: int
    newest: date | None
    name: str


async def gains_of(
    scope: Scope, owner_ids: Collection[str], kind: ActivityKind, first: date, today: date
) -> list[Gain]:
    """Return what these people logged of one kind of activity from `first` to `today`, an entry each."""
    columns: list[Any] = [ActivityRow.owner_id, ActivityRow.on, ActivityRow.count]
    statement = select(*columns).where(
        ActivityRow.workspace_id == scope.workspace_id,
        col(ActivityRow.owner_id).in_(owner_ids),
        ActivityRow.kind == kind,
        col(ActivityRow.on).between(first, today),
    )
    return [Gain(owner_id, on, float(count)) for owner_id, on, count in await scope.session.exec(statement)]


async def open_deals(scope: Scope, owner_id: str, today: date) -> list[OwnOpenDeal]:
    """Return a rep's open deals as known on `today`: their names, when they were last in touch, what is agreed.

    A promise to a customer that belongs to no deal is taken to be for each of theirs.
    """
    touched = await last_contacts(scope, owner_id, today)
    promised = {who.casefold() for (who,) in await scope.ask(PROMISED, owner_id=owner_id)}
    found = []
    for *columns, name, account, imported, has_step, expected in await scope.ask(
        OWN_OPEN, owner_id=owner_id, today=today
    ):
        product, opened, closed, stage, value, bare = columns
        called = keys_of(name, account)
        found.append(
            OwnOpenDeal(
                DealRecord(owner_id, product, opened, closed, stage, value, bool(bare)),
                name,
                max((touched[key] for key in called if key in touched), default=None),
                imported.date() if imported is not None else None,
                bool(has_step) or not promised.isdisjoint(called),
                expected,
            )
        )
    return found


def keys_of(*names: str | None) -> set[str]:
    return {name.casefold() for name in names if name}


async def last_contacts(scope: Scope, owner_id: str, today: date) -> dict[str, date]:
    """Return when a rep last did anything with whom, by the folded name they logged."""
    found: dict[str, date] = {}
    for account, on in await scope.ask(LAST_CONTACTS, owner_id=owner_id, today=today):
        key = account.casefold()
        found[key] = max(on, found.get(key, on))
    return found


async def conversations_held(scope: Scope, owner_id: str, first: date, last: date) -> int:
    """Return how many conversations a rep logged between two days: calls, meetings, demos and visits."""
    ((held,),) = await scope.ask(HELD, owner_id=owner_id, first=first, last=last)
    return int(held or 0)


async def seen_from(scope: Scope, owner_id: str, today: date) -> date | None:
    """Return since when a rep is on record by `today`: a deal, something they did, or the day they were welcomed."""
    first_deal = select(func.min(func.coalesce(DEAL.opened_on, DEAL.closed_on))).where(
        DEAL.workspace_id == scope.workspace_id, DEAL.owner_id == owner_id
    )
    first_act = select(func.min(col(ActivityRow.on))).where(
        ActivityRow.workspace_id == scope.workspace_id, ActivityRow.owner_id == owner_id
    )
    days = [(await scope.session.exec(first_deal)).one(), (await scope.session.exec(first_act)).one()]
    member = await find_member(scope, owner_id)
    if member is not None and member.welcomed_at is not None:
        days.append(local_date(member.welcomed_at, member.zone))
    return min((day for day in days if day is not None and day <= today), default=None)


async def counted_towards(
    scope: Scope, goal: Measured, today: date, without: Collection[DaySpan] = ()
) -> Counted:
    """Return what counts towards a goal on `today`, as rows: deals, or entries of a kind of activity.

    Those of days `without` count are left out.
    """
    last = min(goal.ends_on, today)
    if goal.metric is Metric.ACTIVITIES:
        on, name = col(ActivityRow.on), col(ActivityRow.account)
        rows: Any = (
            select(on, name)
            .where(
                ActivityRow.workspace_id == scope.workspace_id,
                ActivityRow.owner_id == goal.owner_id,
                ActivityRow.kind == goal.activity_kind,
                on.between(goal.starts_on, last),
            )
            .order_by(on.desc(), col(ActivityRow.id).desc())
        )
    else:
        created = goal.metric is Metric.OPPORTUNITIES_CREATED
        on, counts = DEAL.opened_on if created else DEAL.closed_on, DEAL.stage == Stage.WON
        rows = (
            select(on, DEAL.name)
            .where(
                DEAL.workspace_id == scope.workspace_id,
                DEAL.owner_id == goal.owner_id,
                DEAL.stage != Stage.SUSPECT if created else counts,
                on.between(goal.starts_on, last),
            )
            .order_by(on.desc(), DEAL.id.desc())
        )
        if goal.metric is Metric.REVENUE:
            rows = rows.where(DEAL.currency == goal.currency)
        rows = rows.where(*(~on.between(days.first, days.last) for days in without))
    found = list(await scope.session.exec(rows))
    last_on, what = found[0] if found else (None, None)
    return Counted(len(found), last_on, str(what or ""))


async def deals_changed_on(scope: Scope, zone: str) -> date | None:
    """Return the local date on which any deal of the workspace was last written down; None without deals."""
    newest = await NEWEST.once(scope, None, lambda: newest_change_of(scope))
    return local_date(newest, zone) if newest is not None else None


async def only_currency(scope: Scope) -> str | None:
    """Return the currency of all the workspace's deals; None where there are several, or no deals."""
    return await CURRENCIES.once(scope, None, lambda: only_currency_of(scope))
