"""The command: asks first, erases, and says what was done. Exit codes: 0 erased, 1 not, 2 usage."""

import asyncio
from collections.abc import Iterable
from contextlib import AbstractAsyncContextManager
from typing import TYPE_CHECKING, Annotated

import typer

from bot.outcome import failed, told_in_one_line
from bot.settings import read_settings
from bot.standby import file_of
from sales.refusal import Refusal
from storage.database import Database

if TYPE_CHECKING:
    from bot.erase.owner import OwnerErasing


def erase_command(
    person: Annotated[
        str | None,
        typer.Argument(
            metavar="USER",
            help="A Slack id, a full name or an address, or an owner that deals name.",
            show_default=False,
        ),
    ] = None,
    contact: Annotated[
        str | None, typer.Option(metavar="NAME", help="Forget somebody at a customer's instead.")
    ] = None,
    deals_to: Annotated[
        str | None,
        typer.Option(metavar="USER", help="To whom open deals and follow-ups go; else nobody has them."),
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask first.")] = False,
    workspace: Annotated[str | None, typer.Option(help="Id or name; needed where there are several.")] = None,
    database_url: Annotated[str | None, typer.Option(help="Instead of DATABASE_URL.")] = None,
) -> None:
    """Forget a person, or a customer's contact, in every table; while the bot runs or not. Cannot be undone."""
    if (person is None) == (contact is None):
        raise typer.BadParameter("Name a person to erase, or a --contact.")
    if contact is not None and deals_to is not None:
        raise typer.BadParameter("A contact has no deals to give.", param_hint="--deals-to")
    settings = read_settings(slack_bot_token="unused")
    url = database_url or settings.database_url
    with told_in_one_line("Stopped. Running the same again completes it."):
        file_of(url)  # refuses a place where data would be lost
        if person is not None:
            done = asyncio.run(
                person_erased(url, workspace, person, deals_to, yes=yes, admins=settings.admins)
            )
        else:
            assert contact is not None
            done = asyncio.run(contact_erased(url, workspace, contact, yes=yes))
    if not done:
        raise failed("Nothing was erased.")


async def person_erased(
    url: str, workspace: str | None, said: str, deals_to: str | None, *, yes: bool, admins: Iterable[str]
) -> bool:
    """Erase a person and say so; False if whoever was asked said no."""
    from bot.clock import wall_clock
    from bot.erase.owner import owner_planned
    from bot.erase.person import forget, planned
    from bot.erase.report import question, told

    async with opened(url, workspace) as (database, workspace_id):
        if owner := await owner_planned(database, workspace_id, said):
            return await owner_erased(owner, deals_to, yes=yes)
        plan = await planned(database, workspace_id, said, deals_to)
        if not agreed(question(plan, asks=not yes), yes=yes):
            return False
        done = await forget(plan, wall_clock)
    for line in told(plan, done, is_named_admin=plan.member.user_id in set(admins)):
        typer.echo(line)
    return True


async def owner_erased(plan: "OwnerErasing", deals_to: str | None, *, yes: bool) -> bool:
    """Erase an owner that only deals name, and say so; False if whoever was asked said no.

    Raises:
        Refusal: if the deals are to go to somebody.
    """
    from bot.clock import wall_clock
    from bot.erase.owner import forget_owner
    from bot.erase.report import owner_question, owner_told

    if deals_to is not None:
        raise Refusal(
            f"{plan.name} is only a name on deals, so there is nothing of theirs to hand over. Leave --deals-to out, "
            "or import the deals with their new owner first."
        )
    if not agreed(owner_question(plan, asks=not yes), yes=yes):
        return False
    done = await forget_owner(plan, wall_clock)
    for line in owner_told(done):
        typer.echo(line)
    return True


async def contact_erased(url: str, workspace: str | None, name: str, *, yes: bool) -> bool:
    """Erase a contact and say so; False if whoever was asked said no."""
    from bot.clock import wall_clock
    from bot.erase.contact import contact_planned, forget_contact
    from bot.erase.report import contact_question, contact_told

    async with opened(url, workspace) as (database, workspace_id):
        plan = await contact_planned(database, workspace_id, name)
        if not agreed(contact_question(plan, asks=not yes), yes=yes):
            return False
        done = await forget_contact(plan, wall_clock)
    for line in contact_told(done):
        typer.echo(line)
    return True


def opened(url: str, workspace: str | None) -> AbstractAsyncContextManager[tuple[Database, str]]:
    """Open the database as the bot does, so that what is handed over finds what the features declare."""
    from bot.imports.place import existing
    from handlers.registry import REGISTRY

    return existing(url, workspace, "nobody to erase", REGISTRY.declared)


def agreed(lines: Iterable[str], *, yes: bool) -> bool:
    """Say what is going to happen, and ask whether it should."""
    first, *others = lines
    for line in [first, *others]:
        typer.echo(line)
    return yes or typer.confirm("Erase now?")
