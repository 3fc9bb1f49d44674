"""Consistency: `/why consistency`, and on Fridays a line in the evening prompt that comes anyway (mechanism 66)."""

from handlers.coaching.asked import person_meant, said_of
from handlers.context import Context
from handlers.feature import Feature, Look, Phrase, Section, Shown, Surface
from handlers.reply import Reply
from messages.coaching import consistency as views
from sales.language.dates.weekday import FRIDAY
from sales.people.permission import Act
from storage.coaching.diagnosis import consistency_of

CALLED = ("consistency", "my consistency", "streak", "my streak", "active days", "active")


async def explain(context: Context) -> Reply | None:
    """Answer how steadily somebody works; None for other words."""
    said = said_of(context.text, CALLED)
    owner = await person_meant(context, said) if said is not None else None
    if owner is None:
        return None
    found = await consistency_of(context.scope, owner.member, owner.team, owner.today)
    is_known = bool(found.days or found.streak)
    return Reply(say=views.shown(found if is_known else None, owner.member.name if owner.shown else ""))


async def on_fridays(look: Look) -> Shown | None:
    """Active days and the streak, once a week; nothing before there are enough days to speak of."""
    if look.team is None or look.day is None or look.day.weekday() != FRIDAY:
        return None
    found = await consistency_of(look.scope, look.member, look.team, look.day)
    return Shown(views.week(found)) if found.share is not None else None


FEATURE = Feature(
    name="consistency",
    phrases=(Phrase(r"(?:show (?:me )?|how long is )?my (?:streak|consistency)", "why", "consistency"),),
    explain=explain,
    explains="consistency",
    sections=(Section(Surface.EVENING, 62, on_fridays, Act.OWN_WORK),),
)
