"""Telling of messages that did not arrive: whoever can mend the cause, once a day, and never about these words.

What only needs another try, and more of one fault of ours, waits for one summary on the next working morning. It is
asked for when a message is given up, not by a schedule: where everything arrives nothing is decided, nothing said.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, time

import structlog

from handlers.feature import Rendered
from messages.nudges import undelivered as views
from sales.language.dates.instants import local_date, local_instant
from sales.nudges.declared import Subject
from sales.nudges.kind import UNDELIVERED, UNDELIVERED_DAILY
from sales.nudges.ledger import DeliveryState, Nudge
from sales.nudges.policy import Skip
from sales.nudges.undelivered import (
    LEFT_SLACK,
    READ_OUTSIDE,
    STALE_DIRECT_CHANNEL,
    UNSEEN,
    Obstacle,
    Reason,
    is_broken,
    reason,
)
from storage.nudges import undelivered as queries
from storage.nudges.ledger.intake import enqueue
from storage.nudges.ledger.lookup import delivery_by_key
from storage.nudges.ledger.rows import DeliveryRow
from storage.nudges.places import broken, mark_broken, mark_stopped
from storage.nudges.schedule.due import stop_schedule
from storage.nudges.undelivered import team_of
from storage.people.calendar import next_working_day
from storage.people.member import MemberRow, admins_of, find_member, find_members, save_member
from storage.people.team import TeamRow, find_team, managers_of
from storage.scope import Scope

log = structlog.get_logger()

SUMMARY_AT = time(9, 15)  # the morning's first look; on the reader's own clock
ADMINS_MEND = frozenset({Obstacle.WORKSPACE, Obstacle.OURS})
UNREACHED = "You look after somebody whom my messages do not reach."
ADMIN = "You are an admin here, and a message did not arrive."


@dataclass(frozen=True)
class Failure:
    """A message that was given up: why, to which team's channel or to whom, and whether what recurs was stopped."""

    row: DeliveryRow
    reason: Reason
    team: TeamRow | None
    member: MemberRow | None
    stopped: bool = False


async def gave_up(scope: Scope, row: DeliveryRow, now: datetime) -> None:
    """Say that a message was given up, in the unit of work that gives it up; what recurs there may stop."""
    why = reason(row.last_error, to_person=row.user_id is not None)
    member = await find_member(scope, row.user_id) if row.user_id is not None else None
    if member is not None:
        await note_person(scope, member, row)
        if not member.active or row.last_error in LEFT_SLACK:
            return
    failure = Failure(row, why, await team_of(scope, row), member)
    if why.obstacle in (Obstacle.CHANNEL, Obstacle.PERSON):
        failure = replace(failure, stopped=await note_place(scope, failure, now))
    if row.kind in (UNDELIVERED, UNDELIVERED_DAILY):
        log.warning("word of what did not arrive did not arrive", reader=row.user_id, error=row.last_error)
        return
    readers = await responsible(scope, why, failure.team, member)
    if not readers:
        log.error("nobody can be told of a message given up", key=row.occurrence_key, error=row.last_error)
    for reader in readers:
        await tell(scope, reader, failure, now)


async def note_person(scope: Scope, member: MemberRow, row: DeliveryRow) -> None:
    """Learn from Slack's answer: a closed account, or a direct channel to be opened anew."""
    if row.last_error in LEFT_SLACK and member.active:
        await save_member(scope, member.user_id, active=False)
        for kind in scope.declared.keys_of(Subject.MEMBER):
            await stop_schedule(scope, kind, member.user_id)
    elif row.last_error in STALE_DIRECT_CHANNEL:
        await save_member(scope, member.user_id, dm_channel=None)


async def note_place(scope: Scope, failure: Failure, now: datetime) -> bool:
    """Note that a place cannot be reached; say whether what recurs there was stopped for it."""
    row, team = failure.row, failure.team
    place_id = row.user_id or row.channel_id
    if not is_broken(row.last_error) or place_id is None:
        return False
    await mark_broken(scope, place_id, str(row.last_error), now)
    if row.last_error not in READ_OUTSIDE and not await queries.keeps_failing(scope, row):
        return False
    if failure.member is not None:
        for kind in scope.declared.keys_of(Subject.MEMBER):
            await stop_schedule(scope, kind, place_id)
        await mark_stopped(scope, place_id, now)
        return True
    if team is not None and team.digest_channel == place_id:
        await stop_team(scope, team, now)
        return True
    return False


async def stop_team(scope: Scope, team: TeamRow, now: datetime) -> None:
    """Let no digest come for a team until its channel is mended or another chosen."""
    for kind in scope.declared.keys_of(Subject.CHANNEL):
        await stop_schedule(scope, kind, str(team.id))
    await mark_stopped(scope, str(team.digest_channel), now)


async def responsible(
    scope: Scope, found: Reason, team: TeamRow | None, member: MemberRow | None
) -> list[MemberRow]:
    """Return who can mend it and may know: the managers of the team or of the person, else the admins.

    Nobody is told that they themselves cannot be reached.
    """
    unreached = member.user_id if member is not None else ""
    team_id = team.id if team is not None else member.team_id if member is not None else None
    if team_id is not None and found.obstacle not in ADMINS_MEND:
        managers = await find_members(scope, await managers_of(scope, team_id))
        told_first = [row for row in managers if row.active and row.user_id != unreached]
        if told_first:
            return told_first
    return [row for row in await admins_of(scope) if row.user_id != unreached]


