"""Queries of the double: what they find, page by page, each page by the address that the one before it named."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from playground.salesforce.org import Org
from playground.salesforce.record import SalesforceRecord, written
from playground.salesforce.refusal import SalesforceRefusal, malformed
from playground.salesforce.schema import CHILDREN, OBJECTS
from playground.salesforce.soql import Soql, read_soql

BASE = "/services/data/v66.0"
LONGEST = 100_000  # characters of a query
Json = dict[str, Any]
Found = tuple[SalesforceRecord, Json]  # a record, and its values as the query knows them


@dataclass
class OrgQueries:
    """Answers queries of one org."""

    org: Org
    cursors: dict[str, tuple[Soql, Sequence[Found]]] = field(default_factory=dict)
    before: dict[str, Json] = field(default_factory=dict)  # the page before the one at an address
    old_bodies: bool = False  # shows records as they were before their last change

    def __post_init__(self) -> None:
        self.numbers = count(1)

    def known(self, kind: str) -> list[str]:
        """Return the fields of a kind that are there for us.

        Raises:
            SalesforceRefusal: if the kind is none, or not for us.
        """
        if kind not in OBJECTS or kind in self.org.forbidden:
            raise SalesforceRefusal(400, "INVALID_TYPE", f"sObject type '{kind}' is not supported.")
        if kind == "CurrencyType" and not self.org.currencies:
            raise SalesforceRefusal(400, "INVALID_TYPE", f"sObject type '{kind}' is not supported.")
        found = [one for one in OBJECTS[kind] if (kind, one) not in self.org.hidden]
        if kind == "Opportunity":
            if self.org.currencies:
                found.append("CurrencyIsoCode")
            found = [self.org.renamed.get(one, one) for one in found]
        if kind == "Account" and self.org.person_accounts:
            found += ["IsPersonAccount", "PersonContactId"]
        return found

    def require(self, kind: str, names: Sequence[str]) -> None:
        known = {one.lower() for one in self.known(kind)}
        for name in names:
            if name.lower() not in known:
                message = f"No such column '{name}' on entity '{kind}'."
                raise SalesforceRefusal(400, "INVALID_FIELD", message)

    def ask(self, text: str, *, everything: bool) -> Json:
        """Return the first page of a query; `everything` with what was deleted."""
        if len(text) > LONGEST:
            raise malformed("query is too long")
        asked = read_soql(text)
        self.require(asked.of, asked.named)
        now = self.org.clock.now()
        found: list[Found] = []
        for record in self.rows(asked.of):
            values = record.indexed(now)
            if values is None or record.hidden or (values.get("IsDeleted") and not everything):
                continue
            if asked.condition(values):
                found.append((record, values))
        for name, falls in reversed(asked.order):
            found.sort(key=lambda one: (one[1].get(name) is not None, one[1].get(name)), reverse=falls)
        if asked.groups:
            found = list({tuple(one[1].get(name) for name in asked.groups): one for one in found}.values())
        locator = f"01gQm{next(self.numbers):010d}IAA"
        self.cursors[locator] = (asked, found[: asked.limit])
        return self.page(locator, 0)

    def rows(self, kind: str) -> list[SalesforceRecord]:
        if kind == "Organization":
            return [SalesforceRecord(kind, self.organization())]
        if kind == "CurrencyType":
            values = {"Id": "01L", "IsoCode": self.org.currency, "IsCorporate": True, "IsActive": True}
            return [SalesforceRecord(kind, values)]
        return list(self.org.records[kind].values())

    def row(self, kind: str, record_id: str) -> SalesforceRecord | None:
        if kind in ("Organization", "CurrencyType"):
            return next((one for one in self.rows(kind) if one.id == record_id), None)
        return self.org.records[kind].get(record_id)

    def organization(self) -> Json:
        locale = {"USD": "en_US", "GBP": "en_GB", "CAD": "en_CA"}.get(self.org.currency, "en_IE")
        fixed = {"Id": self.org.id, "Name": "Northwind", "FiscalYearStartMonth": 1}
        return {**fixed, "TimeZoneSidKey": self.org.zone, "DefaultLocaleSidKey": locale}

    def page(self, locator: str, start: int) -> Json:
        """Return a page of a query, from a row on."""
        if locator not in self.cursors:
            raise SalesforceRefusal(400, "INVALID_QUERY_LOCATOR", "invalid query locator")
        asked, found = self.cursors[locator]
        rows = found[start : start + self.org.page]
        end = start + len(rows)
        body: Json = {"totalSize": len(found), "done": end >= len(found)}
        body["records"] = [self.shown(asked, record, values) for record, values in rows]
        if end < len(found):
            body["nextRecordsUrl"] = f"{BASE}/query/{locator}-{end}"
            self.before[body["nextRecordsUrl"]] = body
        return body

    def shown(self, asked: Soql, record: SalesforceRecord, values: Json) -> Json:
        if self.old_bodies and record.before is not None:
            values = record.before
        found = self.fields(record, asked.fields, values)
        for child in asked.children:
            found[child.of] = self.children(record, child)
        return found

    def fields(self, record: SalesforceRecord, names: Sequence[str], values: Json | None = None) -> Json:
        """Return fields of a record as JSON."""
        values = record.values if values is None else values
        meant = {new: old for old, new in self.org.renamed.items()}
        url = f"{BASE}/sobjects/{record.kind}/{record.id}"
        found: Json = {"attributes": {"type": record.kind, "url": url}}
        for name in names:
            found[name] = written(values.get(meant.get(name, name)))
            if name == "CurrencyIsoCode":
                found[name] = found[name] or self.org.currency
        return found

    def children(self, record: SalesforceRecord, asked: Soql) -> Json | None:
        """Return the children of a record; null where it has none."""
        kind, parent = CHILDREN.get(asked.of, ("", ""))
        if not kind or kind in self.org.forbidden:
            message = f"Didn't understand relationship '{asked.of}' in FROM part of query call."
            raise SalesforceRefusal(400, "INVALID_TYPE", message)
        self.require(kind, asked.named)
        there = [one for one in self.org.records[kind].values() if one.values[parent] == record.id]
        rows = [self.fields(one, asked.fields) for one in there if one.deleted_at is None]
        return {"totalSize": len(rows), "done": True, "records": rows} if rows else None
