"""Holidays: the list of a team's days off, and the team's word on each."""

from datetime import date

from handlers.context import Context
from handlers.feature import Command, Feature, Record, routes
from handlers.people.team import changeable_team, may_change_team, team_by_id, team_called, the_team
from handlers.remembered import remember
from handlers.reply import Reply
from messages.blocks import Message
from messages.people import holiday as views
from messages.people.team import HOLIDAYS
from sales.language.figures import long_day
from sales.language.typed_text import clean
from sales.people.holiday import HolidayChange, public_days
from sales.people.permission import Act
from sales.refusal import Refusal
from storage.people.calendar import calendar_of
from storage.people.holiday import HolidayChangeRow, change_holiday, forget_holiday_change, holiday_changes
from storage.people.team import TeamRow, teams_managed_by
from storage.row_image import Touched, image

YEARS_BACK, YEARS_AHEAD = 5, 5


async def show(context: Context) -> Reply:
    """Show the holidays to come until the end of next year, or those of the year that is named."""
    year, team_name = year_first(context)
    team = await team_meant(context, team_name)
    return Reply(say=await listed(context, team, year))


def year_first(context: Context) -> tuple[int | None, str]:
    """Return the year a text begins with, if any, and the rest: a team's name.

    Raises:
        Refusal: if the year is too far away to plan for.
    """
    first, _, rest = context.text.partition(" ")
    if not (first.isascii() and first.isdigit() and len(first) == 4):
        return None, context.text
    year = int(first)
    check_year(year, context.today, field=None)
    return year, rest.strip()


def check_year(year: int, today: date, field: str | None) -> None:
    if not today.year - YEARS_BACK <= year <= today.year + YEARS_AHEAD:
        raise Refusal(
            f"Choose a year from {today.year - YEARS_BACK} to {today.year + YEARS_AHEAD}.",
            field=field,
            example=f"/team holidays {today.year}",
        )


async def team_meant(context: Context, name: str) -> TeamRow:
    if name:
        return await team_called(context, name)
    managed = await teams_managed_by(context.scope, context.member.user_id)
    return context.team or (managed[0] if len(managed) == 1 else await the_team(context))


async def show_by_button(context: Context) -> Reply:
    return Reply(say=await listed(context, await team_by_id(context, context.request.value), None))


async def listed(context: Context, team: TeamRow, year: int | None) -> Message:
    """Return the list; worked public holidays are in it too, so that they can be restored."""
    years = [year] if year else [context.today.year, context.today.year + 1]
    days = [day for one in years for day in await days_of(context, team, one)]
    if year is None:
        days = [day for day in days if day.on >= context.today]
    return views.listing(team, team.id, days, year, manages=await may_change_team(context, team))


async def days_of(context: Context, team: TeamRow, year: int) -> list[views.Day]:
    """Return the holidays of one year, in order."""
    changes = {row.on: row for row in await holiday_changes(context.scope, team.id)}
    public = public_days(team.country, team.subdivision, year).off if team.country else {}
    kept = (await calendar_of(context.scope, team)).holidays(year)
    worked = {on: public[on] for on, change in changes.items() if change.works and on in public}
    return [
        views.Day(
            on,
            name,
            ours=on in changes and not changes[on].works,
            works=on in worked,
            weekend=not team.workdays >> on.weekday() & 1,
        )
        for on, name in sorted({**worked, **kept}.items())
    ]


async def work(context: Context) -> Reply:
    """The team works on a public holiday."""
    team, on, year = await day_meant(context)
    if on not in (await calendar_of(context.scope, team)).holidays(on.year):
        return Reply(edit=await listed(context, team, year))
    was = await word_on(context, team, on)
    await change_holiday(context.scope, team.id, HolidayChange(on=on, works=True))
    await remember_word(context, team, on, was, f"{team.name} works on {long_day(on, context.today)}")
    return Reply(edit=await listed(context, team, year), home=True)


async def restore(context: Context) -> Reply:
    """Let the country's list decide about a day again; a day of the team's own is gone then."""
    team, on, year = await day_meant(context)
    was = await word_on(context, team, on)
    await forget_holiday_change(context.scope, team.id, on)
    await remember_word(context, team, on, was, f"{long_day(on, context.today)} as the country has it")
    return Reply(edit=await listed(context, team, year), home=True)


async def day_meant(context: Context) -> tuple[TeamRow, date, int | None]:
    team_id, on, year = views.read_value(context.request.value)
    return await changeable_team(context, await team_by_id(context, team_id)), on, year


async def open_form(context: Context) -> Reply:
    """Ask for a day of the team's own."""
    team = await changeable_team(context, await team_by_id(context, context.request.value))
    return Reply(view=views.form(team.id, context.today))


async def add(context: Context) -> Reply:
    """Keep a day off of the team's own."""
    team = await changeable_team(context, await team_by_id(context, context.request.private))
    on = date.fromisoformat(context.request.values[views.DAY])
    check_year(on.year, context.today, views.DAY)
    name = clean(context.request.values[views.NAME] or "", views.NAME_LENGTH, field=views.NAME)
    if not name:
        raise Refusal("A holiday needs a name.", field=views.NAME, example="Company day")
    standing = (await calendar_of(context.scope, team)).why_not(on)
    if standing is not None:
        raise Refusal(f"Nobody works on that day already: {standing}.", field=views.DAY)
    was = await word_on(context, team, on)
    await change_holiday(context.scope, team.id, HolidayChange(on=on, name=name))
    await remember_word(context, team, on, was, f"{name} on {long_day(on, context.today)} off")
    return Reply(say=views.added(team, views.Day(on, name, ours=True)), home=True)


async def word_on(context: Context, team: TeamRow, on: date) -> HolidayChangeRow | None:
    """Return a team's own word on a day, if it has one."""
    return next((row for row in await holiday_changes(context.scope, team.id) if row.on == on), None)


async def remember_word(
    context: Context, team: TeamRow, on: date, was: HolidayChangeRow | None, summary: str
) -> None:
    """Note that a team's word on a day is another, so that it can be taken back."""
    row = await word_on(context, team, on)
    touched = [Touched(was, image(was), gone=True)] if was is not None else []
    touched += [Touched(row)] if row is not None else []
    if touched:
        await remember(context, summary, *touched)


FEATURE = Feature(
    name="holiday",
    commands=(
        Command(
            "team holidays",
            "[year] [name]",
            "the days your team does not work",
            "/team holidays",
            show,
            Act.SEE_TEAM,
            order=62,
        ),
    ),
    actions={
        **routes(Act.SEE_TEAM, {HOLIDAYS: show_by_button}),
        **routes(Act.CHANGE_TEAM, {views.WORK: work, views.RESTORE: restore, views.NEW: open_form}),
    },
    views=routes(Act.CHANGE_TEAM, {views.ADD: add}),
    records=(
        Record(
            HolidayChangeRow,
            undone=True,
            exported=True,
            read=Act.SEE_TEAM,
            exempt="a team's own days; nobody's alone",
        ),
    ),
)
