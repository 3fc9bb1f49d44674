"""The button of a new version's message, pressed twice."""

from handlers.nudges.app_manifest import note_start
from sales.nudges.app_manifest import AppManifest
from storage.nudges.app_manifest import note_manifest
from tests.known import WORKSPACE
from tests.stories.pressed import Button
from tests.story_workspace import StoryWorkspace


async def awaited(town: StoryWorkspace) -> None:
    """An update that offers /plan was started, and the admin was told."""
    now = town.clock.now()
    async with town.bot.database.write(WORKSPACE) as scope:
        await note_manifest(scope, AppManifest(known=["/goal"], since=now))
        await note_start(scope, ("/goal", "/plan"), now)
    await town.jump("+1m")


MANIFEST = (Button("app_manifest.there", awaited, who="mia"),)
