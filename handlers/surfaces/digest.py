"""The digest: what a team is told of itself in its channel, each week and, if it wants, each working day."""

from collections.abc import Sequence
from datetime import date, datetime
from functools import partial

from handlers.ahead import answered_ahead
from handlers.context import Context
from handlers.feature import (
    Command,
    Feature,
    Job,
    Kind,
    Line,
    Made,
    Rendered,
    Subject,
    Surface,
    TeamLook,
    TeamSection,
    Told,
    routes,
)
from handlers.people.team import about_team, the_team
from handlers.reply import Reply
from handlers.section import Sections
from messages.surfaces import digest as views
from messages.surfaces.digest import Digest, DigestOf, DigestPart
from sales.language.dates.instants import local_date, local_instant
from sales.language.dates.period import DaySpan, week_before
from sales.language.figures import short_day
from sales.language.reader import written_for
from sales.nudges.kind import NudgeKind
from sales.nudges.ledger import TERMINAL, DeliveryState, Nudge
from sales.nudges.policy import Late, Skip
from sales.nudges.schedule import CatchUp, Occurrence, occurrence_after
from sales.people.permission import Act
from sales.people.team import Audience
from sales.refusal import Refusal
from sales.surfaces.digest import (
    DIGEST_DAILY,
    DIGEST_WEEKLY,
    LONGEST_STEP,
    covering,
    daily_spec,
    days,
    weekly_spec,
)
from storage.nudges.ledger.lookup import earlier_digests
from storage.nudges.ledger.rows import DeliveryRow
from storage.nudges.schedule.rows import ScheduleRow
from storage.people.calendar import calendar_of
from storage.people.member import reps_counted
from storage.people.team import TeamRow, find_team
from storage.scope import Scope

NOTHING = "nothing worth saying"


async def decide(scope: Scope, schedule: ScheduleRow, occurrence: Occurrence, now: datetime) -> list[Nudge]:
    """Ask for one digest; what it says is looked up when it is sent. It gives way to the next one."""
    team = await find_team(scope, int(schedule.subject_id))
    if team is None or team.digest_channel is None:
        return []
    day = occurrence.local_date
    nudge = Nudge(
        key=f"{keys(scope, schedule.kind, team)}{day}",
        kind=schedule.kind,
        intent={"team_id": team.id, "day": day.isoformat()},
        why=views.why(schedule, daily=schedule.kind == DIGEST_DAILY),
        not_before=occurrence.due_at,
        channel_id=team.digest_channel,
        expires_at=occurrence_after(schedule, day).due_at,
    )
    return [nudge]


def keys(scope: Scope, kind: str, team: TeamRow) -> str:
    """Return what the keys of a team's digests of a kind begin with; a local date follows."""
    return f"{kind}:{scope.workspace_id}:{team.id}:"


def collecting(sections: Sections) -> Made:
    """Return how a digest is made from what features tell of a team."""
    return Made(partial(render, sections.team_sections(Surface.DIGEST)))


async def render(
    sections: Sequence[TeamSection], scope: Scope, delivery: DeliveryRow, now: datetime
) -> Rendered:
    """The digest as things stand now, or why there is none. On a day off it waits for the next working day."""
    team = await find_team(scope, int(delivery.intent["team_id"]))
    if team is None:
        return Skip("the team is gone")
    today = local_date(now, team.zone)
    calendar = await calendar_of(scope, team)
    day_off = calendar.why_not(today)
    if day_off is not None:
        until = local_instant(team.zone, team.digest_at, calendar.next_working_day(today))
        return Late(until, f"{short_day(today)} was no working day: {day_off}")
    daily = delivery.kind == DIGEST_DAILY
    span = await span_of(scope, delivery, team, now)
    found = await told(sections, scope, team, span, today, daily=daily)
    return views.digest(found) if found is not None else Skip(NOTHING)


async def span_of(scope: Scope, delivery: DeliveryRow, team: TeamRow, now: datetime) -> DaySpan:
    """Return the days a digest covers: its own, and those of the ones before it that nobody read."""
    day, prefix = date.fromisoformat(delivery.intent["day"]), keys(scope, delivery.kind, team)
    missed: list[date] = []
    for row in await earlier_digests(scope, prefix, f"{prefix}{day}"):
        before = date.fromisoformat(row.intent["day"])
        later = missed[-1] if missed else day
        if (later - before).days > LONGEST_STEP or not went_unread(row, now):
            break
        missed.append(before)
    spans = [days(delivery.kind, team, each) for each in missed]
    return covering(days(delivery.kind, team, day), spans, missed)


def went_unread(row: DeliveryRow, now: datetime) -> bool:
    """Say whether an earlier digest never reached its channel, although there was something to say."""
    if row.state not in TERMINAL:
        return row.expires_at is not None and row.expires_at <= now
    return row.state is not DeliveryState.SENT and row.last_error != NOTHING


