"""The survey: a first pass over a file that learns what single rows cannot tell.

It sees how the file writes dates and amounts, which of two columns for one thing is it, and what would make the whole
file wrong: ids a spreadsheet rounded, deals split over several rows.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from sales.imports.files.amounts import AmountEvidence, Units
from sales.imports.files.contents import Contents, Words
from sales.imports.files.dates import DateEvidence, DateOrder, decided_orders
from sales.imports.files.endings import Endings
from sales.imports.files.gone import gone_places
from sales.imports.files.groups import GroupEvidence
from sales.imports.files.header import Draft, Layout, dates_in
from sales.imports.files.lead_survey import CameEvidence, lead_dates, lead_layout, lead_orders
from sales.imports.files.names import tidy_cell
from sales.imports.files.near_miss import may_matter, near_misses
from sales.imports.files.preset import DATE_COLUMNS, FileKind
from sales.imports.files.questions import (
    ColumnQuestion,
    DatesQuestion,
    Question,
    UnsureFile,
)
from sales.imports.files.record_id import IdEvidence
from sales.imports.files.rivals import RivalEvidence
from sales.imports.files.sheet import Damaged, SheetRecord
from sales.imports.files.shortfall import no_fit
from sales.imports.files.splits import SplitEvidence
from sales.imports.files.stage_words import PIPELINE_HEADERS, StageWords
from sales.imports.files.terms import ImportTerms
from sales.imports.files.totals import is_total_row
from sales.imports.files.unclear import mark_in, settled_figures, unclear_figures, units_of
from sales.imports.files.value_header import value_header
from sales.language.names.match import fold

SAMPLE_ROWS = 3  # shown to whoever is asked whether this is what they meant


@dataclass
class Survey:
    """How a file writes dates and amounts, which stage words it has, and how many rows.

    `pipelines` are the names in a column of them, `totals` the rows that add up others and are no part of `rows`.
    `groups` are columns whose empty cells mean what stands above; `unsure_owners` says that owners may be such ones.
    `settled` are the questions that what was said answers, where the file leaves them open.
    """

    rows: int = 0
    orders: dict[str, DateOrder | None] = field(default_factory=dict)
    mark: str | None = None
    words: dict[str, Counter[str]] = field(default_factory=dict)
    sample: list[SheetRecord] = field(default_factory=list)
    pipelines: frozenset[str] = frozenset()
    totals: int = 0
    groups: tuple[int, ...] = ()
    unsure_owners: bool = False
    settled: tuple[Question, ...] = ()


class Surveyor:
    """Sees the rows of a file, one after the other, with what its header leaves open."""

    def __init__(self, draft: Draft, terms: ImportTerms) -> None:
        self.draft = draft
        dated = dates_in(draft)
        self.dates = {at: DateEvidence() for places in dated.values() for at in places}
        self.came = {at: CameEvidence() for at in dated.get("came", ())}
        self.amounts = {at: AmountEvidence() for at in draft.places.get("value", ())}
        self.share_evidence()
        contested = [at for places in draft.places.values() if len(places) > 1 for at in places]
        flags = [at for at in draft.places.get("closed", ()) if at not in draft.given]
        actual = [at for places in draft.actual.values() for at in places]
        self.contents = {at: Contents() for at in (*contested, *flags, *actual, *may_matter(draft))}
        stages = [*draft.places.get("stage", ()), *draft.places.get("status", ())]
        self.words = {at: Words() for at in stages}
        is_deals = draft.preset.kind is FileKind.DEALS
        self.known_by = draft.known_by if is_deals else None
        self.stage_at = next(iter(stages), None)
        self.ids = IdEvidence()
        self.split = SplitEvidence.of(draft)
        self.rivals = RivalEvidence.of(draft)
        self.endings = endings_beside(draft, terms)
        self.groups = GroupEvidence(draft)
        named = [at for at in draft.unused if fold(draft.headers[at]) in PIPELINE_HEADERS]
        self.pipelines = {at: Words() for at in named}
        self.rows = 0
        self.sample: list[SheetRecord] = []

    def share_evidence(self) -> None:
        """Let columns for one thing show together how it is written: a date won, a date lost."""
        for at in self.draft.actual.get("closed", ()):
            self.dates[at] = self.dates[self.draft.places["closed"][0]]
        for at in self.draft.actual.get("value", ()):
            self.amounts[at] = self.amounts[self.draft.places["value"][0]]

    def see(self, row: SheetRecord | Damaged) -> None:
        """Take one row into account."""
        if isinstance(row, Damaged) or len(row.fields) != len(self.draft.headers):
            self.rows += 1
            return
        cells = row.fields
        if self.known_by is not None:
            if is_total_row(cells, self.known_by, self.stage_at):
                self.groups.see_total()
                return
            self.groups.see(cells)
        self.rows += 1
        self.endings.see(cells)
        for at, words in self.pipelines.items():
            words.see(cells[at])
        for at, date_evidence in self.dates.items():
            date_evidence.see(cells[at].strip())
        for at, came in self.came.items():
            came.see(cells[at].strip())
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
    seen = Surveyor(draft, terms)
    for row in rows:
        seen.see(row)
    if draft.preset.kind is not FileKind.DEALS:
        if draft.lacks:
            raise no_fit(draft, asked=terms.preset is not None)
        if draft.preset.kind is FileKind.LEADS:
            found = lead_layout(draft)
            seen.ids.require_whole(found.header("id") if "id" in found.at else "", "leads")
            return found, Survey(
                seen.rows,
                lead_orders(found, seen.dates, seen.came, terms),
                sample=seen.sample,
                settled=lead_dates(found, seen.dates, terms),
            )
        return Layout(
            draft.preset, {name: at[0] for name, at in draft.places.items()}, draft.headers
        ), Survey(seen.rows, sample=seen.sample)
    layout = settled(draft, seen, terms)
    if seen.split is not None:
        seen.split.require_whole()
    if layout.has_ids:
        seen.ids.require_whole(layout.header("id"))
    dated = {column: seen.dates[layout.at[column]] for column in DATE_COLUMNS if column in layout.at}
    orders = decided_orders(dated, terms.dates)
    amounts = seen.amounts.get(layout.at.get("value", -1), AmountEvidence())
    if unclear := unclear_figures(layout, dated, orders, amounts, terms):
        raise UnsureFile(unclear, field="dates" if isinstance(unclear[0], DatesQuestion) else None)
    layout = replace(layout, units=terms.units or (units_of(layout) or (Units.WHOLE,))[0])
    mark = mark_in(layout, amounts, terms)
    words: dict[str, Counter[str]] = {
        column: seen.words[layout.at[column]].counts for column in ("stage", "status") if column in layout.at
    }
    return layout, Survey(
        seen.rows,
        orders,
        mark,
        words,
        seen.sample,
        frozenset(name for words in seen.pipelines.values() for name in words.counts),
        seen.groups.totals,
        seen.groups.filled_in,
        seen.groups.unsure,
        tuple(settled_figures(layout, dated, amounts, terms)),
    )


def endings_beside(draft: Draft, terms: ImportTerms) -> Endings:
    """Return the columns beside the one stage of a file that may say how deals ended."""
    stages = [draft.places[one][0] for one in ("stage", "status") if one in draft.places]
    given = {fold(word): stage for word, stage in terms.stages.items()}
    closes = (*draft.places.get("closed", ()), *draft.actual.get("closed", ()))
    beside = {*draft.unused, *closes} - draft.given
    return Endings(
        draft.headers,
        sorted(beside),
        stages[0] if len(stages) == 1 else None,
        StageWords({**draft.preset.stages, **given}),
    )


def settled(draft: Draft, seen: Surveyor, terms: ImportTerms) -> Layout:
    """Return the one place of each column, by what stands in those that come into question.

    Raises:
        UnsureFile: if a column that nobody knows may be one that is lacking.
        Refusal: if one is lacking and nothing comes into question.
    """
    at, fits = dict[str, int](), dict[str, list[int]]()
    for meaning, places in draft.places.items():
        fitting = [one for one in places if belongs(meaning, one, draft, seen)]
        if not fitting:
            continue
        at[meaning], fits[meaning] = fitting[0], fitting
    # What is put aside on purpose, a second column of a meaning that has its own, is no candidate for another.
    aside = {one for places in draft.places.values() for one in places} - set(at.values())
    reduced = replace(draft, places={name: (one,) for name, one in at.items()}, left=draft.left | aside)
    questions: list[Question] = [*near_misses(reduced, seen.contents)]
    if reduced.lacks and not _all_asked(reduced.lacks, questions):
        raise no_fit(reduced, asked=bool(questions) or terms.preset is not None, questions=questions)
    questions += [*seen.rivals.questions(draft.headers, fits), *seen.endings.questions()]
    if questions:
        raise UnsureFile(questions)
    if "stage" not in at:
        at["stage"] = at.pop("status")
    currency = value_header(draft.headers[at["value"]]).currency if "value" in at else ""
    gone = gone_places(draft.headers, draft.unused)
    return Layout(draft.preset, at, draft.headers, actual_in(draft, seen), draft.also, currency, gone=gone)


def actual_in(draft: Draft, seen: Surveyor) -> dict[str, tuple[int, ...]]:
    """Return where it stands what came of deals, by what is in those columns: an empty one says nothing of any deal."""
    found = {}
    for meaning, places in draft.actual.items():
        if set(places) >= set(draft.places[meaning]):
            found[meaning] = places
            continue
        wanted = [
            seen.contents[at].dates if meaning == "closed" else seen.contents[at].filled for at in places
        ]
        kept = tuple(at for at, count in zip(places, wanted, strict=True) if count)
        if kept:
            found[meaning] = kept
    return found


def belongs(meaning: str, at: int, draft: Draft, seen: Surveyor) -> bool:
    """Say whether what stands in a column can be what its header says: "Closed" with yes and no is no date."""
    contents = seen.contents.get(at)
    if contents is None or at in draft.given or not contents.filled or meaning not in DATE_COLUMNS:
        return True
    return contents.dates > 0 or (len(draft.places[meaning]) == 1 and not contents.is_flag)


def _all_asked(lacks: Sequence[str], questions: Sequence[Question]) -> bool:
    asked = {one.likely for one in questions if isinstance(one, ColumnQuestion)}
    return all(each in asked for each in lacks)
