"""Owners' deals: all deals of a workspace in columns, kept for the process under the stamp of each owner.

So after a change only the deals of that owner are read again. They are read in pieces, and parsed in a thread where
there are many, so that neither memory nor the event loop feels how many there are.
"""

import asyncio
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from itertools import count
from typing import Any, NamedTuple

from sqlalchemy import String, type_coerce
from sqlmodel import bindparam, func, select

from sales.pipeline.deal_columns import CODES, ColumnsInTheMaking, DealColumns, SortOfDeal
from sales.pipeline.opportunity import Stage
from storage.cache import Cache
from storage.engines.statement import Statement, among
from storage.pipeline.deal_stamp import StampedKey, address
from storage.pipeline.opportunity import OpportunityRow
from storage.pipeline.owner_stamp import owner_stamps
from storage.scope import Scope

MOST_KEPT = 3_000_000  # deals of a process; some 70 MB
AT_ONCE = 10_000  # deals read in one piece: three megabytes while they are parsed
QUICK = 1_000  # deals parsed in a hundredth of a second; a thread is for more

LONG_AGO = datetime.min.replace(tzinfo=UTC)

DEAL = OpportunityRow.__table__.c  # type: ignore[attr-defined]  # plain columns: no row passes the ORM


class OwnerDeals(NamedTuple):
    """One owner's deals: suspects are not in the columns (mechanism 27), but their currency counts.

    `newest` is when any of them was last written down.
    """

    columns: DealColumns
    currencies: frozenset[str]
    newest: datetime


KEPT: Cache[OwnerDeals] = Cache(MOST_KEPT, lambda kept: 1 + len(kept.columns))


# Typed by somebody, and no CRM has it, nor any stage: nothing stands behind its value.
BARE: Any = DEAL.external_id.is_(None) & DEAL.import_id.is_(None) & (DEAL.stage_label == "")


def is_bare(deal: OpportunityRow) -> bool:
    """Say of a row what `BARE` asks of the table."""
    return deal.external_id is None and deal.import_id is None and deal.stage_label == ""


class OwnedBy(NamedTuple):
    """The statements for the deals whose owner is said in one way: by a member's id, or by the CRM's name alone.

    `counts` says of each owner how many there are and when one was last written down.
    """

    counts: Statement
    pieces: Statement


def owned_by(owner: Any, *narrowed: Any) -> OwnedBy:
    here = (DEAL.workspace_id == bindparam("workspace_id"), *narrowed)
    counts: Any = select(owner, func.count(), func.max(DEAL.updated_at)).where(*here).group_by(owner)
    # As the driver says them: a thread makes of them what they mean, and not the event loop.
    columns: list[Any] = [
        owner,
        type_coerce(DEAL.opened_on, String),
        type_coerce(DEAL.closed_on, String),
        type_coerce(DEAL.stage, String),
        DEAL.currency,
        DEAL.product,
        DEAL.value_minor,
        BARE,
    ]
    pieces = select(*columns).where(*here).order_by(owner, DEAL.opened_on, DEAL.id)
    pieces = pieces.limit(bindparam("most")).offset(bindparam("passed"))
    return OwnedBy(
        Statement(lambda engine: counts.where(among(engine, owner, "owners"))),
        Statement(lambda engine: pieces.where(among(engine, owner, "owners"))),
    )


WAYS = (owned_by(DEAL.owner_id), owned_by(DEAL.owner_name, DEAL.owner_id.is_(None)))


