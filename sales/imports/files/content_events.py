"""Content events in files: who used what and when, each row once; one without an id goes by what it says (#41)."""

from datetime import datetime
from zoneinfo import ZoneInfo

from sales.imports.files.entry import ImportEntry, Reading, RefusedRow, TakenRow, fingerprint
from sales.imports.files.header import Layout
from sales.imports.files.names import tidy_cell
from sales.imports.files.sheet import SheetRecord
from sales.language.dates.instants import place
from sales.language.figures import plural
from sales.language.typed_text import MAX_NAME, on_one_line, shorten
from sales.prospects.content_event import MAX_EMAIL, MAX_EVENT_ID
from sales.prospects.content_event_phrase import event_of
from sales.refusal import Refusal

FIELDS = {  # of an event, and the column that says it
    "event_id": "event",
    "email": "email",
    "name": "person",
    "account": "account",
    "content": "used",
    "action": "action",
    "happened_at": "at",
}
SAID_OF = {"id": "event", "email": "email", "content": "used", "action": "action", "at": "at"}
LONGEST = {"event": MAX_EVENT_ID, "email": MAX_EMAIL}
WRITTEN = (
    "%d.%m.%Y %H:%M",
    "%d.%m.%Y",
    "%Y/%m/%d %H:%M",
    "%Y/%m/%d",
)  # beside ISO 8601, what nobody reads otherwise


class ContentEventReader:
    """Reads who used what. Times without a zone are by the clock of the team whose file it is."""

    def __init__(self, layout: Layout, zone: str, now: datetime) -> None:
        self.layout = layout
        self.zone = place(zone)
        self.now = now

    def read(self, record: SheetRecord) -> Reading:
        """Return the row's entry, or the reason against it."""
        if wrong := self.layout.wrong_width(record.fields):
            return RefusedRow((wrong,))
        text = {column: on_one_line(tidy_cell(record.fields[at])) for column, at in self.layout.at.items()}
        limits = {column: LONGEST.get(column, MAX_NAME) for column in text}
        reasons = [
            f"{self.layout.header(column)} is {plural(len(cell), 'character')} long; {limits[column]} fit"
            for column, cell in text.items()
            if len(cell) > limits[column]
        ]
        if reasons:
            return RefusedRow(tuple(reasons))
        said = {name: text.get(column, "") for name, column in FIELDS.items()}
        said["event_id"] = said["event_id"] or f"row-{fingerprint(tuple(sorted(said.items())))}"
        try:
            said["happened_at"] = instant(said["happened_at"], self.zone)
            event = event_of(said, self.now)
        except Refusal as refused:
            return RefusedRow((self.in_file_words(refused),))
        values = {**event.model_dump(exclude={"event_id"}), "received_at": self.now}
        stated = frozenset(values) - {"received_at"}
        return TakenRow(ImportEntry(event.event_id, tuple(sorted(text.items())), values, stated))

    def in_file_words(self, refused: Refusal) -> str:
        """Return why a row is refused, with the column as the file calls it."""
        column = SAID_OF.get(refused.field or "", "")
        return f"{self.layout.header(column)}: {refused.text}" if column in self.layout.at else refused.text


def instant(cell: str, zone: ZoneInfo) -> str:
    """Return when a cell says something happened, with its zone; as it is where that cannot be told.

    Raises:
        Refusal: for what is no date that can be read one way only.
    """
    if not cell or cell.replace(".", "", 1).isdigit():
        return cell
    try:
        at = datetime.fromisoformat(cell)
    except ValueError:
        at = written(cell)
    return (at if at.tzinfo is not None else at.replace(tzinfo=zone)).isoformat()


def written(cell: str) -> datetime:
    for form in WRITTEN:
        try:
            return datetime.strptime(cell, form)  # noqa: DTZ007  # the zone is the team's, given by the caller
        except ValueError:
            continue
    raise Refusal(f"“{shorten(cell, 30)}” is no day such as 2026-09-14 09:40", field="at")
