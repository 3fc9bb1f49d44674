"""The command: options in, a report and an exit code out.

Exit codes: 0 everything was taken (or undone), 1 some rows were not or nothing could be done, 2 usage.
"""

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from bot.imports.options import (
    Apart,
    ByName,
    Columns,
    Counted,
    Currency,
    Dates,
    Decimals,
    Encoding,
    Sheet,
    Stages,
    columns_given,
    currency_given,
    stages_given,
    states_given,
)
from bot.outcome import told_in_one_line
from bot.settings import read_settings
from bot.standby import file_of
from sales.imports.files.presets import PRESETS
from sales.imports.files.terms import ImportTerms
from storage.imports.export.read_in.folder import text_of_export

SHOWN = 20  # rows not taken on the terminal; with more of them all go into a file
Paths = typer.Argument(
    exists=True,
    show_default=False,
    help="A CSV file or a workbook (.xlsx, .ods), a folder with the CRM's four tables, or one that was exported.",
)


def import_command(
    path: Annotated[Path | None, Paths] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would happen; write nothing.")] = False,
    undo: Annotated[int | None, typer.Option(help="Undo the import of this number.", min=1)] = None,
    preset: Annotated[str | None, typer.Option(help=f"What the file is: {', '.join(PRESETS)}.")] = None,
    dates: Dates = None,
    decimals: Decimals = None,
    units: Counted = None,
    stage: Stages = None,
    column: Columns = None,
    encoding: Encoding = None,
    sheet: Sheet = None,
    team: Annotated[
        str | None, typer.Option(help="Whose deals or leads these are; gives the currency and its rates.")
    ] = None,
    currency: Currency = None,
    by_name: ByName = False,
    apart: Apart = "",
    workspace: Annotated[
        str | None, typer.Option(help="Id or name; needed where there are several, or none yet.")
    ] = None,
    again: Annotated[
        bool, typer.Option("--again", help="Take people too who were erased; they are no longer left out.")
    ] = False,
    report: Annotated[
        Path | None,
        typer.Option(
            help=f"Where rows not taken go, each with its reason; without it, if more than {SHOWN}."
        ),
    ] = None,
    database_url: Annotated[str | None, typer.Option(help="Instead of DATABASE_URL.")] = None,
) -> None:
    """Take deals, leads, accounts and products from CSV files or workbooks; the same file twice changes nothing."""
    if (path is None) == (undo is None):
        raise typer.BadParameter("Name a file or folder to import, or an import to --undo.")
    if preset is not None and preset not in PRESETS:
        raise typer.BadParameter(f"{preset} is none of {', '.join(PRESETS)}.", param_hint="--preset")
    is_exported = path is not None and text_of_export(path) is not None
    of_files = (
        preset,
        dates,
        decimals,
        units,
        stage,
        column,
        encoding,
        sheet,
        team,
        currency,
        again,
        by_name,
        apart,
    )
    if is_exported and any(of_files):
        raise typer.BadParameter(
            "An exported folder is read as it is: leave out all options but --workspace, --dry-run and --report."
        )
    if report is not None and path is not None and report.resolve() == path.resolve():
        raise typer.BadParameter("That is the file to import; name another one.", param_hint="--report")
    # What draws tables and bars, which no other command does.
    from bot.imports.report import refusals_of
    from bot.imports.terminal import imported, undone

    terms = ImportTerms(
        preset,
        team,
        dates,
        stages_given(stage or ()),
        columns_given(column or ()),
        encoding,
        sheet,
        currency_given(currency),
        dry_run,
        decimals,
        units,
        states_given(stage or ()),
        again=again,
        by_name=by_name,
        apart=apart.strip(),
    )
    url = database_url or read_settings(slack_bot_token="unused").database_url
    with told_in_one_line("Stopped. Running the same again completes it; --undo takes it back."):
        file_of(url)  # refuses a place where data would be lost
        if undo is not None:
            complete = asyncio.run(undone(url, workspace, undo))
        elif path is not None and is_exported:
            from bot.exports.back_in import read_back  # with all that the bot declares

            refusals = refusals_of(path, report)
            complete = asyncio.run(read_back(url, workspace, path, refusals, dry_run=dry_run))
        else:
            assert path is not None
            complete = asyncio.run(imported(url, workspace, path, terms, refusals_of(path, report)))
    if not complete:
        raise typer.Exit(1)
