"""Outlooks: what a file would change, or has changed, gathered row by row while it is read."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sales.imports.files.answers import GUESSES, SHEET
from sales.imports.files.asking import LEFT_OUT, questions_of, settled_questions
from sales.imports.files.causes import lines_told, without_options
from sales.imports.files.drop import (
    MOST_CAUSES,
    MOST_SAMPLES,
    MOST_STAGES,
    CauseTold,
    ColumnTaken,
    DealSample,
    ImportOutlook,
    StageTaken,
    sample_of,
    things_in,
)
from sales.imports.files.entry import ImportEntry
from sales.imports.files.header import Layout
from sales.imports.files.presets import KINDS
from sales.imports.files.questions import Question
from sales.imports.files.tally import ImportTally
from sales.language.names.match import fold
from sales.language.typed_text import shorten

LONGEST_REASON = 200
MOST_NAMES = 5
MOST_LINES = 12  # of one cause, in a message


@dataclass
class OutlookGathering:
    """Takes note of a file's layout and of its rows as they are read; days are those of a zone."""

    zone: str = "UTC"
    layout: Layout | None = None
    samples: dict[str, DealSample] = field(default_factory=dict)
    stages: dict[str, str] = field(default_factory=dict)
    settled: tuple[Question, ...] = ()
    sheet: str = ""

    def open(self, layout: Layout, settled: Sequence[Question] = (), sheet: str = "") -> None:
        """Take note of where the columns are, and of what was said of how the file is read."""
        self.layout, self.settled, self.sheet = layout, tuple(settled), sheet

    def notice(self, entry: ImportEntry) -> None:
        """Take note of a row that can be taken."""
        if len(self.samples) < MOST_SAMPLES:
            self.samples[entry.key] = sample_of(entry.values, self.zone)
        word = entry.values.get("stage_label")
        if word and word not in self.stages and len(self.stages) < MOST_STAGES:
            self.stages[word] = str(entry.values["stage"])
        status = dict(entry.said).get("status") if "came_at" in entry.values else None
        if status and status not in self.stages and len(self.stages) < MOST_STAGES:
            self.stages[status] = str(entry.values["state"])

    def settle(self, entry: ImportEntry, row: Mapping[str, Any] | None) -> None:
        """Take note of how a row that is here already will stand; None where it cannot be taken beside that."""
        if entry.key not in self.samples:
            return
        if row is None:
            del self.samples[entry.key]
        else:
            self.samples[entry.key] = sample_of({**entry.values, **row}, self.zone)

    def outlook(self, tally: ImportTally, answers: Mapping[str, Any]) -> ImportOutlook:
        """Return what would come of a file read by these answers, once all of it was read."""
        assert self.layout is not None
        return ImportOutlook(
            kind=KINDS.get(self.layout.preset.name, ""),
            things=things_in(self.layout.preset.kind),
            columns=columns_of(self.layout, answers.get(GUESSES, ())),
            settled=settled_questions(questions_of(self.settled), {**answers, SHEET: self.sheet}),
            stages=[
                StageTaken(word=word, taken_for=stage)
                for word, stage in (*self.stages.items(), *left_out_in(tally, answers))
            ],
            samples=list(self.samples.values()),
            notes=[
                *tally.deals.told(tally.currency),
                *[*tally.rates(), *tally.oddities(), *tally.notes][:MOST_NAMES],
            ],
            unmatched=tally.strangers(MOST_NAMES),
            unmatched_count=len(tally.unmatched),
            **counted(tally),
        )


def left_out_in(tally: ImportTally, answers: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return the words for stages of a file whose rows somebody wants left out."""
    said = {
        fold(word): meant for many in ("stages", "states") for word, meant in answers.get(many, {}).items()
    }
    words = [*tally.causes.words, *tally.causes.states]
    return [(word, LEFT_OUT) for word in words if said.get(fold(word)) == LEFT_OUT][:MOST_STAGES]


def counted(tally: ImportTally) -> dict[str, Any]:
    """Return how many rows became what, and why some were refused."""
    counts = tally.files[0]
    names = ("rows", "added", "changed", "closed", "pushed", "kept", "unchanged", "repeated", "refused")
    found = {name: getattr(counts, name) for name in names}
    return {**found, "unchanged": counts.unchanged - counts.kept, "causes": causes_of(tally)}


def causes_of(tally: ImportTally) -> list[CauseTold]:
    """Return why rows are refused, what costs most rows first; words for stages that were left out among them."""
    found = [
        CauseTold(
            count=one.rows,
            lines=lines_told(one, MOST_LINES),
            reason=shorten(without_options(one.reason), LONGEST_REASON),
        )
        for one in tally.causes.largest_first
    ]
    found += [
        CauseTold(
            count=one.rows,
            lines=lines_told(one, MOST_LINES),
            reason=f"the {what} “{shorten(word)}” was left out",
        )
        for what, words in (("stage", tally.causes.words), ("status", tally.causes.states))
        for word, one in words.items()
    ]
    return sorted(found, key=lambda one: -one.count)[:MOST_CAUSES]


def came_of(before: ImportOutlook, tally: ImportTally, *, again: bool) -> ImportOutlook:
    """Return what came of a file that was looked at `before`.

    An import that was cut short and run again finds what it had taken unchanged: then what was to change counts.
    """
    found = counted(tally)
    kept = ("refused", "causes") if again else tuple(found)
    late = [] if again else tally.deals.twins_told()  # of deals that somebody typed in between
    return before.model_copy(update={**{name: found[name] for name in kept}, "notes": [*before.notes, *late]})


def columns_of(layout: Layout, guesses: Collection[str] = ()) -> list[ColumnTaken]:
    """Return every column of a file with what it is taken for, in the file's order."""
    meant = {position: column for column, position in layout.at.items()}
    meant |= {position: column for column, places in layout.actual.items() for position in places}
    return [
        ColumnTaken(header=header, taken_for=meant.get(position, ""), guessed=header in guesses)
        for position, header in enumerate(layout.headers)
    ]


def without_content(outlook: ImportOutlook) -> ImportOutlook:
    """Return an outlook without what is out of the file: for when our copy of it is erased."""
    return outlook.model_copy(update={"samples": [], "stages": [], "columns": [], "settled": []})
