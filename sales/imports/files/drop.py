"""Dropped files: what a file that somebody dropped in Slack is on its way to, and what its one message says of it."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from enum import StrEnum
from typing import Any

from sqlmodel import Field, SQLModel

from sales.coaching.drill.deck_change import DeckOutlook
from sales.craft.library_change import LibraryOutlook
from sales.imports.files.preset import FileKind
from sales.language.dates.instants import local_date
from sales.language.typed_text import shorten

MOST_BYTES = 50_000_000  # as people read a size: 50 MB
MOST_AT_ONCE = 5  # files of one message
ANSWERS = timedelta(days=1)  # a preview waits for so long, and so long our copy of the file is kept
UNDO = timedelta(days=1)  # so long an import can be taken back with a tap
MOST_SAMPLES = 3  # rows as they would be
MOST_STAGES = 40  # words for stages that a form has room for
MOST_CAUSES = 5  # for which rows are refused
ENDINGS = frozenset({"csv", "tsv", "tab", "txt", "xlsx", "xls", "xlsm", "ods"})
MARKDOWN = ("md", "markdown")  # a team's library, or cards
CELL = 120  # characters of an example


class DropStep(StrEnum):
    """Where a dropped file is on its way. At those of `WORK` it waits for us, else for a person or for nothing."""

    ARRIVED = "arrived"  # to be fetched, read, and compared with what is known
    SHOWN = "shown"  # questions or a preview stand in its message
    CONFIRMED = "confirmed"  # to be taken in
    TAKEN = "taken"  # in, and can be taken back for a day
    UNDOING = "undoing"  # to be taken back
    UNDONE = "undone"
    KEPT = "kept"  # in for good
    CANCELLED = "cancelled"
    EXPIRED = "expired"  # nobody confirmed it for a day
    FAILED = "failed"  # why stands in its message


DEALS, LEADS = "deals", "leads"  # what the rows of most files are, as they are told
OTHER_WORDS: Mapping[FileKind, str] = {FileKind.CONTENT: "content events"}
WORK = frozenset({DropStep.ARRIVED, DropStep.CONFIRMED, DropStep.UNDOING})
HELD = frozenset({DropStep.ARRIVED, DropStep.SHOWN, DropStep.CONFIRMED})  # while our copy of the file is kept
ENDED = frozenset(set(DropStep) - WORK - {DropStep.SHOWN, DropStep.TAKEN})


def things_in(kind: FileKind) -> str:
    """Return what the rows of a file are, in words: "deals", "content events"."""
    return OTHER_WORDS.get(kind, kind.value)


class Offered(SQLModel):
    """One answer to a question: the word that is kept, and what is read."""

    value: str
    label: str


class FileQuestion(SQLModel):
    """Something about a file that is not sure: what a column is, what a stage means, how letters are written.

    `kind` and `about` name it; `seen` are examples out of the file, `count` the rows it concerns. `likely` is the
    answer that stands there first, and `answer` what the person chose; `since` is the day on which it was chosen for an
    earlier file, and `against` what in this one does not fit it.
    """

    kind: str
    about: str
    offered: list[Offered]
    seen: list[str] = Field(default_factory=list)
    count: int = 0
    likely: str = ""
    answer: str = ""
    since: str = ""
    against: str = ""


class ColumnTaken(SQLModel):
    """What a column of a file is taken for; nothing where it is not used."""

    header: str
    taken_for: str = ""
    guessed: bool = False


class StageTaken(SQLModel):
    """What a word for a stage is taken for."""

    word: str
    taken_for: str


class DealSample(SQLModel):
    """A row as it would be: days in ISO form, as it is kept as JSON."""

    name: str
    owner: str = ""
    stage: str = ""
    value_minor: int = 0
    currency: str = "USD"
    opened: str = ""
    closes: str = ""
    firm: str = ""  # of a lead, as where they are from
    source: str = ""
    email: str = ""
    came: str = ""  # the day


class CauseTold(SQLModel):
    """Why rows are refused: how many, and on which lines, as they are told."""

    count: int
    reason: str
    line: int = 0  # as those kept it that were told before `lines` was
    lines: str = ""


class ImportOutlook(SQLModel):
    """What a file would change, or has changed: its rows by what becomes of them."""

    rows: int = 0
    kind: str = ""
    things: str = DEALS  # what its rows are
    columns: list[ColumnTaken] = Field(default_factory=list)
    stages: list[StageTaken] = Field(default_factory=list)
    samples: list[DealSample] = Field(default_factory=list)
    added: int = 0
    changed: int = 0
    closed: int = 0
    pushed: int = 0
    kept: int = 0
    unchanged: int = 0
    repeated: int = 0
    refused: int = 0
    causes: list[CauseTold] = Field(default_factory=list)
    notes: list[str] = Field(default_factory=list)
    unmatched: list[str] = Field(default_factory=list)
    unmatched_count: int = 0
    settled: list[FileQuestion] = Field(default_factory=list)  # what was said and decides how it is read

    @property
    def changes_nothing(self) -> bool:
        return not (self.added or self.changed)


class DropProgress(SQLModel):
    """How far a file is: rows done of those in all; none where nobody has counted yet."""

    done: int = 0
    rows: int = 0


class DropNews(SQLModel):
    """What the message of a dropped file says beside its step.

    `trouble` is why something cannot be done, with the mend; `again` says that trying once more may help.
    """

    progress: DropProgress = Field(default_factory=DropProgress)
    questions: list[FileQuestion] = Field(default_factory=list)
    outlook: ImportOutlook | None = None
    library: LibraryOutlook | None = None  # of a file for a team's library, in the place of the outlook
    deck: DeckOutlook | None = None  # of a file of cards
    trouble: str = ""
    again: bool = False
    removed: int = 0
    restored: int = 0
    things: str = DEALS
    left: list[str] = Field(default_factory=list)
    balances: list[str] = Field(default_factory=list)  # whose starting balance has deals of its days now

    @property
    def open_questions(self) -> list[FileQuestion]:
        return [one for one in self.questions if not one.answer]


def is_table(name: str) -> bool:
    """Say whether a file may hold a table, by the end of its name; one without an end may."""
    _, dot, ending = name.rpartition(".")
    return not dot or ending.casefold() in ENDINGS


def is_of_library(name: str) -> bool:
    """Say whether a file is one for a team's library, by the end of its name."""
    _, dot, ending = name.rpartition(".")
    return bool(dot) and ending.casefold() in MARKDOWN


