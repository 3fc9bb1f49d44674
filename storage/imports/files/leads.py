"""Leads of a file beside those there are: found by id, else by address, else by name and firm.

A row is touched only if the file's differs from the one last taken in. Then the file wins for what it states, but for
what was decided here: a lead that was given to somebody or decided in Slack since stays so, unless the file knows more.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from pydantic import ValidationError
from sqlalchemy import literal_column
from sqlmodel import col, select

from sales.imports.files.entry import ImportEntry
from sales.imports.files.lookalike import is_another_person
from sales.imports.files.preset import FileKind
from sales.imports.files.tally import MOST_CUSTOMERS, LeadNews
from sales.language.names.descent import comparable
from sales.people.directory import Directory
from sales.pipeline.opportunity import Stage
from sales.prospects.lead import LeadState
from storage.imports.files.compare import Differences, contradiction
from storage.imports.files.known import OwnerTeams
from storage.imports.files.rows import TABLES, ImportedRow, rows_by_key, rows_where
from storage.imports.files.runs import ImportChangeRow
from storage.pipeline.opportunity import OpportunityRow
from storage.prospects.lead import UNTOUCHED, LeadRow
from storage.scope import Scope

KEPT = TABLES[FileKind.LEADS]
FRESH = timedelta(days=7)  # what came before it is no news to whoever has it: no clock starts by an import
FAR_ALONG: Mapping[LeadState, int] = {
    LeadState.NEW: 0,
    LeadState.ACCEPTED: 1,
    LeadState.REJECTED: 2,
    LeadState.QUALIFIED: 2,
}
ENDS = (LeadState.REJECTED, LeadState.QUALIFIED)
OF_STATE = ("state", "decided_at", "reject_cause", "reject_reason")


@dataclass(frozen=True)
class LeadOwners:
    """Whose leads are by the names in a file, and since when: a lead that came lately is theirs from this run on."""

    people: Directory
    teams: OwnerTeams
    began: datetime

    def columns(self, named: str, came_at: datetime, waits: datetime | None = None) -> ImportedRow:
        """Return what a lead says of whose it is; nobody's `waits` from then on where a day alone is known."""
        owner_id = self.people.find(named) if named else None
        is_fresh = came_at > self.began - FRESH
        if owner_id is None:
            return {
                "owner_id": None,
                "team_id": self.teams.otherwise,
                "assigned_at": waits if is_fresh else None,
            }
        team_id = self.teams.teams.get(owner_id, self.teams.otherwise)
        since = self.began if is_fresh else came_at
        return {"owner_id": owner_id, "team_id": team_id, "assigned_at": since}


class KnownBefore(NamedTuple):
    """What a batch of entries is held against, read at once: the leads there are, whose they were by a file last, and
    the firms, as names are compared, that bought before."""

    stored: "StoredLeads"
    by_file: Mapping[int, str | None]
    customers: frozenset[str]

    @classmethod
    async def of(cls, scope: Scope, entries: Sequence[ImportEntry], people: Directory) -> "KnownBefore":
        stored = await StoredLeads.of(scope, entries)
        by_file = await owners_left(scope, stored.with_another_owner(entries, people))
        return cls(stored, by_file, await customers_among(scope, entries))

    def buys(self, values: Mapping[str, Any]) -> bool:
        return comparable(values["account"] or values["name"]) in self.customers


def compare_leads(
    entries: Sequence[ImportEntry], known: KnownBefore, owners: LeadOwners, news: LeadNews
) -> Differences:
    """Return what these entries, each another person, would change."""
    differences = Differences(FileKind.LEADS)
    for entry in entries:
        row = known.stored.same(entry)
        if row is None:
            added = replace(entry, values=new_row(entry.values, owners))
            differences.added.append(added)
            note(news, added.values, known)
            continue
        if came_again(row, entry):
            news.sent_back += 1
        if entry.key in known.stored.by_id and is_another_person(row, entry.values):
            news.note_reused(row, entry.values)
        changes = changes_of(row, entry, owners, known.by_file)
        if not changes:
            differences.stays(entry, row)
            continue
        try:
            KEPT.model.model_validate({**row, **changes})
        except ValidationError as invalid:
            differences.refused.append((entry, contradiction(invalid)))
            continue
        differences.changes(entry, row, changes)
        note_change(news, row, changes, owners.people)
    return differences


