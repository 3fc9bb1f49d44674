"""Leads in files: one row as a checked lead, or every reason why it cannot be one; and who is there twice (35)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from sales.imports.files.blanks import is_blank
from sales.imports.files.cell_errors import is_error
from sales.imports.files.clock_time import instant_of
from sales.imports.files.dates import DateOrder, read_date
from sales.imports.files.entry import ImportEntry, Reading, RefusedRow, Remark, TakenRow, fingerprint
from sales.imports.files.header import Layout
from sales.imports.files.lead_states import LeadStates, why_rejected
from sales.imports.files.names import tidy_cell
from sales.imports.files.preset import LEAD_DATES
from sales.imports.files.sheet import SheetRecord
from sales.imports.files.tally import SHAS
from sales.imports.files.terms import ImportTerms
from sales.language.dates.instants import local_date, local_instant
from sales.language.figures import plural
from sales.language.names.descent import comparable
from sales.language.typed_text import MAX_NAME, MAX_WORDS, shorten
from sales.prospects.lead import MAX_EMAIL, MAX_PHONE, MAX_TITLE, Lead, LeadState

ADDRESS = re.compile(r"[^@\s<>]+@[^@\s<>]+\.[^@\s<>.]+")
LONGEST: Mapping[str, int] = {"id": 100, "email": MAX_EMAIL, "phone": MAX_PHONE}  # other names have MAX_NAME
CUT: Mapping[str, int] = {
    "title": MAX_TITLE,
    "note": MAX_WORDS,
    "reason": MAX_WORDS,
}  # what still says enough
MOST_DOUBLES = 3  # told one by one
FIELDS: Mapping[str, str] = {  # of a lead, and the column that states it
    "title": "title",
    "email": "email",
    "phone": "phone",
    "source": "source",
    "owner_name": "owner",
    "note": "note",
    "state": "status",
    "came_at": "came",
    "first_call_at": "called",
}


class LeadReader:
    """Reads the rows of one file of leads. Days are those of a zone; nothing of a lead is later than `now`."""

    def __init__(
        self,
        layout: Layout,
        orders: Mapping[str, DateOrder | None],
        terms: ImportTerms,
        zone: str,
        now: datetime,
    ) -> None:
        self.layout, self.orders, self.zone, self.now = layout, orders, zone, now
        self.states = LeadStates(terms.states)
        self.apart = f"{terms.apart}:" if terms.apart else ""

    def read(self, record: SheetRecord) -> Reading:
        """Return the row's lead with what was noticed about it, or all reasons against it."""
        if wrong := self.layout.wrong_width(record.fields):
            return RefusedRow((wrong,))
        text = {column: self.cell(record, column, at) for column, at in self.layout.at.items()}
        reasons, remarks = self.reasons(text), list[tuple[Remark, str]]()
        self.name(text, reasons)
        self.cut(text, remarks)
        email = self.address(text, remarks)
        days = {column: self.day(text, column, reasons) for column in LEAD_DATES}
        said = self.states.read(text.get("status", ""))
        if said.reason:
            reasons.append(said.reason)
        if reasons or said.state is None:
            return RefusedRow(tuple(reasons))
        lead = self.lead(text, email, said.state, self.instants(text, days))
        return TakenRow(self.entry(text, lead), tuple(remarks))

    def cell(self, record: SheetRecord, column: str, at: int) -> str:
        """Return what a row says in a column: of several for one thing, the first that is filled."""
        for each in self.layout.actual.get(column, (at,)):
            text = tidy_cell(record.fields[each]) if record.fields[each] else ""
            if not is_blank(text):
                return text
        return ""

    def reasons(self, text: dict[str, str]) -> list[str]:
        """Return why single cells cannot stand."""
        found = []
        for column, cell in text.items():
            if not cell:
                continue
            most = LONGEST.get(column, MAX_NAME) - (len(self.apart) if column == "id" else 0)
            if column not in CUT and len(cell) > most:
                found.append(
                    f"{self.layout.header(column)} is {plural(len(cell), 'character')} long; {most} fit"
                )
            if is_error(cell):
                found.append(f"{self.layout.header(column)} holds an error of a spreadsheet ({cell})")
        return found

    def name(self, text: dict[str, str], reasons: list[str]) -> None:
        """Put the parts of a name together; a firm without a person goes by its name, a person by their address."""
        name = text.get("name") or " ".join(filter(None, (text.get("first"), text.get("last"))))
        account = text.get("account", "")
        if not name and account:
            name, account = account, ""
        text["name"], text["account"] = name or text.get("email", ""), account
        if not text["name"]:
            reasons.append("has neither a name nor a company nor an e-mail address")
        elif len(text["name"]) > MAX_NAME and not reasons:
            reasons.append(f"has a name of {plural(len(text['name']), 'character')}; {MAX_NAME} fit")

    def cut(self, text: dict[str, str], remarks: list[tuple[Remark, str]]) -> None:
        for column in CUT.keys() & text.keys():
            if len(text[column]) > CUT[column]:
                remarks.append((Remark.CUT, self.layout.header(column)))
                text[column] = shorten(text[column], CUT[column])

    def address(self, text: dict[str, str], remarks: list[tuple[Remark, str]]) -> str:
        """Return an e-mail address; what is none is left out, and told."""
        said = text.get("email", "")
        if said and not ADDRESS.fullmatch(said):
            remarks.append((Remark.NO_ADDRESS, shorten(said)))
            return ""
        return said.lower()

    def day(self, text: dict[str, str], column: str, reasons: list[str]) -> date | None:
        if not text.get(column):
            return None
        try:
            return read_date(text[column], self.orders.get(column))
        except ValueError as wrong:
            reasons.append(f"{self.layout.header(column)}: {wrong}")
            return None

    def lead(
        self, text: Mapping[str, str], email: str, state: LeadState, at: Mapping[str, datetime | None]
    ) -> Lead:
        """Return the lead of a row. One that was decided on a day the file does not say was so when it came."""
        came = at["came"] or self.now
        cause, why = why_rejected(text.get("reason", ""), text.get("status", ""))
        rejected = state is LeadState.REJECTED
        decided = None if state is LeadState.NEW else max(came, at["decided"] or came)
        return Lead.model_validate(
            {
                "external_id": f"{self.apart}{text['id']}" if text.get("id") else None,
                "name": text["name"],
                "account": text["account"] or None,
                "title": text.get("title", ""),
                "email": email,
                "phone": text.get("phone", ""),
                "source": text.get("source") or None,
                "state": state,
                "came_at": came,
                "assigned_at": at["waits"],
                "first_call_at": at["called"],
                "decided_at": decided,
                "reject_cause": cause if rejected else None,
                "reject_reason": why if rejected else "",
                "note": text.get("note", ""),
            }
        )

    def instants(
        self, text: Mapping[str, str], days: Mapping[str, date | None]
    ) -> dict[str, datetime | None]:
        """Return when each day was, to the minute where the file says so: else as it began, and at the latest now.

        Of one that came at an hour that nobody wrote down, the clock begins now: no clock runs from midnight.
        """
        found = {column: self.instant(text.get(column, ""), day) for column, day in days.items()}
        came = days.get("came")
        if came is None or instant_of(text["came"], came, self.zone) is not None:
            return {**found, "waits": None}
        if came == local_date(self.now, self.zone):
            found["came"] = self.now
        return {**found, "waits": self.now}

    def instant(self, cell: str, day: date | None) -> datetime | None:
        if day is None:
            return None
        stated = instant_of(cell, day, self.zone)
        return min(stated or local_instant(self.zone, time.min, day), self.now)

    def entry(self, text: Mapping[str, str], lead: Lead) -> ImportEntry:
        stated = {name for name, column in FIELDS.items() if column in self.layout.at}
        values = {**lead.model_dump(), "owner_name": text.get("owner", "")}
        return ImportEntry(
            key=lead.external_id or key_of_person(lead),
            said=tuple(sorted(text.items())),
            values=values,
            fields=frozenset({"name", "account", *stated}),
        )