async def tell(scope: Scope, reader: MemberRow, failure: Failure, now: datetime) -> None:
    """Tell somebody of a cause once a day. What only needs another try, and more of one fault, is summed up."""
    obstacle = failure.reason.obstacle
    if obstacle is not Obstacle.PASSING:
        is_new = await enqueue(scope, word(scope, reader, failure, now), now)
        if is_new or obstacle not in ADMINS_MEND:
            return
    await sum_up(scope, reader, now)


def word(scope: Scope, reader: MemberRow, failure: Failure, now: datetime) -> Nudge:
    """Return what one reader is told: by channel, by person, by setting of Slack's, or by kind of message."""
    row, obstacle, error = failure.row, failure.reason.obstacle, str(failure.row.last_error)
    if obstacle is Obstacle.CHANNEL and failure.team is not None and "team_id" in row.intent:
        return of_channel(scope, reader, failure.team, error, now)
    intent = {"key": row.occurrence_key, "error": error, "stopped": failure.stopped}
    if obstacle is Obstacle.PERSON:
        return nudge(scope, reader, f"{error}:{row.user_id}", intent, now, UNREACHED)
    cause = error if obstacle is Obstacle.WORKSPACE else row.kind
    return nudge(scope, reader, f"{obstacle}:{cause}", intent, now, ADMIN)


async def tell_of_channel(scope: Scope, team: TeamRow, error: str, now: datetime) -> None:
    """Tell a team's managers that its channel is gone, before a digest fails."""
    readers = await responsible(scope, reason(error, to_person=False), team, None)
    if not readers:
        log.error("a digest cannot be posted and nobody can be told", team=team.name, error=error)
    for reader in readers:
        await enqueue(scope, of_channel(scope, reader, team, error, now), now)


def of_channel(scope: Scope, reader: MemberRow, team: TeamRow, error: str, now: datetime) -> Nudge:
    intent = {"team_id": team.id, "channel": team.digest_channel}
    why = f"You look after {team.name}, and its digest cannot be posted."
    return nudge(scope, reader, f"{error}:{team.digest_channel}", intent, now, why)


def nudge(
    scope: Scope, reader: MemberRow, cause: str, intent: Mapping[str, object], now: datetime, why: str
) -> Nudge:
    """Return the word to one reader about one cause, of which there is one a day by their calendar."""
    today = local_date(now, reader.zone)
    return Nudge(
        key=f"{UNDELIVERED}:{scope.workspace_id}:{reader.user_id}:{cause}:{today}",
        kind=UNDELIVERED,
        intent=dict(intent),
        why=why,
        not_before=now,
        user_id=reader.user_id,
        subject=f"undelivered:{cause}",
    )


async def sum_up(scope: Scope, reader: MemberRow, now: datetime) -> None:
    """Ask for one summary on the reader's next working morning; there is one a day, whatever happens."""
    team = await find_team(scope, reader.team_id)
    day = await next_working_day(scope, team, reader, local_date(now, reader.zone))
    summary = Nudge(
        key=f"{UNDELIVERED_DAILY}:{scope.workspace_id}:{reader.user_id}:{day}",
        kind=UNDELIVERED_DAILY,
        intent={},
        why="Messages that you can do something about did not arrive.",
        not_before=local_instant(reader.zone, SUMMARY_AT, day),
        user_id=reader.user_id,
        subject=UNDELIVERED_DAILY,
    )
    await enqueue(scope, summary, now)


async def render_notice(scope: Scope, delivery: DeliveryRow, now: datetime) -> Rendered:
    """The word about a cause, if it is still in the way."""
    intent = delivery.intent
    if "team_id" in intent:
        return await render_channel(scope, intent)
    row = await delivery_by_key(scope, str(intent["key"]))
    if row is None or row.state is not DeliveryState.DEAD or row.dismissed_at is not None:
        return Skip("sent or dismissed meanwhile")
    found = reason(str(intent["error"]), to_person=row.user_id is not None)
    member = await find_member(scope, row.user_id or "")
    if found.obstacle is Obstacle.PERSON and (member is None or not member.active):
        return Skip("they left Slack")
    return views.told(
        views.UndeliveredNotice(
            what=scope.declared.kind(row.kind).name,
            reason=found,
            who=member.name if member is not None else "",
            team_id=member.team_id if member is not None and found.obstacle is Obstacle.PERSON else None,
            channel_id=seen_channel(row, found, str(intent["error"])),
            stopped=bool(intent["stopped"]),
        )
    )


def seen_channel(row: DeliveryRow, found: Reason, error: str) -> str:
    """Return the channel a message was for, where that is what is in the way and Slack shows it."""
    return str(row.channel_id) if found.obstacle is Obstacle.CHANNEL and error not in UNSEEN else ""


async def render_channel(scope: Scope, intent: Mapping[str, object]) -> Rendered:
    team = await find_team(scope, int(str(intent["team_id"])))
    if team is None or team.digest_channel != intent["channel"]:
        return Skip("another channel was chosen")
    known = await broken(scope, team.digest_channel)
    if known is None:
        return Skip("the channel can be posted to again")
    return views.told(
        views.UndeliveredNotice(
            what="",
            reason=reason(known.error, to_person=False),
            team=team.name,
            team_id=team.id,
            channel_id="" if known.error in UNSEEN else str(team.digest_channel),
            stopped=known.stopped_at is not None,
            agree=f"{team.id}:{team.digest_channel}:{known.error}" if known.error in READ_OUTSIDE else "",
        )
    )
