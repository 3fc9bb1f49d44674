"""Rhythm: makes the schedules say what a team and its members decided."""

from collections.abc import Set
from datetime import datetime

from sales.nudges.kind import DIGEST_DAILY, DIGEST_WEEKLY, FORECAST_LOG, MEMBER_KINDS
from sales.nudges.schedule import ScheduleSpec, member_specs, record_spec, team_specs
from storage.nudges.places import stopped_places
from storage.nudges.schedule.due import find_schedule, set_schedule, stop_schedule
from storage.people.member import MemberRow, members_in
from storage.people.team import TeamRow, every_team
from storage.scope import Scope

CHANNEL_KINDS = (DIGEST_WEEKLY, DIGEST_DAILY)


async def set_team_schedules(scope: Scope, team: TeamRow, now: datetime) -> None:
    """Set the schedules of a team's channel and of each of its members; nothing moves that did not change."""
    stopped = await stopped_places(scope)
    for beat in team_specs(team, team.id):
        await set_spec(scope, beat, now, reachable=team.digest_channel not in stopped)
    await set_spec(scope, record_spec(team, team.id), now)
    for member in await members_in(scope, team.id):
        await set_member_schedules(scope, team, member, now, stopped)


async def set_missing_records(scope: Scope, now: datetime) -> None:
    """Let the forecasts of teams be written down that were made before there was a record of them."""
    for team in await every_team(scope):
        if await find_schedule(scope, FORECAST_LOG, str(team.id)) is None:
            await set_spec(scope, record_spec(team, team.id), now)


async def set_member_schedules(
    scope: Scope, team: TeamRow | None, member: MemberRow, now: datetime, stopped: Set[str] | None = None
) -> None:
    """Set one member's schedules; those of somebody without a team stop.

    `stopped` are the places that nothing recurring is sent to until they are mended, looked up if not given.
    """
    if team is None:
        for kind in MEMBER_KINDS:
            await stop_schedule(scope, kind, member.user_id)
        return
    if stopped is None:
        stopped = await stopped_places(scope)
    for beat in member_specs(team, member):
        await set_spec(scope, beat, now, reachable=member.user_id not in stopped)


async def set_spec(scope: Scope, beat: ScheduleSpec, now: datetime, *, reachable: bool = True) -> None:
    weekdays = beat.weekdays or 1  # a daily digest on no other day than the weekly one's is off anyway
    await set_schedule(
        scope,
        beat.kind,
        beat.subject_id,
        zone=beat.zone,
        at=beat.at,
        weekdays=weekdays,
        now=now,
        spread_seconds=beat.spread_seconds,
        enabled=beat.enabled and bool(beat.weekdays) and reachable,
    )