def new_row(values: Mapping[str, Any], owners: LeadOwners) -> dict[str, Any]:
    named = values["owner_name"]
    columns = owners.columns(named, values["came_at"], values["assigned_at"])
    kept = {name: value for name, value in values.items() if name != "owner_name"}
    return {**kept, **columns}


def note(news: LeadNews, values: Mapping[str, Any], known: KnownBefore) -> None:
    """Take note of what is worth knowing of a new lead."""
    is_open = values["state"] in (LeadState.NEW, LeadState.ACCEPTED)
    news.nobodys += is_open and values["owner_id"] is None
    if is_open and known.buys(values):
        news.customer_count += 1
        who = f"{values['name']} ({values['account']})" if values["account"] else values["name"]
        if len(news.customers) <= MOST_CUSTOMERS:
            news.customers.append(who)


def note_change(news: LeadNews, row: ImportedRow, changes: ImportedRow, people: Directory) -> None:
    """Take note of what a file says of a lead otherwise than somebody here: what became of it, whose it is."""
    state, owner_id = changes.get("state"), changes.get("owner_id", row["owner_id"])
    ended = row["state"] in ENDS or (row["state"] is LeadState.ACCEPTED and state is LeadState.REJECTED)
    if state is not None and ended and state is not row["state"]:
        news.note_state(row["name"], row["state"], state)
    if row["owner_id"] is not None and owner_id != row["owner_id"]:
        was, now = (people.names.get(str(one), "somebody") for one in (row["owner_id"], owner_id))
        news.note_given(row["name"], was, now)


def came_again(row: ImportedRow, entry: ImportEntry) -> bool:
    """Say whether somebody who was sent back here stands in a file as new."""
    is_other = row["external_id"] != entry.values["external_id"] or row["import_sha"] != entry.sha
    return is_other and row["state"] is LeadState.REJECTED and entry.values["state"] is LeadState.NEW


def changes_of(
    row: ImportedRow, entry: ImportEntry, owners: LeadOwners, by_file: Mapping[int, str | None]
) -> ImportedRow:
    """Return what a row of the file sets on the lead there is."""
    values = {name: value for name, value in entry.values.items() if name in entry.fields}
    is_same_record = row["external_id"] in (None, entry.values["external_id"])
    if row["import_sha"] == entry.sha or not is_same_record:
        values = {name: value for name, value in values.items() if row.get(name) in (None, "")}
        values.pop("state", None)
    if row["external_id"] is None and entry.values["external_id"]:
        values["external_id"] = entry.values["external_id"]
    changes = {name: value for name, value in values.items() if name not in ("owner_name", *OF_STATE)}
    changes = {name: value for name, value in changes.items() if value not in (None, "")}
    if "state" in values:
        changes |= state_of(row, entry.values, owners.began)
    if "owner_name" in entry.fields:
        changes |= owner_of(row, entry, owners, by_file)
    changes.pop("came_at", None)  # since when they wait is known, and not changed by a file
    return {name: value for name, value in changes.items() if row[name] != value}


def state_of(row: ImportedRow, values: Mapping[str, Any], now: datetime) -> ImportedRow:
    """Return what the file says became of a lead, where it says more than is known here."""
    here, there = row["state"], values["state"]
    stays = here is there or row["deal_id"] is not None or FAR_ALONG[there] < FAR_ALONG[here]
    if stays and not (here is LeadState.REJECTED and there is here and not row["reject_reason"]):
        return {}
    told = {name: values[name] for name in OF_STATE}
    return {**told, "decided_at": row["decided_at"] if here is there else now}


