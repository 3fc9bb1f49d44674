"""Salesforce as a port: read over its REST API, and written to where somebody said so.

What changed is found by SystemModstamp, then id. Fields that the connection may not see are not asked for: naming one
would refuse the whole query, so what there is is looked up first (docs/crm.md, "How it is read").
"""

import re
from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

from bot.sync.salesforce.api import (
    SEVERAL,
    Row,
    SalesforceApi,
    SalesforceRefused,
    not_allowed,
    not_understood,
    refusal,
)
from sales.imports.sync.port import CrmChange, NotAllowed, WriteMoved, WriteRefused
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
    CONTACTS,
    CURRENCY,
    DEAL_FIELDS,
    FIELDS,
    OBJECTS,
    PREFIXES,
    WORDS,
)
from sales.imports.sync.salesforce.record import (
    currency_of,
    id18,
    instant,
    modified,
    read_owner,
    read_record,
    read_stage,
    zone_named,
)
from sales.imports.sync.salesforce.soql import among, moment, select, within

IDENTITY = re.compile(r".*/id/(00D[A-Za-z0-9]{12,15})/(005[A-Za-z0-9]{12,15})")
MY_DOMAIN = ".my.salesforce.com"
UPDATED_FOR, DELETED_FOR = timedelta(days=29), timedelta(days=14)  # Salesforce knows a day more
PATIENCE = 3  # seconds for one of them to pass without a change
BRIEFLY = timedelta(minutes=2)  # the shortest span that it answers for
BY_UPDATE = frozenset({"Account", "Contact"})
OURS = {"Account": "account", "Contact": "contact", "User": "owner"}
Shape = tuple[list[str], bool]  # fields of an object that there are for us, and whether it has contacts


