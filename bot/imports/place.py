"""Where an import goes: the database and the workspace, also before the bot was ever started."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import typer
from babel.numbers import list_currencies

from bot.clock import wall_clock
from bot.settings import SettingsTrouble, read_settings
from sales.imports.files.terms import ImportTerms
from sales.nudges.declared import Declared
from sales.refusal import Refusal
from storage.database import Database
from storage.imports.files.desk import no_such_team, require_team
from storage.people.team import every_team
from storage.people.workspace import WorkspaceRow, install_workspace, installed_workspaces

WORKSPACE_ID = re.compile(r"T[A-Z0-9]{0,20}", re.ASCII)


class Destination(NamedTuple):
    """A database, a workspace in it, and what amounts are in, where no team says so."""

    database: Database
    workspace_id: str
    currency: str | None


class FirstWorkspace(NamedTuple):
    """A workspace that no bot was started in yet."""

    id: str
    name: str = ""
    bot_user_id: str = ""


@asynccontextmanager
async def destination(url: str, asked: str | None, terms: ImportTerms) -> AsyncIterator[Destination]:
    """Open where an import goes; everything it needs is asked for before anything is made.

    Raises:
        Refusal: if nothing says which workspace it is, or what amounts are in.
    """
    with TemporaryDirectory(prefix="rainmaker-") as aside:
        missing = missing_file(url)
        if missing and terms.team is not None:
            raise no_such_team(terms.team, [])
        first = await first_workspace(asked) if missing else None
        currency = currency_asked(terms) if missing else terms.currency
        if missing and terms.dry_run:
            url = f"sqlite+aiosqlite:///{aside}/dry-run.db"
        database = await Database.open(url)
        try:
            async with database.read_ledger() as ledger:
                known = await installed_workspaces(ledger)
            if not known:
                if terms.team is not None:
                    raise no_such_team(terms.team, [])
                first = first or await first_workspace(asked)
                currency = currency or currency_asked(terms)
                async with database.write_ledger() as ledger:
                    await install_workspace(ledger, *first, wall_clock())
                workspace_id = first.id
            else:
                workspace_id = workspace_meant(known, asked)
                async with database.read(workspace_id) as scope:
                    await require_team(scope, terms.team)  # before anybody is asked for a currency
                if currency is None and not await has_team(database, workspace_id):
                    currency = currency_asked(terms)
            yield Destination(database, workspace_id, currency)
        finally:
            await database.close()


@asynccontextmanager
async def existing(
    url: str, asked: str | None, lacking: str, declared: Declared | None = None
) -> AsyncIterator[tuple[Database, str]]:
    """Open the database that is there, and say which workspace is meant.

    `lacking` is what there is where it is not there: "nothing to undo".

    Raises:
        Refusal: if there is no database, no workspace in it, or it is not sure which is meant.
    """
    if missing := missing_file(url):
        raise no_database(missing, lacking)
    database = await Database.open(url, declared=declared)
    try:
        async with database.read_ledger() as ledger:
            known = await installed_workspaces(ledger)
        if not known:
            raise Refusal(f"The bot is in no workspace yet, so there is {lacking}.")
        yield database, workspace_meant(known, asked)
    finally:
        await database.close()


def no_database(missing: Path, lacking: str) -> Refusal:
    """Return that a database is not there, and what is not there without it."""
    return Refusal(f"There is no database at {missing}, so there is {lacking}. Check DATABASE_URL.")


async def has_team(database: Database, workspace_id: str) -> bool:
    async with database.read(workspace_id) as scope:
        return bool(await every_team(scope))


async def first_workspace(asked: str | None) -> FirstWorkspace:
    """Return the workspace of the bot's token, or the one whose id was typed.

    Raises:
        Refusal: if there is neither, or they differ.
    """
    try:
        settings = read_settings()
    except SettingsTrouble:
        settings = None  # no token: the id that was typed has to do
    if settings is not None:
        from slack_sdk.web.async_client import AsyncWebClient

        from bot.installation import installation

        token = settings.slack_bot_token.get_secret_value()
        told = await installation(AsyncWebClient(token=token, base_url=settings.slack_api_url))
        if asked not in (None, told.workspace_id, told.name):
            raise Refusal(
                f"SLACK_BOT_TOKEN is of workspace {told.workspace_id} ({told.name}), not of {asked}."
            )
        return FirstWorkspace(told.workspace_id, told.name, told.bot_user_id)
    if asked is None:
        raise Refusal(
            "Nothing says yet which Slack workspace these deals are of. Set SLACK_BOT_TOKEN, or add the workspace's "
            "id.",
            example="--workspace T0123456",
        )
    if not WORKSPACE_ID.fullmatch(asked):
        raise Refusal(
            f"“{asked}” is no id of a Slack workspace. Slack shows it in the address of your browser, after /client/.",
            example="--workspace T0123456",
        )
    return FirstWorkspace(asked)


def currency_asked(terms: ImportTerms) -> str:
    """Return what amounts are in: as given, or as somebody at the terminal says.

    Raises:
        Refusal: if nobody says it.
    """
    if terms.currency:
        return terms.currency
    try:
        said = str(typer.prompt("What are the amounts in? A currency such as USD", err=True)).strip().upper()
    except typer.Abort as nobody:
        typer.echo(err=True)
        raise Refusal(
            "There is no team yet that says what the amounts are in.", example="--currency USD"
        ) from nobody
    if said not in list_currencies():
        raise Refusal(f"“{said}” is no currency.", example="--currency USD")
    return said


def missing_file(url: str) -> Path | None:
    """Return the database's file if it should be one and is not there."""
    place = Database(url).url
    if place.get_backend_name() != "sqlite" or not place.database:
        return None
    file = Path(place.database)
    return None if file.exists() else file


def workspace_meant(known: list[WorkspaceRow], asked: str | None) -> str:
    """Return the id of the workspace asked for, or of the only one."""
    names = ", ".join(f"{row.id} ({row.name})" if row.name else row.id for row in known) or "none yet"
    fitting = [
        row for row in known if asked is None or asked.casefold() in (row.id.casefold(), row.name.casefold())
    ]
    if not fitting:
        raise Refusal(f"There is no workspace “{asked}”. Known: {names}.")
    if len(fitting) > 1:
        raise Refusal(f"There are several workspaces: {names}. Say which.", example="--workspace T0123")
    return fitting[0].id
