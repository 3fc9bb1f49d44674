"""App Home: published when it is opened, and after changes where it was in view lately; the welcome comes first."""

from collections import Counter
from collections.abc import Callable
from datetime import datetime
from typing import Any

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from handlers.context import HOME_OPENED, Context, Preflight, prefetch
from handlers.feature import Feature, Look, Registry, Surface, routes
from handlers.home_queue import HomeOwner
from handlers.nudges import undelivered
from handlers.people import wizard
from handlers.people.member import looked_up
from handlers.reply import NOTHING, Reply
from handlers.section import collected, read_ahead
from handlers.surfaces.help import overview
from handlers.surfaces.welcome import say_hello
from messages.surfaces import home as views
from sales.language.dates.instants import local_date
from sales.language.reader import written_for
from sales.people.permission import Act, may
from sales.refusal import Refusal
from sales.surfaces.home import in_view_lately, worth_noting
from storage.database import Database
from storage.people.member import MemberRow, find_member, save_member
from storage.people.team import every_team, find_team
from storage.scope import Scope

log = structlog.get_logger()

CONFLICT = "hash_conflict"  # what is shown is not what we published last
THROTTLED = "ratelimited"
TRIES = 3  # the next change, or opening Home, shows what these could not
LONGEST_RETRY = 600.0  # seconds; Slack asks for minutes at most, and is asked again then


class SlackHomes:
    """App Homes as the features of a registry have something to say, published to Slack."""

    def __init__(
        self, database: Database, slack: AsyncWebClient, now: Callable[[], datetime], registry: Registry
    ) -> None:
        self.database = database
        self.slack = slack
        self.now = now
        self.sections = registry.sections(Surface.HOME)
        self.buttons = registry.sections(Surface.HOME_BUTTONS)
        self.hashes: dict[HomeOwner, str] = {}  # of what we published last, as Slack calls it
        self.tries = Counter[HomeOwner]()  # in a row, that Slack was in trouble

    async def read(self, owner: HomeOwner) -> dict[str, Any] | None:
        """Return a person's App Home as things stand; None for somebody we have not met."""
        async with self.database.read(owner.workspace_id) as scope:
            member = await find_member(scope, owner.user_id)
            if member is None:
                return None
            with written_for(member.locale):
                return await self.view(scope, member)

    async def view(self, scope: Scope, member: MemberRow) -> dict[str, Any]:
        team = await find_team(scope, member.team_id)
        now = self.now()
        look = Look(scope, member, team, now, local_date(now, member.zone))
        await read_ahead(self.sections, [look])
        home = views.Home(
            today=look.today,
            zone=member.zone,
            team=team.name if team is not None else "",
            may_set_up=may(Act.SET_UP_TEAM, member),
            is_first=not await every_team(scope),
            blocks=[block for shown in await collected(self.sections, look) for block in shown.blocks],
            buttons=[button for shown in await collected(self.buttons, look) for button in shown.buttons],
        )
        return views.view(home)

    async def post(self, owner: HomeOwner, view: dict[str, Any]) -> float | None:
        """Publish a Home in the place of the last one that we published, or say when to try again.

        Where another replica published since, or a call that we gave up arrived, what was read may be older.
        """
        known = self.hashes.get(owner)
        try:
            answer = await self.slack.views_publish(user_id=owner.user_id, view=view, hash=known)
        except SlackApiError as refused:
            if refused.response["error"] == CONFLICT and known is not None:
                del self.hashes[owner]  # so that the next one replaces whatever is there
                return 0.0
            return self.once_more(owner, hiccup(refused), refused.response["error"])
        except (aiohttp.ClientError, TimeoutError, OSError) as trouble:
            return self.once_more(owner, 1.0, str(trouble))
        self.hashes[owner] = answer["view"]["hash"]
        self.tries.pop(owner, None)
        return None

    def once_more(self, owner: HomeOwner, wait: float, error: str) -> float | None:
        """Return after how many seconds a Home is tried again; None where that is no use, or was tried enough."""
        self.tries[owner] += error != THROTTLED
        if wait and self.tries[owner] < TRIES:
            return wait
        self.tries.pop(owner, None)
        log.warning("could not show App Home", user=owner.user_id, error=error)
        return None


def hiccup(refused: SlackApiError) -> float:
    """Return after how many seconds a call may be made again; 0 where Slack means no."""
    if refused.response["error"] == THROTTLED:
        return asked_to_wait(refused)
    return 1.0 if refused.response.status_code >= 500 else 0.0


def asked_to_wait(refused: SlackApiError) -> float:
    """Return the seconds that Slack wants to be left alone for, at least one whatever it says."""
    try:
        asked = float(refused.response.headers.get("Retry-After", ""))
    except ValueError:
        asked = 0.0
    return min(max(1.0, asked), LONGEST_RETRY)  # in this order "nan" is a second


async def still_closed(preflight: Preflight) -> bool:
    """Say whether whoever is deactivated here is so in Slack too; while Slack does not say, they are."""
    user_id = preflight.request.user_id
    async with preflight.read() as scope:
        member = await find_member(scope, user_id)
    if member is None or member.active:
        return False
    try:
        (user,) = await looked_up(preflight.slack, [user_id])
    except (SlackApiError, aiohttp.ClientError, TimeoutError, Refusal):
        return True
    return user is None or bool(user.get("deleted"))


@prefetch(still_closed)
async def opened(context: Context) -> Reply:
    """The Home or Messages tab was opened: say hello the first time, show Home as it is now."""
    if context.prefetched:
        return NOTHING
    await say_hello(context)
    await undelivered.person_seen(context.scope, context.member, context.now)
    return Reply(home=True) if context.request.opens_home else NOTHING


async def sees_home(context: Context) -> bool:
    """Say whether a person has App Home in view, or had it lately; that they have it is noted for later."""
    request, seen_at = context.request, context.member.home_seen_at
    if not request.is_on_home:
        return in_view_lately(seen_at, context.now)
    if worth_noting(seen_at, context.now):
        await save_member(context.scope, request.user_id, home_seen_at=context.now)
    return True


FEATURE = Feature(
    name="home",
    actions={
        **routes(Act.OWN_WORK, {views.HELP: overview}),
        **routes(Act.SET_UP_TEAM, {views.SETUP: wizard.open_wizard}),
    },
    events=routes(Act.COME_BACK, {HOME_OPENED: opened}),
)
