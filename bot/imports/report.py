"""The report of an import, for the terminal: counts, what was noticed, and every row not taken."""

import csv
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import IO, Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from bot.imports.command import SHOWN
from sales.imports.export.cells import harmless
from sales.imports.files.causes import MOST_LINES, Causes, RefusalCause, lines_told
from sales.imports.files.entry import Remark
from sales.imports.files.oddities import oddity_told
from sales.imports.files.preset import FileKind
from sales.imports.files.tally import ImportTally, rates_told
from sales.imports.files.terms import Rejected
from sales.language.figures import inflected, listed, number, plural
from sales.pipeline.opportunity import Stage
from sales.prospects.lead import LeadState
from sales.refusal import Refusal

NAMES_SHOWN = 12
FEW_LINES, LINES_WIDE = 3, 40  # of a cause where a file has all of them, where none has; characters


class Refusals:
    """Rows not taken: counted, and all of them in a file, if it was asked for or a terminal wants no more of them.

    A file that was asked for is there also where every row was taken. `trouble` is why the other cannot be written.
    """

    def __init__(self, path: Path, *, asked: bool = False) -> None:
        """Begin, and with the file that was asked for at once.

        Raises:
            Refusal: if it cannot be written.
        """
        self.path = path
        self.most = 0 if asked else SHOWN
        self.first: list[Rejected] = []
        self.count = 0
        self.file: IO[str] | None = None
        self.writer: Any = None
        self.trouble = ""
        if asked:
            self.begin()
            if self.trouble:
                raise Refusal(f"{path} cannot be written ({self.trouble}). Name another file with --report.")

    def add(self, rejected: Rejected) -> None:
        self.count += 1
        if self.count <= self.most:
            self.first.append(rejected)
        elif self.file is not None or self.begin():
            self.writer.writerow(as_cells(rejected))

    def begin(self) -> bool:
        """Open the file and write what was held back so far; False where it cannot be."""
        if self.trouble:
            return False
        try:
            self.file = self.path.open("w", encoding="utf-8-sig", newline="")
        except OSError as refused:
            self.trouble = str(refused.strerror)
            return False
        self.writer = csv.writer(self.file)
        self.writer.writerow(("file", "line", "reason"))
        self.writer.writerows(as_cells(each) for each in self.first)
        self.first.clear()
        return True

    def close(self) -> None:
        if self.file is not None:
            self.file.close()

    def told(self) -> str:
        """Say where the rows are that were not taken, and a space; nothing where all of them were told already."""
        rows = plural(self.count, "row was", "rows were")
        if self.trouble:
            return (
                f"{rows} not taken, and {self.path} cannot be written ({self.trouble}): the same again with "
                "--report FILE writes them there. "
            )
        if self.file is None:
            return ""
        if not self.count:
            return f"{self.path} has no row. "
        return f"{rows} not taken; {'it is' if self.count == 1 else 'all of them are'} in {self.path}. "


def refusals_of(path: Path, report: Path | None) -> Refusals:
    """Return where rows go that are not taken: the file that was asked for, or one called after what is imported."""
    if report is not None:
        return Refusals(report, asked=True)
    return Refusals(Path(f"{path.resolve().stem}-not-taken.csv"))


def as_cells(rejected: Rejected) -> list[str]:
    """Return the cells of a row so that no spreadsheet takes one for a formula."""
    return [harmless(cell) for cell in (rejected.source, str(rejected.line), rejected.reason)]


class Bar:
    """A progress bar on the error stream, gone when done; nothing where nobody watches."""

    def __init__(self) -> None:
        console = Console(stderr=True)
        self.progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
            console=console,
            transient=True,
            disable=not console.is_terminal,
        )
        self.tasks: dict[str, TaskID] = {}

    def watch(self, source: str, done: int, total: int) -> None:
        if source not in self.tasks:
            self.progress.start()
            self.tasks[source] = self.progress.add_task(Text(source).markup, total=total)
        self.progress.update(self.tasks[source], completed=done)

    def stop(self) -> None:
        if self.tasks:
            self.progress.stop()


