"""The digest: what a team is told of itself in its channel, each week and, if it wants, each working day."""

from collections import Counter
from datetime import date, datetime

from handlers.context import Context
from handlers.feature import (
    Command,
    Feature,
    Job,
    Kind,
    Look,
    Rendered,
    Section,
    Shown,
    Subject,
    Surface,
)
from handlers.people.team import about_team, team_called, team_to_change
from handlers.reply import Reply
from messages.blocks import Block
from messages.surfaces import digest as views
from sales.coaching.recognition import Conversations, KeptCommitments, recognised
from sales.goals.team_progress import RepProgress
from sales.language.dates.instants import local_date, local_instant
from sales.language.dates.period import DaySpan
from sales.language.figures import short_day
from sales.nudges.kind import NudgeKind
from sales.nudges.ledger import TERMINAL, DeliveryState, Nudge
from sales.nudges.policy import Late, Skip
from sales.nudges.schedule import CatchUp, Occurrence, occurrence_after
from sales.people.permission import Act
from sales.surfaces.digest import (
    DIGEST_DAILY,
    DIGEST_WEEKLY,
    LONGEST_STEP,
    Digest,
    Win,
    brief,
    covering,
    daily_spec,
    days,
    shown,
    week_before,
    weekly_spec,
)
from storage.followups.activity import next_steps_between
from storage.followups.followup import kept_between
from storage.goals.forecast.chance import with_chances
from storage.goals.goal import open_goals_of
from storage.goals.progress import goal_progress
from storage.goals.team_progress import ended, together
from storage.nudges.ledger.lookup import earlier_digests
from storage.nudges.ledger.rows import DeliveryRow
from storage.nudges.schedule.rows import ScheduleRow
from storage.people.calendar import calendar_of
from storage.people.member import MemberRow, reps_in
from storage.people.team import TeamRow, find_team, teams_managed_by
from storage.pipeline.cycle import open_deals_of
from storage.pipeline.opportunity import wins_between
from storage.scope import Scope

NOTHING = "nothing worth saying"
TEAMS_ON_HOME = 3


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


async def render(scope: Scope, delivery: DeliveryRow, now: datetime) -> Rendered:
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
    found = await digest_of(scope, team, await span_of(scope, delivery, team, now), today)
    if not (found.has_news if daily else found.says_something):
        return Skip(NOTHING)
    return views.digest(shown(brief(found) if daily else found, team.audience))


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


async def digest_of(scope: Scope, team: TeamRow, span: DaySpan, today: date) -> Digest:
    """Gather all that a digest of these days may say, before its audience is thought of."""
    reps = {rep.user_id: rep for rep in await reps_in(scope, team.id)}
    rows = await open_goals_of(scope, reps, today)
    standings = await with_chances(scope, await goal_progress(scope, rows, team, today), team, today)
    wins = await wins_between(scope, reps, span.first, span.last)
    won: Counter[str] = Counter()
    for row in wins:
        won[row.currency] += row.value_minor
    kept = await kept_by(scope, reps, span)
    ahead = await open_deals_of(scope, reps, today)
    return Digest(
        team=team.name,
        today=today,
        span=span,
        together=await together(scope, rows, standings, team, today),
        wins=[
            Win(row.closed_on, reps[row.owner_id].name, row.name, row.value_minor, row.currency)
            for row in wins
            if row.closed_on is not None and row.owner_id is not None
        ],
        won_count=len(wins),
        won=won,
        kept=kept,
        kept_count=sum(one.done for one in kept),
        due_count=sum(one.due for one in kept),
        recognition=recognised(kept, await conversations(scope, reps, span)),
        reps=[RepProgress(reps[one.goal.owner_id].name, one) for one in standings if not one.is_upcoming],
        open_deals=sum(len(owned) for owned in ahead.values()),
        rep_count=len(reps),
        ended=await ended(scope, team, span),
    )


async def kept_by(scope: Scope, reps: dict[str, MemberRow], span: DaySpan) -> list[KeptCommitments]:
    found = await kept_between(scope, list(reps), span.first, span.last)
    return [KeptCommitments(reps[user_id].name, *counts) for user_id, counts in found.items()]


async def conversations(scope: Scope, reps: dict[str, MemberRow], span: DaySpan) -> list[Conversations]:
    found = await next_steps_between(scope, reps, span.first, span.last)
    return [Conversations(reps[user_id].name, *counts) for user_id, counts in found.items()]


async def preview(context: Context) -> Reply:
    """`/team digest`: what the channel would be told now, shown to the asking person alone."""
    team = await meant(context)
    today = local_date(context.now, team.zone)
    found = await digest_of(context.scope, team, week_before(today), today)
    if not found.says_something:
        return Reply(say=views.preview_nothing())
    return Reply(say=views.preview(shown(found, team.audience), team))


async def meant(context: Context) -> TeamRow:
    """Return the team whose digest is asked for: named, one's own, or the one one manages.

    Raises:
        Refusal: if the person neither belongs to it nor may change it.
    """
    if not context.text and context.team is not None:
        return context.team
    team = await team_called(context, context.text) if context.text else await team_to_change(context)
    otherwise = f"The digest of {team.name} is for its own people, its managers and admins."
    context.require(Act.SEE_TEAM, await about_team(context, team), otherwise)
    return team


async def on_home(look: Look) -> Shown | None:
    """The teams somebody manages, as they stand."""
    if not look.member.is_manager:
        return None
    blocks: list[Block] = []
    for team in (await teams_managed_by(look.scope, look.member.user_id))[:TEAMS_ON_HOME]:
        blocks += views.home_blocks(await digest_of(look.scope, team, week_before(look.today), look.today))
    return Shown(blocks)


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
    jobs=(
        Job(DIGEST_WEEKLY, CatchUp.COALESCE, decide, of=Subject.CHANNEL, spec=weekly_spec),
        Job(DIGEST_DAILY, CatchUp.COALESCE, decide, of=Subject.CHANNEL, spec=daily_spec),
    ),
    kinds=(
        Kind(
            NudgeKind(DIGEST_WEEKLY, "Weekly digest", "in your team's channel", bundles=False, mutable=False),
            render,
        ),
        Kind(
            NudgeKind(DIGEST_DAILY, "Daily digest", "in your team's channel", bundles=False, mutable=False),
            render,
        ),
    ),
    sections=(Section(Surface.HOME, 60, on_home, Act.SEE_TEAM_NUMBERS),),
)
