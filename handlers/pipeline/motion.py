"""Two motions, busy but empty, touches against chances: on a rep's own Home, and on Fridays in their evening.

Never in a channel, and never in a message of their own.
"""

from handlers.feature import Feature, Look, Section, Shown, Surface
from messages.blocks import Block
from messages.pipeline import motion as views
from sales.language.dates.weekday import FRIDAY
from sales.people.permission import Act
from storage.pipeline.motion import busy_but_empty, motions_of, week_of_touches


async def on_home(look: Look) -> Shown | None:
    """Both motions in a line; what the last weeks say beside it, where they say anything."""
    if look.team is None or not look.member.is_rep:
        return None
    blocks = await of_the_week(look)
    both = await motions_of(look.scope, look.member.user_id, look.today)
    if both is not None:
        blocks = [views.motions(both), *blocks]
    return Shown(blocks) if blocks else None


async def on_fridays(look: Look) -> Shown | None:
    """What the week says, once, with the evening prompt that comes anyway."""
    if look.day is None or look.day.weekday() != FRIDAY:
        return None
    blocks = await of_the_week(look)
    return Shown(blocks) if blocks else None


async def of_the_week(look: Look) -> list[Block]:
    """Return that much work opened nothing, else that it went to deals that will hardly be won."""
    day = look.day or look.today
    empty = await busy_but_empty(look.scope, look.member.user_id, day)
    if empty is not None:
        return [views.busy(empty)]
    touches = await week_of_touches(look.scope, look.member.user_id, day)
    return [views.touches(touches)] if touches is not None else []


FEATURE = Feature(
    name="motion",
    sections=(
        Section(Surface.HOME, 59, on_home, Act.OWN_WORK),
        Section(Surface.EVENING, 60, on_fridays, Act.OWN_WORK),
    ),
)
