"""What is told of leads by itself: given ones at once, late ones once, untouched ones to the manager (mechanism 38).

All of it is one kind of message, and each is made of what is so when it leaves: a call, a decision or an undo meanwhile
leaves nothing to say.
"""

from collections.abc import Collection, Mapping
from datetime import datetime, time, timedelta
from typing import Any

from handlers.feature import Rendered
from handlers.prospects.lead.listing import numbers_of
from messages.blocks import Message
from messages.prospects import lead as views
from messages.prospects.lead import LeadShown, ReaderClock
from sales.language.dates.instants import local_date, local_instant
from sales.nudges.kind import Intent
from sales.nudges.ledger import ON_TIME, PROMPT, DeliveryState, Nudge
from sales.nudges.policy import Skip
from sales.prospects.first_call import MANAGER_AFTER, MANAGER_QUIET_AFTER, CallState, after_working
from sales.prospects.lead import Lead
from sales.prospects.source import clock_of
from storage.nudges.ledger.intake import enqueue
from storage.nudges.ledger.lookup import earlier_digests, is_waiting
from storage.nudges.ledger.rows import DeliveryRow
from storage.nudges.policy import hours_of
from storage.people.member import MemberRow, find_member, find_members
from storage.people.team import TeamRow, find_team, managers_of, teams_managed_by
from storage.prospects import lead as queries
from storage.prospects.first_call import first_calls
from storage.prospects.source import clocks_of_team
from storage.scope import Scope

LEAD_CAME = "lead_came"
GIVEN, LATE, TEAM = "given", "late", "team"  # what a message is about
SETTLES = timedelta(minutes=1)  # one more may be given; well within the first call's target
TOGETHER = timedelta(minutes=15)  # leads given within it are late in one message
WORTH_TELLING = timedelta(days=14)  # of given ones: whoever is on leave reads of them when they are back
WORTH_REMINDING = timedelta(days=1)
MOST_TOLD = 5
MANAGER_AT = time(9, 0)
QUIET_FOR = timedelta(days=7)  # of a manager, who has all of it on Home meanwhile


async def watch(scope: Scope, owner: MemberRow, now: datetime, *, own: Lead | None = None) -> None:
    """Ask for what has to be said of the leads that were given to somebody now, unless all of it is settled by then.

    One of their `own`, which they added or took themselves, is no news to them: of that their manager alone may hear.
    """
    team = await find_team(scope, owner.team_id)
    if team is None:
        return
    stated = await clocks_of_team(scope, team.id)
    sources = [own.source] if own is not None else await queries.sources_given(scope, owner.user_id, now)
    found = [clock_of(source, stated) for source in sources]
    if own is None:
        await tell_given(scope, owner, now)
        await tell_late(scope, team, owner, {clock.limit for clock in found if clock is not None}, now)
    await tell_managers(
        scope, team, owner, {MANAGER_QUIET_AFTER if one is None else MANAGER_AFTER for one in found}, now
    )


async def tell_given(scope: Scope, owner: MemberRow, now: datetime) -> None:
    """Ask for one message about the leads given to somebody; one that waits to leave tells of these too."""
    if await is_waiting(scope, LEAD_CAME, owner.user_id, key_of(scope, owner, GIVEN)):
        return
    about = {"what": GIVEN, "since": now.isoformat()}
    nudge = nudge_of(
        f"{key_of(scope, owner, GIVEN)}{now.isoformat()}", owner, about, now + SETTLES, WORTH_TELLING, PROMPT
    )
    await enqueue(scope, nudge, now)


async def tell_late(
    scope: Scope, team: TeamRow, owner: MemberRow, limits: Collection[timedelta], now: datetime
) -> None:
    """Ask for one word once the limit is over, for all leads given within minutes of each other with one limit."""
    begins = now - timedelta(seconds=now.timestamp() % TOGETHER.total_seconds())
    hours = await hours_of(scope, team, owner)
    for limit in sorted(limits):
        about = {
            "what": LATE,
            "since": begins.isoformat(),
            "until": (begins + TOGETHER).isoformat(),
            "limit": limit.total_seconds(),
        }
        due = after_working(begins + TOGETHER, limit, hours)
        key = f"{key_of(scope, owner, LATE)}{begins.isoformat()}:{int(limit.total_seconds())}"
        await enqueue(scope, nudge_of(key, owner, about, due, WORTH_REMINDING), now)


