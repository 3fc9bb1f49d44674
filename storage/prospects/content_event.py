"""Content events: what people did with what we publish, whose business each is, and what was told of it."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import bindparam
from sqlmodel import Field, Index, UniqueConstraint, and_, col, delete, func, or_, select, update

from sales.language.names.descent import comparable
from sales.language.names.match import name_key
from sales.nudges.ledger import DeliveryState
from sales.pipeline.opportunity import Stage
from sales.prospects.content_event import CONTENT_TOUCHED, ContentEvent, OwnedEvent, StoredContentEvent
from sales.prospects.lead import Lead
from storage.engines.statement import Statement, among, given
from storage.inserts import insert_missing
from storage.nudges.ledger.rows import DeliveryRow
from storage.people.erased_contact import erased_contacts
from storage.pipeline.comparable_name import IN_ORDER, compares_names, with_comparable
from storage.pipeline.opportunity import OpportunityRow
from storage.prospects.lead import LeadRow
from storage.prospects.named_lead import leads_at, leads_called
from storage.scope import Scope

MOST_SHOWN = 200  # events of a person at once; what is older than those is told with its reader's newest
WAITED_AT_MOST = timedelta(days=7)  # for a morning on which its reader works
LIVE_FIRST = (Stage.OPEN, Stage.SUSPECT, Stage.PARKED, Stage.WON, Stage.LOST)


@compares_names
class ContentEventRow(StoredContentEvent, table=True):
    __tablename__ = "content_event"
    __table_args__ = (
        UniqueConstraint("workspace_id", "event_id"),
        Index("ix_content_event_owner", "workspace_id", "owner_id", "happened_at"),
        Index("ix_content_event_email", "workspace_id", "email"),
        Index("ix_content_event_account", "workspace_id", "account_folded"),
        Index("ix_content_event_received", "workspace_id", "received_at"),
        {"sqlite_autoincrement": True},
    )

    id: int = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspace.id")
    lead_id: int | None = Field(default=None, foreign_key="lead.id", ondelete="SET NULL", index=True)
    deal_id: int | None = Field(default=None, foreign_key="opportunity.id", ondelete="SET NULL", index=True)
    import_id: int | None = Field(default=None, foreign_key="import_run.id", index=True)
    import_sha: str | None = Field(default=None, max_length=16)
    account_folded: str | None = Field(default=None, exclude=True, sa_type=IN_ORDER)


READING = Statement(
    lambda engine: (
        select(col(ContentEventRow.owner_id))
        .where(
            given(ContentEventRow.workspace_id),
            among(engine, col(ContentEventRow.owner_id), "owner_ids"),
            col(ContentEventRow.happened_at) >= bindparam("since"),
        )
        .distinct()
    )
)


class ReadLately(NamedTuple):
    """Whether anything somebody's leads and customers used lately is on record, read ahead with what others' did."""

    anything: bool


async def reads_ahead(scope: Scope, owner_ids: Sequence[str], since: datetime) -> None:
    """Read ahead whose leads and customers used anything since an instant; for a read, as more may come."""
    found = {owner for (owner,) in await scope.ask(READING, owner_ids=list(owner_ids), since=since)}
    for owner_id in owner_ids:
        scope.keep(ReadLately, owner_id, ReadLately(owner_id in found))


async def has_read_since(scope: Scope, owner_id: str, since: datetime) -> bool:
    """Say whether somebody's leads and customers used anything since an instant."""
    ahead = scope.known(ReadLately, owner_id)
    if ahead is not None:
        return ahead.anything
    return bool(await scope.ask(READING, owner_ids=[owner_id], since=since))


async def whose_business(scope: Scope, event: ContentEvent) -> OwnedEvent:
    """Return whose business an event is: of the owner of the reader's lead, else of a deal of their firm's.

    An address says more than a name; a lead that is open more than one that was decided, a live deal more than one
    that was closed.
    """
    lead = await lead_of(scope, event)
    deal = await deal_of(scope, event, lead)
    owner_id = lead.owner_id if lead is not None and lead.is_open and lead.owner_id else None
    if owner_id is None and deal is not None:
        owner_id = deal.owner_id
    if owner_id is None and lead is not None:
        owner_id = lead.owner_id
    said = event.model_dump(include=set(ContentEvent.model_fields))
    if lead is not None:  # whom it is about is told as the rep knows them
        known = {"name": lead.name if lead.account else "", "account": lead.firm, "email": lead.email}
        said |= {name: said[name] or value for name, value in known.items()}
    return OwnedEvent(
        **said,
        owner_id=owner_id,
        lead_id=lead.id if lead is not None else None,
        deal_id=deal.id if deal is not None else None,
    )


