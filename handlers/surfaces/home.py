"""App Home: published when it is opened and after every change; the welcome comes with the first open."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from slack_sdk.web.async_client import AsyncWebClient

from handlers.context import Context
from handlers.feature import Feature, Rendered
from handlers.nudges import undelivered
from handlers.nudges.pause import paused_words
from handlers.nudges.preferences import open_own
from handlers.people import setup
from handlers.reply import NOTHING, Reply
from handlers.surfaces.digest import digest_of
from handlers.surfaces.help import overview
from messages.goals.runway import team_line
from messages.surfaces import home as views
from sales.goals.runway.outlook import has_runway
from sales.language.dates.instants import local_date
from sales.language.figures import clock, every
from sales.nudges.kind import WELCOME
from sales.nudges.ledger import PROMPT, Nudge
from sales.nudges.policy import Skip
from sales.surfaces.digest import week_before
from storage.followups.followup import open_between
from storage.goals.goal import open_goals
from storage.goals.goal_chance import member_chances
from storage.goals.progress import member_progress
from storage.goals.runway import outlooks
from storage.nudges.ledger.intake import enqueue
from storage.nudges.ledger.rows import DeliveryRow
from storage.nudges.policy import kinds_switched_off
from storage.nudges.undelivered import count_for
from storage.people.calendar import next_working_day
from storage.people.member import MemberRow, find_member, mark_welcomed
from storage.people.team import TeamRow, every_team, find_team, teams_managed_by
from storage.scope import Scope

LOOK_AHEAD = timedelta(days=7)


async def publish(scope: Scope, slack: AsyncWebClient, user_id: str, now: datetime) -> None:
    """Publish a person's App Home as things stand. Slack takes the same view any number of times."""
    member = await find_member(scope, user_id)
    if member is not None:
        view = views.view(await shown(scope, member, now))
        await slack.views_publish(user_id=user_id, view=view)


async def shown(scope: Scope, member: MemberRow, now: datetime) -> views.Home:
    """Return what a person's App Home shows."""
    team, today = await find_team(scope, member.team_id), local_date(now, member.zone)
    home = views.Home(
        name=member.name,
        team=team.name if team else "",
        today=today,
        tomorrow=await next_working_day(scope, team, member, today),
        zone=member.zone,
        is_rep=member.is_rep,
        may_set_up=await may_set_up(scope, member),
        undelivered=await count_for(scope, member),
        paused=paused_words(member, now),
        switched_off=await kinds_switched_off(scope, member),
    )
    if member.is_manager:
        managed = await teams_managed_by(scope, member.user_id)
        found = [
            await digest_of(scope, one, week_before(today), today) for one in managed[: views.TEAMS_SHOWN]
        ]
        home = replace(home, managed=found, managed_id=managed[0].id if managed else None)
    if team is None:
        return home
    open_items = await open_between(scope, member.user_id, date.min, today + LOOK_AHEAD)
    return replace(
        home,
        standings=await member_chances(
            scope, await member_progress(scope, member, team, today), member, team, today
        ),
        runway=await runway_line(scope, member, team, today),
        due=[row for row in open_items if row.due_on <= today],
        ahead=[row for row in open_items if row.due_on > today],
    )


async def runway_line(scope: Scope, member: MemberRow, team: TeamRow, today: date) -> str:
    """Return the runway that ends next, of the goals whose date is not over; empty if there is none."""
    rows = [row for row in await open_goals(scope, member.user_id, today) if has_runway(row, today)]
    found = await outlooks(scope, rows, member, team, today)
    ahead = [one for one in found if not one.runway.has_passed] or found[-1:]
    return team_line(ahead[0]) if ahead else ""


async def may_set_up(scope: Scope, member: MemberRow) -> bool:
    """Say whether the person may make a team: an admin, a manager, or anybody while there is none."""
    return member.is_admin or member.is_manager or not await every_team(scope)


async def opened(context: Context) -> Reply:
    """The Home or Messages tab was opened: say hello the first time, show Home as it is now."""
    if await mark_welcomed(context.scope, context.member.user_id, context.now):
        await enqueue(context.scope, hello(context), context.now)
    await undelivered.person_seen(context.scope, context.member, context.now)
    return Reply(home=True) if context.request.body["event"].get("tab") == "home" else NOTHING


def hello(context: Context) -> Nudge:
    return Nudge(
        key=f"{WELCOME}:{context.scope.workspace_id}:{context.member.user_id}",
        kind=WELCOME,
        intent={},
        why="You opened Rainmaker for the first time.",
        not_before=context.now,
        user_id=context.member.user_id,
        priority=PROMPT,
    )


async def welcome(scope: Scope, delivery: DeliveryRow, now: datetime) -> Rendered:
    """The welcome, by whether the person is in a team yet."""
    member = await find_member(scope, str(delivery.user_id))
    if member is None:
        return Skip("this person has left")
    team = await find_team(scope, member.team_id)
    hello = views.Welcome(
        name=member.name.split()[0],
        team=team.name if team else "",
        is_rep=member.is_rep,
        is_manager=member.is_manager,
        may_set_up=await may_set_up(scope, member),
        evening=clock(member.evening_at or team.evening_at) if team else "",
        digest=digest_time(team) if team else "",
    )
    return views.welcome(hello)


def digest_time(team: TeamRow) -> str:
    """Return when a team's weekly digest comes, in words; empty while it has no channel."""
    if team.digest_channel is None:
        return ""
    return f"{every(team.digest_weekday)} at {clock(team.digest_at)}"


FEATURE = Feature(
    actions={views.SETTINGS: open_own, views.SETUP: setup.open_form, views.HELP: overview},
    events={"app_home_opened": opened},
    renderers={WELCOME: welcome},
)
