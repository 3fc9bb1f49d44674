"""The command: options in, a report and an exit code out.

Exit codes: 0 everything was taken (or undone), 1 some rows were not or nothing could be done, 2 usage.
"""

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.text import Text

from bot.clock import wall_clock
from bot.imports.report import SHOWN, Bar, Refusals, show
from bot.imports.run import ImportTerms, bring_in, take_back
from bot.settings import SettingsTrouble, read_settings
from bot.standby import file_of
from sales.imports.files.dates import DateOrder
from sales.imports.files.presets import PRESETS
from sales.language.figures import number, plural
from sales.pipeline.opportunity import Stage
from sales.refusal import Refusal
from storage.database import Database
from storage.people.workspace import installed_workspaces
from storage.trouble import StorageTrouble

Paths = typer.Argument(
    exists=True, show_default=False, help="A CSV file, or a folder with the CRM's four tables."
)


def import_command(
    path: Annotated[Path | None, Paths] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would happen; write nothing.")] = False,
    undo: Annotated[int | None, typer.Option(help="Undo the import of this number.", min=1)] = None,
    preset: Annotated[str | None, typer.Option(help=f"What the file is: {', '.join(PRESETS)}.")] = None,
    dates: Annotated[DateOrder | None, typer.Option(help="What comes first in 3/4/2017.")] = None,
    stage: Annotated[
        list[str] | None, typer.Option(help='What a stage of yours is, e.g. "Legal review=open"; repeat it.')
    ] = None,
    team: Annotated[str | None, typer.Option(help="Whose deals these are; gives the currency.")] = None,
    workspace: Annotated[str | None, typer.Option(help="Id or name; needed where there are several.")] = None,
    report: Annotated[
        Path | None, typer.Option(help=f"Where rows not taken go if more than {SHOWN}.")
    ] = None,
    database_url: Annotated[str | None, typer.Option(help="Instead of DATABASE_URL.")] = None,
) -> None:
    """Take deals, accounts and products from CSV files; the same file twice changes nothing."""
    if (path is None) == (undo is None):
        raise typer.BadParameter("Name a file or folder to import, or an import to --undo.")
    if preset is not None and preset not in PRESETS:
        raise typer.BadParameter(f"{preset} is none of {', '.join(PRESETS)}.", param_hint="--preset")
    terms = ImportTerms(preset, team, dates, stages_given(stage or ()), dry_run)
    console = Console(highlight=False)
    url = database_url or read_settings(slack_bot_token="unused").database_url
    try:
        file_of(url)  # refuses a place where data would be lost
        if undo is not None:
            complete = asyncio.run(undone(console, url, workspace, undo))
        else:
            assert path is not None
            refusals = Refusals(report or Path(f"{path.resolve().stem}-not-taken.csv"))
            complete = asyncio.run(imported(console, url, workspace, path, terms, refusals))
    except Refusal as refused:
        example = f" For example: {refused.example}" if refused.example else ""
        raise failed(f"{refused.text}{example}") from refused
    except (StorageTrouble, SettingsTrouble) as trouble:
        raise failed(str(trouble)) from trouble
    except KeyboardInterrupt as stopped:
        raise failed("Stopped. Running the same again completes it; --undo takes it back.") from stopped
    if not complete:
        raise typer.Exit(1)


async def imported(
    console: Console, url: str, workspace: str | None, path: Path, terms: ImportTerms, refusals: Refusals
) -> bool:
    """Import and report; True if every row was taken."""
    database = await existing(url)
    bar = Bar()
    try:
        workspace_id = await workspace_meant(database, workspace)
        tally = await bring_in(
            database, workspace_id, path, wall_clock, terms, reject=refusals.add, watch=bar.watch
        )
    finally:
        bar.stop()
        refusals.close()
        await database.close()
    show(console, tally, refusals)
    return refusals.count == 0


async def undone(console: Console, url: str, workspace: str | None, run_id: int) -> bool:
    """Undo and report; True if every row is back as it was."""
    database = await existing(url)
    try:
        done = await take_back(database, await workspace_meant(database, workspace), run_id, wall_clock)
    finally:
        await database.close()
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


def stages_given(pairs: Sequence[str]) -> dict[str, Stage]:
    """Read "Legal review=open" pairs."""
    stages = {}
    for pair in pairs:
        word, _, meant = pair.rpartition("=")
        if not word.strip() or meant.strip().lower() not in set(Stage):
            raise typer.BadParameter(
                f"“{pair}”: write the stage, = and one of {', '.join(Stage)}.", param_hint="--stage"
            )
        stages[word.strip()] = Stage(meant.strip().lower())
    return stages


def failed(line: str) -> typer.Exit:
    typer.echo(line, err=True)
    return typer.Exit(1)
