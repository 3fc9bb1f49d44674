"""Outlooks: what a file would change, or has changed, gathered row by row while it is read."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from sales.imports.files.drop import (
    MOST_CAUSES,
    MOST_SAMPLES,
    MOST_STAGES,
    ColumnTaken,
    DealSample,
    ImportOutlook,
    RefusalCause,
    StageTaken,
    sample_of,
)
from sales.imports.files.entry import ImportEntry
from sales.imports.files.header import Layout
from sales.imports.files.tally import ImportTally
from sales.imports.files.terms import Rejected
from sales.language.typed_text import shorten

VARIES = re.compile(r"“[^”]*”|\d+")  # what differs between rows that are refused for one cause
UNKNOWN = re.compile(r"unknown stage “([^”]*)”")
MOST_REMEMBERED = 200  # causes; a file that is refused for more of them is another kind of file
LONGEST_REASON = 200
MOST_NAMES = 5

KINDS: Mapping[str, str] = {
    "sales_pipeline": "the pipeline table of a CRM",
    "hubspot": "a HubSpot export",
    "salesforce": "a Salesforce report",
    "opportunities": "a list of deals",
    "accounts": "a list of accounts",
    "products": "a list of products",
    "sales_teams": "a list of sales teams",
}


@dataclass
class OutlookGathering:
    """Takes note of rows as they are read; `notice` and `reject` are called for each."""

    samples: list[DealSample] = field(default_factory=list)
    stages: dict[str, str] = field(default_factory=dict)
    causes: dict[str, RefusalCause] = field(default_factory=dict)
    unknown: Counter[str] = field(default_factory=Counter)  # words for stages

    def notice(self, entry: ImportEntry) -> None:
        """Take note of a row that can be taken."""
        if len(self.samples) < MOST_SAMPLES:
            self.samples.append(sample_of(entry))
        word = entry.values.get("stage_label")
        if word and word not in self.stages and len(self.stages) < MOST_STAGES:
            self.stages[word] = str(entry.values["stage"])

    def reject(self, row: Rejected) -> None:
        """Take note of a row that cannot."""
        if unknown := UNKNOWN.search(row.reason):
            self.unknown[unknown[1]] += 1
        cause = VARIES.sub("…", row.reason)
        known = self.causes.get(cause)
        if known is not None:
            known.count += 1
        elif len(self.causes) < MOST_REMEMBERED:
            reason = shorten(row.reason, LONGEST_REASON)
            self.causes[cause] = RefusalCause(count=1, line=row.line, reason=reason)

    def outlook(self, tally: ImportTally, layout: Layout) -> ImportOutlook:
        """Return what came of a file of this layout."""
        counts = tally.files[0]
        most = sorted(self.causes.values(), key=lambda one: -one.count)
        return ImportOutlook(
            rows=counts.rows,
            kind=KINDS.get(layout.preset.name, ""),
            columns=columns_of(layout),
            stages=[StageTaken(word=word, taken_for=stage) for word, stage in self.stages.items()],
            samples=self.samples,
            added=counts.added,
            changed=counts.changed,
            closed=counts.closed,
            pushed=counts.pushed,
            unchanged=counts.unchanged,
            repeated=counts.repeated,
            refused=counts.refused,
            causes=most[:MOST_CAUSES],
            unmatched=sorted(tally.unmatched)[:MOST_NAMES],
            unmatched_count=len(tally.unmatched),
        )

    def counted(self, tally: ImportTally, before: ImportOutlook, *, again: bool) -> ImportOutlook:
        """Return what came of a file that was looked at `before`.

        An import that was cut short and run again finds what it had taken unchanged: then what was to change counts.
        """
        counts, most = tally.files[0], sorted(self.causes.values(), key=lambda one: -one.count)
        if again:
            return before.model_copy(update={"refused": counts.refused, "causes": most[:MOST_CAUSES]})
        counted = ("rows", "added", "changed", "closed", "pushed", "unchanged", "repeated", "refused")
        news = {name: getattr(counts, name) for name in counted}
        return before.model_copy(update={**news, "causes": most[:MOST_CAUSES]})


def columns_of(layout: Layout) -> list[ColumnTaken]:
    """Return every column of a file with what it is taken for, in the file's order."""
    meant = {position: column for column, position in layout.at.items()}
    return [
        ColumnTaken(header=header, taken_for=meant.get(position, ""))
        for position, header in enumerate(layout.headers)
    ]


def without_content(outlook: ImportOutlook) -> ImportOutlook:
    """Return an outlook without what is out of the file: for when our copy of it is erased."""
    return outlook.model_copy(update={"samples": [], "stages": [], "columns": []})
