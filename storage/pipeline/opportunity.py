"""Opportunities: a rep's deals as they were known on a day, and what becomes of them."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import bindparam, text
from sqlmodel import Field, Index, UniqueConstraint, col, func, or_, select, update

from sales.language.names.match import Match, match
from sales.pipeline.deal_history import DealField, MovedBy, differing
from sales.pipeline.opportunity import CLOSED, Opportunity, Stage, StoredOpportunity, goes_by, stage_on
from storage.engines.statement import Statement, among, given
from storage.people.member import people_directory
from storage.pipeline.comparable_name import IN_ORDER, compares_names, half_indexes
from storage.pipeline.deal_history import DealChangeRow, changes_of, say_who_moved, write_history
from storage.row_image import Touched, image
from storage.rows import restate
from storage.scope import Scope
from storage.undo import newest_action


@compares_names
class OpportunityRow(StoredOpportunity, table=True):
    __tablename__ = "opportunity"
    __table_args__ = (
        UniqueConstraint("workspace_id", "external_id"),
        Index("ix_opportunity_owner_closed", "workspace_id", "owner_id", "closed_on"),
        Index("ix_opportunity_owner_opened", "workspace_id", "owner_id", "opened_on"),
        Index(
            "ix_opportunity_owner_name",
            "workspace_id",
            "owner_name",
            sqlite_where=text("owner_id IS NULL"),
            postgresql_where=text("owner_id IS NULL"),
        ),
        Index("ix_opportunity_name", "workspace_id", "name_folded", "opened_on"),
        Index("ix_opportunity_account", "workspace_id", "account_folded", "opened_on"),
        *half_indexes("opportunity", "name", "account"),
        {"sqlite_autoincrement": True},  # ids are never used twice: old buttons must not reach newer rows
    )

    id: int = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspace.id")
    import_id: int | None = Field(default=None, foreign_key="import_run.id", index=True)
    import_sha: str | None = Field(default=None, max_length=16)  # of the file's row last taken in
    converted_minor: int | None = (
        None  # what an import made of an amount in another currency, by the rate it had
    )
    updated_at: datetime
    name_folded: str = Field(default="", exclude=True, sa_type=IN_ORDER)
    account_folded: str | None = Field(default=None, exclude=True, sa_type=IN_ORDER)


LOOKED_AT = 5000  # deals without an owner that are read at once, in some 5 ms
LINKED = 250  # and given to somebody in one unit of work, in some 5 ms too

NOBODYS = (
    given(OpportunityRow.workspace_id),
    col(OpportunityRow.owner_id).is_(None),
)
UNOWNED_NAMES = Statement(
    select(col(OpportunityRow.owner_name)).where(*NOBODYS, col(OpportunityRow.owner_name) != "").distinct()
)
UNOWNED = Statement(
    lambda engine: (
        select(col(OpportunityRow.id), col(OpportunityRow.owner_name))
        .where(*NOBODYS, among(engine, col(OpportunityRow.owner_name), "names"))
        .limit(LOOKED_AT)
    )
)
GIVE = Statement(
    update(OpportunityRow)
    .where(*NOBODYS, col(OpportunityRow.id) == bindparam("deal"))
    .values(owner_id=bindparam("owner"))
    .returning(col(OpportunityRow.id))
)


IN_CURRENCY = (given(OpportunityRow.workspace_id), col(OpportunityRow.currency) == bindparam("currency"))
AS_LARGE = Statement(
    lambda engine: (
        select(col(OpportunityRow.id))
        .where(*IN_CURRENCY, among(engine, col(OpportunityRow.owner_id), "owner_ids"))
        .where(col(OpportunityRow.value_minor) >= bindparam("least"))
        .limit(1)
    )
)
LARGEST = Statement(
    lambda engine: select(func.max(col(OpportunityRow.value_minor))).where(
        *IN_CURRENCY, among(engine, col(OpportunityRow.owner_id), "owner_ids")
    )
)

OTHER_CURRENCIES = Statement(
    select(col(OpportunityRow.currency))
    .where(
        given(OpportunityRow.workspace_id),
        col(OpportunityRow.owner_id) == bindparam("owner_id"),
        col(OpportunityRow.currency) != bindparam("currency"),
    )
    .distinct()
    .order_by(col(OpportunityRow.currency))
)

OPEN_COUNT = Statement(
    lambda engine: select(func.count()).where(
        given(OpportunityRow.workspace_id),
        among(engine, col(OpportunityRow.owner_id), "owner_ids"),
        col(OpportunityRow.opened_on) <= bindparam("today"),
        or_(
            col(OpportunityRow.stage) == Stage.OPEN, col(OpportunityRow.closed_on) > bindparam("today")
        ),  # as `open_deals_of` has it
    )
)


async def wins_between(
    scope: Scope, owner_ids: Collection[str], first: date, last: date
) -> list[OpportunityRow]:
    """Return the deals these people won between two days, both included, the latest first."""
    statement = select(OpportunityRow).where(
        OpportunityRow.workspace_id == scope.workspace_id,
        col(OpportunityRow.owner_id).in_(owner_ids),
        OpportunityRow.stage == Stage.WON,
        col(OpportunityRow.closed_on).between(first, last),
    )
    latest_first = statement.order_by(col(OpportunityRow.closed_on).desc(), col(OpportunityRow.id).desc())
    return list(await scope.session.exec(latest_first))


async def last_opened(scope: Scope, owner_ids: Collection[str], today: date) -> dict[str, date]:
    """Return on which day each of these people opened a deal last, suspects aside; who never did is missing."""
    statement = (
        select(OpportunityRow.owner_id, func.max(OpportunityRow.opened_on))
        .where(
            OpportunityRow.workspace_id == scope.workspace_id,
            col(OpportunityRow.owner_id).in_(owner_ids),
            OpportunityRow.stage != Stage.SUSPECT,
            col(OpportunityRow.opened_on) <= today,
        )
        .group_by(col(OpportunityRow.owner_id))
    )
    return {str(owner_id): on for owner_id, on in await scope.session.exec(statement) if on is not None}


async def link_owners(scope: Scope) -> int:
    """Give deals whose owner was only a name to the member who goes by it now; return how many deals.

    Call it whenever members were met or renamed. A deal that has an owner is left alone.
    """
    owners, linked = await owners_by_name(scope), 0
    while found := await nameless_deals(scope, owners):
        linked += await give(scope, found)
    return linked


async def owners_by_name(scope: Scope) -> dict[str, str]:
    """Return the members who go by a name that deals without an owner have for one."""
    people = await people_directory(scope)
    return {name: owner for (name,) in await scope.ask(UNOWNED_NAMES) if (owner := people.find(name))}


async def nameless_deals(scope: Scope, owners: Mapping[str, str]) -> list[tuple[int, str]]:
    """Return some deals without an owner, each with the member who goes by its owner's name; none if there are none."""
    found = await scope.ask(UNOWNED, names=list(owners)) if owners else []
    return [(deal, owners[name]) for deal, name in found]


