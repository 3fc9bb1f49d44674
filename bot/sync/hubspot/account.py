"""HubSpot as a port: read over its dated API, and written to where somebody said so.

What changed is found by search and read by id, as what a search shows may be old (docs/crm.md, "How it is read").
"""

import re
from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from datetime import datetime

from bot.clock import wall_clock
from bot.sync.hubspot.api import HubSpotApi, Row, not_allowed, scope_of
from bot.sync.hubspot.window import walk
from bot.sync.requests import not_understood
from sales.imports.sync.hubspot.instant import at_milliseconds, instant, milliseconds
from sales.imports.sync.hubspot.property import ENGAGED, FIELDS, KINDS, MERGED
from sales.imports.sync.hubspot.record import (
    DealLinks,
    instant_of_day,
    matched_by_merge,
    merged_ids,
    modified,
    read_account,
    read_activity,
    read_contact,
    read_deal,
    read_owner,
    read_stages,
    zone_named,
)
from sales.imports.sync.port import CrmChange, NotAllowed
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
from sales.imports.sync.write_check import is_to_set, not_there, refuse_reopening

PAGES = {CrmObject.CONTACT: "0-1", CrmObject.ACCOUNT: "0-2", CrmObject.DEAL: "0-3"}
OWN_PAGES = re.compile(r"app(-[a-z0-9]+)?\.hubspot\.com")
IN_PROBE = {"companies": "account", "contacts": "contact"}


