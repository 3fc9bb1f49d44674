"""Holidays: the list of a team's days off, and the team's word on each."""

from datetime import date

from handlers.context import Ask
from handlers.feature import Feature
from handlers.people import team as asked
from handlers.reply import Reply
from messages.blocks import Message
from messages.people import holiday as messages
from messages.people.team import HOLIDAYS
from sales.language.typed_text import clean
from sales.people.holiday import HolidayChange, public_days
from sales.refusal import Refusal
from storage.people import team as teams
from storage.people.calendar import calendar_of
from storage.people.holiday import change_holiday, forget_holiday_change, holiday_changes
from storage.people.team import TeamRow

YEARS_BACK, YEARS_AHEAD = 5, 5


async def show(ask: Ask) -> Reply:
    """Show the holidays to come until the end of next year, or those of the year that is named."""
    year, team_name = year_first(ask)
    team = await team_meant(ask, team_name)
    return Reply(say=await listed(ask, team, year))


def year_first(ask: Ask) -> tuple[int | None, str]:
    """Return the year a text begins with, if any, and the rest: a team's name.

    Raises:
        Refusal: if the year is too far away to plan for.
    """
    first, _, rest = ask.text.partition(" ")
    if not (first.isascii() and first.isdigit() and len(first) == 4):
        return None, ask.text
    year = int(first)
    check_year(year, ask.today, field=None)
    return year, rest.strip()


def check_year(year: int, today: date, field: str | None) -> None:
    if not today.year - YEARS_BACK <= year <= today.year + YEARS_AHEAD:
        raise Refusal(
            f"Choose a year from {today.year - YEARS_BACK} to {today.year + YEARS_AHEAD}.",
            field=field,
            example=f"/team holidays {today.year}",
        )


async def team_meant(ask: Ask, name: str) -> TeamRow:
    if name:
        return await asked.named(ask, name)
    managed = await teams.managed_by(ask.scope, ask.member.user_id)
    return ask.team or (managed[0] if len(managed) == 1 else await asked.to_change(ask))


async def show_by_button(ask: Ask) -> Reply:
    return Reply(say=await listed(ask, await asked.by_id(ask, ask.request.value), None))


async def listed(ask: Ask, team: TeamRow, year: int | None) -> Message:
    """Return the list; worked public holidays are in it too, so that they can be restored."""
    assert team.id is not None
    years = [year] if year else [ask.today.year, ask.today.year + 1]
    days = [day for one in years for day in await days_of(ask, team, one)]
    if year is None:
        days = [day for day in days if day.on >= ask.today]
    return messages.listing(team, team.id, days, year, manages=await asked.may_change(ask, team))


async def days_of(ask: Ask, team: TeamRow, year: int) -> list[messages.Day]:
    """Return the holidays of one year, in order."""
    assert team.id is not None
    changes = {row.on: row for row in await holiday_changes(ask.scope, team.id)}
    public = public_days(team.country, team.subdivision, year).off if team.country else {}
    kept = (await calendar_of(ask.scope, team)).holidays(year)
    worked = {on: public[on] for on, change in changes.items() if change.works and on in public}
    return [
        messages.Day(
            on,
            name,
            ours=on in changes and not changes[on].works,
            works=on in worked,
            weekend=not team.workdays >> on.weekday() & 1,
        )
        for on, name in sorted({**worked, **kept}.items())
    ]


async def work(ask: Ask) -> Reply:
    """The team works on a public holiday."""
    team, on, year = await day_meant(ask)
    assert team.id is not None
    if on not in (await calendar_of(ask.scope, team)).holidays(on.year):
        return Reply(edit=await listed(ask, team, year))
    await change_holiday(ask.scope, team.id, HolidayChange(on=on, works=True))
    return Reply(edit=await listed(ask, team, year), home=True)


async def restore(ask: Ask) -> Reply:
    """Let the country's list decide about a day again; a day of the team's own is gone then."""
    team, on, year = await day_meant(ask)
    assert team.id is not None
    await forget_holiday_change(ask.scope, team.id, on)
    return Reply(edit=await listed(ask, team, year), home=True)


async def day_meant(ask: Ask) -> tuple[TeamRow, date, int | None]:
    team_id, on, year = messages.read_value(ask.request.value)
    return await asked.changeable(ask, await asked.by_id(ask, team_id)), on, year


async def open_form(ask: Ask) -> Reply:
    """Ask for a day of the team's own."""
    team = await asked.changeable(ask, await asked.by_id(ask, ask.request.value))
    assert team.id is not None
    return Reply(view=messages.form(team.id, ask.today))


async def add(ask: Ask) -> Reply:
    """Keep a day off of the team's own."""
    team = await asked.changeable(ask, await asked.by_id(ask, ask.request.private))
    assert team.id is not None
    on = date.fromisoformat(ask.request.values[messages.DAY])
    check_year(on.year, ask.today, messages.DAY)
    name = clean(ask.request.values[messages.NAME] or "", messages.NAME_LENGTH, field=messages.NAME)
    if not name:
        raise Refusal("A holiday needs a name.", field=messages.NAME, example="Company day")
    standing = (await calendar_of(ask.scope, team)).why_not(on)
    if standing is not None:
        raise Refusal(f"Nobody works on that day already: {standing}.", field=messages.DAY)
    await change_holiday(ask.scope, team.id, HolidayChange(on=on, name=name))
    return Reply(say=messages.added(team, messages.Day(on, name, ours=True)), home=True)


FEATURE = Feature(
    actions={
        HOLIDAYS: show_by_button,
        messages.WORK: work,
        messages.RESTORE: restore,
        messages.NEW: open_form,
    },
    views={messages.ADD: add},
)
