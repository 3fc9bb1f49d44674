"""Import cadence: that numbers stand on old deals is said once where they stand, on App Home and in the digest."""

from handlers.feature import Feature, Look, Section, Shown, Surface, TeamLook, TeamSection, Told
from messages.imports import import_cadence as views
from sales.imports.import_cadence import overdue_on
from sales.people.permission import Act
from sales.pipeline.freshness import freshness
from storage.imports.import_cadence import import_ends
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
    own = freshness(max([newest, *ends[:1]]), look.team, look.today, look.member.zone) if newest else None
    blocks = views.home_line(late, own if own is not None and own.is_old else None)
    return Shown(blocks) if blocks else None


async def in_digest(look: TeamLook) -> Told | None:
    """Below a digest's figures, that an import is late."""
    late = overdue_on(await import_ends(look.scope), look.team.zone, look.today)
    return Told(foot=views.overdue(late)) if late is not None else None


FEATURE = Feature(
    name="import cadence",
    sections=(
        Section(Surface.HOME, 60, on_home, Act.OWN_WORK),
        TeamSection(Surface.DIGEST, 90, in_digest, Act.SEE_TEAM),
    ),
)