async def lead_of(scope: Scope, event: ContentEvent) -> LeadRow | None:
    """Return the lead an event is of: with its address, else one of its name and firm, or of its firm alone."""
    found = await leads_at(scope, event.email)
    if not found and event.account:
        called = await leads_called(scope, event.account)
        found = [row for row in called if fits(row, event)]
    return min(found, key=lambda row: (not row.is_open, -row.id), default=None)


def fits(lead: Lead, event: ContentEvent) -> bool:
    """Say whether a lead may be the reader: of the same firm, and of the same name where both have one."""
    if name_key(lead.firm) != name_key(str(event.account)):
        return False
    both_known = bool(event.name) and bool(lead.account)
    return not both_known or name_key(lead.name) == name_key(event.name)


async def deal_of(scope: Scope, event: ContentEvent, lead: Lead | None) -> OpportunityRow | None:
    """Return the deal of a reader's firm: what the lead became, else the liveliest, then the latest."""
    if lead is not None and lead.deal_id is not None:
        row = await scope.session.get(OpportunityRow, lead.deal_id)
        if row is not None and row.workspace_id == scope.workspace_id:
            return row
    firm = event.account or (lead.account if lead is not None else None)
    if not firm:
        return None
    folded = comparable(firm)
    statement = (
        select(OpportunityRow)
        .where(
            OpportunityRow.workspace_id == scope.workspace_id,
            col(OpportunityRow.owner_id).is_not(None),
            or_(
                OpportunityRow.account_folded == folded,
                and_(col(OpportunityRow.account_folded).is_(None), OpportunityRow.name_folded == folded),
            ),
        )
        .order_by(col(OpportunityRow.id).desc())
        .limit(MOST_SHOWN)
    )
    rows = list(await scope.session.exec(statement))
    return min(rows, key=lambda row: LIVE_FIRST.index(row.stage), default=None)


async def news_among(scope: Scope, events: Sequence[ContentEvent]) -> list[OwnedEvent]:
    """Return those of some events that were not taken yet, each once, with whose business it is; fifty at most.

    It is asked in a read: finding out who is who takes longer than others should wait for.
    """
    known = await known_ids(scope, [one.event_id for one in events])
    first = {one.event_id: one for one in reversed(events)}
    return [await whose_business(scope, one) for one in first.values() if one.event_id not in known]


async def take_events(scope: Scope, events: Sequence[OwnedEvent], now: datetime) -> list[OwnedEvent]:
    """Store events, each once by its id, but for those of people who were erased; return those that are news."""
    taken: list[OwnedEvent] = []
    erased = await erased_contacts(scope)
    for whose in events:
        if erased.on((whose.name, whose.email)) is not None:
            continue
        values = {
            **whose.model_dump(),
            "workspace_id": scope.workspace_id,
            "received_at": now,
            "import_id": None,
            "import_sha": None,
        }
        row = with_comparable(ContentEventRow.__table__, values)  # type: ignore[attr-defined]  # SQLModel adds it
        if await insert_missing(scope.session, ContentEventRow, [row]):
            taken.append(whose)
    return taken


async def known_ids(scope: Scope, event_ids: Collection[str]) -> set[str]:
    """Return which of these ids were taken already. Ask for at most fifty."""
    statement = select(ContentEventRow.event_id).where(
        ContentEventRow.workspace_id == scope.workspace_id, col(ContentEventRow.event_id).in_(event_ids)
    )
    return set(await scope.session.exec(statement))


