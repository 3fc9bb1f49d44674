"""`rainmaker connect` and `rainmaker disconnect`. Exit codes: 0 done, 1 not, 2 usage."""

import asyncio
import os
import sys
from collections.abc import Mapping
from typing import Annotated

import typer

from bot.outcome import failed, told_in_one_line
from bot.settings import Settings, read_settings
from bot.standby import file_of
from sales.imports.sync.record import VENDORS, Vendor

CRM_HELP = "hubspot or salesforce."
READ = {
    "owner": "owners",
    "account": "accounts",
    "contact": "contacts",
    "deal": "deals",
    "activity": "activities",
    "stage": "stages",
}


def connect_command(
    crm: Annotated[Vendor | None, typer.Argument(help=CRM_HELP, show_default=False)] = None,
    team: Annotated[
        str | None, typer.Option(help="Whose currency, calendar and stages its deals have.")
    ] = None,
    rotate: Annotated[
        bool, typer.Option("--rotate", help="Encrypt what is kept with the first key anew.")
    ] = False,
    workspace: Annotated[str | None, typer.Option(help="Id or name; needed where there are several.")] = None,
    database_url: Annotated[str | None, typer.Option(help="Instead of DATABASE_URL.")] = None,
) -> None:
    """Connect a CRM: its credentials are tried and kept encrypted; while the bot runs or not."""
    if (crm is None) != rotate:
        raise typer.BadParameter("Name a CRM to connect, or --rotate.")
    settings = read_settings(slack_bot_token="unused")
    url = database_url or settings.database_url
    with told_in_one_line("Stopped. Nothing was kept."):
        file_of(url)  # refuses a place where data would be lost
        if crm is None:
            asyncio.run(rotated(settings, url, workspace))
        else:
            asyncio.run(connected(settings, url, workspace, crm, team))


def disconnect_command(
    crm: Annotated[Vendor, typer.Argument(help=CRM_HELP)],
    workspace: Annotated[str | None, typer.Option(help="Id or name; needed where there are several.")] = None,
    database_url: Annotated[str | None, typer.Option(help="Instead of DATABASE_URL.")] = None,
) -> None:
    """Forget a CRM's credentials and read it no more; its deals stay as they are."""
    settings = read_settings(slack_bot_token="unused")
    url = database_url or settings.database_url
    with told_in_one_line("Stopped."):
        file_of(url)
        asyncio.run(disconnected(url, workspace, crm))


async def connected(
    settings: Settings, url: str, workspace: str | None, crm: Vendor, team: str | None
) -> None:
    from bot.clock import wall_clock
    from bot.erase.command import opened
    from bot.sync.connect import connect
    from bot.sync.secret import Secrets, SecretTrouble
    from sales.imports.sync.port import CrmTrouble

    try:
        secrets = Secrets(settings.rainmaker_secret_key.get_secret_value())
        credentials = asked(crm)
        async with opened(url, workspace) as (database, workspace_id):
            found = await connect(database, workspace_id, crm, credentials, secrets, wall_clock(), team)
    except (SecretTrouble, CrmTrouble) as trouble:
        raise failed(str(trouble)) from None
    name, access = VENDORS[crm], found.access
    again = " again" if found.again else ""
    typer.echo(f"{name} is connected{again}: account {access.account}, its clock in {access.zone}.")
    unread = [READ[one] for one in READ if one not in access.unread]
    typer.echo(f"I may read {', '.join(unread)}.")
    for what, mend in access.unread.items():
        typer.echo(f"Not read: {READ.get(what, what)}. {mend}")
    whose = f" for {found.team}" if found.team else ""
    typer.echo(
        f"It is read every five minutes{whose}. Nothing is written back unless a team's settings say so."
    )


async def disconnected(url: str, workspace: str | None, crm: Vendor) -> None:
    from bot.erase.command import opened
    from bot.sync.connect import disconnect

    async with opened(url, workspace) as (database, workspace_id):
        await disconnect(database, workspace_id, crm)
    typer.echo(
        f"{VENDORS[crm]} is not connected any more. Its credentials are gone; its deals stay as they are."
    )


async def rotated(settings: Settings, url: str, workspace: str | None) -> None:
    from bot.erase.command import opened
    from bot.sync.connect import rotate
    from bot.sync.secret import Secrets, SecretTrouble

    try:
        secrets = Secrets(settings.rainmaker_secret_key.get_secret_value())
        async with opened(url, workspace) as (database, workspace_id):
            names = await rotate(database, workspace_id, secrets)
    except SecretTrouble as trouble:
        raise failed(str(trouble)) from None
    kept = " and ".join(names) if names else "Nothing is connected, so nothing"
    typer.echo(f"{kept}: encrypted with the first key of RAINMAKER_SECRET_KEY now. The others can go.")


def asked(crm: Vendor) -> Mapping[str, str]:
    """Return what a CRM is connected with: from the environment or `.env`, else as it is typed, secrets unseen."""
    from bot.sync.adapters import ADAPTERS

    adapter, given = ADAPTERS[crm], environment()
    found = {one.name: said for one in adapter.asked if (said := given.get(one.variable, "").strip())}
    for one in adapter.asked:
        if one.name not in found and one.needed and one.instead not in found:
            found[one.name] = typer.prompt(one.question, hide_input=one.secret and sys.stdin.isatty()).strip()
    if url := given.get(adapter.url_variable, "").strip():
        found["url"] = url
    return found


def environment() -> Mapping[str, str]:
    """Return the environment, and what `.env` says beside it; a `$` in a secret means nothing."""
    from dotenv import dotenv_values

    beside = dotenv_values(str(Settings.model_config.get("env_file")), interpolate=False)
    return {**{name: said for name, said in beside.items() if said is not None}, **os.environ}