def show(console: Console, tally: ImportTally, refusals: Refusals) -> None:
    """Print everything an import has to tell."""
    console.print(counts_table(tally))
    if tally.causes.by_kind:
        most = MOST_LINES if refusals.file is None else FEW_LINES
        console.print(causes_table(tally.causes, sources=len(tally.files) > 1, most=most))
    news = tally.deals.told(tally.currency)
    for line in (*stage_lines(tally.causes), *news, *tally.notes, *notes(tally)):
        console.print(Text(line), soft_wrap=True)
    console.print(Text(ending(tally, refusals)), soft_wrap=True)


def counts_table(tally: ImportTally) -> Table:
    table = Table(box=None, pad_edge=False)
    table.add_column("File", overflow="fold")
    headings = ("rows", "added", "changed", "unchanged", "repeated", "refused")
    for heading in headings:
        table.add_column(heading.capitalize(), justify="right")
    for counts in tally.files:
        stored = counts.kind.value != "agents"
        cells = [
            number(getattr(counts, heading)) if stored or heading in ("rows", "repeated", "refused") else "–"
            for heading in headings
        ]
        table.add_row(Text(counts.source), *cells)
    return table


def causes_table(causes: Causes, *, sources: bool, most: int) -> Table:
    """Return why rows were not taken: each cause with its rows and their lines, `most` of them."""
    table = Table(box=None, pad_edge=False, title="Not taken", title_justify="left")
    if sources:
        table.add_column("File", overflow="fold")
    table.add_column("Rows", justify="right")
    table.add_column("Lines", overflow="fold", max_width=LINES_WIDE)
    table.add_column("Reason", overflow="fold")
    for cause in causes.largest_first[:SHOWN]:
        source = [Text(cause.source)] if sources else []
        table.add_row(*source, Text(number(cause.rows)), Text(lines_told(cause, most)), Text(cause.reason))
    return table


def stage_lines(causes: Causes) -> list[str]:
    """Return the stage words nobody has said the meaning of, each once, with what to add."""
    return [
        *word_lines(causes.words, "stage is", "stages are", Stage),
        *word_lines(causes.states, "status of leads is", "statuses of leads are", LeadState),
    ]


def word_lines(
    found: Mapping[str, RefusalCause], one: str, several: str, meanings: Iterable[str]
) -> list[str]:
    """Return the words nobody has said the meaning of, with what each may be."""
    if not found:
        return []
    words = sorted(found.items(), key=lambda each: -each[1].rows)[:SHOWN]
    rest = len(found) - len(words)
    return [
        f"{plural(len(found), one, several)} not known. Say what each is: {listed(list(meanings), 'or')}.",
        *(f'  --stage "{word}=…"   {plural(cause.rows, "row")}, {on_lines(cause)}' for word, cause in words),
        *([f"  … and {number(rest)} more."] if rest else []),
    ]


def on_lines(cause: RefusalCause) -> str:
    """Return on which lines the rows of a cause stand, as words."""
    return f"{inflected(cause.rows, 'line')} {lines_told(cause)}"


