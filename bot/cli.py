"""The command line: `rainmaker`, also `python -m bot`. Exit codes: 0 done, 1 refused or failed, 2 usage."""

import asyncio
import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from bot.clock import wall_clock
from bot.erase import erase_command
from bot.exports import export_command
from bot.garbage import uncollected
from bot.imports import import_command, options
from bot.logs import set_up
from bot.outcome import TROUBLE, failed, worded
from bot.settings import SettingsTrouble, read_settings
from bot.sync import connect_command, disconnect_command
from sales.imports.files.terms import ImportTerms
from sales.language.figures import number
from storage.database import Database

# Bolt, the handlers and the doctor are imported by the commands that need them: an import of a file or a look at
# the help should not wait a second for them.
app = typer.Typer(
    name="rainmaker",
    help="A self-hosted Slack assistant that helps sales reps hit their number.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command("import")(import_command)
app.command("export")(export_command)
app.command("erase")(erase_command)
app.command("connect")(connect_command)
app.command("disconnect")(disconnect_command)


@app.command()
def run(
    http: Annotated[
        str | None, typer.Option(help="HOST:PORT to be reached at over HTTP, instead of Socket Mode.")
    ] = None,
    metrics: Annotated[
        str | None,
        typer.Option(help="HOST:PORT, or PORT of this machine alone, for metrics and health checks."),
    ] = None,
    hooks: Annotated[
        str | None,
        typer.Option(
            help="HOST:PORT, or PORT of this machine alone, where other systems send content events; with --http they"
            " come in there too. HOOKS in the settings says the same."
        ),
    ] = None,
    reconcile_since: Annotated[
        str | None,
        typer.Option(
            help="After a restore: the backup's time, e.g. 2026-11-22T10:00Z. What was due since is looked for "
            "in Slack before it is posted."
        ),
    ] = None,
) -> None:
    """Run the bot until it is stopped; what is being answered and sent is finished first.

    On a SQLite file that another process serves already, it stands by and takes over when that one ends.
    """
    with uncollected():
        from bot.app import check, running
        from bot.http import LOOPBACK, Address
        from bot.shutdown import Shutdown
        from bot.standby import alone

    settings = read_settings()
    set_up(settings.log_level)
    serve = Address.read(http) if http is not None else None
    watched = Address.read(metrics, "--metrics", host=LOOPBACK) if metrics is not None else None
    wanted = hooks or settings.hooks or None
    hooked = Address.read(wanted, "--hooks", host=LOOPBACK) if wanted is not None else None
    restored = read_instant(reconcile_since) if reconcile_since is not None else None
    check(settings, serve)  # at once, not when its turn comes after hours of standing by

    async def served() -> None:
        shutdown = Shutdown()

        async def work() -> None:
            async with (
                alone(settings.database_url),
                running(settings, serve=serve, restored=restored, metrics=watched, hooks=hooked),
            ):
                await shutdown.until_asked()

        await shutdown.around(work())

    asyncio.run(served())


def read_instant(text: str) -> datetime:
    """Return the instant an operator typed; without a zone it is UTC.

    Raises:
        SettingsTrouble: if it is none, or not over yet.
    """
    try:
        instant = datetime.fromisoformat(text)
    except ValueError as unreadable:
        raise SettingsTrouble(
            f"--reconcile-since {text} is no instant. For example: --reconcile-since 2026-11-22T10:00Z"
        ) from unreadable
    instant = instant.replace(tzinfo=instant.tzinfo or UTC).astimezone(UTC)
    if instant > wall_clock():
        raise SettingsTrouble(f"--reconcile-since {text} is still to come. Name the time of the backup.")
    return instant


@app.command()
def playground(
    port: Annotated[int, typer.Option(help="Where the page is served, on this machine only.")] = 8765,
    crm: Annotated[
        Path | None, typer.Option(help="A folder of CRM tables to load instead of the sample team.")
    ] = None,
    at: Annotated[str | None, typer.Option(help="Set the clock, e.g. 2017-09-20T16:30.")] = None,
    no_browser: Annotated[bool, typer.Option("--no-browser", help="Do not open the page.")] = False,
) -> None:
    """Run the bot in a Slack workspace in a box; no Slack account is needed."""
    arguments = ["--port", str(port)]
    arguments += ["--crm", str(crm)] if crm else []
    arguments += ["--at", at] if at else []
    arguments += ["--no-browser"] if no_browser else []
    # A process of its own: the playground boots the bot, and nothing of the bot imports the playground.
    os.execv(sys.executable, [sys.executable, "-m", "playground", *arguments])


@app.command()
def backtest(
    path: Annotated[
        Path, typer.Argument(exists=True, help="A folder with the CRM's tables, or one CSV file of deals.")
    ],
    dates: options.Dates = None,
    decimals: options.Decimals = None,
    units: options.Counted = None,
    stage: options.Stages = None,
    column: options.Columns = None,
    encoding: options.Encoding = None,
    sheet: options.Sheet = None,
    currency: options.Currency = None,
    by_name: options.ByName = False,
    fiscal_year_start: Annotated[
        int, typer.Option(min=1, max=12, help="The month the fiscal year begins in.")
    ] = 1,
    checks: Annotated[
        bool,
        typer.Option("--checks", help="Score the audit's checks instead: who was flagged, and won later."),
    ] = False,
    halve: Annotated[
        bool, typer.Option("--halve", help="Score halving instead: which half holds what was won.")
    ] = False,
    team: Annotated[
        str | None, typer.Option(help="Whose rates other currencies are taken by, if the teams differ.")
    ] = None,
    report: Annotated[Path | None, typer.Option(help="Where rows left out go, each with its reason.")] = None,
    workspace: Annotated[str | None, typer.Option(help="Id or name; needed where there are several.")] = None,
    database_url: Annotated[str | None, typer.Option(help="Instead of DATABASE_URL.")] = None,
) -> None:
    """Score the forecasts on past quarters, beside the usual ways to guess; nothing is stored."""
    from bot import backtest as backtests

    terms = ImportTerms(
        team=team,
        dates=dates,
        decimals=decimals,
        units=units,
        stages=options.stages_given(stage or ()),
        columns=options.columns_given(column or ()),
        encoding=encoding,
        sheet=sheet,
        currency=options.currency_given(currency),
        by_name=by_name,
    )
    url = database_url or read_settings(slack_bot_token="unused").database_url
    read = backtests.record_of(path, terms, url, workspace, report)
    asked = [one for one, wanted in ((backtests.checked, checks), (backtests.halved, halve)) if wanted]
    for score in asked or [backtests.scored]:
        for line in score(read, fiscal_year_start):
            typer.echo(line)


@app.command()
def score(
    path: Annotated[
        Path, typer.Argument(exists=True, help="A CSV file of deals with a column: won or lost.")
    ],
    encoding: options.Encoding = None,
) -> None:
    """Try scores on a file of won and lost deals, in three parts of its columns; nothing is stored."""
    from bot.outcomes import scored_file

    for line in scored_file(path, encoding):
        typer.echo(line)


@app.command()
def manifest(
    prefix: Annotated[str, typer.Option(help="Put before every command, e.g. rm- gives /rm-goal.")] = "",
    http: Annotated[
        str | None, typer.Option(help="The public address, if the bot is reached over HTTP.")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="JSON instead of YAML.")] = False,
    check: Annotated[Path | None, typer.Option(help="Compare with a file instead of printing.")] = None,
) -> None:
    """Print the manifest to paste into Slack's app page."""
    from bot import manifest as manifests

    manifests.checked(prefix, http)
    content = manifests.manifest(prefix, http)
    text = manifests.as_json(content) if json else manifests.as_yaml(content)
    if check is None:
        typer.echo(text, nl=False)
    elif not check.exists() or check.read_text() != text:
        raise failed(f"{check} does not agree with the commands. Mend: rainmaker manifest > {check}")


