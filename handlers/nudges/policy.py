"""Nudging: the facts behind the policy, the words of a back-off, and what people set: pause, mute, resume."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from handlers.feature import Rendered, Renderer
from handlers.nudges.do_not_disturb import DoNotDisturb
from handlers.people.calendars import calendar_of
from messages.blocks import Message
from messages.nudges import policy as told
from sales.language.dates.instants import local_date
from sales.nudges.kind import BUNDLE, NudgeKind, kind_of, mutable_by
from sales.nudges.policy import Case, Hours, Late, Person, Skip, Told, verdict, weekly
from storage.nudges import policy as facts
from storage.nudges.ledger.rows import DeliveryRow, parts_of
from storage.people import member as members
from storage.people import team as teams
from storage.people.member import MemberRow
from storage.people.team import TeamRow
from storage.scope import Scope

KNOWN = "what the policy knows of people"


class Nudging:
    """The one policy, as delivery asks it about each message that is about to leave."""

    def __init__(self, do_not_disturb: DoNotDisturb) -> None:
        self.do_not_disturb = do_not_disturb

    async def policy(self, scope: Scope, row: DeliveryRow, now: datetime) -> Late | Skip | None:
        """Say whether a message must wait or not go at all; None lets it pass.

        Posts to a channel pass: nobody is woken by them, and the digest keeps to its own calendar.
        """
        if row.user_id is None:
            return None
        found = await case(scope, row, now)
        if found is None:
            return Skip("This person has left.")
        decided = verdict(found)
        if decided is not None or found.kind.asked_for:
            return decided
        until = await self.do_not_disturb.until(scope.workspace_id, row.user_id, now)
        if until is None:
            return None
        return verdict(replace(found, undisturbed_until=until))


async def case(scope: Scope, row: DeliveryRow, now: datetime) -> Case | None:
    """Return the facts about one message and its reader; None if we do not know them any more."""
    who = await person(scope, str(row.user_id))
    if who is None:
        return None
    kind = kind_of(row.kind)
    if kind.key == BUNDLE and any(kind_of(part.kind).asked_for for part in parts_of(row)):
        kind = replace(kind, asked_for=True)
    if who.sent_on(local_date(now, who.hours.zone)) == who.cap - 1:
        who = replace(who, at_once=await facts.ahead_of(scope, row))
    return Case(kind, who, now, row.subject)


async def person(scope: Scope, user_id: str) -> Person | None:
    """Return what the policy asks about a person, looked up once in a unit of work or a read."""
    known: dict[tuple[str, str], Person | None] = scope.session.info.setdefault(KNOWN, {})
    key = (scope.workspace_id, user_id)
    if key not in known:
        known[key] = await looked_up(scope, user_id)
    return known[key]


async def looked_up(scope: Scope, user_id: str) -> Person | None:
    member = await members.member(scope, user_id)
    if member is None:
        return None
    team = await teams.team(scope, member.team_id)
    return Person(
        hours=await hours_of(scope, team, member),
        active=member.active,
        cap=team.daily_cap if team is not None else Person.cap,
        muted=await facts.mutes(scope, user_id),
        paused_until=member.paused_until,
        heard_at=member.heard_at,
        told=await facts.told(scope, user_id),
    )


async def hours_of(scope: Scope, team: TeamRow | None, member: MemberRow) -> Hours:
    """Return when a member may be written to; somebody in no team on weekdays, in the usual hours."""
    if team is None:
        return Hours(member.zone)
    return Hours(member.zone, team.quiet_from, team.quiet_until, await calendar_of(scope, team, member))


async def told_also(scope: Scope, user_id: str, more: Told) -> None:
    """Let what is being said in the same message count as told, for what is rendered after it."""
    who = await person(scope, user_id)
    if who is not None:
        scope.session.info[KNOWN][scope.workspace_id, user_id] = replace(who, told=(more, *who.told))


async def lately(scope: Scope, user_id: str) -> Sequence[Told]:
    """Return what a person was told lately, the newest first."""
    who = await person(scope, user_id)
    return who.told if who is not None else ()


def announcing(renderer: Renderer) -> Renderer:
    """Return a renderer that says so when its kind comes less often from now on."""

    async def render(scope: Scope, row: DeliveryRow, now: datetime) -> Rendered:
        found, kind = await renderer(scope, row, now), kind_of(row.kind)
        if not isinstance(found, Message) or not kind.recurs:
            return found
        who = await person(scope, str(row.user_id))
        if who is None or not who.announces(kind):
            return found
        return told.backing_off(found, kind, weekly(who.hours))

    return render


def signing(renderer: Renderer) -> Renderer:
    """Return a renderer that puts a message's own off switch under it."""

    async def render(scope: Scope, row: DeliveryRow, now: datetime) -> Rendered:
        found = await renderer(scope, row, now)
        return signed(found, row) if isinstance(found, Message) else found

    return render


def signed(message: Message, row: DeliveryRow) -> Message:
    """Return a message with its off switch; what somebody asked for, and what stands in a channel, has none."""
    kind = kind_of(row.kind)
    if row.user_id is None or not (kind.mutable or kind.key == BUNDLE):
        return message
    return told.signed(message, kind)


async def off(scope: Scope, member: MemberRow) -> list[NudgeKind]:
    """Return what a person switched off, of what they would get."""
    muted = await facts.mutes(scope, member.user_id)
    return [kind for kind in offered_to(member) if kind.key in muted]


def offered_to(member: MemberRow) -> list[NudgeKind]:
    """Return the kinds that a person can switch off."""
    return mutable_by(is_rep=member.is_rep, leads=member.is_manager or member.is_admin)