async def told(
    sections: Sequence[TeamSection], scope: Scope, team: TeamRow, span: DaySpan, today: date, *, daily: bool
) -> Digest | None:
    """Return what a team's channel is told of these days; None where nothing is worth a digest."""
    look = await look_at(scope, team, span, today, daily=daily)
    found = await asked(sections, look)
    if not any(one.is_news or (one.says_something and not daily) for one in found):
        return None
    return digest_of(look, found)


async def look_at(
    scope: Scope, team: TeamRow, span: DaySpan, today: date, *, daily: bool, audience: Audience | None = None
) -> TeamLook:
    """Return a team about to be told of itself."""
    reps = {rep.user_id: rep for rep in await reps_counted(scope, team.id)}
    return TeamLook(scope, team, today, span, reps, daily, audience)


async def asked(sections: Sequence[TeamSection], look: TeamLook) -> list[Told]:
    """Return what the features have to tell, in their order."""
    found = [await one.tell(look) for one in sections]
    return [one for one in found if one is not None]


def digest_of(look: TeamLook, found: Sequence[Told]) -> Digest:
    """Return what of it may be read: the verdict first, then each section's table and lines."""

    def readable(lines: Sequence[Line]) -> list[Line]:
        return [line for line in lines if look.may_read(line.tells)]

    parts: list[DigestPart] = []
    for one in found:
        paragraphs = [kept for lines in one.paragraphs if (kept := readable(lines))]
        table = one.table.block if one.table is not None and look.may_read(one.table.tells) else None
        if table is not None or paragraphs:
            parts.append(DigestPart(table, paragraphs))
    return Digest(
        team=look.team.name,
        team_id=look.team.id,
        today=look.today,
        span=look.span,
        daily=look.daily,
        verdict=readable([line for one in found for line in one.verdict]),
        parts=parts,
        foot=[one.foot for one in found if one.foot],
    )


@answered_ahead
async def details(context: Context) -> Reply:
    """Details under a digest: how its figures come about, as far as whoever pressed may see them."""
    of = DigestOf.read(context.request.value)
    if of is None:
        raise Refusal("This digest is too old for its details.", example="/team progress")
    team = await find_team(context.scope, of.team_id)
    if team is None:
        raise Refusal("That team is gone. `/team` shows yours.")
    about = await about_team(context.scope, team)
    context.require(Act.SEE_TEAM, about, views.for_its_people(team.name))
    eyes = Audience.EVERYTHING if context.may(Act.SEE_TEAM_NUMBERS, about) else None
    look = await look_at(context.scope, team, of.span, of.today, daily=of.daily, audience=eyes)
    found = await asked(context.declared.team_sections(Surface.DIGEST), look)
    lines = [line for one in found for line in one.details if look.may_read(line.tells)]
    return Reply(view=views.details(look.span, lines, of.today))


@answered_ahead
async def preview(context: Context) -> Reply:
    """`/team digest`: what the channel would be told now, shown to the asking person alone."""
    team = await meant(context)
    today = local_date(context.now, team.zone)
    sections = context.declared.team_sections(Surface.DIGEST)
    with written_for(None):  # as the channel reads it
        found = await told(sections, context.scope, team, week_before(today), today, daily=False)
        return Reply(say=views.preview(found, team) if found is not None else views.preview_nothing())


async def meant(context: Context) -> TeamRow:
    """Return the team whose digest is asked for: named, the one one manages, or one's own.

    Raises:
        Refusal: if it is not clear which, or the person neither belongs to it nor may change it.
    """
    team = await the_team(context)
    context.require(Act.SEE_TEAM, await about_team(context.scope, team), views.for_its_people(team.name))
    return team


FEATURE = Feature(
    name="digest",
    commands=(
        Command(
            "team digest",
            "[name]",
            "what your team's channel would be told now",
            "/team digest",
            preview,
            Act.SEE_TEAM,
            order=64,
        ),
    ),
    actions=routes(Act.SEE_TEAM, {views.DETAILS: details}),
    jobs=(
        Job(DIGEST_WEEKLY, CatchUp.COALESCE, decide, of=Subject.CHANNEL, spec=weekly_spec),
        Job(DIGEST_DAILY, CatchUp.COALESCE, decide, of=Subject.CHANNEL, spec=daily_spec),
    ),
    kinds=(
        Kind(
            NudgeKind(DIGEST_WEEKLY, "Weekly digest", "in your team's channel", bundles=False, mutable=False),
            collects=collecting,
        ),
        Kind(
            NudgeKind(DIGEST_DAILY, "Daily digest", "in your team's channel", bundles=False, mutable=False),
            collects=collecting,
        ),
    ),
)
