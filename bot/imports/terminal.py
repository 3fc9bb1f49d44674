"""The terminal: an import, or its undoing, carried out and reported where somebody watches."""

from pathlib import Path

from rich.console import Console
from rich.text import Text

from bot.clock import wall_clock
from bot.imports.command import SHOWN
from bot.imports.report import Bar, Refusals, show
from handlers.imports.files.run import bring_in
from sales.imports.files.terms import ImportTerms
from sales.language.figures import number, plural
from sales.refusal import Refusal
from storage.database import Database
from storage.imports.files.run import take_back
from storage.people.workspace import installed_workspaces


async def imported(url: str, workspace: str | None, path: Path, terms: ImportTerms, not_taken: Path) -> bool:
    """Import and report; True if every row was taken. Where they are many, the others are written to `not_taken`."""
    database = await existing(url)
    bar, refusals = Bar(), Refusals(not_taken)
    try:
        workspace_id = await workspace_meant(database, workspace)
        tally = await bring_in(
            database, workspace_id, path, wall_clock, terms, reject=refusals.add, watch=bar.watch
        )
    finally:
        bar.stop()
        refusals.close()
        await database.close()
    show(Console(highlight=False), tally, refusals)
    return refusals.count == 0


async def undone(url: str, workspace: str | None, run_id: int) -> bool:
    """Undo and report; True if every row is back as it was."""
    database = await existing(url)
    try:
        done = await take_back(database, await workspace_meant(database, workspace), run_id, wall_clock)
    finally:
        await database.close()
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


async def existing(url: str) -> Database:
    """Open the database; importing into one that no bot has used yet would reach nobody.

    Raises:
        Refusal: if there is none.
    """
    if missing := missing_file(url):
        raise Refusal(f"There is no database at {missing} yet. Start the bot once (rainmaker run) first.")
    return await Database.open(url)


def missing_file(url: str) -> Path | None:
    """Return the database's file if it should be one and is not there."""
    place = Database(url).url
    if place.get_backend_name() != "sqlite" or not place.database:
        return None
    file = Path(place.database)
    return None if file.exists() else file


async def workspace_meant(database: Database, asked: str | None) -> str:
    """Return the id of the workspace asked for, or of the only one."""
    async with database.read_ledger() as ledger:
        known = await installed_workspaces(ledger)
    if not known:
        raise Refusal("The bot is in no workspace yet. Start it once (rainmaker run), then import.")
    names = ", ".join(f"{row.id} ({row.name})" for row in known)
    fitting = [
        row for row in known if asked is None or asked.casefold() in (row.id.casefold(), row.name.casefold())
    ]
    if not fitting:
        raise Refusal(f"There is no workspace “{asked}”. Known: {names}.")
    if len(fitting) > 1:
        raise Refusal(f"There are several workspaces: {names}. Say which.", example="--workspace T0123")
    return fitting[0].id
