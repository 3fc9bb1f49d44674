"""Much work with little to show: on a Friday evening, once in four weeks at most, and `/why busy` (mechanism 19).

Never in a message of its own, and for the rep alone.
"""

from handlers.context import Context
from handlers.feature import Feature, Look, Section, Shown, Surface
from handlers.reply import Reply
from messages.pipeline import busy as views
from sales.language.dates.weekday import FRIDAY
from sales.people.permission import Act
from storage.pipeline.busy import busy_days, busy_on_friday

WORDS = frozenset({"busy", "busy fool", "yield", "my yield"})


async def on_fridays(look: Look) -> Shown | None:
    """That many touches brought few deals, with the evening prompt that comes anyway."""
    if look.day is None or look.day.weekday() != FRIDAY or look.team is None or not look.member.is_rep:
        return None
    found = await busy_on_friday(look.scope, look.member, look.team, look.day)
    return Shown([views.stop(found)]) if found is not None else None


async def explain(context: Context) -> Reply | None:
    """`/why busy`: what one's own touches brought, whoever asks; None for other words."""
    if context.text.strip(" ?!.").casefold() not in WORDS:
        return None
    return Reply(
        say=views.answer(await busy_days(context.scope, context.member, context.their_team, context.today))
    )


FEATURE = Feature(
    name="busy",
    sections=(Section(Surface.EVENING, 61, on_fridays, Act.OWN_WORK),),
    explain=explain,
    explains="yield",
)