async def tell_managers(
    scope: Scope, team: TeamRow, owner: MemberRow, after: Collection[int], now: datetime
) -> None:
    """Ask for one look at the team's leads after so many working days, when those of now are old if nobody called."""
    hours = await hours_of(scope, team, owner)
    for manager in await find_members(scope, await managers_of(scope, team.id)):
        if manager.user_id == owner.user_id or not manager.active:
            continue
        for days in sorted(after):
            day = hours.calendar.shift(local_date(now, owner.zone), days)
            due = local_instant(manager.zone, MANAGER_AT, day)
            key = f"{key_of(scope, manager, TEAM)}{day.isoformat()}"
            await enqueue(scope, nudge_of(key, manager, {"what": TEAM}, due, WORTH_REMINDING), now)


def as_one(first: Intent, second: Intent) -> Intent | None:
    """Return what two messages about the same thing that leave together are about; None where they stay two."""
    if first["what"] != second["what"]:
        return None
    if first["what"] == TEAM:
        return first
    about = {**first, "since": min((one["since"] for one in (first, second)), key=datetime.fromisoformat)}
    if first["what"] == LATE:
        about["until"] = max((one["until"] for one in (first, second)), key=datetime.fromisoformat)
        about["limits"] = sorted({*limits_of(first), *limits_of(second)})
    return about


def limits_of(intent: Intent) -> list[float]:
    """Return which limits a word about late leads is about, in seconds."""
    return list(intent.get("limits") or [intent["limit"]])


def key_of(scope: Scope, member: MemberRow, what: str) -> str:
    """Return what the keys of messages to somebody about this begin with."""
    return f"{LEAD_CAME}:{scope.workspace_id}:{member.user_id}:{what}:"


def nudge_of(
    key: str,
    member: MemberRow,
    about: Mapping[str, Any],
    at: datetime,
    worth: timedelta,
    priority: int = ON_TIME,
) -> Nudge:
    return Nudge(
        key=key,
        kind=LEAD_CAME,
        intent=dict(about),
        why=views.why_told(str(about["what"])),
        not_before=at,
        user_id=member.user_id,
        priority=priority,
        expires_at=at + worth,
    )


# made when it leaves


async def render(scope: Scope, delivery: DeliveryRow, now: datetime) -> Rendered:
    """What there is to say by now, or why there is nothing."""
    member = await find_member(scope, str(delivery.user_id))
    if member is None:
        return Skip("this person is not known any more")
    what = delivery.intent["what"]
    if what == TEAM:
        return await of_teams(scope, delivery, member, now)
    found, count = await waiting(scope, delivery, member, now)
    if not found:
        return Skip("called, decided or given to somebody else by now")
    at = ReaderClock(now, member.zone, local_date(now, member.zone))
    return views.came_to_you(found, count, at) if what == GIVEN else views.late(found, count, at)


async def render_again(scope: Scope, delivery: DeliveryRow, ids: object, now: datetime) -> Message:
    """The same as things stand, with nothing in it once all is settled."""
    made = await render(scope, delivery, now)
    return made if isinstance(made, Message) else views.settled()


async def waiting(
    scope: Scope, delivery: DeliveryRow, member: MemberRow, now: datetime
) -> tuple[list[LeadShown], int]:
    """Return the leads a message is about that still wait, the first of them, and how many there are."""
    intent = delivery.intent
    until = datetime.fromisoformat(intent["until"]) if "until" in intent else None
    since = datetime.fromisoformat(str(intent["since"]))
    most = MOST_TOLD if intent["what"] == GIVEN else None
    given = await queries.given_between(scope, member.user_id, since, until, most)
    team = await find_team(scope, member.team_id)
    calls = await first_calls(scope, given.rows, member, team, now)
    found = [LeadShown(row, call) for row, call in zip(given.rows, calls, strict=True)]
    if intent["what"] == GIVEN:
        return found, given.total
    late = [
        one
        for one in found
        if one.call.state is CallState.PAST_LIMIT
        and one.call.clock is not None
        and one.call.clock.limit.total_seconds() in limits_of(intent)
    ]
    return late[:MOST_TOLD], len(late)


async def of_teams(scope: Scope, delivery: DeliveryRow, member: MemberRow, now: datetime) -> Rendered:
    """Whose leads were left untouched in the teams somebody manages; once a week at most."""
    begins = key_of(scope, member, TEAM)
    for earlier in await earlier_digests(scope, begins, delivery.occurrence_key):
        if earlier.state is DeliveryState.SENT and (earlier.sent_at or now) > now - QUIET_FOR:
            return Skip("you were told of untouched leads within the last seven days; they stand on Home")
    teams = await teams_managed_by(scope, member.user_id)
    found = [await numbers_of(scope, team, now) for team in teams]
    old = [one for one in found if one.untouched]
    if not old:
        return Skip("no lead was left untouched")
    return views.untouched_of_teams(old, named=len(teams) > 1)
