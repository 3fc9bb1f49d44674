"""Before a meeting: a line with the way to its brief, in the evening before and in the morning note of its day (17).

It is no message of its own: it leads the end-of-day prompt where nothing else does, and whoever does not want it says
so in their settings.
"""

from collections.abc import Sequence
from datetime import date

from handlers.context import Context
from handlers.section import Look, Shown
from messages.craft.prep import meeting as views
from storage.craft.prep.facts import meetings_between
from storage.followups.followup import FollowUpRow
from storage.nudges.mute import mutes, set_mutes
from storage.people.calendar import next_working_day

BRIEFS = "brief_before_meeting"  # what somebody switches off


async def in_evening(look: Look) -> Shown | None:
    """Tomorrow's meetings, up to the next working day; a reason to write by itself."""
    tomorrow = await next_working_day(look.scope, look.team, look.member, look.today)
    first = date.fromordinal(look.today.toordinal() + 1)
    found = await meetings(look, first, tomorrow)
    return Shown(views.before(found, look.today, tomorrow), why=views.why()) if found else None


async def in_morning(look: Look) -> Shown | None:
    """Today's meetings."""
    found = await meetings(look, look.today, look.today)
    return Shown(views.before(found, look.today, look.today)) if found else None


async def meetings(look: Look, first: date, last: date) -> Sequence[FollowUpRow]:
    """Return somebody's meetings of some days; none for whoever does not want to be prepared."""
    if not look.member.is_rep:
        return []
    found = await meetings_between(look.scope, look.member.user_id, first, last)
    return found if found and await wants_briefs(look) else []


async def wants_briefs(look: Look) -> bool:
    return BRIEFS not in await mutes(look.scope, look.member.user_id)


# one's own choice


async def setting(look: Look) -> Shown | None:
    """Whether meetings are prepared; nothing for who does not sell."""
    if not look.member.is_rep or look.team is None:
        return None
    return Shown([views.setting(is_on=await wants_briefs(look))])


async def keep_setting(context: Context) -> str:
    """Keep whether meetings are prepared."""
    if views.BRIEFS not in context.request.values:
        return ""
    is_on = views.ON in (context.request.values[views.BRIEFS] or ())
    await set_mutes(context.scope, context.member.user_id, [] if is_on else [BRIEFS], [BRIEFS])
    return "" if is_on else views.switched_off()
