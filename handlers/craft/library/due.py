"""What is past its review day: whoever looks after it reads so on Home, and in their morning note once a month (69)."""

from datetime import date, timedelta

from handlers.feature import Look, Shown
from messages.craft import library as views
from sales.craft.library import is_worth_saying
from storage.craft.library import DueEntry, due_for

REMEMBERED = timedelta(days=7)  # so long the note before is known (`handlers/surfaces/morning.py`)


async def theirs(look: Look) -> list[DueEntry]:
    if look.team is None:
        return []
    return await due_for(look.scope, look.member.user_id, look.today)


async def on_home(look: Look) -> Shown | None:
    """Which entries of theirs are past their day, as long as they are."""
    found = await theirs(look)
    if not found or look.team is None:
        return None
    return Shown(views.at_home([one.title for one in found], look.team.id))


async def in_morning(look: Look) -> Shown | None:
    """The same, on the first note of a month and on the first after a day has passed."""
    found = await theirs(look)
    since: date = look.last.on if look.last is not None else look.today - REMEMBERED
    if (
        not found
        or look.team is None
        or not is_worth_saying([one.review_by for one in found], since, look.today)
    ):
        return None
    return Shown(views.at_home([one.title for one in found], look.team.id))
