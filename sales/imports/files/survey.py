"""The survey: a first pass over a file that learns what single rows cannot tell.

It sees how the file writes dates and amounts, which of two columns for one thing is it, and what would make the whole
file wrong: ids a spreadsheet rounded, deals split over several rows.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from sales.imports.files.amounts import AmountEvidence, Units
from sales.imports.files.contents import Contents, Words
from sales.imports.files.dates import DateEvidence, DateOrder, decided_orders, undecided
from sales.imports.files.header import Draft, Layout, dates_in
from sales.imports.files.names import tidy_cell
from sales.imports.files.near_miss import may_matter, near_misses
from sales.imports.files.preset import DATE_COLUMNS, FileKind
from sales.imports.files.questions import (
    ColumnQuestion,
    DatesQuestion,
    DecimalsQuestion,
    Question,
    UnitsQuestion,
    UnsureFile,
)
from sales.imports.files.record_id import IdEvidence
from sales.imports.files.rivals import RivalEvidence
from sales.imports.files.sheet import Damaged, SheetRecord
from sales.imports.files.shortfall import no_fit
from sales.imports.files.splits import SplitEvidence
from sales.imports.files.terms import ImportTerms
from sales.imports.files.value_header import value_header
from sales.language.figures import listed
from sales.language.names.match import fold
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
        self.rivals = RivalEvidence.of(draft)
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
        self.rivals.see(cells)
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
    amounts = seen.amounts.get(layout.at.get("value", -1), AmountEvidence())
    if unclear := unclear_figures(layout, dated, orders, amounts, terms):
        raise UnsureFile(unclear, field="dates" if isinstance(unclear[0], DatesQuestion) else None)
    layout = replace(layout, units=terms.units or (units_of(layout) or (Units.WHOLE,))[0])
    mark = terms.decimals.sign if terms.decimals is not None and amounts.unclear else amounts.mark
    words: dict[str, Counter[str]] = {
        column: seen.words[layout.at[column]].counts for column in ("stage", "status") if column in layout.at
    }
    return layout, Survey(seen.rows, orders, mark, words, seen.sample)


def unclear_figures(
    layout: Layout,
    dated: Mapping[str, DateEvidence],
    orders: Mapping[str, DateOrder | None],
    amounts: AmountEvidence,
    terms: ImportTerms,
) -> list[Question]:
    """Return what somebody has to say of the dates and amounts of a file.

    Raises:
        Refusal: if dates of two columns would need an answer each.
    """
    found: list[Question] = []
    unsettled = undecided(dated, decided_orders(dated, None))
    if len({dated[name].possible for name in unsettled}) > 1:
        columns = listed([f"“{layout.header(name)}”" for name in unsettled])
        raise Refusal(
            f"The dates in columns {columns} are written in different orders, and nothing in the file settles which. "
            "Write them as year-month-day (2026-01-05) in one of the two."
        )
    if open_columns := undecided(dated, orders):
        name = open_columns[0]
        found.append(DatesQuestion(layout.header(name), dated[name].unclear, dated[name].possible))
    if amounts.unclear and terms.decimals is None:
        found.append(DecimalsQuestion(layout.header("value"), amounts.unclear))
    units = units_of(layout)
    if len(units) > 1 and terms.units is None:
        found.append(UnitsQuestion(layout.header("value"), units, amounts.first))
    return found


def units_of(layout: Layout) -> tuple[Units, ...]:
    """Return what the figures of a file's amounts may count, by their header; nothing where it does not say."""
    if "value" not in layout.at:
        return ()
    header = layout.header("value")
    if fold(header) in map(fold, layout.preset.cents):
        return (Units.CENTS,)
    return value_header(header).units


def settled(draft: Draft, seen: Surveyor, terms: ImportTerms) -> Layout:
    """Return the one place of each column, by what stands in those that come into question.

    Raises:
        UnsureFile: if a column that nobody knows may be one that is lacking.
        Refusal: if one is lacking and nothing comes into question.
    """
    at, further = dict[str, int](), dict[str, tuple[int, ...]]()
    fits = dict[str, list[int]]()
    for meaning, places in draft.places.items():
        fitting = [one for one in places if belongs(meaning, one, draft, seen)]
        if not fitting:
            continue
        at[meaning], fits[meaning] = fitting[0], fitting
        if meaning in draft.preset.joined and len(fitting) > 1:
            further[meaning] = tuple(fitting[1:])
    reduced = Draft(
        draft.preset, draft.headers, {name: (one,) for name, one in at.items()}, draft.given, draft.left
    )
    questions: list[Question] = [*near_misses(_with_rest(draft, reduced), seen.contents)]
    if reduced.lacks and not _all_asked(reduced.lacks, questions):
        raise no_fit(reduced, asked=bool(questions) or terms.preset is not None, questions=questions)
    questions += seen.rivals.questions(draft.headers, fits)
    if questions:
        raise UnsureFile(questions)
    if "stage" not in at:
        at["stage"] = at.pop("status")
    currency = value_header(draft.headers[at["value"]]).currency if "value" in at else ""
    return Layout(draft.preset, at, draft.headers, further, currency)


def belongs(meaning: str, at: int, draft: Draft, seen: Surveyor) -> bool:
    """Say whether what stands in a column can be what its header says: "Closed" with yes and no is no date."""
    contents = seen.contents.get(at)
    if contents is None or at in draft.given or not contents.filled or meaning not in DATE_COLUMNS:
        return True
    return contents.dates > 0 or (len(draft.places[meaning]) == 1 and not contents.is_flag)


def _with_rest(draft: Draft, reduced: Draft) -> Draft:
    """Return the reduced draft without what was put aside on purpose: a second column of a meaning that has its own."""
    aside = frozenset(one for places in draft.places.values() for one in places) - {
        one for places in reduced.places.values() for one in places
    }
    return Draft(reduced.preset, reduced.headers, reduced.places, reduced.given, reduced.left | aside)


def _all_asked(lacks: Sequence[str], questions: Sequence[Question]) -> bool:
    asked = {one.likely for one in questions if isinstance(one, ColumnQuestion)}
    return all(each in asked for each in lacks)
