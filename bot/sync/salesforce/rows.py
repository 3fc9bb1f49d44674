"""Rows of an org: read with the fields that there are for us, in the order of when they were modified, or by id.

Naming a field that the connection may not see would refuse the whole query, so what there is of deals is looked up
first; where one is refused, what there is is looked up, once more or for the first time.
"""

from collections.abc import AsyncIterator, Sequence
from datetime import datetime, timedelta

from bot.sync.requests import not_understood
from bot.sync.salesforce.api import SEVERAL, Row, SalesforceApi, SalesforceRefused, refusal
from sales.imports.sync.record import CrmPlace, Vendor
from sales.imports.sync.salesforce.field import CONTACTS, FIELDS
from sales.imports.sync.salesforce.record import id18, modified
from sales.imports.sync.salesforce.soql import among, select, within

UPDATED_FOR = timedelta(days=29)  # Salesforce knows a day more
BRIEFLY = timedelta(minutes=2)  # the shortest span that it answers for
BY_UPDATE = frozenset({"Account", "Contact"})
Shape = tuple[list[str], bool]  # fields of an object that there are for us, and whether it has contacts


class SalesforceRows:
    """What is read of one org. `writable` says whether deals may be written, once they were looked up."""

    def __init__(self, api: SalesforceApi) -> None:
        self.api = api
        self.shapes: dict[str, Shape] = {}
        self.refused = {"Opportunity"}  # objects of which a field may not be there for us
        self.writable = False

    async def shape(self, kind: str) -> Shape:
        """Return which fields of an object there are for us: all, until naming one of them was refused.

        Those of deals are looked up each time, as one of them is there only where an org has several currencies.
        """
        if kind not in self.shapes:
            known = await self.described(kind) if kind in self.refused else (list(FIELDS[kind]), False)
            self.shapes[kind] = known
        return self.shapes[kind]

    async def described(self, kind: str) -> Shape:
        body = await self.api.get(f"/sobjects/{kind}/describe", kind)
        if not isinstance(body, dict):
            raise not_understood(Vendor.SALESFORCE)
        known = {str(one.get("name")): bool(one.get("updateable")) for one in body.get("fields") or ()}
        children = [one.get("relationshipName") for one in body.get("childRelationships") or ()]
        deals = kind == "Opportunity"  # contacts, too, have roles
        if deals:
            self.writable = any(known.get(one) for one in ("StageName", "CloseDate", "NextStep"))
        return [one for one in FIELDS[kind] if one in known], deals and CONTACTS in children

    def forget(self, kind: str) -> None:
        """Look up anew which fields of an object there are, before it is read next."""
        self.shapes.pop(kind, None)
        self.refused.add(kind)

    async def window(
        self, kind: str, since: CrmPlace, until: datetime, now: datetime
    ) -> AsyncIterator[tuple[Sequence[Row], CrmPlace]]:
        """Yield the rows of a window by when they were modified, then by id; `now` is what time it is there."""
        if kind in BY_UPDATE and not since.after_id and now - since.at < UPDATED_FOR:
            ids = await self.updated(kind, since.at, until)
            if ids is not None:
                read = sorted(await self.by_id(kind, ids), key=lambda row: (modified(row), str(row["Id"])))
                if read:
                    place = CrmPlace(modified(read[-1]), id18(str(read[-1]["Id"])))
                    yield read, place
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
                        since = max(since, place)
                        yield await self.believed(kind, rows, begin), since
                return
            except SalesforceRefused as refused:
                self.forget(kind)  # a field was hidden or renamed since it was looked up
                if again:
                    raise refusal(refused, kind) from None

    async def stages_in_use(self, names: Sequence[str]) -> set[str]:
        """Return in which of these stages open deals stand: nobody picks a retired one, and deals stay in it."""
        if not names:
            return set()
        where = f"IsClosed = FALSE AND {among(names, 'StageName')}"
        soql = select("Opportunity", ["StageName"], where, group="StageName")
        try:
            return {str(one.get("StageName")) for one in await self.api.every(soql, "Opportunity")}
        except SalesforceRefused:  # stages are hidden from us, so any may be in use
            return set(names)

    async def believed(self, kind: str, rows: Sequence[Row], since: datetime) -> Sequence[Row]:
        """Return rows as they are; those that are older than what was asked for are read again by id."""
        old = {str(row["Id"]) for row in rows if modified(row) < since}
        if not old:
            return rows
        now = {str(row["Id"]): row for row in await self.by_id(kind, sorted(old))}
        return [now.get(str(row["Id"]), row) for row in rows]

    async def updated(self, kind: str, since: datetime, until: datetime) -> list[str] | None:
        """Return the ids of what was modified; None where Salesforce does not know it any more."""
        body = await self.api.span(kind, "updated", min(since, until - BRIEFLY), until + BRIEFLY / 2)
        if body is None:
            return None
        if not isinstance(body, dict) or not isinstance(body.get("ids"), list):
            raise not_understood(Vendor.SALESFORCE)
        return [str(one) for one in body["ids"]]

    async def by_id(self, kind: str, ids: Sequence[str]) -> list[Row]:
        """Return rows by id as they are now, with the fields there are for us."""
        if not ids:
            return []
        for again in (False, True):
            fields, _ = await self.shape(kind)
            try:
                return await self.api.several(kind, ids, fields)
            except SalesforceRefused as refused:
                self.forget(kind)
                if again:
                    raise refusal(refused, kind) from None
        raise not_understood(Vendor.SALESFORCE)

    async def with_contacts(self, kind: str, rows: Sequence[Row]) -> Sequence[Row]:
        """Return rows of deals with the contacts that have a role in them, as a query has them."""
        if not rows or not (await self.shape(kind))[1]:
            return rows
        found: dict[str, list[Row]] = {}
        ids = [str(row["Id"]) for row in rows]
        for start in range(0, len(ids), SEVERAL):
            where = among(ids[start : start + SEVERAL], "OpportunityId")
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