def notes(tally: ImportTally) -> list[str]:
    """Return what was noticed about rows that were taken, one line each."""
    lines = [line for kind in Remark for line in remark_lines(kind, of_kind(tally, kind))]
    of_leads = any(counts.kind is FileKind.LEADS for counts in tally.files)
    if of_leads:
        lines.append(
            f"The rows are leads: {plural(sum(counts.rows for counts in tally.files), 'lead')} read."
        )
    if tally.unmatched and of_leads:
        lines.append(
            f"{plural(len(tally.unmatched), 'person is', 'people are')} not in Slack under that name: "
            f"{strangers(tally)}. Their leads are nobody's until they are assigned."
        )
    elif tally.unmatched:
        lines.append(
            f"{plural(len(tally.unmatched), 'person is', 'people are')} not in Slack under that name: "
            f"{strangers(tally)}. Their deals get their owner as soon as somebody of that name is met there."
        )
    if tally.deals.reused.count or tally.leads.reused.count:
        things = "leads" if of_leads else "deals"
        lines.append(
            f"If those are other {things}, undo the import, and take the file with --apart and a name for its ids."
        )
    if idle := tally.idle_agents():
        lines.append(f"{number(len(idle))} listed without a deal: {named(idle)}.")
    if tally.linked:
        lines.append(f"{plural(tally.linked, 'deal')} found their owner in Slack.")
    if tally.left_alone:
        lines.append(f"Left alone: {named(tally.left_alone)}. Name a file to import it by itself.")
    return lines + [
        f"Import {run_id} did not reach its end. Running it again completes it, --undo {run_id} undoes it."
        for run_id in tally.unfinished
    ]


def of_kind(tally: ImportTally, kind: Remark) -> Counter[str]:
    return Counter({detail: count for (each, detail), count in tally.remarks.items() if each is kind})


def remark_lines(kind: Remark, found: Counter[str]) -> Iterable[str]:
    """Word one kind of remark."""
    total = found.total()
    by_stage = listed([f"{number(count)} {stage}" for stage, count in found.most_common()])
    if not total:
        return []
    match kind:
        case Remark.NO_ACCOUNT:
            return [f"{plural(total, 'deal')} without an account: taken, by product or id."]
        case Remark.LIST_PRICE:
            return [f"{plural(total, 'deal')} without a value have their product's list price ({by_stage})."]
        case Remark.NO_VALUE:
            return [f"{plural(total, 'deal')} without a value count as 0 ({by_stage})."]
        case Remark.NO_OPENING:
            return [
                f"{plural(total, 'deal')} without an opening date: taken, but no help for cycle times ({by_stage})."
            ]
        case Remark.CLOSED_BEFORE_OPENED:
            return [
                f"{plural(total, 'deal')} closed before it was created: taken, without an opening date ({by_stage})."
                if total == 1
                else f"{plural(total, 'deal')} closed before they were created: taken, without an opening date "
                f"({by_stage})."
            ]
        case Remark.OPENING_DROPPED:
            return [f"{plural(total, 'deal')} still suspects: their opening date counts once they open."]
        case Remark.RESPELLED:
            return [
                f"Product {change}: {plural(count, 'deal')} put together."
                for change, count in found.most_common()
            ]
        case Remark.UNKNOWN_PRODUCT:
            return [
                f"{plural(total, 'deal')} name a product that is in no product list: {named(found)}. Taken as they are."
            ]
        case Remark.RATE:
            return rates_told(found)
        case (
            Remark.NOT_FOUND
            | Remark.CLOSES_LATER
            | Remark.FAR_DAY
            | Remark.NO_ADDRESS
            | Remark.NO_REACH
            | Remark.CUT
        ):
            return oddity_told(kind, found)
        case Remark.SECTOR:
            return [
                f"Sector {change}: corrected in {plural(count, 'account')}."
                for change, count in found.most_common()
            ]


def ending(tally: ImportTally, refusals: Refusals) -> str:
    """Return the last line: where the other refusals are, and how to go back."""
    where = refusals.told()
    if tally.run_id is None:
        return f"{where}Dry run: nothing was written."
    return f"{where}This was import {tally.run_id}; to undo it: rainmaker import --undo {tally.run_id}"


def named(names: Iterable[str]) -> str:
    return listed(sorted(names), most=NAMES_SHOWN)


def strangers(tally: ImportTally) -> str:
    """Name the owners whom nobody in Slack goes by, each with its rows."""
    rest = len(tally.unmatched) - NAMES_SHOWN
    return ", ".join(tally.strangers(NAMES_SHOWN)) + (f" and {number(rest)} more" if rest > 0 else "")
