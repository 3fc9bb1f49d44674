"""Which commitments a team kept, in its digest."""

from handlers.feature import Line, TeamLook, Tells, Told
from messages.followups import kept as views
from sales.followups.kept import KeptCommitments, worth_naming
from storage.followups.followup import kept_between


async def kept(look: TeamLook) -> list[KeptCommitments]:
    """Return how many of their commitments due in the days of a look each rep kept."""
    found = await kept_between(look.scope, list(look.reps), look.span.first, look.span.last)
    return [KeptCommitments(look.reps[user_id].name, *counts) for user_id, counts in found.items()]


async def in_digest(look: TeamLook) -> Told:
    """How many promises were kept; by whom, for who asks. How many were not helps nobody in public."""
    found = await look.once(kept)
    done = sum(one.done for one in found)
    if not done:
        return Told()
    line, named = Line(views.kept(done), Tells.TEAM), worth_naming(found)
    return Told(
        verdict=[line] if look.daily else [],
        paragraphs=[] if look.daily else [[line]],
        details=[Line(views.by(named), Tells.GOOD_NEWS)],
        is_news=True,
    )
