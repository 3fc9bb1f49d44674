"""The ideal client of a team: written down by its managers in a form or in words, read by everybody in it (30, 79)."""

from collections.abc import Mapping
from typing import Any

from handlers.ahead import answered_ahead
from handlers.context import Context
from handlers.feature import Command, Feature, Phrase, Record, routes
from handlers.people.named_team import team_and_words
from handlers.people.team import (
    about_team,
    changeable_team,
    may_change_team,
    team_by_id,
)
from handlers.remembered import remember
from handlers.reply import Reply
from messages.blocks import Message
from messages.prospects import ideal_client as views
from messages.prospects.profile_change import proposal
from sales.people.permission import Act
from sales.pipeline.account import MarketReach
from sales.prospects.attitude import read_statements
from sales.prospects.ideal_client import IdealClient, sector_list
from sales.prospects.ideal_client_phrase import EXAMPLE, reaches_said, read_ideal_client
from sales.prospects.size_range import amount_in, read_range
from sales.value import changed
from storage.people.team import TeamRow
from storage.prospects import ideal_client as queries
from storage.prospects.ideal_client import IdealClientRow
from storage.prospects.profile_change import change_proposed

FORM = "edit"  # the word that opens the form


async def shown(context: Context) -> Reply | None:
    """`/team ideal`: whom a team wants and how its accounts stand; None for words that change it."""
    team, words = await team_and_words(context)
    return Reply(say=await read(context, team)) if not words else None


async def read(context: Context, team: TeamRow) -> Message:
    """Return the page of a team's ideal client.

    Raises:
        PermissionRefusal: if it is not the asking person's to read.
    """
    about = await about_team(context.scope, team)
    context.require(Act.SEE_TEAM, about, f"What {team.name} wants is for its people.")
    return await page(context, team)


async def page(context: Context, team: TeamRow, note: str = "", undo_id: int | None = None) -> Message:
    """Return the page of a team's ideal client as it stands; what losses propose is for whoever may change it."""
    wanted = await queries.ideal_client_of(context.scope, team.id)
    found = await queries.census_of(context.scope, wanted) if wanted is not None else None
    manages = await may_change_team(context, team)
    change = await change_proposed(context.scope, team.id, context.today) if manages else None
    more = proposal(change, team.id) if change is not None else []
    return views.page(team.name, team.id, wanted, found, more, note, undo_id, manages=manages)


async def change(context: Context) -> Reply:
    """`/team ideal 50-500 employees; sectors logistics`: change what these words say, or open the form.

    Raises:
        Refusal: for words that cannot be placed.
    """
    team, words = await team_and_words(context)
    if not words:
        return Reply(say=await read(context, team))
    await changeable_team(context, team)
    held = await queries.ideal_client_of(context.scope, team.id)
    if words == FORM:
        return Reply(view=views.form(team.id, held, team.currency))
    before = plain(held) if held is not None else IdealClient(currency=team.currency)
    return await kept(context, team, before, read_ideal_client(words, before, team.currency))


async def open_form(context: Context) -> Reply:
    team = await changeable_team(context, await team_by_id(context, context.request.value))
    held = await queries.ideal_client_of(context.scope, team.id)
    return Reply(view=views.form(team.id, held, team.currency))


async def save(context: Context) -> Reply:
    """The form was submitted."""
    team = await changeable_team(context, await team_by_id(context, context.request.private))
    held = await queries.ideal_client_of(context.scope, team.id)
    before = plain(held) if held is not None else IdealClient(currency=team.currency)
    said = filled_in(context.request.values, team.currency)
    asked = read_statements(context.request.values.get(views.STATEMENTS) or "", views.STATEMENTS)
    as_usual = before.statements is None and asked == before.asked_statements
    written = None if as_usual else "\n".join(asked)
    return await kept(context, team, before, changed(IdealClient, said, statements=written))


async def kept(context: Context, team: TeamRow, before: IdealClient, wanted: IdealClient) -> Reply:
    """Keep whom a team wants, and say it."""
    if wanted == before:
        return Reply(say=views.unchanged())
    touched = await queries.save_ideal_client(context.scope, team.id, wanted)
    undo = await remember(context, f"the ideal client of {team.name}", touched)
    found = await queries.census_of(context.scope, wanted)
    return Reply(say=views.saved(team.name, wanted, found, undo.id))


def filled_in(chosen: Mapping[str, Any], currency: str) -> IdealClient:
    """Return whom a form describes, its statements aside.

    Raises:
        Refusal: under the field at fault.
    """
    employees = read_range(chosen.get(views.EMPLOYEES) or "", field=views.EMPLOYEES)
    locations = read_range(chosen.get(views.LOCATIONS) or "", field=views.LOCATIONS)
    revenue = read_range(chosen.get(views.REVENUE) or "", amount_in(currency), views.REVENUE)
    return IdealClient(
        sells_on=" ".join(chosen.get(views.SELLS_ON) or ()),
        least_employees=employees.least,
        most_employees=employees.most,
        least_revenue_minor=revenue.least,
        most_revenue_minor=revenue.most,
        currency=currency,
        least_locations=locations.least,
        most_locations=locations.most,
        reaches=reaches_said([MarketReach(one) for one in chosen.get(views.REACHES) or ()]),
        sectors=sector_list((chosen.get(views.SECTORS) or "").replace(";", ",").split(","), views.SECTORS),
    )


def plain(wanted: IdealClient) -> IdealClient:
    """Return what a stored ideal client says, as a value."""
    return IdealClient.model_validate(wanted.model_dump(include=set(IdealClient.model_fields)))


FEATURE = Feature(
    name="ideal_client",
    commands=(
        Command(
            "team ideal",
            "[words]",
            "your team's ideal client: whom it wants, what it sells on, how many accounts are so",
            EXAMPLE,
            answered_ahead(shown, change),
            Act.SEE_TEAM,
            order=68,
        ),
    ),
    phrases=(Phrase(r"(?:show (?:me )?)?(?:my |our |the )?ideal client", "team", "ideal"),),
    actions=routes(Act.CHANGE_TEAM, {views.EDIT: open_form}),
    views=routes(Act.CHANGE_TEAM, {views.SAVE: save}),
    records=(
        Record(
            IdealClientRow,
            undone=True,
            exported=True,
            read=Act.SEE_TEAM,
            exempt="whom a team wants as a customer; nobody's alone",
        ),
    ),
)
