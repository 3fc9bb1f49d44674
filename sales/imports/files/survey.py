"""The survey: a first pass over a file that learns what single rows cannot tell.

It sees how the file writes dates and amounts, which of two columns for one thing is it, and what would make the whole
file wrong: ids a spreadsheet rounded, deals split over several rows.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from sales.imports.files.amounts import AmountEvidence
from sales.imports.files.contents import Contents, Words
from sales.imports.files.dates import DateEvidence, DateOrder, decided_orders, undecided
from sales.imports.files.header import Draft, Layout, dates_in, no_fit
from sales.imports.files.names import tidy_cell
from sales.imports.files.near_miss import may_matter, near_misses
from sales.imports.files.preset import DATE_COLUMNS, FileKind
from sales.imports.files.questions import ColumnQuestion, DatesQuestion, Question, UnsureFile
from sales.imports.files.record_id import IdEvidence
from sales.imports.files.sheet import Damaged, SheetRecord
from sales.imports.files.splits import SplitEvidence
from sales.imports.files.terms import ImportTerms
from sales.refusal import Refusal

SAMPLE_ROWS = 3  # shown to whoever is asked whether this is what they meant


@dataclass
class Survey:
    """How a file writes dates and amounts, which stage words it has, and how many rows."""

    rows: int = 0
    orders: dict[str, DateOrder | None] = field(default_factory=dict)
    mark: str | None = None
    words: dict[str, Counter[str]] = field(default_factory=dict)
    sample: list[SheetRecord] = field(default_factory=list)


class Surveyor:
    """Sees the rows of a file, one after the other, with what its header leaves open."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        dated = dates_in(draft)
        self.dates = {at: DateEvidence() for places in dated.values() for at in places}
        self.amounts = {at: AmountEvidence() for at in draft.places.get("value", ())}
        contested = [at for places in draft.places.values() if len(places) > 1 for at in places]
        flags = [at for at in draft.places.get("closed", ()) if at not in draft.given]
        self.contents = {at: Contents() for at in (*contested, *flags, *may_matter(draft))}
        stages = [*draft.places.get("stage", ()), *draft.places.get("status", ())]
        self.words = {at: Words() for at in stages}
        self.ids = IdEvidence()
        self.split = SplitEvidence.of(draft)
        self.rows = 0
        self.sample: list[SheetRecord] = []

    def see(self, row: SheetRecord | Damaged) -> None:
        """Take one row into account."""
        self.rows += 1
        if isinstance(row, Damaged) or len(row.fields) != len(self.draft.headers):
            return
        cells = row.fields
        for at, date_evidence in self.dates.items():
            date_evidence.see(cells[at].strip())
        for at, amount_evidence in self.amounts.items():
            amount_evidence.see(cells[at].strip())
        for at, words in self.words.items():
            words.see(cells[at])
        for at, contents in self.contents.items():
            if not contents.is_known:
                contents.see(tidy_cell(cells[at]))
        for at in self.draft.places.get("id", ())[:1]:
            self.ids.see(cells[at].strip())
        if self.split is not None:
            self.split.see(cells)
        if len(self.sample) < SAMPLE_ROWS:
            self.sample.append(row)


def surveyed(
    rows: Iterable[SheetRecord | Damaged], draft: Draft, terms: ImportTerms
) -> tuple[Layout, Survey]:
    """Survey the rows below a header; return where the columns are, and what single rows cannot tell.

    Raises:
        UnsureFile: if a column may be what the file lacks, or its dates can be read two ways.
        Refusal: if a needed column is missing, or the file as a whole cannot be right.
    """
    seen = Surveyor(draft)
    for row in rows:
        seen.see(row)
    if draft.preset.kind is not FileKind.DEALS:
        if draft.lacks:
            raise no_fit(draft, asked=terms.preset is not None)
        return Layout(
            draft.preset, {name: at[0] for name, at in draft.places.items()}, draft.headers
        ), Survey(seen.rows, sample=seen.sample)
    layout = settled(draft, seen, terms)
    if seen.split is not None:
        seen.split.require_whole()
    seen.ids.require_whole(layout.header("id"))
    dated = {column: seen.dates[layout.at[column]] for column in DATE_COLUMNS if column in layout.at}
    orders = decided_orders(dated, terms.dates)
    if open_columns := undecided(dated, orders):
        name = open_columns[0]
        raise UnsureFile([DatesQuestion(layout.header(name), dated[name].example)], field="dates")
    mark = seen.amounts[layout.at["value"]].mark if "value" in layout.at else None
    words: dict[str, Counter[str]] = {
        column: seen.words[layout.at[column]].counts for column in ("stage", "status") if column in layout.at
    }
    return layout, Survey(seen.rows, orders, mark, words, seen.sample)


def settled(draft: Draft, seen: Surveyor, terms: ImportTerms) -> Layout:
    """Return the one place of each column, by what stands in those that come into question.

    Raises:
        UnsureFile: if a column that nobody knows may be one that is lacking.
        Refusal: if one is lacking and nothing comes into question.
    """
    at, further = dict[str, int](), dict[str, tuple[int, ...]]()
    for meaning, places in draft.places.items():
        fitting = [one for one in places if belongs(meaning, one, draft, seen)]
        if not fitting:
            continue
        at[meaning] = fitting[0]
        if meaning in draft.preset.joined and len(fitting) > 1:
            further[meaning] = tuple(fitting[1:])
    # What is put aside on purpose, a second column of a meaning that has its own, is no candidate for another.
    aside = {one for places in draft.places.values() for one in places} - set(at.values())
    reduced = replace(draft, places={name: (one,) for name, one in at.items()}, left=draft.left | aside)
    questions: list[Question] = [*near_misses(reduced, seen.contents)]
    if reduced.lacks and not _all_asked(reduced.lacks, questions):
        if questions:
            raise _lacking(reduced, questions)
        raise no_fit(reduced, asked=terms.preset is not None)
    if questions:
        raise UnsureFile(questions)
    if "stage" not in at:
        at["stage"] = at.pop("status")
    return Layout(draft.preset, at, draft.headers, further, draft.value_currency)


def belongs(meaning: str, at: int, draft: Draft, seen: Surveyor) -> bool:
    """Say whether what stands in a column can be what its header says: "Closed" with yes and no is no date."""
    contents = seen.contents.get(at)
    if contents is None or at in draft.given or not contents.filled or meaning not in DATE_COLUMNS:
        return True
    return contents.dates > 0 or (len(draft.places[meaning]) == 1 and not contents.is_flag)


def _all_asked(lacks: Sequence[str], questions: Sequence[Question]) -> bool:
    asked = {one.likely for one in questions if isinstance(one, ColumnQuestion)}
    return all(each in asked for each in lacks)


def _lacking(reduced: Draft, questions: Sequence[Question]) -> Refusal:
    """Return the refusal that names both: what is missing, and what may be it."""
    missing = no_fit(reduced, asked=True)
    unsure = UnsureFile(questions)
    unsure.text = f"{missing.text} {unsure.text}"
    unsure.example = " ".join(filter(None, (missing.example, unsure.example)))
    return unsure
