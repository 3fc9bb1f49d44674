"""Content events: who of a rep's leads and customers just used something of ours (mechanism 41).

A prompt comes within the hour, twice a day at most, as far as the day's messages allow; what it could not tell stands
in the next evening prompt, and in the warm list until somebody was in touch.
"""

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from handlers.context import Context
from handlers.feature import Feature, Keeping, Kind, Look, Record, Rendered, Section, Shown, Stays, Surface
from handlers.nudges.reassignment import WorkReassigned
from messages.prospects import content_event as views
from sales.language.dates.instants import local_date, local_instant
from sales.language.dates.weekday import MONDAY
from sales.nudges.kind import NudgeKind, Topic
from sales.nudges.ledger import DeliveryState, Nudge
from sales.nudges.policy import Hours, Skip
from sales.people.permission import Act
from sales.people.retention import Retention
from sales.prospects.content_event import (
    CONTENT_TOUCHED,
    NEWS_FOR,
    ONE_READER,
    PROMPT_FOR,
    PROMPTS_A_DAY,
    SETTLES,
    ContentReader,
    OwnedEvent,
    reader_key,
    readers,
    untouched,
)
from storage.nudges.ledger.intake import enqueue
from storage.nudges.ledger.rows import DeliveryRow
from storage.people.calendar import calendar_of
from storage.people.member import find_member
from storage.people.team import find_team
from storage.prospects.content_event import (
    ContentEventRow,
    events_of,
    forget_events,
    give_events,
    has_read_since,
    prompts_since,
    reads_ahead,
    received_between,
    was_told,
)
from storage.prospects.content_reader import phones_of
from storage.prospects.spoken import spoken_since
from storage.scope import Scope

OVER_THE_WEEKEND = timedelta(days=3)
CALLED = "everybody was spoken to since"
CAME_TO_NOTHING = frozenset({DeliveryState.SKIPPED, DeliveryState.SUPERSEDED, DeliveryState.DEAD})


async def prompt_about(scope: Scope, taken: Sequence[OwnedEvent], now: datetime) -> None:
    """Write down a prompt for whoever has leads or customers that used something, as far as they get one today."""
    by_owner: dict[str, list[OwnedEvent]] = {}
    for one in taken:
        if one.owner_id is not None and now - one.happened_at <= NEWS_FOR:
            by_owner.setdefault(one.owner_id, []).append(one)
    for owner_id, theirs in by_owner.items():
        leaves = await leaving_at(scope, owner_id, theirs, now)
        if leaves is not None:
            nudge = Nudge(
                key=f"{CONTENT_TOUCHED}:{scope.workspace_id}:{owner_id}:{now.isoformat()}",
                kind=CONTENT_TOUCHED,
                intent={"from": now.isoformat(), "until": leaves.isoformat()},
                why=views.why(),
                not_before=leaves,
                user_id=owner_id,
                expires_at=leaves + PROMPT_FOR,
            )
            await enqueue(scope, nudge, now)


async def leaving_at(
    scope: Scope, owner_id: str, theirs: Sequence[OwnedEvent], now: datetime
) -> datetime | None:
    """Return when somebody is told of what came just now: in a few minutes, of what came at night in the morning.

    None where a prompt that is on its way tells of it, they had their prompts today, or all of it is of readers whom
    the last hour's told of.
    """
    member = await find_member(scope, owner_id)
    team = await find_team(scope, member.team_id if member is not None else None)
    if member is None or team is None or not member.active:
        return None
    hours = Hours(member.zone, team.quiet_from, team.quiet_until, await calendar_of(scope, team, member))
    leaves = hours.reachable(now + SETTLES)
    begun = local_instant(member.zone, time.min, local_date(leaves, member.zone))
    prompts = [row for row in await prompts_since(scope, owner_id, begun) if row.state not in CAME_TO_NOTHING]
    if len(prompts) >= PROMPTS_A_DAY or any(now < window_of(row)[1] for row in prompts):
        return None
    lately = [window_of(row) for row in prompts if now - window_of(row)[1] < ONE_READER]
    told = {reader_key(one) for each in lately for one in await received_between(scope, owner_id, *each)}
    return leaves if any(reader_key(one) not in told for one in theirs) else None


