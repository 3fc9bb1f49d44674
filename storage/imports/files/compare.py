"""Comparing: what a batch of entries would add or change.

A stored row is touched only if the file's row differs from the one last taken in. Then the file wins, but
only for what it states itself; what somebody changed in Slack stays otherwise. A deal that was given to somebody else
stays theirs until the file names another owner than it did before. A gap that can be filled now
(a list price, a product's usual spelling) is filled as long as nobody filled it. What a rate made of an amount in
another currency follows the rate.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from pydantic import ValidationError

from sales.imports.files.deal_news import is_otherwise
from sales.imports.files.entry import ImportEntry
from sales.imports.files.lookalike import is_another
from sales.imports.files.preset import FileKind
from sales.imports.files.record_id import short_id
from sales.language.names.match import name_key
from sales.people.directory import Directory
from sales.people.pseudonym import FORMER
from sales.pipeline.opportunity import CLOSED, Stage
from storage.imports.files.by_name import TWO_OF_A_NAME, NamedDeals
from storage.imports.files.rows import TABLES, ImportedRow, KeptRows, rows_by_key
from storage.imports.files.twins import TypedDeals, as_it_is
from storage.pipeline.deal_history import owners_on_file
from storage.scope import Scope

ENTERED = ("stage", "opened_on", "closed_on")  # what passing the gate says of a deal


@dataclass
class Differences:
    """What a batch means for one table: entries to add, rows to change with their news, and the rest."""

    kind: FileKind
    added: list[ImportEntry] = field(default_factory=list)
    changed: list[tuple[ImportedRow, ImportedRow]] = field(
        default_factory=list
    )  # stored row, what to set on it
    unchanged: int = 0
    stayed: list[tuple[ImportEntry, ImportedRow]] = field(
        default_factory=list
    )  # of those, with the stored row
    altered: list[ImportEntry] = field(default_factory=list)  # of those that change, as `changed` has them
    refused: list[tuple[ImportEntry, str]] = field(default_factory=list)
    twins: list[tuple[ImportEntry, ImportedRow]] = field(
        default_factory=list
    )  # added, and maybe here already
    joined: list[tuple[ImportEntry, ImportedRow]] = field(default_factory=list)  # and said to be so
    reused: list[tuple[ImportEntry, ImportedRow]] = field(
        default_factory=list
    )  # ids that were another deal's

    def stays(self, entry: ImportEntry, row: ImportedRow) -> None:
        """Take note of a row that is as it was."""
        self.unchanged += 1
        self.stayed.append((entry, row))

    def changes(self, entry: ImportEntry, row: ImportedRow, news: ImportedRow) -> None:
        """Take note of a row that changes, and of what."""
        self.changed.append((row, {**news, "import_sha": entry.sha}))
        self.altered.append(entry)

    @cached_property
    def kept(self) -> list[tuple[ImportEntry, ImportedRow]]:
        """The deals that stay as somebody said them here, where the file says otherwise."""
        if self.kind is not FileKind.DEALS:
            return []
        return [(entry, row) for entry, row in self.stayed if is_otherwise(row, entry.values, entry.fields)]


async def compare(
    scope: Scope,
    kind: FileKind,
    entries: Sequence[ImportEntry],
    people: Directory,
    typed: TypedDeals | None = None,
    named: NamedDeals | None = None,
) -> Differences:
    """Return what these entries, all of different keys, would change. Writes nothing."""
    kept = TABLES[kind]
    stored = await stored_rows(scope, kept, [entry.key for entry in entries])
    by_key = set(stored)
    differences = Differences(kind)
    if named is not None:
        found = await named.rows(scope, [entry for entry in entries if entry.key not in stored])
        stored |= found.rows
        differences.refused += [(entry, TWO_OF_A_NAME) for entry in found.unclear]
        entries = [entry for entry in entries if entry not in found.unclear]
    on_file = await owners_on_file(scope, other_owners(entries, stored)) if kind is FileKind.DEALS else {}
    for entry in entries:
        row, said = stored.get(entry.key), stated
        if row is None and typed is not None and (twin := typed.like(entry, people)) is not None:
            if not typed.is_same(entry):
                differences.twins.append((entry, twin))
            elif (row := await as_it_is(scope, twin)) is not None:
                said = joined
        if row is None:
            differences.added.append(entry)
            continue
        if kind is FileKind.DEALS and entry.key in by_key and is_another(row, entry.values):
            differences.reused.append((entry, row))
        news = gaps_filled(row, entry) if row["import_sha"] == entry.sha else said(row, entry)
        if "owner_name" in news:
            news["owner_name"] = kept_name(row, news["owner_name"], people)
        if "owner_name" in news and news["owner_name"] != row["owner_name"]:
            news |= owner(row, entry.values["owner_name"], on_file.get(row["id"]), people)
        news = {name: value for name, value in news.items() if row[name] != value}
        if not news:
            differences.stays(entry, row)
            continue
        try:
            kept.model.model_validate({**row, **news})
        except ValidationError as invalid:
            differences.refused.append((entry, contradiction(invalid)))
            continue
        differences.changes(entry, row, news)
        if said is joined:
            differences.joined.append((entry, {**row, **news}))
    return differences


async def stored_rows(scope: Scope, kept: KeptRows, keys: Sequence[str]) -> dict[str, ImportedRow]:
    """Return the stored rows of these keys; a record kept under its short id is found by its long one."""
    stored = await rows_by_key(scope, kept, keys)
    if kept is not TABLES[FileKind.DEALS]:
        return stored
    short = {one: key for key in keys if key not in stored and (one := short_id(key))}
    found = await rows_by_key(scope, kept, list(short)) if short else {}
    return stored | {short[one]: row for one, row in found.items()}


def closes(row: ImportedRow, news: ImportedRow) -> bool:
    """Say whether a change wins or loses a deal."""
    return news.get("stage") in CLOSED and row.get("stage") not in CLOSED


def pushes(row: ImportedRow, news: ImportedRow) -> bool:
    """Say whether a change has a deal close later than it was expected to."""
    was, now = row.get("expected_on"), news.get("expected_on")
    return was is not None and now is not None and now > was and news.get("stage", row["stage"]) not in CLOSED


def other_owners(entries: Sequence[ImportEntry], stored: Mapping[str, ImportedRow]) -> list[int]:
    """Return the ids of stored deals for which the file names another owner than they have."""
    pairs = [(entry, stored[entry.key]) for entry in entries if entry.key in stored]
    return [
        row["id"]
        for entry, row in pairs
        if "owner_name" in entry.fields
        and entry.values["owner_name"] != row["owner_name"]
        and entry.sha != row["import_sha"]
    ]


def kept_name(row: ImportedRow, named: str, people: Directory) -> str:
    """Return the owner's name that a file brings, as it may be kept.

    A deal of somebody forgotten stays so, also where the name is that of somebody here by now.
    """
    erased = people.erased(named)
    return str(row["owner_name"]) if erased and erased == row["owner_id"] else people.shown(named)


def owner(row: ImportedRow, named: str, on_file: str | None, people: Directory) -> ImportedRow:
    """Return whose a deal is by a file; where it names who had it before it was given away, whose it is now."""
    member = people.find(named)
    same = on_file is not None and (
        named == on_file
        or (member is not None and member == people.find(on_file))
        or (on_file == FORMER and people.erased(named) is not None)
    )
    if same:
        return {"owner_name": row["owner_name"], "owner_id": row["owner_id"]}
    return {"owner_id": member}


def stated(row: ImportedRow, entry: ImportEntry) -> ImportedRow:
    """Return what a changed row of the file sets: what it states, and what follows from that."""
    news: ImportedRow = {name: entry.values[name] for name in entry.fields}
    if row.get("entry") and news.get("stage") is Stage.SUSPECT:
        # Somebody here said that it is past the gate; its stage in the file is from before that.
        news = {name: value for name, value in news.items() if name not in ENTERED}
    subject = ("account", "product")
    if entry.derived_name and any(not same(row[name], news.get(name, row[name])) for name in subject):
        news["name"] = entry.values["name"]
    return {**gaps_filled(row, entry), **news}


def joined(row: ImportedRow, entry: ImportEntry) -> ImportedRow:
    """Return what a file sets on a deal that was typed here: where it was won or lost here, only what nobody said."""
    if row["stage"] not in CLOSED:
        return {**stated(row, entry), "external_id": entry.key}
    names = entry.fields - {*ENTERED, "expected_on", "converted_minor"}
    news: ImportedRow = {name: entry.values[name] for name in names if row[name] in (None, "")}
    if "owner_name" in news and row["owner_id"] is not None:
        del news["owner_name"]
    return {**news, "external_id": entry.key}


def gaps_filled(row: ImportedRow, entry: ImportEntry) -> ImportedRow:
    """Return what an unchanged row of the file can fill in by now, where nobody has said anything else."""
    news: ImportedRow = {}
    for name in ("account", "product"):
        spelled = entry.filled.get(name)
        if spelled and row[name] and same(row[name], spelled):
            news[name] = spelled
    if "value_minor" in entry.filled and row["value_minor"] == 0 and row["stage"] not in CLOSED:
        news["value_minor"] = entry.filled["value_minor"]
    if is_still_by_rate(row, entry):
        news["value_minor"] = news["converted_minor"] = entry.values["converted_minor"]
    made = " – ".join(filter(None, (row.get("account"), row.get("product"))))
    if entry.derived_name and row["name"] == made:
        news["name"] = entry.values["name"]
    return news


def is_still_by_rate(row: ImportedRow, entry: ImportEntry) -> bool:
    """Say whether a deal is worth what a rate made of it, so that another rate makes something else of it.

    What somebody valued in Slack since stays, and so does what was won or lost there before the file says so.
    """
    if entry.values.get("converted_minor") is None or row["converted_minor"] != row["value_minor"]:
        return False
    return row["stage"] not in CLOSED or entry.values["stage"] in CLOSED


def same(one: str | None, other: str | None) -> bool:
    return name_key(one or "") == name_key(other or "")


def contradiction(invalid: ValidationError) -> str:
    """Return why a change cannot stand beside what somebody entered in Slack."""
    said: list[Any] = [one["msg"].removeprefix("Value error, ").rstrip(".") for one in invalid.errors()]
    return f"contradicts what was entered in Slack since: {'; '.join(said)}"
