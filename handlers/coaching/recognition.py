"""Recognition: one thing worth copying, in the team's digest of a week."""

from handlers.feature import Feature, Line, Surface, TeamLook, TeamSection, Tells, Told
from handlers.followups.followup.kept import kept
from messages.coaching import recognition as views
from sales.coaching.recognition import Conversations, recognised
from sales.people.permission import Act
from storage.followups.activity import next_steps_between


async def in_digest(look: TeamLook) -> Told | None:
    """The one behaviour worth naming, if there is one; a day is too short for any."""
    if look.daily:
        return None
    found = recognised(await look.once(kept), await conversations(look))
    return Told(paragraphs=[[Line(views.line(found), Tells.GOOD_NEWS)]]) if found is not None else None


async def conversations(look: TeamLook) -> list[Conversations]:
    found = await next_steps_between(look.scope, look.reps, look.span.first, look.span.last)
    return [Conversations(look.reps[user_id].name, *counts) for user_id, counts in found.items()]


FEATURE = Feature(name="recognition", sections=(TeamSection(Surface.DIGEST, 40, in_digest, Act.SEE_TEAM),))
