"""The manifest: what a new version adds is told to admins once, and said until one of them brought it to Slack."""

from collections.abc import Iterable
from datetime import datetime

from handlers.context import Context
from handlers.feature import Feature, Kind, Record, Rendered, routes
from handlers.reply import Reply
from messages.nudges import app_manifest as views
from sales.nudges.app_manifest import settled, started
from sales.nudges.kind import NudgeKind, Topic
from sales.nudges.ledger import Ambiguity, Nudge
from sales.nudges.policy import Skip
from sales.people.permission import Act
from storage.nudges import app_manifest as queries
from storage.nudges.ledger.intake import enqueue
from storage.nudges.ledger.rows import DeliveryRow
from storage.people.member import admins_of
from storage.scope import Scope

APP_MANIFEST = "app_manifest"


async def note_start(scope: Scope, declared: Iterable[str], now: datetime) -> None:
    """Note what this version offers, and tell the admins we know where the app at Slack has yet to offer it."""
    before = await queries.app_manifest(scope)
    found = await queries.note_manifest(scope, started(before, declared, now))
    if not found.awaited:
        return
    for admin in await admins_of(scope):
        nudge = Nudge(
            key=f"{APP_MANIFEST}:{scope.workspace_id}:{admin.user_id}:{found.since.isoformat()}",
            kind=APP_MANIFEST,
            intent={},
            why="You are an admin, and a new version offers what Slack does not know of yet.",
            not_before=now,
            user_id=admin.user_id,
            subject=APP_MANIFEST,
        )
        await enqueue(scope, nudge, now)


async def render(scope: Scope, delivery: DeliveryRow, now: datetime) -> Rendered:
    """Say what is still awaited when it leaves."""
    noted = await queries.app_manifest(scope)
    if noted is None or not noted.awaited:
        return Skip("the app offers everything by now")
    return views.awaited(noted.awaited)


async def there(context: Context) -> Reply:
    """It is there: an admin has brought the manifest to Slack."""
    noted = await queries.app_manifest(context.scope)
    if noted is not None and noted.awaited:
        await queries.note_manifest(context.scope, settled(noted))
    return Reply(edit=views.settled())


FEATURE = Feature(
    name="app manifest",
    actions=routes(Act.SET_RETENTION, {views.THERE: there}),
    kinds=(
        Kind(
            NudgeKind(
                APP_MANIFEST,
                "New versions",
                "what an admin brings to Slack after an update, for admins",
                news=True,
                for_leads=True,
                topic=Topic.UPKEEP,
                order=53,
            ),
            render,
            ambiguity=Ambiguity.REPEAT,
        ),
    ),
    records=(Record(queries.AppManifestRow, exempt="what the app at Slack offers; nobody's data"),),
)
