"""Lead quality: a team's leads told in marketing's channel each week, where a manager named one (mechanism 38)."""

import json
import re
from dataclasses import replace
from datetime import date, datetime

from handlers.ahead import answered_ahead
from handlers.context import Context, Preflight, Request, prefetch
from handlers.feature import Command, Feature, Job, Kind, Phrase, Rendered, Subject, routes
from handlers.people.news import TeamChanged
from handlers.people.setup.chosen import to_agree
from handlers.people.setup.lookup import readers_chosen
from handlers.people.team import about_team, changeable_team, team_by_id, team_to_change, the_team
from handlers.remembered import remember
from handlers.reply import Reply
from messages.blocks import Message
from messages.prospects import lead_quality as views
from sales.language.dates.instants import local_date, local_instant
from sales.language.dates.period import DaySpan, week_before
from sales.language.dates.weekday import monday_of
from sales.language.figures import short_day
from sales.language.reader import written_for
from sales.nudges.kind import NudgeKind
from sales.nudges.ledger import Nudge
from sales.nudges.policy import Late, Skip
from sales.nudges.schedule import CatchUp, Occurrence, occurrence_after
from sales.people.permission import Act
from sales.people.readers import Readers
from sales.people.setup import CHANNEL
from sales.people.team import Team
from sales.prospects.lead_quality import LEAD_QUALITY, POST_AT, lead_quality, quality_spec
from sales.value import changed
from storage.nudges.ledger.rows import DeliveryRow
from storage.nudges.schedule.rows import ScheduleRow
from storage.people.calendar import calendar_of
from storage.people.team import TeamRow, change_team, find_team
from storage.prospects.lead_quality import week_of_leads
from storage.row_image import Touched, image
from storage.scope import Scope

NAMED = re.compile(r"<#(?P<id>[CG][A-Z0-9]+)(?:\|[^>]*)?>")
SPELLED = re.compile(r"(?:^|\s)#[^\s<>]+")  # a channel's tag as the person saw it
OFF = re.compile(r"\s*(?:off|none|nowhere|stop)\s*", re.I)


def channel_in(request: Request) -> str | None:
    """Return the id of the channel that a line names; Slack's tag says it, of which the text keeps the name alone."""
    named = NAMED.search(request.text) or NAMED.search(str(request.body.get("text") or ""))
    return named["id"] if named else None


async def typed_channel(preflight: Preflight) -> Readers | None:
    """Look at the channel that a line names, as far as it names one."""
    return await readers_chosen(preflight, channel_in(preflight.request))


@prefetch(typed_channel)
async def command(context: Context) -> Reply:
    """`/team marketing #leads`; without a channel the form, with off no post any more."""
    channel = channel_in(context.request)
    text = SPELLED.sub("", NAMED.sub("", context.text)).strip()
    off = OFF.fullmatch(text) is not None
    team = await team_meant(context, "" if off else text)
    if channel is None and not off:
        return Reply(view=await form_of(context, team))
    if agree := await to_agree(context, channel, context.prefetched):
        return Reply(view=views.form(channel, private_of(team), context.prefetched, agree))
    return await keep(context, team, channel)


async def team_meant(context: Context, name: str) -> TeamRow:
    """Return the team that is named, or the one the person manages; refused if it is not theirs to change."""
    return await team_to_change(replace(context, request=replace(context.request, text=name)))


def private_of(team: TeamRow) -> str:
    return json.dumps([team.id])


async def form_of(context: Context, team: TeamRow) -> dict[str, object]:
    channel = team.marketing_channel
    if channel is not None and await context.declared.is_unseen(context, channel):
        channel = None
    return views.form(channel, private_of(team))


async def open_form(context: Context) -> Reply:
    """Choose a channel…: the form."""
    team = await changeable_team(context, await team_by_id(context, context.request.value))
    return Reply(view=await form_of(context, team))


async def chosen_channel(preflight: Preflight) -> Readers | None:
    return await readers_chosen(preflight, preflight.request.values.get(CHANNEL) or None)


@prefetch(chosen_channel)
async def save(context: Context) -> Reply:
    """The form was submitted."""
    (team_id,) = json.loads(context.request.private)
    team = await changeable_team(context, await team_by_id(context, team_id))
    channel = context.request.values.get(CHANNEL) or None
    if agree := await to_agree(context, channel, context.prefetched):
        return Reply(view=views.form(channel, private_of(team), context.prefetched, agree))
    return await keep(context, team, channel)


