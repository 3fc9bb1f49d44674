"""Records over the double's API: search, list, read by id one or a hundred at once, change, merge, and their links."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from aiohttp import web

from playground.hubspot.portal import Portal
from playground.hubspot.record import (
    ALWAYS,
    PROPERTIES,
    HubSpotRecord,
    IndexedVersion,
    stamp_of,
    written,
)
from playground.hubspot.refusal import HubSpotRefusal, invalid, not_found
from playground.hubspot.search import HubSpotSearch, offset

MOST_INPUTS, MOST_WITH_HISTORY = 100, 50
MOST_LINKS = 100  # to one record in one answer; more of them page
PRIMARY = {"category": "HUBSPOT_DEFINED", "typeId": 5, "label": "Primary"}
USUAL = {"category": "HUBSPOT_DEFINED", "typeId": 341, "label": None}
READ_ONLY = frozenset({"hs_object_id", "createdate", "hs_lastmodifieddate", "lastmodifieddate"})
Json = dict[str, Any]


class HubSpotObjects:
    """The part of the API that has to do with records."""

    def __init__(self, portal: Portal) -> None:
        self.portal = portal
        self.search = HubSpotSearch(portal)
        self.old_bodies = False  # whether the search shows what was before the last change
        self.pages: dict[str, Json] = {}  # the last page of each search and list
        self.sorted: dict[tuple[str, bool], tuple[int, list[HubSpotRecord]]] = {}

    # shown

    def known(self, kind: str) -> dict[str, str]:
        """Return the properties that we may read, by what they are called now, and what they hold."""
        portal = self.portal
        return {
            portal.renamed.get(one, one): one
            for one in (*PROPERTIES[kind], *ALWAYS, stamp_of(kind))
            if one not in portal.hidden
        }

    def shown(
        self,
        record: HubSpotRecord,
        names: Iterable[str],
        history: Sequence[str] = (),
        version: IndexedVersion | None = None,
    ) -> Json:
        """Return a record as it is sent: strings and nulls; a property that nobody knows is left out."""
        known = self.known(record.kind)
        wanted = {one: known[one] for one in (*ALWAYS, stamp_of(record.kind), *names) if one in known}
        version = version or record.version
        body: Json = {
            "id": record.id,
            "properties": {one: self.value(record, name, version) for one, name in wanted.items()},
            "createdAt": written(record.created),
            "updatedAt": written(version.modified),
            "archived": record.archived_at is not None,
        }
        if record.archived_at:
            body["archivedAt"] = written(record.archived_at)
        if history:
            body["propertiesWithHistory"] = {
                one: self.history(record, known[one]) for one in history if one in known
            }
        return body

    def value(self, record: HubSpotRecord, name: str, version: IndexedVersion) -> str | None:
        """Return a property; those that are calculated follow the stage."""
        if name in ("hs_is_closed", "hs_is_closed_won"):
            stage = self.portal.stage(version.properties.get("dealstage"))
            kinds = ("won",) if name == "hs_is_closed_won" else ("won", "lost")
            return "true" if stage is not None and stage.kind in kinds else "false"
        return record.value(name, version)

    def history(self, record: HubSpotRecord, name: str) -> list[Json]:
        known = record.history.get(name)
        if known is None:
            value = record.value(name)
            known = [(value, record.created, "CRM_UI")] if value is not None else []
        return [
            {"value": value or "", "timestamp": written(at), "sourceType": source}
            for value, at, source in known
        ]

    def visible(self, kind: str, record_id: str, archived: bool = False) -> HubSpotRecord | None:
        """Return a record by its id, or by that of one that became part of it."""
        record = self.portal.records[kind].get(self.portal.now_called(record_id))
        if record is None or record.hidden or (record.archived_at is not None) is not archived:
            return None
        return record

    # asked

    async def searched(self, request: web.Request, kind: str) -> Json:
        body = await request.json()
        total, found, after = self.search.page(kind, body, len(await request.text()))
        names = body.get("properties") or ()
        rows = []
        for record, version in found:
            shown = record.before if self.old_bodies and record.before is not None else version
            rows.append(self.shown(record, names, version=shown))
        answer: Json = {"total": total, "results": rows}
        if after is not None:
            answer["paging"] = {"next": {"after": str(after)}}
        return answer

    async def listed(self, request: web.Request, kind: str) -> Json:
        """A page of all records by id; `archived=true` has those that were deleted, and nothing tells when first."""
        archived = request.query.get("archived") == "true"
        limit = min(int(request.query.get("limit", 10)), self.portal.page)
        if not 1 <= limit <= MOST_INPUTS:
            raise invalid(f"The limit is between 1 and {MOST_INPUTS}.")
        behind = offset(request.query.get("after"))
        there = self.by_id(kind, archived)
        start = bisect_right(there, behind, key=lambda one: int(one.id))
        there = there[start : start + limit + 1]
        names = split(request.query.get("properties"))
        answer: Json = {"results": [self.shown(one, names) for one in there[:limit]]}
        if len(there) > limit:
            answer["paging"] = {"next": {"after": there[limit - 1].id}}
        return answer

    def by_id(self, kind: str, archived: bool) -> list[HubSpotRecord]:
        """Return all records by id, kept until anything changes, as there may be very many."""
        changes, found = self.sorted.get((kind, archived), (-1, []))
        if changes != self.portal.changes:
            there = self.portal.records[kind].values()
            found = [one for one in there if (one.archived_at is not None) is archived and not one.hidden]
            found.sort(key=lambda one: int(one.id))
            self.sorted[kind, archived] = (self.portal.changes, found)
        return found

    async def one(self, request: web.Request, kind: str, record_id: str) -> Json:
        record = self.visible(kind, record_id, request.query.get("archived") == "true")
        if record is None:
            raise not_found(f"{kind} {record_id}")
        names, history = (
            split(request.query.get("properties")),
            split(request.query.get("propertiesWithHistory")),
        )
        return self.shown(record, names, history)

    async def batch(self, request: web.Request, kind: str) -> tuple[int, Json]:
        """Many by id: what is not there is an error beside what is, and the whole is a 207."""
        body = await request.json()
        inputs, history = body["inputs"], body.get("propertiesWithHistory") or ()
        most = MOST_WITH_HISTORY if history else MOST_INPUTS
        if len(inputs) > most:
            raise invalid(f"{len(inputs)} inputs, {most} are allowed.")
        archived = request.query.get("archived") == "true"
        found: dict[str, Json] = {}
        missing: list[str] = []
        for one in inputs:
            record = self.visible(kind, str(one["id"]), archived)
            if record is None:
                missing.append(str(one["id"]))
            else:
                found[record.id] = self.shown(record, body.get("properties") or (), history)
        answer: Json = {"status": "COMPLETE", "results": list(found.values())}
        if not missing:
            return 200, answer
        return 207, {**answer, "numErrors": 1, "errors": [absent("OBJECT_NOT_FOUND", missing)]}

    async def changed(self, request: web.Request, kind: str, record_id: str) -> Json:
        """Set properties of a record; there is no condition that it stands as somebody saw it."""
        record = self.visible(kind, record_id)
        if record is None:
            raise not_found(f"{kind} {record_id}")
        properties: Mapping[str, Any] = (await request.json()).get("properties") or {}
        known = self.known(kind)
        errors = [
            error("PROPERTY_DOESNT_EXIST", name, f"Property {name} does not exist")
            for name in properties
            if name not in known or name in READ_ONLY
        ]
        if "dealstage" in properties and self.portal.stage(properties["dealstage"]) is None:
            errors.append(error("INVALID_OPTION", "dealstage", "There is no such stage"))
        changed = {
            known[one]: str(value) if value not in (None, "") else None
            for one, value in properties.items()
            if one in known
        }
        after = {**record.properties, **changed}
        needed = sorted(self.portal.needed.get(after.get("dealstage") or "", ()))
        errors += [
            error("REQUIRED_FIELD", name, f"Property {name} is required")
            for name in needed
            if not after.get(name)
        ]
        if errors:
            raise invalid(f"Property values were not valid: {errors}", errors=errors)
        self.portal.put(record, changed, source="INTEGRATION")
        return self.shown(record, changed)

    async def merged(self, request: web.Request, kind: str) -> Json:
        body = await request.json()
        kept = self.portal.merge(body["objectIdToMerge"], body["primaryObjectId"])
        return self.shown(self.portal.records[kind][kept], ())

    async def linked(self, request: web.Request, kind: str, other: str) -> tuple[int, Json]:
        """Links of up to a hundred records; of one that has none there is an error, and the whole is a 207."""
        inputs = (await request.json())["inputs"]
        if len(inputs) > MOST_INPUTS:
            raise invalid(f"{len(inputs)} inputs, {MOST_INPUTS} are allowed.")
        results, none = [], []
        for one in inputs:
            record = self.portal.records[kind].get(
                str(one["id"])
            )  # by an id of before a merge there are none
            ids = record.links.get(other, []) if record is not None and not record.hidden else []
            start = offset(one.get("after"))
            if not ids:
                none.append(str(one["id"]))
                continue
            primary = ids[0] if other == "companies" else None
            to = [
                {
                    "toObjectId": int(each),
                    "associationTypes": [PRIMARY, USUAL] if each == primary else [USUAL],
                }
                for each in sorted(ids, key=int)[start : start + MOST_LINKS]
            ]
            result: Json = {"from": {"id": str(one["id"])}, "to": to}
            if start + MOST_LINKS < len(ids):
                result["paging"] = {"next": {"after": str(start + MOST_LINKS)}}
            results.append(result)
        answer: Json = {"status": "COMPLETE", "results": results}
        if not none:
            return 200, answer
        return 207, {**answer, "numErrors": 1, "errors": [absent("NO_ASSOCIATIONS_FOUND", none)]}


def split(said: str | None) -> list[str]:
    return [one for one in (said or "").split(",") if one]


def absent(category: str, ids: Sequence[str]) -> Json:
    return {"status": "error", "category": category, "message": "Not found", "context": {"ids": list(ids)}}


def error(code: str, name: str, message: str) -> Json:
    return {"message": message, "code": code, "context": {"propertyName": [name]}}


def require_kind(kind: str, forbidden: Iterable[str]) -> None:
    """Refuse a kind of record that there is not, or that the token has no scope for."""
    if kind not in PROPERTIES:
        raise HubSpotRefusal(400, "VALIDATION_ERROR", f"Unable to infer object type from: {kind}")
    require_scope(kind, forbidden)


def require_scope(kind: str, forbidden: Iterable[str]) -> None:
    if kind in forbidden:
        scope = f"crm.objects.{kind}.read"
        raise HubSpotRefusal(
            403,
            "MISSING_SCOPES",
            "This app hasn't been granted all required scopes to make this call.",
            errors=[
                {"message": "One or more scopes are missing.", "context": {"requiredGranularScopes": [scope]}}
            ],
        )
