"""Lead quality: a week of a team's leads, counted for marketing."""

from collections.abc import Sequence
from datetime import time, timedelta
from typing import Any

from sqlalchemy import case
from sqlmodel import and_, col, func, or_, select

from sales.language.dates.instants import local_instant
from sales.language.dates.period import DaySpan
from sales.prospects.lead import LeadState, RejectCause
from sales.prospects.lead_quality import SourceCount, WeekOfLeads
from storage.people.member import reps_counted
from storage.people.team import TeamRow, every_team
from storage.prospects.lead import UNTOUCHED, LeadRow
from storage.scope import Scope

TAKEN_UP = (LeadState.ACCEPTED, LeadState.QUALIFIED)


async def week_of_leads(scope: Scope, team: TeamRow, span: DaySpan) -> WeekOfLeads:
    """Return what came and was decided in some days of a team, and what waits untouched of all that came by then."""
    reps = await reps_counted(scope, team.id)
    of_team = await of_a_team(scope, team, [one.user_id for one in reps])
    first = local_instant(team.zone, time.min, span.first)
    after = local_instant(team.zone, time.min, span.last + timedelta(days=1))
    row = LeadRow
    untouched, accepted = and_(*UNTOUCHED), col(row.state).in_(TAKEN_UP)
    came: Any = (
        select(
            row.source,
            func.count(),
            *(
                func.sum(case((one, 1), else_=0))
                for one in (untouched, accepted, col(row.state) != LeadState.NEW)
            ),
        )
        .where(*of_team, col(row.came_at) >= first, col(row.came_at) < after)
        .group_by(col(row.source))
    )
    found = [
        SourceCount(source or "", *map(int, counts)) for source, *counts in await scope.session.exec(came)
    ]
    decided: Any = (
        select(row.state, row.reject_cause, func.count())
        .where(*of_team, col(row.decided_at) >= first, col(row.decided_at) < after)
        .group_by(col(row.state), col(row.reject_cause))
    )
    taken_up, rejected = 0, dict[RejectCause, int]()
    for state, cause, count in await scope.session.exec(decided):
        if state is LeadState.REJECTED:
            rejected[cause or RejectCause.OTHER] = rejected.get(cause or RejectCause.OTHER, 0) + int(count)
        elif state in TAKEN_UP:
            taken_up += int(count)
    waits: Any = select(func.count(), func.min(row.came_at)).where(
        *of_team, *UNTOUCHED, col(row.came_at) < after
    )
    count, oldest = (await scope.session.exec(waits)).one()
    return WeekOfLeads(found, taken_up, rejected, int(count), oldest, sum(one.active for one in reps))


async def of_a_team(scope: Scope, team: TeamRow, reps: Sequence[str]) -> list[Any]:
    """Return the conditions by which leads are a team's: its reps', its own, and nobody's where it is the only one."""
    row = LeadRow
    teams: list[Any] = [row.team_id == team.id]
    if len(await every_team(scope)) == 1:
        teams.append(col(row.team_id).is_(None))
    return [
        row.workspace_id == scope.workspace_id,
        or_(col(row.owner_id).in_(reps), and_(col(row.owner_id).is_(None), or_(*teams))),
    ]