async def keep(context: Context, team: TeamRow, channel: str | None) -> Reply:
    """Store where marketing reads; the schedule follows in the same unit of work."""
    before = image(team)
    team = await change_team(context.scope, team, changed(Team, team, marketing_channel=channel))
    action = await remember(context, f"marketing’s channel of {team.name}", Touched(team, before))
    await context.announce(TeamChanged(team))
    return Reply(say=views.saved(team, action.id), home=True)


async def previewed(context: Context) -> Reply:
    """`/lead quality`: what marketing would be told of the week that runs, to whoever is in the team."""
    team = await the_team(context)
    about = await about_team(context.scope, team)
    context.require(Act.SEE_TEAM, about)
    today = local_date(context.now, team.zone)
    with written_for(None):  # as the channel reads it
        span = DaySpan(monday_of(today), today)
        found = await told(context.scope, team, span, context.now)
        manages = context.may(Act.CHANGE_TEAM, about)
        return Reply(say=views.preview(found, team, team.id, manages=manages))


# the post


async def decide(scope: Scope, schedule: ScheduleRow, occurrence: Occurrence, now: datetime) -> list[Nudge]:
    """Ask for one post; what it says is looked up when it is sent. It gives way to the next one."""
    team = await find_team(scope, int(schedule.subject_id))
    if team is None or team.marketing_channel is None:
        return []
    day = occurrence.local_date
    nudge = Nudge(
        key=f"{LEAD_QUALITY}:{scope.workspace_id}:{team.id}:{day}",
        kind=LEAD_QUALITY,
        intent={"of_team": team.id, "day": day.isoformat()},
        why=views.why(team),
        not_before=occurrence.due_at,
        channel_id=team.marketing_channel,
        expires_at=occurrence_after(schedule, day).due_at,
    )
    return [nudge]


async def render(scope: Scope, delivery: DeliveryRow, now: datetime) -> Rendered:
    """The week before the post's day as things stand, or why there is none. On a day off it waits for a working day."""
    team = await find_team(scope, int(delivery.intent["of_team"]))
    if team is None:
        return Skip("the team is gone")
    if team.marketing_channel != delivery.channel_id:
        return Skip("another channel was chosen, or none")
    today = local_date(now, team.zone)
    calendar = await calendar_of(scope, team)
    day_off = calendar.why_not(today)
    if day_off is not None:
        until = local_instant(team.zone, POST_AT, calendar.next_working_day(today))
        return Late(until, f"{short_day(today)} was no working day: {day_off}")
    found = await told(scope, team, week_before(date.fromisoformat(delivery.intent["day"])), now)
    return found if found is not None else Skip("no lead came, and none waits")


async def told(scope: Scope, team: TeamRow, span: DaySpan, now: datetime) -> Message | None:
    """Return what marketing is told of a week; None where there is nothing to say."""
    found = lead_quality(await week_of_leads(scope, team, span))
    today = local_date(now, team.zone)
    return views.post(found, team, span, today) if found is not None else None


FEATURE = Feature(
    name="lead quality",
    commands=(
        Command(
            "team marketing",
            "[#channel]",
            "in which channel marketing reads each week what became of its leads",
            "/team marketing #leads",
            command,
            Act.CHANGE_TEAM,
            order=69,
            mentions=True,
        ),
        Command(
            "lead quality",
            "[team]",
            "what marketing would be told now of your team's leads",
            "/lead quality",
            answered_ahead(previewed),
            Act.SEE_TEAM,
            order=46,
        ),
    ),
    phrases=(Phrase(r"(?:what does marketing read|lead quality)", "lead", "quality"),),
    actions=routes(Act.CHANGE_TEAM, {views.OPEN: open_form}),
    views=routes(Act.CHANGE_TEAM, {views.SAVE: save}),
    jobs=(Job(LEAD_QUALITY, CatchUp.COALESCE, decide, of=Subject.TEAM, spec=quality_spec),),
    kinds=(
        Kind(
            NudgeKind(
                LEAD_QUALITY, "Leads for marketing", "in marketing's channel", bundles=False, mutable=False
            ),
            render,
        ),
    ),
)