class HubSpot:
    """An account of HubSpot's. `credentials` have its token, and its address where that is another than usual."""

    vendor = Vendor.HUBSPOT

    def __init__(self, credentials: Mapping[str, str], zone: str = "UTC") -> None:
        self.api = HubSpotApi(credentials.get("token", "").strip(), credentials.get("url", ""))
        self.zone, self.currency, self.account, self.pages = zone_named(zone), "", "", "app.hubspot.com"
        self.now = wall_clock()  # their clock, once they said it
        self.names: frozenset[str] | None = None  # of properties that deals have for us
        self.closed: frozenset[str] | None = None  # stages
        self.blind: set[str] = set()  # kinds that may not be read

    async def close(self) -> None:
        await self.api.close()

    # what may be done

    async def probe(self) -> CrmAccess:
        """Try the token; of deals and their stages it has to read, the rest is named where it may not be."""
        await self.clock()
        await self.api.glance("deals")
        await self.stages()
        unread: dict[str, str] = {}
        for kind, what in IN_PROBE.items():
            if (mend := await self.mend(kind)) is not None:
                unread[what] = mend
        engaged = {kind: mend for kind in ENGAGED if (mend := await self.mend(kind)) is not None}
        unread |= {"activity": next(iter(engaged.values()))} if len(engaged) == len(ENGAGED) else engaged
        try:
            await self.api.owners()
        except NotAllowed as why:
            unread["owner"] = str(why)
        for theirs, ours in FIELDS.items():
            if self.names is not None and theirs not in self.names:
                words = ours.replace("_id", "").replace("_on", " date").replace("_", " ")
                unread[f"deal.{ours}"] = (
                    f"The token may not read the {words} of deals: let it see the property {theirs} in HubSpot."
                )
        return CrmAccess(self.account, self.zone, self.currency, writes=True, unread=unread)

    async def mend(self, kind: str) -> str | None:
        """Return why a kind of record is not read; None where it is."""
        try:
            await self.api.glance(kind)
        except NotAllowed as why:
            return str(why)
        return None

    async def clock(self) -> datetime:
        """Return what time it is there; the account's zone and currency come with it."""
        reply = await self.api.details()
        said = reply.body
        self.account = str(said.get("portalId") or "")
        self.zone = zone_named(str(said.get("timeZone") or self.zone))
        self.currency = str(said.get("companyCurrency") or self.currency)
        if OWN_PAGES.fullmatch(str(said.get("uiDomain") or "")):
            self.pages = str(said["uiDomain"])
        if reply.at is None or not self.account:
            raise not_understood(Vendor.HUBSPOT)
        self.now = reply.at
        return reply.at

    async def owners(self) -> Sequence[CrmOwner]:
        return [read_owner(row) for row in await self.api.owners()]

    async def stages(self) -> Sequence[CrmStage]:
        """Return the stages, and look which properties of deals there are by now."""
        found = read_stages(await self.api.pipelines())
        self.closed = frozenset(one.id for one in found if one.kind is not CrmStageKind.OPEN)
        try:
            self.names = await self.api.property_names()
        except NotAllowed:  # then a property that does not come tells
            self.names = None
        return found

    # what changed

    async def changed(self, what: CrmObject, since: CrmPlace, until: datetime) -> AsyncIterator[CrmPage]:
        if what is CrmObject.ACTIVITY:
            async for page in self.touches(since, until):
                yield page
            return
        kind = KINDS[what]
        async for hits, place in walk(self.api, kind, since, until):
            rows = await self.api.batch(kind, [one.id for one in hits])
            records = await self.records(kind, {str(row["id"]): row for row in rows}.values())
            yield CrmPage(in_order(records), place)

    async def touches(self, since: CrmPlace, until: datetime) -> AsyncIterator[CrmPage]:
        """Yield activities, kind by kind: a place among them names the kind, and begins where the window did."""
        kinds, inner = list(ENGAGED), None
        if since.after_id:
            kind, at, after_id = since.after_id.split("/")
            kinds, inner = kinds[kinds.index(kind) :], CrmPlace(at_milliseconds(int(at)), after_id)
        refused = 0
        for kind in kinds:
            try:
                async for hits, place in walk(self.api, kind, inner or CrmPlace(since.at), until):
                    rows = await self.api.batch(kind, [one.id for one in hits])
                    records = await self.records(kind, rows)
                    inside = f"{kind}/{milliseconds(place.at)}/{place.after_id}"
                    yield CrmPage(in_order(records), CrmPlace(since.at, inside))
            except NotAllowed:
                refused += 1
            inner = None
        if refused == len(ENGAGED):
            raise not_allowed(scope_of("calls"), "activities")

    # what there is

    async def records(self, kind: str, rows: Collection[Row]) -> list[CrmRecord]:
        """Return records as they are read, with what they are linked to."""
        ids = [str(row["id"]) for row in rows]
        if kind == "companies":
            return [read_account(row) for row in rows]
        if kind == "contacts":
            return [read_contact(row) for row in rows]
        accounts = await self.linked(kind, "companies", ids)
        contacts = await self.linked(kind, "contacts", ids)
        deals = await self.linked(kind, "deals", ids) if kind in ENGAGED else {}
        found: list[CrmRecord] = []
        for row in rows:
            links = DealLinks(
                *(
                    each if each is None else each.get(str(row["id"]), ())
                    for each in (accounts, contacts, deals)
                )
            )
            if kind in ENGAGED:
                found.append(read_activity(kind, row, links, self.now))
            else:
                found.append(read_deal(row, links, self.zone, await self.usual_currency()))
        return found

    async def linked(self, kind: str, other: str, ids: Sequence[str]) -> dict[str, list[str]] | None:
        """Return links by record; None where they may not be read."""
        if other in self.blind:
            return None
        try:
            return await self.api.links(kind, other, ids)
        except NotAllowed:
            self.blind.add(other)
            return None

    async def usual_currency(self) -> str:
        if not self.currency:
            await self.clock()
        return self.currency

    async def by_ids(self, what: CrmObject, ids: Collection[str]) -> CrmFound:
        """Return records by id. What does not come back is looked for among what was deleted."""
        records: dict[str, CrmRecord] = {}
        gone: set[str] = set()
        for kind, asked in kinds_of(what, ids).items():
            rows = await self.rows(kind, list(asked))
            read = {
                one.id: one
                for one in await self.records(
                    kind, list({str(row["id"]): row for row in rows.values()}.values())
                )
            }
            prefix = f"{ENGAGED[kind].value}:" if kind in ENGAGED else ""
            records |= {asked[one]: read[f"{prefix}{row['id']}"] for one, row in rows.items()}
            missing = [one for one in asked if one not in rows]
            if missing:
                gone |= {
                    asked[str(row["id"])]
                    for row in await self.api.batch(kind, missing, archived=True)
                    if str(row["id"]) in asked
                }
        return CrmFound(records, frozenset(set(ids) - records.keys() - gone), frozenset(gone))

    async def rows(self, kind: str, ids: Sequence[str]) -> dict[str, Row]:
        """Return rows by the id that was asked for, whatever they are called by now."""
        came = await self.api.batch(kind, ids)
        found = matched_by_merge(ids, came)
        if {str(row["id"]) for row in came} - {str(row["id"]) for row in found.values()}:
            for one in ids:
                if one not in found and (row := await self.api.one(kind, one)) is not None:
                    found[one] = row
        return found

    async def gone(self, what: CrmObject, since: datetime, until: datetime) -> Sequence[CrmGone]:
        """Return what was deleted since, and what became part of another record."""
        kind = KINDS[what]
        found: dict[str, CrmGone] = {}
        async for rows in self.api.every(kind, (), archived=True):
            for row in rows:
                at = instant(str(row.get("archivedAt") or "")) or since
                if at >= since:
                    found[str(row["id"])] = CrmGone(str(row["id"]), at)
        has = {"propertyName": MERGED, "operator": "HAS_PROPERTY"}
        async for hits, _ in walk(self.api, kind, CrmPlace(since), until, has):
            for row in await self.api.batch(kind, [one.id for one in hits]):
                for one in merged_ids(row["properties"]):
                    found[one] = CrmGone(one, modified(kind, row), merged_into=str(row["id"]))
        return list(found.values())

    async def ids(self, what: CrmObject) -> AsyncIterator[Sequence[str]]:
        """Yield ids from the list of records, which is never late as a search may be."""
        if what is CrmObject.DEAL and self.closed is None:
            await self.stages()
        for kind in ENGAGED if what is CrmObject.ACTIVITY else (KINDS[what],):
            prefix = f"{ENGAGED[kind].value}:" if kind in ENGAGED else ""
            async for rows in self.api.every(kind, ("dealstage",) if kind == "deals" else ()):
                yield [f"{prefix}{row['id']}" for row in rows if not self.is_closed(row)]

    def is_closed(self, row: Row) -> bool:
        return row["properties"].get("dealstage") in (self.closed or ())

    # what is written

    async def write(self, seen: CrmDeal, change: CrmChange) -> CrmDeal:
        """Set fields of a deal, once it is seen to stand as it was seen; HubSpot has no condition to write under."""
        row, now = await self.standing(seen.id)
        wanted: dict[str, str] = {}
        if change.stage_id is not None and is_to_set(
            self.vendor, now.stage_id, seen.stage_id, change.stage_id
        ):
            await self.stages()
            refuse_reopening(self.vendor, now.stage_id, change.stage_id, self.closed or ())
            wanted["dealstage"] = change.stage_id
        if change.close_on is not None and is_to_set(
            self.vendor, now.close_on, seen.close_on, change.close_on
        ):
            before = row["properties"].get("closedate")
            wanted["closedate"] = instant_of_day(change.close_on, before, self.zone)
        if change.next_step is not None and is_to_set(
            self.vendor, now.next_step, seen.next_step, change.next_step
        ):
            wanted["hs_next_step"] = change.next_step
        if not wanted:
            return now
        await self.api.patch("deals", str(row["id"]), wanted)
        return (await self.standing(seen.id))[1]

    async def standing(self, deal_id: str) -> tuple[Row, CrmDeal]:
        """Return a deal as it stands now.

        Raises:
            WriteMoved: if it is not there.
        """
        row = await self.api.one("deals", deal_id)
        if row is None:
            raise not_there(self.vendor)
        (deal,) = await self.records("deals", [row])
        assert isinstance(deal, CrmDeal)
        return row, deal

    def link(self, what: CrmObject, record_id: str) -> str:
        """Return the address of a record's page; an activity is shown on the pages of its deal."""
        page = PAGES.get(what)
        where = f"https://{self.pages}/contacts/{self.account}"
        return f"{where}/record/{page}/{record_id}" if page else where


def in_order(records: Sequence[CrmRecord]) -> tuple[CrmRecord, ...]:
    """Return records by when they were modified, then by age."""
    return tuple(sorted(records, key=lambda one: (one.modified_at, int(one.id.rpartition(":")[2]))))


def kinds_of(what: CrmObject, ids: Collection[str]) -> dict[str, dict[str, str]]:
    """Return ids by kind, as HubSpot knows them and as they were asked for: those of activities name their kind."""
    if what is not CrmObject.ACTIVITY:
        return {KINDS[what]: {one: one for one in ids}}
    plural = {kind.value: name for name, kind in ENGAGED.items()}
    found: dict[str, dict[str, str]] = {}
    for one in ids:
        kind, _, number = one.partition(":")
        if kind in plural:
            found.setdefault(plural[kind], {})[number] = one
    return found
