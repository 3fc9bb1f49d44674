"""This week's must: what to do before what comes of it, on Home, in the morning note and in the evening (mechanism 8).

It sends nothing by itself.
"""

from handlers.feature import Feature, Look, Section, Shown, Surface
from messages.goals import lead_measures as views
from sales.people.permission import Act
from storage.goals.lead_measures import must_of


async def shown(look: Look) -> Shown | None:
    """What this week asks of a rep; nothing where no goal asks for anything."""
    if look.team is None or not look.member.is_rep:
        return None
    week = await must_of(look.scope, look.member, look.team, look.day or look.today)
    return Shown([views.must(week)]) if week is not None else None


FEATURE = Feature(
    name="lead_measures",
    sections=(
        Section(Surface.HOME, 53, shown, Act.OWN_WORK),
        Section(Surface.MORNING, 25, shown, Act.OWN_WORK),
        Section(Surface.EVENING, 15, shown, Act.OWN_WORK),
    ),
)
