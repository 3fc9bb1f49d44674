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
    """How many commitments were kept and, where names are read, by whom. A zero in public helps nobody."""
    found = await look.once(kept)
    done, due = sum(one.done for one in found), sum(one.due for one in found)
    lines = [Line(views.kept(done, due), Tells.TEAM)]
    if named := worth_naming(found):
        lines.append(Line(views.by(named), Tells.GOOD_NEWS))
    return Told([lines] if done else [], text=views.text(done, due) if due else "", is_news=bool(due))
