"""The org of the double: what stands in it, and what people do there without asking anybody's API."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

from playground.salesforce.record import RecordVersion, SalesforceRecord, numbered, whole_second
from playground.salesforce.schema import FIELDS, FORBIDS, OBJECTS, PREFIXES, STAGES, OrgWatch
from playground.salesforce.soql import id18

HISTORIC = ("StageName", "Amount", "Probability", "CloseDate")


@dataclass
class Org:
    """An org. Whoever changes a record stamps it with the second of the clock, as Salesforce does."""

    clock: OrgWatch
    zone: str = "UTC"
    currency: str = "USD"
    domain: str = "northwind"
    page: int = 2000  # rows on a page at most
    lag: timedelta = timedelta(0)  # how much later queries know
    currencies: bool = False  # whether records name theirs
    person_accounts: bool = False
    records: dict[str, dict[str, SalesforceRecord]] = field(default_factory=dict)
    forbidden: set[str] = field(default_factory=set)  # kinds that are not for us
    hidden: set[tuple[str, str]] = field(default_factory=set)  # fields, by kind, that are not for us
    renamed: dict[str, str] = field(default_factory=dict)  # what they are called by now
    needed: dict[str, set[str]] = field(default_factory=dict)  # fields a stage asks for
    purged: datetime | None = None  # until when nobody knows what was deleted

    def __post_init__(self) -> None:
        self.numbers = count(2_000_000)
        self.records = {kind: {} for kind in OBJECTS}
        self.id = self.new_id("Organization")
        self.integration = self.owner("Integration User", "integration@northwind.example")
        self.user(self.integration)["UserType"] = "CloudIntegrationUser"
        for label, kind, probability in STAGES:
            self.new_stage(label, kind, probability)

    def new_id(self, kind: str) -> str:
        return numbered(PREFIXES[kind], next(self.numbers))

    # what people make

    @property
    def stages(self) -> list[tuple[str, str, str]]:
        """Id, label and kind of every stage, in their order."""
        rows = sorted(
            (one.values for one in self.records["OpportunityStage"].values()),
            key=lambda one: one["SortOrder"],
        )
        return [(one["ApiName"], one["MasterLabel"], stage_kind(one)) for one in rows]

    def owner(self, name: str, email: str) -> str:
        fields = {"Name": name, "Email": email, "Username": f"{email.strip().lower()}.crm"}
        return self.made("User", {**fields, "IsActive": True, "UserType": "Standard"}).id

    def user(self, owner_id: str) -> dict[str, Any]:
        return self.records["User"][owner_id].values

    def leave(self, owner_id: str) -> None:
        """Somebody leaves; their deals are still theirs."""
        self.user(owner_id)["IsActive"] = False

    def account(self, name: str, website: str | None = None) -> str:
        return self.made("Account", {"Name": name, "Website": website}).id

    def contact(self, name: str, email: str | None = None, account_id: str | None = None) -> str:
        first, _, last = name.rpartition(" ")
        fields = {"Name": name, "FirstName": first or None, "LastName": last, "Email": email}
        return self.made("Contact", {**fields, "AccountId": account_id}).id

    def role(self, deal_id: str, contact_id: str) -> str:
        """Let a contact have a role in a deal; that stamps nobody."""
        fields = {"OpportunityId": deal_id, "ContactId": contact_id, "IsPrimary": False}
        return self.made("OpportunityContactRole", fields).id

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
        """Make a deal; `stage` is a label. A close that is an instant is the day of it in the org's zone."""
        fields = {"name": name, "stage": stage or self.stages[0][1], "amount": amount, "close": close}
        fields |= {"owner": owner, "account": account, "currency": currency, "next_step": next_step}
        at = created if isinstance(created, datetime) or created is None else self.midday(created)
        made = self.made("Opportunity", self.values_of(fields), at)
        self.historic(made)
        return made.id

    def activity(self, kind: str, deal_id: str, when: datetime, by: str | None = None) -> str:
        done = when <= self.clock.now()
        day = when.astimezone(ZoneInfo(self.zone)).date()
        fields: dict[str, Any] = {"WhatId": deal_id, "OwnerId": by, "ActivityDate": day}
        fields["AccountId"] = self.find(deal_id).values.get("AccountId")
        if kind == "meeting":
            return self.made("Event", {**fields, "Subject": "A demo", "StartDateTime": whole_second(when)}).id
        fields |= {"Subject": "Call back", "Status": "Completed" if done else "Not Started", "IsClosed": done}
        fields |= {"TaskSubtype": {"call": "Call", "email": "Email"}.get(kind, "Task")}
        return self.made("Task", {**fields, "CompletedDateTime": whole_second(when) if done else None}).id

    def made(self, kind: str, fields: dict[str, Any], created: datetime | None = None) -> SalesforceRecord:
        now = whole_second(self.clock.now())
        values = {**dict.fromkeys(OBJECTS[kind]), "Id": self.new_id(kind), "IsDeleted": False, **fields}
        values |= {
            "CreatedDate": whole_second(created or now),
            "SystemModstamp": now,
            "LastModifiedDate": now,
        }
        record = SalesforceRecord(kind, values)
        if self.lag:
            record.index.append(RecordVersion(now + self.lag, values))
        self.records[kind][record.id] = record
        return record

    def historic(self, deal: SalesforceRecord) -> None:
        fields = {name: deal.values.get(name) for name in HISTORIC}
        self.made("OpportunityHistory", {"OpportunityId": deal.id, **fields})

    # what people change

    def change(self, deal_id: str, **fields: Any) -> None:
        """Change a deal by hand; without fields it is stamped alone."""
        self.put(self.find(deal_id), self.values_of(fields))

    def change_unstamped(self, deal_id: str, **fields: Any) -> None:
        """Change what a formula says: the deal's stamps stay."""
        self.put(self.find(deal_id), self.values_of(fields), stamped=False)

    def put(
        self,
        record: SalesforceRecord,
        changed: dict[str, Any],
        *,
        stamped: bool = True,
        by: str | None = None,
    ) -> None:
        """Set fields of a record."""
        now = whole_second(self.clock.now())
        if self.lag and not record.index:
            record.index.append(RecordVersion(record.values["CreatedDate"], record.values))
        record.before = record.values
        record.values = {**record.values, **changed}
        if record.values.get("StageName") != record.before.get("StageName"):
            record.values["LastStageChangeDate"] = now
        if stamped:
            record.values |= {"SystemModstamp": now, "LastModifiedDate": now, "LastModifiedById": by}
        if self.lag or record.index:
            record.index.append(RecordVersion(now + self.lag, record.values))
        if record.kind == "Opportunity" and any(
            record.values.get(one) != record.before.get(one) for one in HISTORIC
        ):
            self.historic(record)

    def archive(self, record_id: str) -> None:
        """Delete a record: it lies in the bin for fifteen days, with its stamp as it was."""
        record = self.find(record_id)
        record.deleted_at = whole_second(self.clock.now())
        record.values = {**record.values, "IsDeleted": True}
        for one in record.index:
            one.values = {**one.values, "IsDeleted": True}

    def purge(self) -> None:
        """Empty the bin."""
        self.purged = whole_second(self.clock.now())
        for kind in self.records.values():
            for one in [one for one in kind.values() if one.deleted_at is not None]:
                del kind[one.id]

    def unshare(self, deal_id: str) -> None:
        self.find(deal_id).hidden = True

    def merge(self, loser: str, winner: str) -> str:
        """Make one of two: accounts and contacts name the one they are now; of deals, one is deleted."""
        lost, won = self.find(loser), self.find(winner)
        if lost.kind != "Opportunity":
            lost.values = {**lost.values, "MasterRecordId": won.id}
            for kind in self.records.values():
                for one in kind.values():
                    if one.values.get(f"{lost.kind}Id") == lost.id:
                        self.put(one, {f"{lost.kind}Id": won.id})
            self.put(won, {})
        self.archive(lost.id)
        return won.id

    # what an admin changes

    def rename_stage(self, stage_id: str, label: str) -> None:
        self.stage(stage_id)["MasterLabel"] = label

    def drop_stage(self, stage_id: str) -> None:
        """Delete a stage; deals that stand in it keep its name."""
        kept = self.records["OpportunityStage"]
        del kept[self.stage(stage_id)["Id"]]

    def retire_stage(self, stage_id: str) -> None:
        """Take a stage out of those that people pick; deals stay in it."""
        self.stage(stage_id)["IsActive"] = False

    def add_stage(self, label: str, kind: str = "open") -> str:
        return self.new_stage(label, kind, {"won": 100, "lost": 0}.get(kind, 50))

    def new_stage(self, label: str, kind: str, probability: int) -> str:
        order = len(self.records["OpportunityStage"]) + 1
        fields = {"ApiName": label, "MasterLabel": label, "IsActive": True, "SortOrder": order}
        fields |= {
            "IsClosed": kind != "open",
            "IsWon": kind == "won",
            "DefaultProbability": float(probability),
        }
        return str(self.made("OpportunityStage", fields).values["ApiName"])

    def hide_field(self, name: str) -> None:
        self.hidden.add(("Opportunity", FIELDS[name]))

    def rename_field(self, name: str) -> None:
        """Call a field otherwise from now on; by its old name it is none."""
        self.renamed[FIELDS[name]] = f"{FIELDS[name]}__c"

    def show_field(self, name: str) -> None:
        self.hidden.discard(("Opportunity", FIELDS[name]))
        self.renamed.pop(FIELDS[name], None)

    def forbid(self, what: str) -> None:
        """Take access away: deal, owner, account, contact or activity."""
        self.forbidden.update(FORBIDS[what])

    def needs(self, name: str, at: str) -> None:
        """Let a stage, by its label, ask for a field."""
        self.needed.setdefault(self.stage_id(at), set()).add(FIELDS[name])

    # what stands there

    def read(self, deal_id: str) -> dict[str, Any]:
        """Return what people see of a deal."""
        values = self.find(deal_id).values
        found = {name: values.get(known) for name, known in FIELDS.items()}
        label = next((label for one, label, _ in self.stages if one == found["stage"]), found["stage"])
        return {**found, "stage": label, "next_step": found["next_step"] or "", "id": deal_id}

    def find(self, record_id: str) -> SalesforceRecord:
        """Return a record of any kind, by its id of 15 or 18 characters."""
        wanted = id18(record_id) if len(record_id) == 15 else record_id
        for kind in self.records.values():
            if wanted in kind:
                return kind[wanted]
        raise KeyError(f"Nothing is called {record_id}.")

    def stage(self, stage_id: str) -> dict[str, Any]:
        return next(
            one.values
            for one in self.records["OpportunityStage"].values()
            if one.values["ApiName"] == stage_id
        )

    def stage_id(self, label: str) -> str:
        return next(one for one, known, _ in self.stages if known == label)

    def midday(self, day: date) -> datetime:
        return datetime(day.year, day.month, day.day, 12, tzinfo=ZoneInfo(self.zone))

    def values_of(self, fields: dict[str, Any]) -> dict[str, Any]:
        """Return the values for fields as people name them."""
        found: dict[str, Any] = {}
        for name, value in fields.items():
            known = FIELDS.get(name)
            if known is None:
                raise TypeError(f"A deal has no {name}.")
            if name == "stage":
                value = self.stage_id(value)
                stage = self.stage(value)
                found |= {"IsClosed": stage["IsClosed"], "IsWon": stage["IsWon"]}
                found["Probability"] = stage["DefaultProbability"]
            elif name == "close" and isinstance(value, datetime):
                value = value.astimezone(ZoneInfo(self.zone)).date()
            elif name == "amount" and value is not None:
                value = Decimal(str(value))
            elif name == "currency":
                self.currencies |= value is not None and value != self.currency
                value = value or self.currency
            found[known] = value if value != "" or name == "name" else None
        return found


def stage_kind(values: dict[str, Any]) -> str:
    if not values["IsClosed"]:
        return "open"
    return "won" if values["IsWon"] else "lost"
