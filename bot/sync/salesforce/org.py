"""Salesforce as a port: read over its REST API, and written to where somebody said so.

What changed is found by SystemModstamp, then id (docs/crm.md, "How it is read").
"""

from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from datetime import datetime, timedelta
from email.utils import format_datetime

from bot.sync.salesforce.access import SalesforceAccess
from bot.sync.salesforce.api import (
    Row,
    SalesforceApi,
    SalesforceRefused,
    not_allowed,
    refusal,
)
from bot.sync.salesforce.rows import BRIEFLY, BY_UPDATE, SalesforceRows
from sales.imports.sync.port import CrmChange, NotAllowed, WriteMoved
from sales.imports.sync.record import (
    CrmAccess,
    CrmDeal,
    CrmFound,
    CrmGone,
    CrmObject,
    CrmOwner,
    CrmPage,
    CrmPlace,
    CrmRecord,
    CrmStage,
    CrmStageKind,
    Vendor,
)
from sales.imports.sync.salesforce.field import (
    CURRENCY,
    FIELDS,
    OBJECTS,
    PREFIXES,
)
from sales.imports.sync.salesforce.record import (
    id18,
    instant,
    modified,
    read_owner,
    read_record,
    read_stage,
)
from sales.imports.sync.salesforce.soql import among, moment, select
from sales.imports.sync.write_check import is_to_set, not_there, refuse_reopening

MY_DOMAIN = ".my.salesforce.com"
DELETED_FOR = timedelta(days=14)  # Salesforce knows a day more
OWNS = among(
    ("Standard", "PowerPartner", "CloudIntegrationUser"), "UserType"
)  # customers of a portal own no deals
PATIENCE = 3  # seconds for one of them to pass without a change


