"""Schedule specs: makes the schedules say what a team and its members decided, for everything declared to recur."""

from collections.abc import Iterator, Sequence, Set
from datetime import datetime

from sales.nudges.declared import Subject
from sales.nudges.schedule import ScheduleSpec
from storage.nudges.places import stopped_places
from storage.nudges.schedule.due import changed_to, scheduled, schedules_to_change, stop_schedule
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
    specs = list(team_specs(scope, team, stopped))
    for member in await members_in(scope, team.id):
        specs += member_specs(scope, team, member, stopped)
    await set_specs(scope, specs, now)


async def set_missing_schedules(scope: Scope, now: datetime) -> None:
    """Set the schedules of teams and members that were there before something was declared to recur for them."""
    stopped, there = await stopped_places(scope), await scheduled(scope)
    for team in await every_team(scope):
        specs = list(team_specs(scope, team, stopped))
        for member in await members_in(scope, team.id):
            specs += member_specs(scope, team, member, stopped)
        missing = [one for one in specs if (one[0].kind, one[0].subject_id) not in there]
        await set_specs(scope, missing, now)


async def set_member_schedules(scope: Scope, team: TeamRow | None, member: MemberRow, now: datetime) -> None:
    """Set one member's schedules; those of somebody without a team stop."""
    if team is None:
        for key in scope.declared.keys_of(Subject.MEMBER):
            await stop_schedule(scope, key, member.user_id)
        return
    stopped = await stopped_places(scope)
    await set_specs(scope, list(member_specs(scope, team, member, stopped)), now)


async def set_specs(scope: Scope, specs: Sequence[tuple[ScheduleSpec, bool]], now: datetime) -> None:
    """Let schedules say what is wanted of them, each beside whether its subject can be reached; read in one go."""
    there = await schedules_to_change(scope, {spec.subject_id for spec, _ in specs})
    for spec, reachable in specs:
        said = {
            "zone": spec.zone,
            "local_time": spec.at,
            "weekdays": spec.weekdays
            or 1,  # a daily digest on no other day than the weekly one's is off anyway
            "spread_seconds": spec.spread_seconds,
            "enabled": spec.enabled and bool(spec.weekdays) and reachable,
        }
        key = (spec.kind, spec.subject_id)
        there[key] = await changed_to(scope, there.get(key), *key, said, now)
    await scope.session.flush()
