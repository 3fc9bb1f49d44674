"""Nudging: the facts behind the policy, the words of a back-off, and what people set: pause, mute, resume."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from handlers.ask import Ask
from handlers.calendars import calendar_of
from handlers.do_not_disturb import DoNotDisturb
from handlers.feature import Feature, Rendered, Renderer
from handlers.reply import Reply
from messages.blocks import Message
from messages.nudges import pause as pause_rules
from messages.nudges import policy as told
from messages.nudges.pause import PAUSE_UNTIL, RESUME, WANTED, kept, resumed, switched_off
from sales.language.dates.instants import local_date, local_instant
from sales.language.dates.spoken.reading import find_when
from sales.language.figures import say_day, say_when
from sales.nudges.kind import BUNDLE, NudgeKind, kind_of, mutable_by
from sales.nudges.policy import Case, Hours, Late, Person, Skip, Told, verdict, weekly
from sales.refusal import Refusal
from storage.nudges import policy as facts
from storage.nudges.ledger.rows import DeliveryRow, parts_of
from storage.people import member as members
from storage.people import team as teams
from storage.people.member import MemberRow
from storage.people.team import TeamRow
from storage.scope import Scope

LONGEST_PAUSE = timedelta(days=366)  # a longer one is a slip of the finger, or somebody who left
EXAMPLE = "pause until Monday"
MONDAY = 0
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


# what people set


async def pause(ask: Ask) -> Reply:
    """`/rainmaker pause until Monday`: nothing comes before that day, but for what was asked for."""
    words = re.sub(r"^for\b", "in", ask.text.strip(), flags=re.IGNORECASE)
    when = find_when(words, ask.now, ask.zone) if words else None
    if when is None:
        raise Refusal("Until when? Name a day, or how long.", example=f"/rainmaker {EXAMPLE}")
    day = when.day if when.day > ask.today else ask.today + timedelta(days=1)
    return await paused(ask, when.at or local_instant(ask.zone, time.min, day))


async def paused(ask: Ask, until: datetime) -> Reply:
    """Keep a pause and say until when it lasts.

    Raises:
        Refusal: if it is longer than a year.
    """
    if until - ask.now > LONGEST_PAUSE:
        raise Refusal(
            "That is more than a year away. Pause for a shorter time.",
            field=PAUSE_UNTIL,
            example=f"/rainmaker {EXAMPLE}",
        )
    await set_pause(ask, until)
    return Reply(say=pause_rules.paused(spoken(until, ask.today, ask.zone)), home=True)


async def set_pause(ask: Ask, until: datetime | None) -> None:
    """Keep until when a person wants nothing, and judge anew what waits."""
    await members.save_member(ask.scope, ask.member.user_id, paused_until=until)
    await facts.reconsider(ask.scope, ask.member.user_id, ask.now)


async def resume(ask: Ask) -> Reply:
    """`/rainmaker resume`: everything that is not switched off comes again."""
    was_paused = is_paused(ask.member, ask.now)
    await set_pause(ask, None)
    return Reply(
        say=resumed(was_paused=was_paused, off=await off(ask.scope, ask.member)),
        home=True,
    )


async def resume_by_button(ask: Ask) -> Reply:
    """The same from a button: App Home shows it by the line that is gone."""
    reply = await resume(ask)
    in_home = (ask.request.body.get("view") or {}).get("type") == "home"
    if in_home:
        return Reply(home=True)
    return Reply(edit=reply.say, home=True)


async def keep_daily(ask: Ask) -> Reply:
    """They answered: the kind comes as often as before, which the message says in place of the announcement."""
    await members.save_member(ask.scope, ask.member.user_id, heard_at=ask.now)
    message = ask.request.body["message"]
    shown = Message(message.get("text", ""), message["blocks"])
    return Reply(edit=told.kept_daily(shown, kind_of(ask.request.value)))


async def menu(ask: Ask) -> Reply:
    """A choice behind the three dots under a message."""
    from handlers import settings, why  # both show what this module keeps

    chosen, _, kind = ask.request.value.partition(":")
    if chosen == told.WHY:
        return await why.of_message(ask)
    if chosen == told.SETTINGS:
        return await settings.open_own(ask)
    if chosen == told.MUTE:
        return await switch_off(ask, kind_of(kind))
    day = ask.today + timedelta(days=1)
    if chosen == told.MONDAY:
        day = ask.today + timedelta(days=(MONDAY - ask.today.weekday() - 1) % 7 + 1)
    return await paused(ask, local_instant(ask.zone, time.min, day))


async def switch_off(ask: Ask, kind: NudgeKind) -> Reply:
    if not kind.mutable:
        raise Refusal("That kind of message cannot be switched off.")
    await facts.set_mutes(ask.scope, ask.member.user_id, [kind.key], [])
    return Reply(say=switched_off(kind), home=True)


async def keep_settings(ask: Ask) -> str:
    """Keep what a person's own form says of muting and pausing; return it in words, empty if all comes."""
    user_id, values = ask.member.user_id, ask.request.values
    offered = {kind.key for kind in offered_to(ask.member)}
    if offered:
        wanted = set(values.get(WANTED) or [])
        await facts.set_mutes(ask.scope, user_id, sorted(offered - wanted), offered)
    until = None
    if values.get(PAUSE_UNTIL):
        day = date.fromisoformat(values[PAUSE_UNTIL])
        shown = ask.member.paused_until
        same = shown is not None and local_date(shown, ask.zone) == day
        until = shown if same else local_instant(ask.zone, time.min, day)
    if until is not None and until <= ask.now:
        until = None  # a day that is over pauses nothing
    if until is not None:
        await paused(ask, until)
    else:
        await set_pause(ask, None)
    until_words = spoken(until, ask.today, ask.zone) if until is not None else ""
    return kept(until_words, await off(ask.scope, ask.member))


async def off(scope: Scope, member: MemberRow) -> list[NudgeKind]:
    """Return what a person switched off, of what they would get."""
    muted = await facts.mutes(scope, member.user_id)
    return [kind for kind in offered_to(member) if kind.key in muted]


def offered_to(member: MemberRow) -> list[NudgeKind]:
    """Return the kinds that a person can switch off."""
    return mutable_by(is_rep=member.is_rep, leads=member.is_manager or member.is_admin)


def is_paused(member: MemberRow, now: datetime) -> bool:
    return member.paused_until is not None and member.paused_until > now


def paused_day(member: MemberRow, now: datetime) -> date | None:
    """Return the day on which a person's messages come again; None while they have not paused them."""
    if member.paused_until is None or not is_paused(member, now):
        return None
    return local_date(member.paused_until, member.zone)


def paused_words(member: MemberRow, now: datetime) -> str:
    """Return until when a person paused, in words; empty while they have not."""
    if member.paused_until is None or not is_paused(member, now):
        return ""
    return spoken(member.paused_until, local_date(now, member.zone), member.zone)


def spoken(until: datetime, today: date, zone: str) -> str:
    """Return an instant as the person reads it, its time left out at midnight."""
    day = local_date(until, zone)
    if local_instant(zone, time.min, day) == until:
        return say_day(day, today)
    return say_when(day, until.astimezone(UTC), today, zone)


FEATURE = Feature(
    actions={told.KEEP: keep_daily, RESUME: resume_by_button, told.MENU: menu},
)