async def deals_of(scope: Scope, owners: Collection[str] = ()) -> Mapping[str, OwnerDeals]:
    """Return the deals of these people as they are in this unit of work, or everybody's, by owner.

    A deal whose owner is unknown here is its CRM owner's.
    """
    stamps = await owner_stamps(scope)
    wanted = {owner: stamps[owner] for owner in owners if owner in stamps} if owners else stamps
    where = address(scope)
    keys = {
        owner: StampedKey(where, scope.workspace_id, stamp, owner) for owner, stamp in sorted(wanted.items())
    }
    found = {owner: KEPT.get(key) for owner, key in keys.items()}
    missing = [owner for owner, kept in found.items() if kept is None]
    if missing:
        read = await read_deals(scope, missing)
        after = await owner_stamps(scope)
        for owner, deals in read.items():
            found[owner] = deals
            if after.get(owner) == wanted[owner]:  # else they changed meanwhile, and some of both was read
                KEPT.put(keys[owner], deals)
    return {owner: deals for owner, deals in found.items() if deals is not None}


async def read_deals(scope: Scope, owners: Sequence[str], at_once: int = AT_ONCE) -> dict[str, OwnerDeals]:
    """Read the deals of these people in pieces of so many."""
    making = DealsInTheMaking()
    for way in WAYS:
        counted = await scope.ask(way.counts, owners=list(owners))
        making.date((owner, newest) for owner, _, newest in counted)
        for some in batches(((owner, many) for owner, many, _ in counted), at_once):
            for passed in count(step=at_once):
                rows = await scope.ask(way.pieces, owners=some, most=at_once, passed=passed)
                if len(rows) > QUICK:
                    await asyncio.to_thread(making.take, rows)
                else:
                    making.take(rows)
                if len(rows) < at_once:
                    break
    return {owner: making.deals(owner) for owner in owners}


def batches(counted: Iterable[tuple[Any, ...]], at_once: int) -> list[list[str]]:
    """Return owners in batches whose deals are one piece to read; who has more is alone."""
    found: list[list[str]] = []
    room = 0
    for owner, deals in sorted(counted, key=lambda one: int(one[1])):
        if deals > room:
            found.append([])
            room = at_once - 1  # less than a piece, so that nobody has to ask whether there is another
        found[-1].append(owner)
        room -= deals
    return found


class Ordinals(dict[Any, int]):
    """Days as ordinals, by how a driver says them: SQLite's in ISO, PostgreSQL's as dates."""

    def __missing__(self, said: str | date) -> int:
        day = date.fromisoformat(said) if isinstance(said, str) else said
        self[said] = day.toordinal()
        return self[said]


class DealsInTheMaking:
    """Deals by owner, that pieces are still read of."""

    def __init__(self) -> None:
        self.columns: defaultdict[str, ColumnsInTheMaking] = defaultdict(ColumnsInTheMaking)
        self.currencies: defaultdict[str, set[str]] = defaultdict(set)
        self.ordinals = Ordinals({None: 0})
        self.newest: dict[str, datetime] = {}

    def date(self, found: Iterable[tuple[str, datetime]]) -> None:
        """Take note of when owners' deals were last written down."""
        for owner, newest in found:
            self.newest[owner] = max(newest, self.newest.get(owner, newest))

    def take(self, rows: Sequence[tuple[Any, ...]]) -> None:
        """Add deals, in the order of their owners."""
        ordinals, codes = self.ordinals, {str(stage): code for stage, code in CODES.items()}
        suspect, whose = codes[Stage.SUSPECT], None
        sorts: dict[tuple[str, str | None, bool], SortOfDeal] = {}
        for owner, opened, closed, said, currency, product, value, bare in rows:
            if owner != whose:
                whose, columns, currencies = owner, self.columns[owner], self.currencies[owner]
            currencies.add(currency)
            stage = codes[said]
            if stage != suspect:
                of = currency, product, bool(bare)
                sort = sorts.get(of) or sorts.setdefault(of, SortOfDeal(*of))
                columns.add(ordinals[opened], ordinals[closed], stage, sort, value)

    def deals(self, owner: str) -> OwnerDeals:
        """Return an owner's deals."""
        return OwnerDeals(
            self.columns[owner].made(), frozenset(self.currencies[owner]), self.newest.get(owner, LONG_AGO)
        )
