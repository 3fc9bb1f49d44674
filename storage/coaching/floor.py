"""Floors: what reps did in a week beside what their role asks for, how much of it was service, who opened nothing."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from sqlmodel import col, func, select

from sales.coaching.floor import (
    SERVICE_WEEKS,
    WEEK,
    NothingOpened,
    RepFloor,
    ServiceShare,
    floor_of,
    middle_of,
    nothing_opened,
    ramp_share,
    role_in,
    selling,
    service_share,
)
from sales.language.dates.weekday import monday_of
from sales.people.role import USUAL, SalesRole
from storage.followups.activity import ActivityRow, counts_of, logged_between
from storage.people.calendar import calendar_of, calendars_of
from storage.people.member import MemberRow, reps_in
from storage.people.team import TeamRow
from storage.pipeline.opportunity import OpportunityRow, last_opened
from storage.scope import Scope

LOOK_BACK = timedelta(weeks=SERVICE_WEEKS)


class TeamFloors(NamedTuple):
    """What a manager may hear of a team's week: who stayed below, who mostly serves, who opened nothing."""

    below: Sequence[RepFloor]
    service: Sequence[ServiceShare]
    opened: Sequence[NothingOpened]

    @property
    def keys(self) -> list[str]:
        """What is not told again for some weeks."""
        return [one.key for one in self.opened] + [one.key for one in self.service]

    @property
    def has_news(self) -> bool:
        return bool(self.below or self.service or self.opened)


async def is_measured(scope: Scope, team: TeamRow, today: date) -> bool:
    """Say whether a team is held to its floors: it decided some, or who is what, or it logs what it does here.

    A default would be no floor of a team that keeps its record elsewhere.
    """
    reps = await reps_in(scope, team.id)
    decided = (team.sdr_floor, team.ae_floor, team.am_floor, *(rep.role for rep in reps))
    if any(one is not None for one in decided):
        return True
    return bool(await logged_between(scope, [rep.user_id for rep in reps], today - LOOK_BACK, today))


async def rep_floors(scope: Scope, team: TeamRow, reps: Sequence[MemberRow], monday: date) -> list[RepFloor]:
    """Return each of these reps' floor in the week from a Monday on, and what they did in it."""
    ids = [rep.user_id for rep in reps]
    calendars = await calendars_of(scope, team, ids)
    week_days = team.workdays.bit_count()
    done = await counts_of(scope, ids, monday, monday + WEEK)
    middles = {user_id: middle_of(monday, calendars[user_id]) for user_id in ids}
    by_middle = await counts_by(scope, middles, monday)
    new = await first_seen(scope, [rep.user_id for rep in reps if rep.rep_since is not None])
    roles = {rep.user_id: role_in(rep, monday, middles[rep.user_id]) for rep in reps}
    return [
        RepFloor(
            user_id=rep.user_id,
            name=rep.name,
            role=SalesRole(roles[rep.user_id] or USUAL),
            full=floor_of(team, roles[rep.user_id]),
            monday=monday,
            days=calendars[rep.user_id].working_days(monday, monday + WEEK),
            week_days=week_days,
            middle=middles[rep.user_id],
            share=ramp_share(rep.rep_since, new.get(rep.user_id), monday),
            since=rep.rep_since,
            done=selling(done.get(rep.user_id, {})),
            done_by_middle=by_middle.get(rep.user_id, 0),
        )
        for rep in reps
    ]


async def counts_by(scope: Scope, middles: Mapping[str, date | None], monday: date) -> dict[str, int]:
    """Return how much selling each of these people did from a Monday to the middle of their own week."""
    found: dict[str, int] = {}
    for middle in {one for one in middles.values() if one is not None}:
        theirs = [user_id for user_id, one in middles.items() if one == middle]
        counts = await counts_of(scope, theirs, monday, middle)
        found |= {user_id: selling(kinds) for user_id, kinds in counts.items()}
    return found


async def floor_now(scope: Scope, team: TeamRow, rep: MemberRow, today: date) -> RepFloor:
    """Return a rep's floor in the week that a day is in."""
    (found,) = await rep_floors(scope, team, [rep], monday_of(today))
    return found


async def team_floors(scope: Scope, team: TeamRow, today: date, but: Collection[str] = ()) -> TeamFloors:
    """Return what is to be told of the week before a day's, `but` for facts by key that were told lately."""
    reps = await reps_in(scope, team.id)
    monday = monday_of(today) - timedelta(weeks=1)
    floors = await rep_floors(scope, team, reps, monday) if await is_measured(scope, team, today) else []
    ids, sunday = [rep.user_id for rep in reps], monday + WEEK
    counts = await counts_of(scope, ids, sunday - LOOK_BACK + timedelta(days=1), sunday)
    served = [service_share(rep.user_id, rep.name, counts.get(rep.user_id, {})) for rep in reps]
    opened = await without_new_deals(scope, team, reps, today)
    return TeamFloors(
        [one for one in floors if one.stayed_below],
        [one for one in served if one is not None and one.key not in but],
        [one for one in opened if one.key not in but],
    )


async def without_new_deals(
    scope: Scope, team: TeamRow, reps: Sequence[MemberRow], today: date
) -> list[NothingOpened]:
    """Return which of these reps opened nothing for 30 days, however long they are here."""
    ids = [rep.user_id for rep in reps]
    last, seen = await last_opened(scope, ids, today), await first_seen(scope, ids)
    found = []
    for rep in reps:
        calendar = await calendar_of(scope, team, rep)
        user_id = rep.user_id
        found.append(nothing_opened(user_id, rep.name, last.get(user_id), seen.get(user_id), calendar, today))
    return [one for one in found if one is not None]


async def first_seen(scope: Scope, owner_ids: Collection[str]) -> dict[str, date]:
    """Return since when each of these people is on record, with a deal or something they did; else they are missing."""
    deal = OpportunityRow
    first_deal: Any = func.min(func.coalesce(col(deal.opened_on), col(deal.closed_on)))
    first_act: Any = func.min(col(ActivityRow.on))
    found: dict[str, date] = {}
    for owner, first, row in (
        (col(deal.owner_id), first_deal, deal),
        (col(ActivityRow.owner_id), first_act, ActivityRow),
    ):
        statement = (
            select(owner, first)
            .where(row.workspace_id == scope.workspace_id, owner.in_(owner_ids))
            .group_by(owner)
        )
        for user_id, on in await scope.session.exec(statement):
            if user_id is not None and on is not None:
                found[user_id] = min(on, found.get(user_id, on))
    return found