def sample_of(values: Mapping[str, Any], zone: str) -> DealSample:
    """Return a row of these values as the preview shows it, its days by the clock of a zone."""
    if "came_at" in values:
        return DealSample(
            name=shorten(str(values["name"]), CELL),
            firm=shorten(str(values["account"] or ""), CELL),
            owner=shorten(str(values["owner_name"]), CELL),
            source=shorten(str(values["source"] or ""), CELL),
            email=shorten(str(values["email"] or ""), CELL),
            came=local_date(values["came_at"], zone).isoformat(),
            stage=str(values["state"]),
        )
    closes = values.get("closed_on") or values.get("expected_on")
    opened = values.get("opened_on")
    return DealSample(
        name=shorten(str(values["name"] or values.get("email") or ""), CELL),
        owner=shorten(str(values.get("owner_name") or ""), CELL),
        stage=str(values.get("stage") or ""),
        value_minor=int(values.get("value_minor") or 0),
        currency=str(values.get("currency") or "USD"),
        opened=opened.isoformat() if opened else "",
        closes=closes.isoformat() if closes else "",
    )


def file_named(name: str) -> str:
    """Return a name that a file of ours may have: no folder in it, nothing unseen, and not too long."""
    last = name.replace("\\", "/").rpartition("/")[2]
    kept = "".join(one for one in last if one.isprintable()).strip(" .")
    stem, dot, ending = kept.rpartition(".")
    return f"{stem[:80]}.{ending[:8]}" if dot and stem else (kept[:80] or "file.csv")


def answered(questions: Sequence[FileQuestion], kind: str, about: str, value: str) -> list[FileQuestion]:
    """Return questions with one of them answered; an answer that was not offered is none."""
    return [
        one.model_copy(update={"answer": value})
        if (one.kind, one.about) == (kind, about) and value in {each.value for each in one.offered}
        else one
        for one in questions
    ]