class Salesforce:
    """An org of Salesforce's. `credentials` are those of an app of its, and an address where that is another."""

    vendor = Vendor.SALESFORCE

    def __init__(self, credentials: Mapping[str, str], zone: str = "UTC") -> None:
        self.api = SalesforceApi(credentials)
        self.zone, self.currency, self.account, self.person = zone_named(zone), "", "", ""
        self.now = datetime.now(UTC)  # their clock, once they said it
        self.shapes: dict[str, Shape] = {}
        self.writable = False

    async def close(self) -> None:
        await self.api.close()

    # what may be done

    async def probe(self) -> CrmAccess:
        """Try the credentials; opportunities have to be readable, the rest is named where it is not."""
        await self.clock()
        there = await self.kinds()
        if "Opportunity" not in there:
            raise not_allowed("Opportunity")
        fields, _ = await self.shape("Opportunity")
        await self.stages()
        await self.organisation()
        unread = {ours: str(not_allowed(kind)) for kind, ours in OURS.items() if kind not in there}
        hidden = [kind for kind in ("Task", "Event") if kind not in there]
        if hidden:
            unread["activity" if len(hidden) == 2 else hidden[0].lower()] = str(not_allowed(hidden[0]))
        for theirs, ours in DEAL_FIELDS.items():
            if theirs not in fields:
                unread[f"deal.{ours}"] = (
                    f"The connection may not read the {WORDS[theirs]} of opportunities: let its Run-As user see the"
                    f" field {theirs} in Salesforce."
                )
        return CrmAccess(
            self.account, self.zone, self.currency, self.person, writes=self.writable, unread=unread
        )

    async def kinds(self) -> frozenset[str]:
        """Return the objects that may be queried."""
        body = await self.api.get("/sobjects/", "Opportunity")
        found = body.get("sobjects") if isinstance(body, dict) else None
        if not isinstance(found, list):
            raise not_understood()
        return frozenset(str(one.get("name")) for one in found if one.get("queryable"))

    async def organisation(self) -> None:
        """Find out the zone and the currency of the org."""
        if not self.account:
            await self.clock()
        body = await self.api.get(f"/sobjects/Organization/{self.account}", "Organization")
        if not isinstance(body, dict):
            raise not_understood()
        self.zone = zone_named(str(body.get("TimeZoneSidKey") or self.zone))
        self.currency = currency_of(str(body.get("DefaultLocaleSidKey") or ""))
        if CURRENCY in (await self.shape("Opportunity"))[0]:
            where = select("CurrencyType", ["IsoCode"], "IsCorporate = TRUE")
            self.currency = next(
                (str(one["IsoCode"]) for one in await self.api.every(where, "CurrencyType")), ""
            )

    async def clock(self) -> datetime:
        """Return what time it is there; who we are there comes with it."""
        reply = await self.api.glance()
        found = IDENTITY.fullmatch(str(reply.body.get("identity") or ""))
        if reply.at is None or found is None:
            raise not_understood()
        self.account, self.person = id18(found[1]), id18(found[2])
        self.now = reply.at
        return reply.at

    async def shape(self, kind: str) -> Shape:
        """Return which fields of an object there are for us."""
        if kind not in self.shapes:
            body = await self.api.get(f"/sobjects/{kind}/describe", kind)
            if not isinstance(body, dict):
                raise not_understood()
            known = {str(one.get("name")): bool(one.get("updateable")) for one in body.get("fields") or ()}
            children = [one.get("relationshipName") for one in body.get("childRelationships") or ()]
            self.shapes[kind] = [one for one in FIELDS[kind] if one in known], CONTACTS in children
            if kind == "Opportunity":
                self.writable = any(known.get(one) for one in ("StageName", "CloseDate", "NextStep"))
        return self.shapes[kind]

    async def owners(self) -> Sequence[CrmOwner]:
        try:
            rows = await self.api.every(select("User", FIELDS["User"], order="Id"), "User")
        except SalesforceRefused as refused:
            raise refusal(refused, "User") from None
        return [read_owner(row) for row in rows]

    async def stages(self) -> Sequence[CrmStage]:
        """Return the stages, and forget which fields of deals there were for us."""
        self.shapes.pop("Opportunity", None)
        kind = "OpportunityStage"
        try:
            rows = await self.api.every(select(kind, FIELDS[kind], order="SortOrder"), kind)
        except SalesforceRefused as refused:
            raise refusal(refused, kind) from None
        read = [(row, read_stage(row)) for row in rows]
        return [
            stage for row, stage in read if row.get("IsActive") or stage.kind is not CrmStageKind.OPEN
        ]  # deals stay in what was won or lost, though nobody picks it any more

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
                async for records, place in self.window(kind, inner, until):
                    if len(OBJECTS[what]) > 1:
                        place = CrmPlace(since.at, f"{kind}/{moment(place.at)}/{place.after_id}")
                    yield CrmPage(records, place)
            except NotAllowed:
                refused += 1
            inner = CrmPlace(since.at)
        if refused == len(OBJECTS[what]):
            raise not_allowed(OBJECTS[what][0])

    async def window(
        self, kind: str, since: CrmPlace, until: datetime
    ) -> AsyncIterator[tuple[tuple[CrmRecord, ...], CrmPlace]]:
        """Yield the records of a window by when they were modified, then by id."""
        if kind in BY_UPDATE and not since.after_id and self.now - since.at < UPDATED_FOR:
            ids = await self.updated(kind, since.at, until)
            if ids is not None:
                read = sorted(await self.rows(kind, ids), key=lambda row: (modified(row), str(row["Id"])))
                if read:
                    place = CrmPlace(modified(read[-1]), id18(str(read[-1]["Id"])))
                    yield await self.records(kind, read), place
                return
        begin = since.at
        for again in (False, True):
            fields, contacts = await self.shape(kind)
            asked = [*fields, f"(SELECT ContactId FROM {CONTACTS})"] if contacts else fields
            soql = select(kind, asked, within(since, until), "SystemModstamp, Id")
            try:
                async for rows in self.api.pages(soql, kind):
                    if rows:
                        place = CrmPlace(modified(rows[-1]), id18(str(rows[-1]["Id"])))
                        fresh = await self.believed(kind, rows, begin)
                        since = max(since, place)
                        yield await self.records(kind, fresh), since
                return
            except SalesforceRefused as refused:
                self.shapes.pop(kind, None)  # a field was hidden or renamed since it was looked up
                if again:
                    raise refusal(refused, kind) from None

    async def believed(self, kind: str, rows: Sequence[Row], since: datetime) -> Sequence[Row]:
        """Return rows as they are; those that are older than what was asked for are read again by id."""
        old = {str(row["Id"]) for row in rows if modified(row) < since}
        if not old:
            return rows
        now = {str(row["Id"]): row for row in await self.rows(kind, sorted(old))}
        return [now.get(str(row["Id"]), row) for row in rows]

    async def updated(self, kind: str, since: datetime, until: datetime) -> list[str] | None:
        """Return the ids of what was modified; None where Salesforce does not know it any more."""
        body = await self.api.span(kind, "updated", min(since, until - BRIEFLY), until + BRIEFLY / 2)
        if body is None:
            return None
        if not isinstance(body, dict) or not isinstance(body.get("ids"), list):
            raise not_understood()
        return [str(one) for one in body["ids"]]

    async def rows(self, kind: str, ids: Sequence[str]) -> list[Row]:
        """Return rows by id as they are now, with the fields there are for us."""
        for again in (False, True):
            fields, _ = await self.shape(kind)
            try:
                return await self.api.several(kind, ids, fields)
            except SalesforceRefused as refused:
                self.shapes.pop(kind, None)
                if again:
                    raise refusal(refused, kind) from None
        raise not_understood()

    async def records(self, kind: str, rows: Collection[Row]) -> tuple[CrmRecord, ...]:
        if kind == "Opportunity" and not self.currency and any(not row.get(CURRENCY) for row in rows):
            await self.organisation()
        return tuple(read_record(kind, row, self.zone, self.currency, self.now) for row in rows)

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
            rows = await self.with_contacts(kind, await self.rows(kind, list(asked)))
            for record in await self.records(kind, rows):
                records[asked[record.id]] = record
            missing = [one for one in asked if asked[one] not in records]
            masters = await self.deleted(kind, missing)
            gone |= {asked[one] for one, master in masters.items() if not master}
            merged = {one: master for one, master in masters.items() if master}
            became = (
                {
                    one.id: one
                    for one in await self.records(kind, await self.rows(kind, [*set(merged.values())]))
                }
                if merged
                else {}
            )
            records |= {asked[one]: became[master] for one, master in merged.items() if master in became}
        return CrmFound(records, frozenset(set(ids) - records.keys() - gone), frozenset(gone))

    async def with_contacts(self, kind: str, rows: Sequence[Row]) -> Sequence[Row]:
        """Return rows of deals with the contacts that have a role in them, as a query has them."""
        if not rows or not (await self.shape(kind))[1]:
            return rows
        found: dict[str, list[Row]] = {}
        ids = [str(row["Id"]) for row in rows]
        for start in range(0, len(ids), SEVERAL):
            where = among(ids[start : start + SEVERAL]).replace("Id IN", "OpportunityId IN", 1)
            soql = select("OpportunityContactRole", ["OpportunityId", "ContactId"], where)
            for role in await self.api.every(soql, "Contact"):
                found.setdefault(str(role["OpportunityId"]), []).append(role)
        return [{**row, CONTACTS: {"records": found.get(str(row["Id"]), [])}} for row in rows]

    async def deleted(self, kind: str, ids: Sequence[str]) -> dict[str, str]:
        """Return which of these lie in the bin, each with what it was merged into."""
        merges = kind in BY_UPDATE
        found: dict[str, str] = {}
        for start in range(0, len(ids), SEVERAL):
            where = f"IsDeleted = TRUE AND {among(ids[start : start + SEVERAL])}"
            soql = select(kind, ["Id", "MasterRecordId"] if merges else ["Id"], where)
            async for rows in self.api.pages(soql, kind, everything=True):
                found |= {id18(str(row["Id"])): id18(str(row.get("MasterRecordId") or "")) for row in rows}
        return found

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
        if change.stage_id is not None and differs(now.stage_id, seen.stage_id, change.stage_id):
            closed = {one.id for one in await self.stages() if one.kind is not CrmStageKind.OPEN}
            if now.stage_id in closed and change.stage_id not in closed:
                raise WriteRefused("The deal is closed in Salesforce, and is not opened again from here.")
            wanted["StageName"] = change.stage_id
        if change.close_on is not None and differs(now.close_on, seen.close_on, change.close_on):
            wanted["CloseDate"] = change.close_on.isoformat()
        if change.next_step is not None and differs(now.next_step, seen.next_step, change.next_step):
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
        rows = await self.rows("Opportunity", [deal_id])
        if not rows:
            raise WriteMoved("The deal is not there any more in Salesforce. Nothing was written.")
        (deal,) = await self.records("Opportunity", await self.with_contacts("Opportunity", rows))
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


def differs(now: object, seen: object, wanted: object) -> bool:
    """Return whether a field has to be written: it stands as it was seen, and not as it shall.

    Raises:
        WriteMoved: if somebody set it to something else meanwhile.
    """
    if now == wanted:
        return False
    if now != seen:
        raise WriteMoved("The deal was changed in Salesforce meanwhile. Nothing was written.")
    return True
