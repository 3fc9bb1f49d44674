"""Focus: what the last 90 days of a rep's own work ask to be practised (73). No colleague's, and no customer's name."""

from collections.abc import Sequence
from datetime import date

from sales.coaching.diagnosis import diagnosed
from sales.coaching.diagnosis.light import first_red
from sales.coaching.drill.cause import from_light, from_losses, from_stages, last_stage
from sales.coaching.drill.focus import Focus
from sales.pipeline.debrief import Cause
from sales.pipeline.opportunity import Stage
from storage.coaching.diagnosis import work_record
from storage.people.member import MemberRow
from storage.people.team import TeamRow
from storage.pieces import pieces
from storage.pipeline.deal_history import history_of
from storage.pipeline.debrief import LATELY, debriefs_of, losses_between
from storage.pipeline.opportunity import OpportunityRow, wins_between
from storage.scope import Scope


async def focus_for(scope: Scope, member: MemberRow, team: TeamRow | None, today: date) -> list[Focus]:
    """Return what somebody's work asks for: where they lose, what they lost on, and a red light, in this order."""
    owner, since = [member.user_id], today - LATELY
    lost = await losses_between(scope, owner, since, today)
    found = from_stages(await ends_of(scope, [*lost, *await wins_between(scope, owner, since, today)]))
    found += from_losses(await causes_of(scope, lost))
    if team is not None and member.is_rep:
        found += from_light(first_red(diagnosed(await work_record(scope, member, team, today))))
    return found


async def causes_of(scope: Scope, lost: Sequence[OpportunityRow]) -> list[Cause | None]:
    """Return what decided each of these losses, as it was said of the close they stand at; None where nobody said."""
    found: list[Cause | None] = []
    for some in pieces(lost):
        said = await debriefs_of(scope, [row.id for row in some])
        for row in some:
            one = said.get(row.id)
            found.append(one.cause if one is not None and one.is_about(row) else None)
    return found


async def ends_of(scope: Scope, closed: Sequence[OpportunityRow]) -> list[tuple[Stage, str]]:
    """Return how each of these deals ended, and what the stage was called at which it stood last."""
    found = []
    for some in pieces(closed):
        history = await history_of(scope, [row.id for row in some])
        found += [(row.stage, last_stage(row, history.get(row.id, ()))) for row in some]
    return found