async def give(scope: Scope, found: Sequence[tuple[int, str]]) -> int:
    """Give deals that have no owner to members; return how many of them still had none."""
    given = 0
    for deal, owner in found:
        given += len(await scope.ask(GIVE, deal=deal, owner=owner))
    return given


async def find_opportunity(scope: Scope, opportunity_id: int) -> OpportunityRow | None:
    """Return one deal of this workspace, or None."""
    row = await scope.session.get(OpportunityRow, opportunity_id)
    return row if row is not None and row.workspace_id == scope.workspace_id else None


async def add_opportunity(scope: Scope, deal: Opportunity, now: datetime) -> OpportunityRow:
    """Store a deal."""
    row = OpportunityRow.model_validate(
        {**deal.model_dump(), "workspace_id": scope.workspace_id, "updated_at": now}
    )
    scope.session.add(row)
    await scope.session.flush()
    return row


class Typed(NamedTuple):
    """Who changed a deal, when, and on which day of theirs."""

    by: str
    now: datetime
    on: date


async def change_opportunity(
    scope: Scope, row: OpportunityRow, deal: Opportunity, typed: Typed
) -> list[Touched]:
    """Store what a deal says now, and in its history what it said before; return what undoing it needs, the deal first.

    Raises:
        ValidationError: if the deal would contradict itself, such as a win without a close date.
    """
    before, was = image(row), Opportunity.model_validate(row, from_attributes=True)
    row.updated_at = typed.now
    await restate(scope, row, Opportunity, deal)
    slips = await slips_put_right(scope, row.id, differing(was, deal), typed)
    history = await write_history(scope, row.id, was, deal, typed.by, typed.on)
    return [Touched(row, before), *slips, *(Touched(each) for each in history)]