@app.command()
def migrate() -> None:
    """Bring the database's schema up to date; the bot also does so when it starts."""

    from bot.standby import file_of

    url = read_settings(slack_bot_token="unused").database_url
    file_of(url)  # refuses a place where data would be lost

    async def opened() -> None:
        database = await Database.open(url)
        await database.close()

    asyncio.run(opened())
    typer.echo("The database is up to date.")


@app.command()
def backup(file: Annotated[Path, typer.Argument(help="The new file; it must not be there yet.")]) -> None:
    """Copy the SQLite database into one file, while the bot runs or not."""
    from bot.standby import file_of
    from storage.backup import back_up

    database = file_of(read_settings(slack_bot_token="unused").database_url)
    if database is None:
        raise failed(
            "This database is PostgreSQL, which has its own: pg_dump --format=custom --file=rainmaker.dump …"
        )
    size = back_up(database, file)
    typer.echo(f"{file} holds everything as it was a moment ago, {number(size / 1e6)} MB.")


@app.command()
def doctor() -> None:
    """Check settings, tokens, scopes, database and clock, and say the mend."""
    from bot.doctor import examine

    async def examined() -> int:
        wrong = 0
        async for finding in examine(read_settings()):
            typer.echo(f"{'!' if finding.mend else ' '} {finding.what}: {finding.found}")
            if finding.mend:
                typer.echo(f"    {finding.mend}")
                wrong += 1
        return wrong

    if asyncio.run(examined()):
        raise typer.Exit(1)


def main() -> None:
    """Run the command line; trouble with a known mend is one line, never a traceback."""
    try:
        app()
    except TROUBLE as trouble:
        typer.echo(worded(trouble), err=True)
        sys.exit(1)
