"""The command line: `rainmaker`, also `python -m bot`. Exit codes: 0 done, 1 refused or failed, 2 usage."""

import asyncio
import os
import signal
import sys
from pathlib import Path
from typing import Annotated

import typer

from bot.importing import import_command
from bot.logs import set_up
from bot.settings import SettingsTrouble, read_settings
from sales.refusal import Refusal
from storage.database import Database
from storage.trouble import StorageTrouble

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


@app.command()
def run() -> None:
    """Run the bot over Socket Mode until it is stopped; what is being sent is finished first."""
    from bot.app import running

    settings = read_settings()
    set_up(settings.log_level)

    async def until_stopped() -> None:
        stop = asyncio.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(number, stop.set)
        async with running(settings):
            await stop.wait()

    asyncio.run(until_stopped())


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

    content = manifests.manifest(prefix, http)
    text = manifests.as_json(content) if json else manifests.as_yaml(content)
    if check is None:
        typer.echo(text, nl=False)
    elif not check.exists() or check.read_text() != text:
        fail(f"{check} does not agree with the commands. Mend: rainmaker manifest > {check}")


@app.command()
def migrate() -> None:
    """Bring the database's schema up to date; the bot also does so when it starts."""

    async def opened() -> None:
        database = await Database.open(read_settings(slack_bot_token="unused").database_url)
        await database.close()

    asyncio.run(opened())
    typer.echo("The database is up to date.")


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


def fail(line: str) -> None:
    typer.echo(line, err=True)
    raise typer.Exit(1)


def main() -> None:
    """Run the command line; trouble with a known mend is one line, never a traceback."""
    try:
        app()
    except (SettingsTrouble, StorageTrouble, Refusal) as trouble:
        typer.echo(str(trouble), err=True)
        sys.exit(1)