async def slips_put_right(
    scope: Scope, deal_id: int, news: Sequence[tuple[DealField, str, str]], typed: Typed
) -> list[Touched]:
    """Note that a close which somebody moved with the last thing they did was a slip, if it is moved once more."""
    if all(what is not DealField.EXPECTED for what, _, _ in news):
        return []
    action = await newest_action(scope, typed.by, typed.now)
    closes = [one for one in await changes_of(scope, deal_id) if one.what is DealField.EXPECTED]
    if action is None or not closes or not action.holds(DealChangeRow.__tablename__, closes[-1].id):
        return []
    return [await say_who_moved(scope, closes[-1], MovedBy.SLIP)]


async def live_deals(scope: Scope, owner_id: str, today: date) -> list[OpportunityRow]:
    """Return a rep's deals neither won nor lost as known on a day, suspects and parked too, oldest first."""
    statement = select(OpportunityRow).where(
        OpportunityRow.workspace_id == scope.workspace_id,
        OpportunityRow.owner_id == owner_id,
        or_(col(OpportunityRow.opened_on).is_(None), col(OpportunityRow.opened_on) <= today),
        or_(col(OpportunityRow.closed_on).is_(None), col(OpportunityRow.closed_on) > today),
    )
    rows = await scope.session.exec(statement.order_by(col(OpportunityRow.opened_on), col(OpportunityRow.id)))
    return list(rows)


async def open_deals(scope: Scope, owner_id: str, today: date) -> list[OpportunityRow]:
    """Return a rep's deals that were open as known on a day, the oldest first."""
    return [row for row in await live_deals(scope, owner_id, today) if stage_on(row, today) is Stage.OPEN]


async def count_open_deals(scope: Scope, owner_ids: Collection[str], today: date) -> int:
    """Return how many deals of these people were open as known on a day; suspects and parked ones are not."""
    ((count,),) = await scope.ask(OPEN_COUNT, owner_ids=list(owner_ids), today=today)
    return int(count)


async def currencies_beside(scope: Scope, owner_id: str, currency: str) -> list[str]:
    """Return in which other currencies than one a rep has deals."""
    return [
        str(other) for (other,) in await scope.ask(OTHER_CURRENCIES, owner_id=owner_id, currency=currency)
    ]


async def closed_deals(scope: Scope, owner_id: str, today: date) -> list[OpportunityRow]:
    """Return a rep's deals won or lost by a day, the latest first."""
    statement = select(OpportunityRow).where(
        OpportunityRow.workspace_id == scope.workspace_id,
        OpportunityRow.owner_id == owner_id,
        col(OpportunityRow.stage).in_(CLOSED),
        col(OpportunityRow.closed_on) <= today,
    )
    latest_first = statement.order_by(col(OpportunityRow.closed_on).desc(), col(OpportunityRow.id).desc())
    return list(await scope.session.exec(latest_first))


async def find_live(scope: Scope, owner_id: str, asked: str, today: date) -> Match[OpportunityRow]:
    """Find which of a rep's deals not yet closed on a day goes by a name or account."""
    return match(asked, await live_deals(scope, owner_id, today), goes_by)


async def find_closed(scope: Scope, owner_id: str, asked: str, today: date) -> Match[OpportunityRow]:
    """Find which of a rep's deals closed by a day goes by a name or account, the latest first."""
    return match(asked, await closed_deals(scope, owner_id, today), goes_by)


async def largest_far_below(
    scope: Scope, owner_ids: Collection[str], currency: str, value_minor: int, times: int
) -> int | None:
    """Return the value of these people's largest deal in a currency if a value is so many times that; else None.

    None too where there is no deal with a value. Mostly one of the first deals looked at is large enough to tell.
    """
    owners = list(owner_ids)
    if await scope.ask(AS_LARGE, owner_ids=owners, currency=currency, least=value_minor // times + 1):
        return None
    ((largest,),) = await scope.ask(LARGEST, owner_ids=owners, currency=currency)
    return int(largest) if largest else None