async def events_of(
    scope: Scope, owner_id: str, since: datetime, until: datetime | None = None, most: int = MOST_SHOWN
) -> list[ContentEventRow]:
    """Return what somebody's leads and customers used since an instant, the newest first.

    What came before its reader was a lead of anybody's is theirs by its address.
    """
    addresses = select(LeadRow.email).where(
        LeadRow.workspace_id == scope.workspace_id, LeadRow.owner_id == owner_id, LeadRow.email != ""
    )
    narrowed: list[Any] = [
        ContentEventRow.workspace_id == scope.workspace_id,
        col(ContentEventRow.happened_at) >= since,
        or_(
            ContentEventRow.owner_id == owner_id,
            and_(col(ContentEventRow.owner_id).is_(None), col(ContentEventRow.email).in_(addresses)),
        ),
    ]
    if until is not None:
        narrowed.append(col(ContentEventRow.happened_at) <= until)
    newest_first = (col(ContentEventRow.happened_at).desc(), col(ContentEventRow.id).desc())
    return list(
        await scope.session.exec(select(ContentEventRow).where(*narrowed).order_by(*newest_first).limit(most))
    )


async def received_between(
    scope: Scope, owner_id: str, first: datetime, last: datetime
) -> list[ContentEventRow]:
    """Return what came in of somebody's leads and customers from one instant to before another, the newest first."""
    statement = (
        select(ContentEventRow)
        .where(
            ContentEventRow.workspace_id == scope.workspace_id,
            ContentEventRow.owner_id == owner_id,
            col(ContentEventRow.received_at) >= first,
            col(ContentEventRow.received_at) < last,
        )
        .order_by(col(ContentEventRow.happened_at).desc(), col(ContentEventRow.id).desc())
        .limit(MOST_SHOWN)
    )
    return list(await scope.session.exec(statement))


async def prompts_since(scope: Scope, owner_id: str, since: datetime) -> list[DeliveryRow]:
    """Return the prompts about readers that were to leave for somebody since an instant, the first first."""
    statement = (
        select(DeliveryRow)
        .where(
            DeliveryRow.workspace_id == scope.workspace_id,
            DeliveryRow.user_id == owner_id,
            DeliveryRow.kind == CONTENT_TOUCHED,
            col(DeliveryRow.created_at) >= since - WAITED_AT_MOST,
            col(DeliveryRow.not_before) >= since,
        )
        .order_by(col(DeliveryRow.not_before))
    )
    return list(await scope.session.exec(statement))


def was_told(prompts: Sequence[DeliveryRow], event: ContentEventRow) -> bool:
    """Say whether one of these prompts that was sent tells of an event."""
    for row in prompts:
        if row.state is not DeliveryState.SENT:
            continue
        first, last = (datetime.fromisoformat(str(row.intent[one])) for one in ("from", "until"))
        if first <= event.received_at < last:
            return True
    return False


async def counts_since(scope: Scope, since: datetime) -> tuple[int, int]:
    """Return how many events came in since an instant, and of how many it is known whose business they are."""
    statement = select(func.count(), func.count(col(ContentEventRow.owner_id))).where(
        ContentEventRow.workspace_id == scope.workspace_id, col(ContentEventRow.received_at) >= since
    )
    every, known = (await scope.session.exec(statement)).one()
    return int(every), int(known)


async def give_events(scope: Scope, old_owner_id: str, owner_id: str) -> None:
    """Let what somebody's leads and customers used be another's business."""
    await scope.session.exec(
        update(ContentEventRow)
        .where(
            col(ContentEventRow.workspace_id) == scope.workspace_id,
            col(ContentEventRow.owner_id) == old_owner_id,
        )
        .values(owner_id=owner_id)
        .execution_options(synchronize_session=False)
    )


async def forget_events(scope: Scope, before: datetime, most: int) -> int:
    """Remove some events from before an instant; return how many."""
    old = (
        select(ContentEventRow.id)
        .where(ContentEventRow.workspace_id == scope.workspace_id, col(ContentEventRow.happened_at) < before)
        .order_by(col(ContentEventRow.happened_at))
        .limit(most)
    )
    done = await scope.session.exec(
        delete(ContentEventRow)
        .where(col(ContentEventRow.id).in_(old))
        .execution_options(synchronize_session=False)
    )
    return int(done.rowcount)