def window_of(prompt: DeliveryRow) -> tuple[datetime, datetime]:
    """Return between which instants came what a prompt tells of."""
    first, last = (datetime.fromisoformat(str(prompt.intent[one])) for one in ("from", "until"))
    return first, last


async def render(scope: Scope, delivery: DeliveryRow, now: datetime) -> Rendered:
    """Who used what, as far as nobody was in touch with them since."""
    owner_id = str(delivery.user_id)
    rows = await received_between(scope, owner_id, *window_of(delivery))
    found = await left_untouched(scope, owner_id, rows, now)
    if not found:
        return Skip(CALLED)
    return views.prompt(found, await phones(scope, found), now)


async def left_untouched(
    scope: Scope, owner_id: str, rows: Sequence[ContentEventRow], now: datetime
) -> list[ContentReader]:
    """Return whom nobody was in touch with since we heard of what they did."""
    if not rows:
        return []
    since = min(row.received_at for row in rows) - timedelta(days=1)
    return untouched(readers(rows), await spoken_since(scope, owner_id, since.date()))


async def phones(scope: Scope, found: Sequence[ContentReader]) -> dict[int, str]:
    """Return the numbers of readers who are leads, by lead, as far as they are known."""
    return await phones_of(scope, [one.newest.lead_id for one in found if one.newest.lead_id is not None])


async def in_evening(look: Look) -> Shown | None:
    """Whom no prompt told of today and nobody was in touch with since; a reason to write by itself."""
    owner_id, since = look.member.user_id, noted_since(look)
    if look.team is None or not await has_read_since(look.scope, owner_id, since):
        return None
    rows = [one for one in await events_of(look.scope, owner_id, since) if one.owner_id == owner_id]
    prompts = await prompts_since(look.scope, owner_id, since - PROMPT_FOR)
    untold = [one for one in rows if not was_told(prompts, one)]
    found = await left_untouched(look.scope, owner_id, untold, look.now)
    return Shown([views.note(found, look.now)], why=views.why_note()) if found else None


def noted_since(look: Look) -> datetime:
    """Return since when what was used stands in an evening's prompt: for a day, on Mondays for the weekend too."""
    day = look.day or look.today
    return look.now - (OVER_THE_WEEKEND if day.weekday() == MONDAY else NEWS_FOR)


async def evenings_ahead(looks: Sequence[Look]) -> None:
    """Read at once of many people whether there is anything to ask for."""
    since = min(noted_since(look) for look in looks)
    await reads_ahead(looks[0].scope, [look.member.user_id for look in looks], since)


async def hear_reassigned(context: Context, news: WorkReassigned) -> None:
    """What leads and customers used is the business of who takes them over."""
    await give_events(context.scope, news.old.user_id, news.new.user_id)


FEATURE = Feature(
    name="content event",
    kinds=(
        Kind(
            NudgeKind(
                CONTENT_TOUCHED,
                "Who reads what we publish",
                "when a lead or customer of yours read or asked for something, twice a day",
                news=True,
                for_reps=True,
                topic=Topic.DEALS,
                order=134,
            ),
            render,
        ),
    ),
    sections=(Section(Surface.EVENING, 12, in_evening, Act.OWN_WORK, leads=True, ahead=evenings_ahead),),
    hears={WorkReassigned: hear_reassigned},
    records=(
        Record(
            ContentEventRow,
            undone=True,
            exported=True,
            read=Act.SEE_WORK_OF,
            erased="owner_id",
            stays=Stays("what the team's leads and customers used, for whoever calls them next"),
        ),
    ),
    keeps=(
        Keeping(
            Retention(
                "content",
                "Who used which content",
                days=180,
                least=30,
                but="The warm list looks at the last two weeks, yields at half a year.",
            ),
            forget_events,
        ),
    ),
)
