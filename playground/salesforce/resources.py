"""Records of the double by id: read, described, written, and which were changed or deleted in a span of time."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from email.utils import parsedate_to_datetime
from typing import Any

from playground.salesforce.org import Org
from playground.salesforce.query import OrgQueries
from playground.salesforce.record import SalesforceRecord, whole_second, written
from playground.salesforce.refusal import SalesforceRefusal, not_found
from playground.salesforce.schema import CHILDREN, OBJECTS, READ_ONLY
from playground.salesforce.soql import id18

Json = dict[str, Any]
DELETED_FOR, UPDATED_FOR = timedelta(days=15), timedelta(days=30)
SEVERAL = 800  # ids that fit into an address


@dataclass
class OrgResources:
    """Answers for single records of one org."""

    org: Org
    queries: OrgQueries

    def overview(self) -> Json:
        """Return the kinds of records that there are for us."""
        kinds = [one for one in OBJECTS if one not in self.org.forbidden]
        if not self.org.currencies:
            kinds.remove("CurrencyType")
        return {"sobjects": [{"name": one, "queryable": True, "retrieveable": True} for one in kinds]}

    def described(self, kind: str) -> Json:
        try:
            names = self.queries.known(kind)
        except SalesforceRefusal:
            raise not_found() from None
        fields = [{"name": one, "updateable": one not in READ_ONLY} for one in names]
        children = [
            {"childSObject": child, "field": parent, "relationshipName": name}
            for name, (child, parent) in CHILDREN.items()
            if kind == "Opportunity" and child not in self.org.forbidden
        ]
        return {"name": kind, "updateable": True, "fields": fields, "childRelationships": children}

    def find(self, kind: str, record_id: str) -> SalesforceRecord:
        """Return a record that is there for us.

        Raises:
            SalesforceRefusal: if none is.
        """
        self.queries.known(kind)
        wanted = id18(record_id) if len(record_id) == 15 else record_id
        found = self.queries.row(kind, wanted)
        if found is not None and found.deleted_at is not None:
            raise SalesforceRefusal(404, "ENTITY_IS_DELETED", "entity is deleted")
        if found is None or found.hidden:
            raise not_found()
        return found

    def one(self, kind: str, record_id: str, names: str | None) -> Json:
        record = self.find(kind, record_id)
        wanted = names.split(",") if names else self.queries.known(kind)
        self.queries.require(kind, wanted)
        return self.queries.fields(record, wanted)

    def several(self, kind: str, ids: list[str], names: list[str]) -> list[Json | None]:
        """Return records by id in the order of the ids, null where one is not there for us."""
        if len(ids) > SEVERAL:
            raise SalesforceRefusal(400, "LIMIT_EXCEEDED", "too many ids")
        self.queries.require(kind, names)
        found: list[Json | None] = []
        for one in ids:
            record = self.queries.row(kind, id18(one) if len(one) == 15 else one)
            if record is None or record.hidden or record.deleted_at is not None:
                found.append(None)
            else:
                found.append(self.queries.fields(record, names))
        return found

    def span(self, start: str, end: str, kept: timedelta) -> tuple[datetime, datetime, datetime]:
        """Return a span by whole minutes of the request, and when what is known begins."""
        since, until = (datetime.fromisoformat(one.replace(" ", "+")) for one in (start, end))
        since, until = (one.replace(second=0, microsecond=0) for one in (since, until))
        now = whole_second(self.org.clock.now())
        earliest = max(now - kept, self.org.purged or now - kept)
        if since < earliest:
            raise SalesforceRefusal(400, "INVALID_REPLICATION_DATE", "startDate is before the earliest date")
        if until - since < timedelta(minutes=1):
            raise SalesforceRefusal(400, "INVALID_REPLICATION_DATE", "endDate is too close to startDate")
        return since, until, min(now, until)

    def deleted(self, kind: str, start: str, end: str) -> Json:
        self.queries.known(kind)
        since, until, covered = self.span(start, end, DELETED_FOR)
        rows = [
            {"id": one.id, "deletedDate": written(one.deleted_at)}
            for one in self.queries.rows(kind)
            if one.deleted_at is not None and since <= one.deleted_at < until and not one.hidden
        ]
        return {
            "deletedRecords": rows,
            "earliestDateAvailable": written(whole_second(self.org.clock.now()) - DELETED_FOR),
            "latestDateCovered": written(covered),
        }

    def updated(self, kind: str, start: str, end: str) -> Json:
        self.queries.known(kind)
        since, until, covered = self.span(start, end, UPDATED_FOR)
        now, ids = self.org.clock.now(), []
        for one in self.queries.rows(kind):
            values = one.indexed(now)
            if values is None or one.hidden or one.deleted_at is not None:
                continue
            if since <= values["SystemModstamp"] < until:
                ids.append(one.id)
        return {"ids": ids, "latestDateCovered": written(covered)}

    def changed(self, kind: str, record_id: str, fields: Json, condition: str | None) -> None:
        """Write fields, all or none; under a condition only where the record did not change since that second."""
        record = self.find(kind, record_id)
        modified = whole_second(record.values["LastModifiedDate"])
        if condition is not None and modified > parsedate_to_datetime(condition):
            raise SalesforceRefusal(412, "PRECONDITION_FAILED", "The resource was modified.")
        self.queries.require(kind, list(fields))
        locked = [one for one in fields if one in READ_ONLY]
        if locked:
            message = "Unable to create/update fields: " + ", ".join(locked)
            raise SalesforceRefusal(400, "INVALID_FIELD_FOR_INSERT_UPDATE", message, locked)
        values = {name: self.read(name, value) for name, value in fields.items()}
        stage = {**record.values, **values}.get("StageName")
        missing = [
            one
            for one in sorted(self.org.needed.get(str(stage), ()))
            if not {**record.values, **values}.get(one)
        ]
        if missing:
            message = f"Required fields are missing: [{', '.join(missing)}]"
            raise SalesforceRefusal(400, "REQUIRED_FIELD_MISSING", message, missing)
        if "StageName" in values:
            values |= self.staged(values["StageName"])
        self.org.put(record, values, by=self.org.integration)

    def staged(self, stage_id: Any) -> Json:
        """Return what follows from a stage."""
        if stage_id not in [one for one, _, _ in self.org.stages]:
            message = "bad value for restricted picklist field: StageName"
            raise SalesforceRefusal(400, "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST", message, ["StageName"])
        stage = self.org.stage(stage_id)
        follows = {one: stage[one] for one in ("IsClosed", "IsWon")}
        return {**follows, "Probability": stage["DefaultProbability"]}

    def read(self, name: str, value: Any) -> Any:
        """Return a value as records hold it."""
        if value is None or value == "":
            return None
        if name == "CloseDate":
            return date.fromisoformat(value)
        return Decimal(str(value)) if name == "Amount" else value