def owner_of(
    row: ImportedRow, entry: ImportEntry, owners: LeadOwners, by_file: Mapping[int, str | None]
) -> ImportedRow:
    """Return whose a lead is by the file: nobody's gets an owner, and one that is as a file left it may get another."""
    member = owners.people.find(entry.values["owner_name"]) if entry.values["owner_name"] else None
    if member is None or member == row["owner_id"]:
        return {}
    as_left = row["id"] in by_file and by_file[row["id"]] == row["owner_id"]
    if row["owner_id"] is not None and (row["import_sha"] == entry.sha or not as_left):
        return {}
    return owners.columns(entry.values["owner_name"], row["came_at"])


@dataclass
class StoredLeads:
    """The leads there are of the people in some entries: by id, by address, and by name and firm."""

    by_id: dict[str, ImportedRow]
    by_email: dict[str, ImportedRow]
    by_name: dict[tuple[str, str | None], list[ImportedRow]]

    @classmethod
    async def of(cls, scope: Scope, entries: Sequence[ImportEntry]) -> "StoredLeads":
        table = KEPT.table
        said = [entry.values for entry in entries]
        ids = [one["external_id"] for one in said if one["external_id"]]
        addresses = [one["email"] for one in said if one["email"]]
        names = [comparable(one["name"]) for one in said]
        found = cls(await rows_by_key(scope, KEPT, ids), {}, {})
        for row in await rows_where(scope, KEPT, table.c.email, addresses) if addresses else ():
            found.by_email.setdefault(row["email"], row)
        for row in await rows_where(scope, KEPT, table.c.name_folded, names):
            found.by_name.setdefault((row["name_folded"], row["account_folded"]), []).append(row)
        return found

    def same(self, entry: ImportEntry) -> ImportedRow | None:
        """Return the lead there is of an entry's person; two addresses are two people."""
        values = entry.values
        found = self.by_id.get(values["external_id"] or "") or self.by_email.get(values["email"])
        if found is not None:
            return found
        firm = comparable(values["account"]) if values["account"] else None
        alike = self.by_name.get((comparable(values["name"]), firm), [])
        return next((row for row in alike if not (row["email"] and values["email"])), None)

    def with_another_owner(self, entries: Sequence[ImportEntry], people: Directory) -> list[int]:
        """Return the ids of leads that somebody has, and somebody else by their changed row of the file."""
        pairs = [(row, entry) for entry in entries if (row := self.same(entry)) is not None]
        return [
            row["id"]
            for row, entry in pairs
            if row["owner_id"] is not None
            and row["import_sha"] != entry.sha
            and people.find(entry.values["owner_name"]) not in (None, row["owner_id"])
        ]


async def owners_left(scope: Scope, lead_ids: Sequence[int]) -> dict[int, str | None]:
    """Return to whom a file gave leads last; of none that no file gave to anybody."""
    if not lead_ids:
        return {}
    change = ImportChangeRow
    statement = (
        select(change.row_id, change.before, change.after_owner_id)
        .where(
            change.workspace_id == scope.workspace_id,
            col(change.table_name) == literal_column("'lead'"),  # spelled as its index is
            col(change.row_id).in_(lead_ids),
        )
        .order_by(col(change.id))
    )
    return {
        row_id: after
        for row_id, before, after in await scope.session.exec(statement)
        if before is None or before.get("owner_id") != after
    }


async def owners_of_run(scope: Scope, run_id: int, since: datetime) -> list[str]:
    """Return to whom an import brought leads that are news to them and that nobody touched."""
    row = LeadRow
    statement = (
        select(row.owner_id)
        .where(
            row.workspace_id == scope.workspace_id,
            row.import_id == run_id,
            *UNTOUCHED,
            col(row.assigned_at) >= since,
        )
        .distinct()
    )
    return sorted(str(owner) for owner in await scope.session.exec(statement) if owner)


async def customers_among(scope: Scope, entries: Sequence[ImportEntry]) -> frozenset[str]:
    """Return which of the firms of some entries bought before."""
    names = {comparable(entry.values["account"] or entry.values["name"]) for entry in entries}
    row = OpportunityRow
    bought: Any = (
        select(row.account_folded)
        .where(
            row.workspace_id == scope.workspace_id,
            row.stage == Stage.WON,
            col(row.account_folded).in_(names),
        )
        .distinct()
    )
    return frozenset(await scope.session.exec(bought))
