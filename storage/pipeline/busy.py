"""What a team's people did and opened, day by day: what much work with little to show is judged by (mechanism 19)."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from sqlalchemy import bindparam
from sqlmodel import col, func, or_, select

from sales.followups.channel import CHANNELS
from sales.pipeline.busy import (
    Busy,
    DayOfWork,
    busy,
    days_judged,
    fridays_before,
    is_said_on,
)
from sales.pipeline.opportunity import Stage
from storage.engines.statement import Statement, among, given
from storage.followups.activity import ActivityRow
from storage.people.calendar import calendar_of
from storage.people.member import MemberRow
from storage.people.team import TeamRow, reps_of
from storage.pipeline.opportunity import OpportunityRow
from storage.scope import Scope

IN_A_CHANNEL = or_(*(col(ActivityRow.kind) == kind for kind in CHANNELS))
TOUCHED = Statement(
    lambda engine: (
        select(col(ActivityRow.owner_id), col(ActivityRow.on), func.sum(col(ActivityRow.count)))
        .where(
            given(ActivityRow.workspace_id),
            among(engine, col(ActivityRow.owner_id), "owner_ids"),
            col(ActivityRow.on).between(bindparam("first"), bindparam("last")),
            IN_A_CHANNEL,
        )
        .group_by(col(ActivityRow.owner_id), col(ActivityRow.on))
    )
)
OPENED = Statement(
    lambda engine: (
        select(col(OpportunityRow.owner_id), col(OpportunityRow.opened_on), func.count())
        .where(
            given(OpportunityRow.workspace_id),
            among(engine, col(OpportunityRow.owner_id), "owner_ids"),
            col(OpportunityRow.opened_on).between(bindparam("first"), bindparam("last")),
            col(OpportunityRow.stage) != Stage.SUSPECT,
        )
        .group_by(col(OpportunityRow.owner_id), col(OpportunityRow.opened_on))
    )
)


async def busy_days(scope: Scope, member: MemberRow, team: TeamRow, today: date) -> Busy:
    """Return somebody's last ten working days beside their colleagues'."""
    first, last = days_judged(today, await calendar_of(scope, team, member))
    return busy(
        await work_of(scope, await everybody(scope, member, team), first, last), member.user_id, first, last
    )


async def busy_on_friday(scope: Scope, member: MemberRow, team: TeamRow, today: date) -> Busy | None:
    """Return a rep's ten working days where a Friday evening says them; None where they are no reason to stop, or were
    told of in the last four weeks."""
    found = await busy_days(scope, member, team, today)
    if not found.is_fool or not found.opened:
        return None
    calendar = await calendar_of(scope, team, member)
    spans = {friday: days_judged(friday, calendar) for friday in fridays_before(today)}
    first = min(first for first, _ in spans.values())
    days = await work_of(scope, await everybody(scope, member, team), first, today)
    before = {friday: busy(days, member.user_id, *span) for friday, span in spans.items()}
    said = [friday for friday, one in before.items() if one.is_fool and one.opened]
    return found if is_said_on(today, said) else None


async def everybody(scope: Scope, member: MemberRow, team: TeamRow) -> list[str]:
    """Return the reps of a team, the member among them."""
    return sorted({member.user_id, *await reps_of(scope, team)})


async def work_of(scope: Scope, owner_ids: Collection[str], first: date, last: date) -> list[DayOfWork]:
    """Return what these people did and opened on each day of some."""
    found: dict[tuple[str, date], list[int]] = defaultdict(lambda: [0, 0])
    asked = {"owner_ids": list(owner_ids), "first": first, "last": last}
    for place, statement in enumerate((TOUCHED, OPENED)):
        for owner_id, on, count in await scope.ask(statement, **asked):
            found[owner_id, on][place] += int(count)
    return [DayOfWork(owner_id, on, *both) for (owner_id, on), both in found.items()]
