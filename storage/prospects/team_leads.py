"""Leads of a team: how many each rep has, those that nobody has, and those that were left untouched for too long."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from sqlmodel import and_, col, func, or_, select

from sales.prospects.first_call import AgeingLimits
from sales.prospects.lead import OPEN_STATES, LeadState
from sales.prospects.source import FirstCallClock, clock_of
from storage.prospects.lead import LATEST_FIRST, OPEN, UNTOUCHED, LeadRow
from storage.scope import Scope

NOBODY = ""  # under which leads are counted that nobody has


class RepLeads(NamedTuple):
    """How many open leads somebody has, and how many of them nobody touched."""

    new: int = 0
    accepted: int = 0
    untouched: int = 0


class UntouchedLeads(NamedTuple):
    """How many leads nobody touched for too long, and since when the oldest has waited; None where there are none."""

    total: int = 0
    oldest: datetime | None = None


async def counts_by_rep(scope: Scope, owner_ids: Collection[str]) -> Mapping[str, RepLeads]:
    """Return how many open leads each of these people has; who has none is missing."""
    if not owner_ids:
        return {}
    theirs = (LeadRow.workspace_id == scope.workspace_id, col(LeadRow.owner_id).in_(owner_ids))
    by_state = (
        select(col(LeadRow.owner_id), col(LeadRow.state), func.count())
        .where(*theirs, col(LeadRow.state).in_(OPEN))
        .group_by(col(LeadRow.owner_id), col(LeadRow.state))
    )
    found: dict[str, RepLeads] = {}
    for owner_id, state, count in await scope.session.exec(by_state):
        held = found.get(str(owner_id), RepLeads())
        is_new = LeadState(state) is LeadState.NEW
        found[str(owner_id)] = held._replace(new=count) if is_new else held._replace(accepted=count)
    untouched = (
        select(col(LeadRow.owner_id), func.count()).where(*theirs, *UNTOUCHED).group_by(col(LeadRow.owner_id))
    )
    for owner_id, count in await scope.session.exec(untouched):
        found[str(owner_id)] = found[str(owner_id)]._replace(untouched=int(count))
    return found


def of_nobody(scope: Scope, team_ids: Collection[int]) -> list[Any]:
    """Return the conditions by which open leads are nobody's, of these teams or of none."""
    return [
        LeadRow.workspace_id == scope.workspace_id,
        col(LeadRow.owner_id).is_(None),
        col(LeadRow.state).in_(OPEN),
        or_(col(LeadRow.team_id).is_(None), col(LeadRow.team_id).in_(team_ids)),
    ]


async def count_nobodys(scope: Scope, team_ids: Collection[int]) -> UntouchedLeads:
    """Return how many open leads nobody has yet, and since when the oldest has waited."""
    statement = select(func.count(), func.min(LeadRow.came_at)).where(*of_nobody(scope, team_ids))
    count, oldest = (await scope.session.exec(statement)).one()
    return UntouchedLeads(int(count), oldest)


async def nobodys(scope: Scope, team_ids: Collection[int], most: int, at: int = 0) -> list[LeadRow]:
    """Return the open leads that nobody has yet, the latest first; from number `at` on."""
    statement = select(LeadRow).where(*of_nobody(scope, team_ids))
    return list(await scope.session.exec(statement.order_by(*LATEST_FIRST).offset(at).limit(most)))


async def untouched_before(
    scope: Scope,
    owner_ids: Collection[str],
    limits: AgeingLimits,
    clocks: Mapping[str, FirstCallClock | None],
    nobodys_of: int | None = None,
) -> Mapping[str, UntouchedLeads]:
    """Return how many leads of each of these people nobody touched for too long, by what their sources ask.

    With the id of a team those that nobody there has are among them, under no name.
    """
    whose: Any = col(LeadRow.owner_id).in_(owner_ids)
    if nobodys_of is not None:
        whose = or_(whose, and_(col(LeadRow.owner_id).is_(None), LeadRow.team_id == nobodys_of))
    elif not owner_ids:
        return {}
    found: dict[str, UntouchedLeads] = {}
    for has_clock, before in ((True, limits.clocked), (False, limits.quiet)):
        statement = (
            select(col(LeadRow.owner_id), col(LeadRow.source), func.count(), func.min(LeadRow.came_at))
            .where(
                LeadRow.workspace_id == scope.workspace_id,
                whose,
                and_(*UNTOUCHED),
                func.coalesce(LeadRow.assigned_at, LeadRow.came_at) < before,
            )
            .group_by(col(LeadRow.owner_id), col(LeadRow.source))
        )
        for owner_id, source, count, oldest in await scope.session.exec(statement):
            if (clock_of(source, clocks) is not None) is not has_clock:
                continue
            name = str(owner_id or NOBODY)
            held = found.get(name, UntouchedLeads())
            first = oldest if held.oldest is None else min(held.oldest, oldest)
            found[name] = UntouchedLeads(held.total + int(count), first)
    return found


async def called_between(
    scope: Scope, owner_ids: Collection[str], since: datetime, most: int
) -> list[LeadRow]:
    """Return the leads of these people that came since an instant and were called, the latest first; some at most."""
    statement = select(LeadRow).where(
        LeadRow.workspace_id == scope.workspace_id,
        col(LeadRow.owner_id).in_(owner_ids),
        col(LeadRow.came_at) >= since,
        col(LeadRow.first_call_at).is_not(None),
    )
    return list(await scope.session.exec(statement.order_by(*LATEST_FIRST).limit(most)))


async def open_leads_whole(scope: Scope, owner_id: str) -> list[LeadRow]:
    """Return every open lead of a person, to be given to somebody else."""
    statement = select(LeadRow).where(
        LeadRow.workspace_id == scope.workspace_id,
        LeadRow.owner_id == owner_id,
        col(LeadRow.state).in_([*OPEN_STATES]),
    )
    return list(await scope.session.exec(statement.order_by(col(LeadRow.id))))
