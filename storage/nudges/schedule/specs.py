"""Schedule specs: makes the schedules say what a team and its members decided, for everything declared to recur."""

from collections.abc import Iterator, Set
from datetime import datetime

from sales.nudges.declared import Subject
from sales.nudges.schedule import ScheduleSpec
from storage.nudges.places import stopped_places
from storage.nudges.schedule.due import scheduled, set_schedule, stop_schedule
from storage.people.member import MemberRow, members_in
from storage.people.team import TeamRow, every_team
from storage.scope import Scope


def team_specs(scope: Scope, team: TeamRow, stopped: Set[str]) -> Iterator[tuple[ScheduleSpec, bool]]:
    """Yield what recurs for a team and its channel, and whether it can be reached."""
    for one in scope.declared.recurring:
        if one.team_spec is not None:
            reachable = one.of is not Subject.CHANNEL or team.digest_channel not in stopped
            yield one.team_spec(team, team.id), reachable


def member_specs(
    scope: Scope, team: TeamRow, member: MemberRow, stopped: Set[str]
) -> Iterator[tuple[ScheduleSpec, bool]]:
    """Yield what recurs for a member, and whether they can be reached."""
    for one in scope.declared.recurring:
        if one.member_spec is not None:
            yield one.member_spec(team, member), member.user_id not in stopped


async def set_team_schedules(scope: Scope, team: TeamRow, now: datetime) -> None:
    """Set the schedules of a team, its channel and each of its members; nothing moves that did not change."""
    stopped = await stopped_places(scope)
    for spec, reachable in team_specs(scope, team, stopped):
        await set_spec(scope, spec, now, reachable=reachable)
    for member in await members_in(scope, team.id):
        await set_member_schedules(scope, team, member, now, stopped)


async def set_missing_schedules(scope: Scope, now: datetime) -> None:
    """Set the schedules of teams and members that were there before something was declared to recur for them."""
    stopped, there = await stopped_places(scope), await scheduled(scope)
    for team in await every_team(scope):
        specs = list(team_specs(scope, team, stopped))
        for member in await members_in(scope, team.id):
            specs += member_specs(scope, team, member, stopped)
        for spec, reachable in specs:
            if (spec.kind, spec.subject_id) not in there:
                await set_spec(scope, spec, now, reachable=reachable)


async def set_member_schedules(
    scope: Scope, team: TeamRow | None, member: MemberRow, now: datetime, stopped: Set[str] | None = None
) -> None:
    """Set one member's schedules; those of somebody without a team stop.

    `stopped` are the places that nothing recurring is sent to until they are mended, looked up if not given.
    """
    if team is None:
        for key in scope.declared.keys_of(Subject.MEMBER):
            await stop_schedule(scope, key, member.user_id)
        return
    if stopped is None:
        stopped = await stopped_places(scope)
    for spec, reachable in member_specs(scope, team, member, stopped):
        await set_spec(scope, spec, now, reachable=reachable)


async def set_spec(scope: Scope, spec: ScheduleSpec, now: datetime, *, reachable: bool = True) -> None:
    weekdays = spec.weekdays or 1  # a daily digest on no other day than the weekly one's is off anyway
    await set_schedule(
        scope,
        spec.kind,
        spec.subject_id,
        zone=spec.zone,
        at=spec.at,
        weekdays=weekdays,
        now=now,
        spread_seconds=spec.spread_seconds,
        enabled=spec.enabled and bool(spec.weekdays) and reachable,
    )