def key_of_person(lead: Lead) -> str:
    """Return what a lead without an id goes by: their address, else their name and firm."""
    return lead.email or (f"{lead.name} · {lead.account}" if lead.account else lead.name)


@dataclass
class SeenPeople:
    """Leads met in a file so far: their ids and addresses, and names with firms, each with the line, in numbers alone.

    Two rows of one address are one person, whatever their ids. So are two of one name and firm, unless both have an
    address. The first row counts.
    """

    ids: dict[str, int] = field(default_factory=dict)
    people: dict[int, int] = field(default_factory=dict)
    names: dict[int, tuple[int, bool]] = field(default_factory=dict)
    doubles: list[tuple[int, int]] = field(default_factory=list)
    count: int = 0

    def meet(self, entry: ImportEntry, line: int) -> str | None:
        """Note a row; return "" where its person stands above, a reason where its id is another's, else None."""
        values, external_id = entry.values, entry.values["external_id"]
        before, is_same = self.line_of(values)
        if external_id:
            sha = int(entry.sha, 16)
            first, said = divmod(self.ids.setdefault(external_id, line * SHAS + sha), SHAS)
            if first != line and said == sha:
                return ""
            if first != line and before != first:
                return f"“{external_id}” is on line {first} already, with other content"
        if is_same:
            self.count += 1
            self.doubles += [(before, line)] if len(self.doubles) < MOST_DOUBLES else []
            return ""
        if values["email"]:
            self.people.setdefault(marked(values["email"]), line)
        self.names.setdefault(name_mark(values), (line, bool(values["email"])))
        return None

    def line_of(self, values: Mapping[str, Any]) -> tuple[int, bool]:
        """Return the line on which a row's person stands already, and whether they do."""
        address = values["email"]
        line = self.people.get(marked(address), 0) if address else 0
        if not line:
            line, has_address = self.names.get(name_mark(values), (0, False))
            line = 0 if address and has_address else line
        return line, line > 0

    def told(self) -> list[str]:
        """Say which rows were of one person; nothing where none was."""
        if not self.count:
            return []
        lines = "; ".join(f"line {later} is the same person as line {first}" for first, later in self.doubles)
        more = f", and {self.count - len(self.doubles)} more" if self.count > len(self.doubles) else ""
        return [
            f"{plural(self.count, 'row is of a person', 'rows are of people')} named before: {lines}{more}."
        ]


def marked(text: str) -> int:
    return int(fingerprint((text,)), 16)


def name_mark(values: Mapping[str, Any]) -> int:
    return int(fingerprint((comparable(values["name"]), comparable(values["account"] or ""))), 16)
