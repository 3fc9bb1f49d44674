"""The account of the double: what stands in it, and what people do there without asking anybody's API."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

from playground.hubspot.record import (
    PROPERTIES,
    HubSpotRecord,
    IndexedVersion,
    whole_ms,
    written,
)
from playground.hubspot.schema import FIELDS, PIPELINE, SCOPES, STAGES, PortalOwner, PortalStage, PortalWatch

MIDDAY = time(12)


@dataclass
class Portal:
    """An account. Whoever changes a record stamps it with the millisecond of the clock."""

    clock: PortalWatch
    zone: str = "UTC"
    currency: str = "USD"
    id: int = 4242001
    page: int = 200  # rows on a page at most
    search_cap: int = 10_000  # rows of one search
    lag: timedelta = timedelta(0)  # how much later the search knows
    records: dict[str, dict[str, HubSpotRecord]] = field(default_factory=dict)
    moved: dict[str, str] = field(default_factory=dict)  # ids of merged records, to what they became
    owners: dict[str, PortalOwner] = field(default_factory=dict)
    pipeline: list[PortalStage] = field(default_factory=list)
    forbidden: set[str] = field(default_factory=set)  # kinds without a scope
    hidden: set[str] = field(default_factory=set)  # properties that are not for us
    renamed: dict[str, str] = field(default_factory=dict)  # what properties are called by now
    needed: dict[str, set[str]] = field(default_factory=dict)  # properties a stage asks for
    changes: int = 0  # of anything, for whoever keeps something sorted

    def __post_init__(self) -> None:
        self.numbers = count(70_011)
        self.records = {kind: {} for kind in PROPERTIES}
        self.pipeline = [PortalStage(*one) for one in STAGES]

    # what people make

    @property
    def stages(self) -> list[tuple[str, str, str]]:
        """Id, label and kind of every stage, in their order."""
        return [(one.id, one.label, one.kind) for one in self.pipeline]

    def owner(self, name: str, email: str) -> str:
        number = next(self.numbers)
        made = PortalOwner(str(number), name, email, user_id=number + 9_000_000)
        self.owners[made.id] = made
        return made.id

    def leave(self, owner_id: str) -> None:
        """Somebody leaves; their deals are still theirs."""
        self.owners[owner_id].archived = True

    def account(self, name: str, domain: str | None = None) -> str:
        return self.made("companies", {"name": name, "domain": domain}).id

    def contact(self, name: str, email: str | None = None, account_id: str | None = None) -> str:
        first, _, last = name.partition(" ")
        found = {"firstname": first, "lastname": last or None, "email": email}
        made = self.made("contacts", {**found, "associatedcompanyid": account_id})
        if account_id:
            self.link(made.id, account_id)
        return made.id

    def deal(
        self,
        name: str,
        stage: str | None = None,
        amount: str | None = "24000",
        close: date | None = None,
        owner: str | None = None,
        account: str | None = None,
        currency: str | None = None,
        next_step: str = "",
        created: datetime | date | None = None,
    ) -> str:
        """Make a deal; `stage` is a label. A close that is a day is somebody's pick in the account's zone."""
        fields = {"name": name, "stage": stage or self.pipeline[0].label, "amount": amount, "close": close}
        fields |= {"owner": owner, "currency": currency, "next_step": next_step or None}
        made = self.made("deals", {**self.properties_of(fields), "pipeline": PIPELINE}, self.instant(created))
        if account:
            self.link(made.id, account)
        return made.id

    def activity(self, kind: str, deal_id: str, when: datetime, by: str | None = None) -> str:
        to_come = when > self.clock.now()
        plural = f"{kind}s" if not kind.endswith("s") else kind
        found: dict[str, str | None] = {"hs_timestamp": written(when), "hubspot_owner_id": by}
        if plural == "tasks":
            found |= {
                "hs_task_subject": "Call back",
                "hs_task_status": "NOT_STARTED" if to_come else "COMPLETED",
            }
        elif plural == "meetings":
            found |= {"hs_meeting_title": "A demo", "hs_meeting_start_time": written(when)}
            found |= {"hs_meeting_outcome": "SCHEDULED" if to_come else "COMPLETED"}
        elif plural == "calls":
            found |= {"hs_call_title": "A call", "hs_call_status": "SCHEDULED" if to_come else "COMPLETED"}
        elif plural == "emails":
            found |= {
                "hs_email_subject": "The figures",
                "hs_email_status": "SENT",
                "hs_email_direction": "EMAIL",
            }
        made = self.made(plural, found)
        self.link(made.id, deal_id)
        return made.id

    def made(
        self, kind: str, properties: dict[str, str | None], created: datetime | None = None
    ) -> HubSpotRecord:
        now = whole_ms(self.clock.now())
        record = HubSpotRecord(kind, str(next(self.numbers)), created or now, now, properties)
        if self.lag:
            record.index.append(IndexedVersion(now + self.lag, now, properties))
        self.records[kind][record.id] = record
        self.changes += 1
        return record

    def link(self, one_id: str, other_id: str) -> None:
        """Associate two records; that bumps nobody's stamp."""
        one, other = self.find(one_id), self.find(other_id)
        one.links.setdefault(other.kind, []).append(other.id)
        other.links.setdefault(one.kind, []).append(one.id)

    # what people change

    def change(self, deal_id: str, **fields: Any) -> None:
        """Change a deal by hand; without fields it is stamped alone. Closed without a day, it is closed now."""
        deal = self.find(deal_id)
        changed = self.properties_of(fields)
        if fields.get("account"):
            deal.links["companies"] = [fields["account"]]
        self.put(deal, changed)

    def change_unstamped(self, deal_id: str, **fields: Any) -> None:
        """Change what is calculated or linked: the deal's stamp stays."""
        deal = self.find(deal_id)
        if fields.get("account"):
            deal.links["companies"] = [fields["account"]]
        self.put(deal, self.properties_of(fields), stamped=False)

    def put(
        self,
        record: HubSpotRecord,
        changed: dict[str, str | None],
        *,
        stamped: bool = True,
        source: str = "CRM_UI",
    ) -> None:
        """Set properties of a record."""
        now = whole_ms(self.clock.now())
        stage = self.stage(changed.get("dealstage"))
        if stage and stage.kind != "open" and changed["dealstage"] != record.properties.get("dealstage"):
            changed.setdefault("closedate", written(now))
        record.remember(changed, now, source)
        record.before = record.version
        if self.lag and not record.index:
            record.index.append(IndexedVersion(record.created, record.modified, record.properties))
        record.properties = {**record.properties, **changed}
        record.modified = now if stamped else record.modified
        if self.lag or record.index:
            record.index.append(IndexedVersion(now + self.lag, record.modified, record.properties))
        self.changes += 1

    def archive(self, deal_id: str) -> None:
        """Delete a deal: it stands in the list of what is archived, with its stamp as it was."""
        self.find(deal_id).archived_at = whole_ms(self.clock.now())
        self.changes += 1

    def unshare(self, deal_id: str) -> None:
        self.find(deal_id).hidden = True
        self.changes += 1

    def merge(self, loser: str, winner: str) -> str:
        """Make one deal, with a new id, of two; what the winner does not say, it has of the loser."""
        lost, won = self.find(loser), self.find(winner)
        found = {**lost.properties, **{name: value for name, value in won.properties.items() if value}}
        parts = [
            one
            for each in (won, lost)
            for one in (each.properties.get("hs_merged_object_ids") or "").split(";")
        ]
        found["hs_merged_object_ids"] = ";".join(dict.fromkeys([won.id, lost.id, *filter(None, parts)]))
        made = self.made(won.kind, found, created=min(lost.created, won.created))
        for part in (won, lost):
            del self.records[won.kind][part.id]
            self.moved[part.id] = made.id
            for kind, ids in part.links.items():
                for other in ids:
                    linked = self.find(other)
                    linked.links[won.kind] = [one for one in linked.links.get(won.kind, []) if one != part.id]
                    if other not in made.links.get(kind, []):
                        self.link(made.id, other)
        return made.id

    # what an admin changes

    def rename_stage(self, stage_id: str, label: str) -> None:
        found = self.stage(stage_id)
        assert found is not None
        found.label = label
        self.touched()

    def drop_stage(self, stage_id: str) -> None:
        """Delete a stage for good; deals that stand in it keep its id."""
        self.pipeline = [one for one in self.pipeline if one.id != stage_id]
        self.touched()

    def add_stage(self, label: str, kind: str = "open") -> str:
        probability = {"won": "1.0", "lost": "0.0"}.get(kind, "0.5")
        made = PortalStage(str(next(self.numbers)), label, kind, probability)
        place = next((at for at, one in enumerate(self.pipeline) if one.kind != "open"), len(self.pipeline))
        self.pipeline.insert(place if kind == "open" else len(self.pipeline), made)
        self.touched()
        return made.id

    def touched(self) -> None:
        """Stamp every deal, as HubSpot does when a pipeline is edited."""
        for deal in self.records["deals"].values():
            self.put(deal, {})

    def hide_field(self, name: str) -> None:
        self.hidden.add(FIELDS[name])

    def rename_field(self, name: str) -> None:
        """Call a property otherwise from now on; by its old name it is nothing."""
        self.renamed[FIELDS[name]] = f"{FIELDS[name]}_2"

    def show_field(self, name: str) -> None:
        self.hidden.discard(FIELDS[name])
        self.renamed.pop(FIELDS[name], None)

    def forbid(self, what: str) -> None:
        """Take a scope away: deal, owner, account, contact or activity."""
        self.forbidden.update(SCOPES.get(what, (f"{what}s",)))

    def needs(self, name: str, at: str) -> None:
        """Let a stage, by its label, ask for a field."""
        self.needed.setdefault(self.stage_id(at), set()).add(FIELDS[name])

    # what stands there

    def read(self, deal_id: str) -> dict[str, Any]:
        """Return what people see of a deal, whatever its id is by now; the day in the account's zone."""
        deal = self.find(deal_id)
        found = {name: deal.properties.get(known) for name, known in FIELDS.items()}
        stage = self.stage(found["stage"])
        close = found["close"]
        day = datetime.fromisoformat(close).astimezone(ZoneInfo(self.zone)).date() if close else None
        return {**found, "stage": stage.label if stage else found["stage"], "close": day, "id": deal.id}

    def find(self, record_id: str) -> HubSpotRecord:
        """Return a record of any kind, that which it was merged into if it was."""
        record_id = self.now_called(record_id)
        for kind in self.records.values():
            if record_id in kind:
                return kind[record_id]
        raise KeyError(f"Nothing is called {record_id}.")

    def now_called(self, record_id: str) -> str:
        while record_id in self.moved:
            record_id = self.moved[record_id]
        return record_id

    def stage(self, stage_id: str | None) -> PortalStage | None:
        return next((one for one in self.pipeline if one.id == stage_id), None)

    def stage_id(self, label: str) -> str:
        return next(one.id for one in self.pipeline if one.label == label)

    def properties_of(self, fields: dict[str, Any]) -> dict[str, str | None]:
        """Return the properties for fields as people name them."""
        found: dict[str, str | None] = {}
        for name, value in fields.items():
            if name == "stage":
                found[FIELDS[name]] = self.stage_id(value)
            elif name == "close":
                at = self.instant(value)
                found[FIELDS[name]] = written(at) if at else None
            elif name in FIELDS:
                found[FIELDS[name]] = None if value is None or value == "" else str(value)
            elif name != "account":
                raise TypeError(f"A deal has no {name}.")
        return found

    def instant(self, said: datetime | date | None) -> datetime | None:
        if said is None or isinstance(said, datetime):
            return said
        return datetime.combine(said, MIDDAY, ZoneInfo(self.zone))
