"""The terminal: an import, or its undoing, carried out and reported where somebody watches."""

from dataclasses import replace
from pathlib import Path

from rich.console import Console
from rich.text import Text

from bot.clock import wall_clock
from bot.imports.command import SHOWN
from bot.imports.place import destination, existing
from bot.imports.report import Bar, Refusals, show
from handlers.imports.files.run import bring_in
from sales.imports.files.terms import ImportTerms
from sales.language.figures import number, plural
from storage.imports.files.undo import take_back


async def imported(
    url: str, workspace: str | None, path: Path, terms: ImportTerms, refusals: Refusals
) -> bool:
    """Import and report; True if every row was taken, and the others are in `refusals`."""
    bar = Bar()
    async with destination(url, workspace, terms) as there:
        terms = replace(terms, currency=there.currency)
        try:
            tally = await bring_in(
                there.database,
                there.workspace_id,
                path,
                wall_clock,
                terms,
                reject=refusals.add,
                watch=bar.watch,
            )
        finally:
            bar.stop()
            refusals.close()
    show(Console(highlight=False), tally, refusals)
    return refusals.count == 0


async def undone(url: str, workspace: str | None, run_id: int) -> bool:
    """Undo and report; True if every row is back as it was.

    Raises:
        Refusal: if there is no database, or no such import.
    """
    async with existing(url, workspace, "nothing to undo") as (database, workspace_id):
        done = await take_back(database, workspace_id, run_id, wall_clock)
    console = Console(highlight=False)
    for line in done.left[:SHOWN]:
        console.print(Text(f"Left as it is: {line}"))
    if len(done.left) > SHOWN:
        console.print(Text(f"… and {number(len(done.left) - SHOWN)} more."))
    counts = (
        f"{plural(done.removed, 'row')} removed, {number(done.restored)} put back, "
        f"{number(len(done.left))} left as they are"
    )
    console.print(Text(f"Import {run_id} undone: {counts}."))
    return not done.left
