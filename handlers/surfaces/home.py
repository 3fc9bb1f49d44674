"""App Home: published when it is opened and after every change; the welcome comes with the first open."""

from datetime import datetime

from slack_sdk.web.async_client import AsyncWebClient

from handlers.context import Context
from handlers.effects import HomePublisher
from handlers.feature import (
    Feature,
    Kind,
    Look,
    Registry,
    Rendered,
    Surface,
    routes,
)
from handlers.nudges import undelivered
from handlers.people import setup
from handlers.reply import NOTHING, Reply
from handlers.section import collected
from handlers.surfaces.help import overview
from messages.surfaces import home as views
from sales.language.dates.instants import local_date
from sales.language.figures import clock, every
from sales.nudges.kind import NudgeKind
from sales.nudges.ledger import PROMPT, Nudge
from sales.nudges.policy import Skip
from sales.people.permission import About, Act, may
from storage.nudges.ledger.intake import enqueue
from storage.nudges.ledger.rows import DeliveryRow
from storage.people.member import MemberRow, find_member, mark_welcomed
from storage.people.team import TeamRow, every_team, find_team
from storage.scope import Scope

WELCOME = "welcome"


def publisher(registry: Registry) -> HomePublisher:
    """Return how App Home is published from what the features of a registry have to say."""
    sections, buttons = registry.sections(Surface.HOME), registry.sections(Surface.HOME_BUTTONS)

    async def publish(scope: Scope, slack: AsyncWebClient, user_id: str, now: datetime) -> None:
        """Publish a person's App Home as things stand. Slack takes the same view any number of times."""
        member = await find_member(scope, user_id)
        if member is None:
            return
        team = await find_team(scope, member.team_id)
        look = Look(scope, member, team, now, local_date(now, member.zone))
        home = views.Home(
            today=look.today,
            zone=member.zone,
            team=team.name if team is not None else "",
            may_set_up=await may_set_up(scope, member),
            blocks=[block for shown in await collected(sections, look) for block in shown.blocks],
            buttons=[button for shown in await collected(buttons, look) for button in shown.buttons],
        )
        await slack.views_publish(user_id=user_id, view=views.view(home))

    return publish


async def may_set_up(scope: Scope, member: MemberRow) -> bool:
    """Say whether the person may make a team."""
    return may(Act.SET_UP_TEAM, member, About(is_first_team=not await every_team(scope)))


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
    name="home",
    actions={
        **routes(Act.OWN_WORK, {views.HELP: overview}),
        **routes(Act.SET_UP_TEAM, {views.SETUP: setup.open_form}),
    },
    events=routes(Act.COME_BACK, {"app_home_opened": opened}),
    kinds=(
        Kind(
            NudgeKind(
                WELCOME,
                "Welcome",
                "once, when we meet",
                asked_for=True,
                news=True,
                bundles=False,
                mutable=False,
            ),
            welcome,
        ),
    ),
)
