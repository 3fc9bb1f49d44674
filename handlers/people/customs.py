"""Customs: how the asking person writes and counts days, for reading what they type."""

from handlers.context import Context
from sales.language.dates.spoken.circumstances import Customs
from sales.language.dates.spoken.reading import needs_calendar
from storage.people.calendar import calendar_of


async def customs_of(context: Context, text: str, *, counts_days: bool = False) -> Customs:
    """Return their locale, fiscal year and working days.

    The calendar is read only if the text may need it, or the caller knows that it does (`counts_days`).
    """
    customs = Customs(context.member.locale, context.team.fiscal_year_start if context.team else 1)
    if context.team is None or not (counts_days or needs_calendar(text)):
        return customs
    calendar = await calendar_of(context.scope, context.team, context.member)
    return customs._replace(shift=calendar.shift)
