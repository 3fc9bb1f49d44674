"""Import cadence: as of when the deals are that numbers stand on, and that an import is late.

It is said once where they stand: on App Home where they are old, and below every digest.
"""

from handlers.feature import Feature, Look, Section, Shown, Surface, TeamLook, TeamSection, Told
from messages.imports import import_cadence as views
from sales.imports.import_cadence import overdue_on
from sales.people.permission import Act
from sales.pipeline.freshness import Freshness, freshness
from storage.imports.import_cadence import import_ends
from storage.imports.sync.connection import connections
from storage.pipeline.freshness import freshness_of
from storage.pipeline.tally import newest_change_of


async def on_home(look: Look) -> Shown | None:
    """One line where an import is late, or a rep's own deals are older than their team looks at them.

    An import that found nothing to change makes deals as fresh as one that did. Whoever has none has nothing old.
    """
    if look.team is None or not (look.member.is_rep or look.member.is_manager):
        return None
    newest = await newest_change_of(look.scope, [look.member.user_id]) if look.member.is_rep else None
    if newest is None and not look.member.is_manager:
        return None
    ends = await import_ends(look.scope)
    late = overdue_on(ends, look.member.zone, look.today)
    own = freshness(max([newest, *ends]), look.team, look.today, look.member.zone) if newest else None
    blocks = views.home_line(late, own if own is not None and own.is_old else None)
    return Shown(blocks) if blocks else None


async def in_digest(look: TeamLook) -> Told | None:
    """Below a digest's figures, as of when its deals are, and that an import is late."""
    late = overdue_on(await import_ends(look.scope), look.team.zone, look.today)
    foot = views.digest_foot(await fresh_for(look), late, look.team)
    return Told(foot=foot) if foot else None


async def fresh_for(look: TeamLook) -> Freshness | None:
    """Return how fresh a team's deals are. A CRM that was read and had nothing new makes them fresh too."""
    found = await freshness_of(look.scope, look.team, look.reps, look.today)
    reads = [
        one.read_at
        for one in await connections(look.scope)
        if one.read_at is not None and one.team_id in (None, look.team.id)
    ]
    return freshness(max(found.at, *reads), look.team, look.today) if found is not None and reads else found


FEATURE = Feature(
    name="import cadence",
    sections=(
        Section(Surface.HOME, 60, on_home, Act.OWN_WORK),
        TeamSection(Surface.DIGEST, 90, in_digest, Act.SEE_TEAM),
    ),
)