class Salesforce:
    """An org of Salesforce's. `credentials` are those of an app of its, and an address where that is another."""

    vendor = Vendor.SALESFORCE

    def __init__(
        self, credentials: Mapping[str, str], zone: str = "UTC", *, api: SalesforceApi | None = None
    ) -> None:
        self.api = api or SalesforceApi(credentials)
        self.there = SalesforceRows(self.api)
        self.access = SalesforceAccess(self.api, self.there, zone)

    async def close(self) -> None:
        await self.api.close()

    # what may be done

    async def probe(self) -> CrmAccess:
        """Try the credentials; opportunities have to be readable, the rest is named where it is not."""
        found = await self.access.probe()
        await self.stages()
        return found

    async def clock(self) -> datetime:
        """Return what time it is there; who we are there comes with it."""
        return await self.access.clock()

    async def owners(self) -> Sequence[CrmOwner]:
        try:
            rows = await self.api.every(select("User", FIELDS["User"], OWNS, order="Id"), "User")
        except SalesforceRefused as refused:
            raise refusal(refused, "User") from None
        return [read_owner(row) for row in rows]

    async def stages(self) -> Sequence[CrmStage]:
        """Return the stages, and forget which fields of deals there were for us."""
        self.there.forget("Opportunity")
        kind = "OpportunityStage"
        try:
            rows = await self.api.every(select(kind, FIELDS[kind], order="SortOrder"), kind)
        except SalesforceRefused as refused:
            raise refusal(refused, kind) from None
        read = [(row, read_stage(row)) for row in rows]
        retired = [one.id for row, one in read if not row.get("IsActive") and one.kind is CrmStageKind.OPEN]
        empty = set(retired) - await self.there.stages_in_use(retired)
        return [stage for _, stage in read if stage.id not in empty]

    # what changed

    async def changed(self, what: CrmObject, since: CrmPlace, until: datetime) -> AsyncIterator[CrmPage]:
        kinds, inner = OBJECTS[what], since
        prefix, _, rest = since.after_id.rpartition("/")
        if len(kinds) > 1 and rest:  # a place among several kinds names where in which it stands
            kind, stamp = prefix.split("/", 1)
            kinds, inner = kinds[kinds.index(kind) :], CrmPlace(instant(stamp) or since.at, rest)
        refused = 0
        for kind in kinds:
            try:
                async for rows, place in self.there.window(kind, inner, until, self.access.now):
                    records = await self.records(kind, rows)
                    if len(OBJECTS[what]) > 1:
                        place = CrmPlace(since.at, f"{kind}/{moment(place.at)}/{place.after_id}")
                    yield CrmPage(records, place)
            except NotAllowed:
                refused += 1
            inner = CrmPlace(since.at)
        if refused == len(OBJECTS[what]):
            raise not_allowed(OBJECTS[what][0])

    async def records(self, kind: str, rows: Collection[Row]) -> tuple[CrmRecord, ...]:
        if kind == "Opportunity" and any(not row.get(CURRENCY) for row in rows):
            await self.access.usual_currency()
        known = self.access
        return tuple(read_record(kind, row, known.zone, known.currency, known.now) for row in rows)

    # what there is

    async def by_ids(self, what: CrmObject, ids: Collection[str]) -> CrmFound:
        """Return records by id. What does not come back is looked for among what was deleted, and what it became."""
        records: dict[str, CrmRecord] = {}
        gone: set[str] = set()
        for kind in OBJECTS[what]:
            asked = {
                id18(one): one for one in ids if len(OBJECTS[what]) == 1 or PREFIXES.get(one[:3]) == kind
            }
            if not asked:
                continue
            rows = await self.there.with_contacts(kind, await self.there.by_id(kind, list(asked)))
            for record in await self.records(kind, rows):
                records[asked[record.id]] = record
            missing = [one for one in asked if asked[one] not in records]
            masters = await self.there.deleted(kind, missing)
            gone |= {asked[one] for one, master in masters.items() if not master}
            merged = {one: master for one, master in masters.items() if master}
            became = (
                {
                    one.id: one
                    for one in await self.records(kind, await self.there.by_id(kind, [*set(merged.values())]))
                }
                if merged
                else {}
            )
            records |= {asked[one]: became[master] for one, master in merged.items() if master in became}
        return CrmFound(records, frozenset(set(ids) - records.keys() - gone), frozenset(gone))

    async def gone(self, what: CrmObject, since: datetime, until: datetime) -> Sequence[CrmGone]:
        """Return what was deleted or merged since: what lies in the bin, and what was emptied out of it."""
        found: dict[str, CrmGone] = {}
        for kind in OBJECTS[what]:
            names = ["Id", "SystemModstamp", *(["MasterRecordId"] if kind in BY_UPDATE else [])]
            async for rows in self.api.pages(select(kind, names, "IsDeleted = TRUE"), kind, everything=True):
                for row in rows:
                    one = id18(str(row["Id"]))
                    found[one] = CrmGone(one, modified(row), id18(str(row.get("MasterRecordId") or "")))
            begin = max(since, until - DELETED_FOR)
            body = await self.api.span(kind, "deleted", min(begin, until - BRIEFLY), until + BRIEFLY / 2)
            for row in (body or {}).get("deletedRecords") or ():
                one, at = id18(str(row["id"])), instant(row.get("deletedDate")) or since
                found[one] = CrmGone(one, at, found[one].merged_into if one in found else "")
        return list(found.values())

    async def ids(self, what: CrmObject) -> AsyncIterator[Sequence[str]]:
        for kind in OBJECTS[what]:
            where = "IsClosed = FALSE" if what is CrmObject.DEAL else ""
            async for rows in self.api.pages(select(kind, ["Id"], where, "Id"), kind):
                yield [id18(str(row["Id"])) for row in rows]

    # what is written

    async def write(self, seen: CrmDeal, change: CrmChange) -> CrmDeal:
        """Set fields of a deal that stands as it was seen, if nobody changes it in the meantime."""
        row, now = await self.settled(seen.id)
        wanted: dict[str, str | None] = {}
        if change.stage_id is not None and is_to_set(
            self.vendor, now.stage_id, seen.stage_id, change.stage_id
        ):
            closed = {one.id for one in await self.stages() if one.kind is not CrmStageKind.OPEN}
            refuse_reopening(self.vendor, now.stage_id, change.stage_id, closed)
            wanted["StageName"] = change.stage_id
        if change.close_on is not None and is_to_set(
            self.vendor, now.close_on, seen.close_on, change.close_on
        ):
            wanted["CloseDate"] = change.close_on.isoformat()
        if change.next_step is not None and is_to_set(
            self.vendor, now.next_step, seen.next_step, change.next_step
        ):
            wanted["NextStep"] = change.next_step or None
        if not wanted:
            return now
        unless = {"If-Unmodified-Since": format_datetime(changed_at(row), usegmt=True)}  # held to the second
        await self.api.patch("Opportunity", seen.id, wanted, unless)
        return (await self.standing(seen.id))[1]

    async def settled(self, deal_id: str) -> tuple[Row, CrmDeal]:
        """Return a deal as it stands now, and a row that nobody can change within the second that it names any more.

        Raises:
            WriteMoved: if it changes all the time, or is not there.
        """
        there = await self.clock()
        row, deal = await self.standing(deal_id)
        if changed_at(row) < there:
            return row, deal
        for _ in range(PATIENCE):
            at = changed_at(row)
            await self.api.pause(1.0)
            row, deal = await self.standing(deal_id)
            if changed_at(row) == at:
                return row, deal
        raise WriteMoved("The deal is being changed in Salesforce right now. Nothing was written.")

    async def standing(self, deal_id: str) -> tuple[Row, CrmDeal]:
        """Return a deal as it stands now.

        Raises:
            WriteMoved: if it is not there.
        """
        rows = await self.there.by_id("Opportunity", [deal_id])
        if not rows:
            raise not_there(self.vendor)
        (deal,) = await self.records("Opportunity", await self.there.with_contacts("Opportunity", rows))
        assert isinstance(deal, CrmDeal)
        return rows[0], deal

    def link(self, what: CrmObject, record_id: str) -> str:
        """Return the address of a record's page, on the org's own domain."""
        named = self.api.tokens.instance.removeprefix("https://").rstrip("/")
        host = self.api.host if self.api.host.endswith(MY_DOMAIN) else named
        if not host.endswith(MY_DOMAIN):
            host = f"login{MY_DOMAIN}"
        kind = OBJECTS[what][0] if what is not CrmObject.ACTIVITY else PREFIXES.get(record_id[:3], "Task")
        return (
            f"https://{host.removesuffix(MY_DOMAIN)}.lightning.force.com/lightning/r/{kind}/{record_id}/view"
        )


def changed_at(row: Row) -> datetime:
    """Return the second in which a record was changed last."""
    return (instant(row.get("LastModifiedDate")) or modified(row)).replace(microsecond=0)
