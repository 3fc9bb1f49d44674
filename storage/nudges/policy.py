"""What the policy asks: who was heard from, what they were told, and what waits."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, NamedTuple

from sqlalchemy import bindparam
from sqlalchemy.orm import aliased
from sqlalchemy.orm.attributes import set_committed_value
from sqlmodel import col, func, select, tuple_, update

from sales.language.dates.instants import local_date
from sales.nudges.kind import ANSWER, BUNDLE
from sales.nudges.ledger import DeliveryState
from sales.nudges.policy import HEARD_EVERY, Hours, PolicyCase, Recipient, ToldLately
from storage.engines.statement import Answer, Rows, Statement, among, given
from storage.nudges.ledger.intake import ENQUEUED
from storage.nudges.ledger.rows import (
    HELD,
    OF_PERSON,
    READY,
    BundledPart,
    DeliveryEventRow,
    DeliveryRow,
    deliveries,
    parts_of,
)
from storage.nudges.ledger.steps import move_delivery
from storage.nudges.mute import MuteRow, mutes, mutes_and_days_ahead, read_mutes_of
from storage.people.calendar import calendar_of, calendars_ahead
from storage.people.member import MemberRow, find_member, members_ahead
from storage.people.team import TeamRow, find_team, teams_ahead
from storage.scope import Scope

SENT_AT = DeliveryRow.__table__.c.sent_at.type  # type: ignore[attr-defined]
LOOKED_AT = (
    60  # of a person's latest messages: a day's cap is at most 20, and four of a kind decide a back-off
)
HEARD = Statement(
    update(MemberRow)
    .where(
        given(MemberRow.workspace_id),
        given(MemberRow.user_id),
    )
    .values(heard_at=bindparam("heard_at"))
)
TOLD = Statement(
    select(col(DeliveryRow.id), col(DeliveryRow.kind), col(DeliveryRow.subject), col(DeliveryRow.sent_at))
    .where(*OF_PERSON, col(DeliveryRow.sent_at).is_not(None), col(DeliveryRow.kind) != ANSWER)
    .order_by(col(DeliveryRow.sent_at).desc())
    .limit(LOOKED_AT)
)
NEVER = datetime(1970, 1, 1, tzinfo=UTC)  # nothing was sent before


def told_among(engine: str) -> Any:
    """Ask what several people were told lately: for each, what is no older than the oldest that is looked at."""
    member, earlier = aliased(MemberRow), aliased(DeliveryRow)
    oldest = (
        select(col(earlier.sent_at))
        .where(
            col(earlier.workspace_id) == col(member.workspace_id),
            col(earlier.user_id) == col(member.user_id),
            col(earlier.sent_at).is_not(None),
            col(earlier.kind) != ANSWER,
        )
        .order_by(col(earlier.sent_at).desc())
        .limit(1)
        .offset(LOOKED_AT - 1)
        .correlate(member)
        .scalar_subquery()
    )
    columns: list[Any] = [
        DeliveryRow.user_id,
        DeliveryRow.id,
        DeliveryRow.kind,
        DeliveryRow.subject,
        DeliveryRow.sent_at,
    ]
    return (
        select(*columns)
        .join(
            member,
            (col(DeliveryRow.workspace_id) == col(member.workspace_id))
            & (col(DeliveryRow.user_id) == col(member.user_id)),
        )
        .where(
            given(member.workspace_id),
            among(engine, col(member.user_id), "user_ids"),
            col(DeliveryRow.sent_at).is_not(None),
            col(DeliveryRow.kind) != ANSWER,
            col(DeliveryRow.sent_at) >= func.coalesce(oldest, bindparam("never", NEVER, type_=SENT_AT)),
        )
        .order_by(col(DeliveryRow.sent_at).desc())
    )


TOLD_AMONG = Statement(told_among)
WAITING = Rows(
    DeliveryRow,
    READY,
    *OF_PERSON,
    col(DeliveryRow.state) == DeliveryState.PENDING,
    col(DeliveryRow.not_before) > bindparam("now"),
    order=[col(DeliveryRow.not_before)],
)


class Waiting(NamedTuple):
    """A message that was held back for now, why, and until when."""

    row: DeliveryRow
    reason: str


async def note_heard(scope: Scope, row: MemberRow, now: datetime) -> bool:
    """Note that a person did something with us, at most once a minute; False if it was noted within the last."""
    if row.heard_at is not None and now - row.heard_at < HEARD_EVERY:
        return False
    await scope.ask(HEARD, user_id=row.user_id, heard_at=now)
    set_committed_value(row, "heard_at", now)
    return True


async def told(scope: Scope, user_id: str) -> tuple[ToldLately, ...]:
    """Return what a person was told on our own lately, the newest first; a bundle counts as each of its parts."""
    return await scope.once(ToldLately, user_id, lambda: read_told(scope, user_id))


async def told_also(scope: Scope, user_id: str, more: ToldLately) -> None:
    """Let what is being said in the same message count as told, for what is rendered after it."""
    scope.keep(ToldLately, user_id, (more, *await told(scope, user_id)))


async def read_told(scope: Scope, user_id: str) -> tuple[ToldLately, ...]:
    rows = await scope.ask(TOLD, user_id=user_id)
    return said_in(rows, await inside_bundles(scope, rows))


async def read_told_to(scope: Scope, user_ids: Sequence[str]) -> dict[str, tuple[ToldLately, ...]]:
    """Return what each of these people was told lately, as `read_told` does of one."""
    theirs: dict[str, list[Answer]] = defaultdict(list)
    for user_id, *row in await scope.ask(TOLD_AMONG, user_ids=list(user_ids)):
        theirs[user_id].append(tuple(row))
    lately = {user_id: rows[:LOOKED_AT] for user_id, rows in theirs.items()}
    inside = await inside_bundles(scope, [row for rows in lately.values() for row in rows])
    return {user_id: said_in(rows, inside) for user_id, rows in lately.items()}


async def inside_bundles(scope: Scope, rows: Sequence[Answer]) -> dict[str, list[BundledPart]]:
    """Return what came in each of the messages that were bundles."""
    bundles = await deliveries(scope, [row_id for row_id, kind, _, _ in rows if kind == BUNDLE])
    return {row.id: parts_of(row) for row in bundles}


def said_in(rows: Sequence[Answer], inside: Mapping[str, Sequence[BundledPart]]) -> tuple[ToldLately, ...]:
    """Return what messages said, each part of a bundle by itself."""
    found: list[ToldLately] = []
    for row_id, kind, subject, sent_at in rows:
        parts = inside.get(row_id, [BundledPart(row_id, kind, subject)])
        found += [ToldLately(part.kind, sent_at, row_id, part.subject) for part in parts]
    return tuple(found)


async def ahead_of(scope: Scope, row: DeliveryRow) -> int:
    """Return how many other messages to the same person are on their way out and go before this one."""
    order = tuple_(col(DeliveryRow.priority), col(DeliveryRow.not_before), col(DeliveryRow.id))
    statement = select(func.count(col(DeliveryRow.id))).where(
        HELD,
        DeliveryRow.workspace_id == row.workspace_id,
        DeliveryRow.user_id == row.user_id,
        DeliveryRow.kind != ANSWER,
        order < tuple_(row.priority, row.not_before, row.id),
    )
    return (await scope.session.exec(statement)).one()


async def people_ahead(scope: Scope, user_ids: Collection[str]) -> None:
    """Read ahead what the policy asks about these people: who they are, when they work, what they want and got."""
    await members_ahead(scope, user_ids)
    members = [row for user_id in user_ids if (row := await find_member(scope, user_id)) is not None]
    await teams_ahead(scope, {row.team_id for row in members if row.team_id is not None})
    await calendars_ahead(scope, members)
    met = [row.user_id for row in members]
    await scope.once_each(MuteRow, met, lambda missing: read_mutes_of(scope, missing), frozenset())
    await scope.once_each(ToldLately, met, lambda missing: read_told_to(scope, missing), ())


async def held_back(scope: Scope, user_id: str, now: datetime) -> list[Waiting]:
    """Return what is held back from a person for now, the first to come first, each with its reason."""
    rows = await scope.find(WAITING, user_id=user_id, now=now)
    if not rows:
        return []
    events = select(DeliveryEventRow).where(
        col(DeliveryEventRow.delivery_id).in_([row.id for row in rows]),
        DeliveryEventRow.to_state == DeliveryState.PENDING,
        DeliveryEventRow.from_state == DeliveryState.LEASED,
    )
    notes = {
        event.delivery_id: event.note
        for event in await scope.session.exec(events.order_by(col(DeliveryEventRow.id)))
    }
    return [Waiting(row, notes[row.id]) for row in rows if notes.get(row.id)]


async def judge_anew(scope: Scope, user_id: str, now: datetime) -> None:
    """Let what is held back from a person be judged anew now: what held it has changed."""
    for held in await held_back(scope, user_id, now):
        await move_delivery(
            scope.ledger, held.row, DeliveryState.PENDING, now, note="judged anew", not_before=now
        )
        scope.unit.noted.add(ENQUEUED)


async def policy_case(scope: Scope, row: DeliveryRow, now: datetime) -> PolicyCase | None:
    """Return the facts about one message and its reader; None if we do not know them any more."""
    who = await person(scope, str(row.user_id))
    if who is None:
        return None
    kind = scope.declared.kind(row.kind)
    if kind.key == BUNDLE and any(scope.declared.kind(part.kind).asked_for for part in parts_of(row)):
        kind = replace(kind, asked_for=True)
    if who.sent_on(local_date(now, who.hours.zone)) == who.cap - 1:
        who = replace(who, at_once=await ahead_of(scope, row))
    return PolicyCase(kind, who, now, row.subject, due_on=local_date(row.not_before, who.hours.zone))


async def person(scope: Scope, user_id: str) -> Recipient | None:
    """Return what the policy asks about a person; None if we do not know them."""
    member = await find_member(scope, user_id)
    if member is None:
        return None
    team = await find_team(scope, member.team_id)
    if team is not None:
        await mutes_and_days_ahead(scope, team, member)
    return Recipient(
        hours=await hours_of(scope, team, member),
        active=member.active,
        cap=team.daily_cap if team is not None else Recipient.cap,
        muted=await mutes(scope, user_id),
        paused_until=member.paused_until,
        heard_at=member.heard_at,
        told=await told(scope, user_id),
        declared=scope.declared,
    )


async def hours_of(scope: Scope, team: TeamRow | None, member: MemberRow) -> Hours:
    """Return when a member may be written to; somebody in no team on weekdays, in the usual hours."""
    if team is None:
        return Hours(member.zone)
    return Hours(member.zone, team.quiet_from, team.quiet_until, await calendar_of(scope, team, member))
