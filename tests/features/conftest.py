"""The small workspace, with a bot that has one feature more."""

from collections.abc import AsyncIterator

import pytest

from handlers.registry import FEATURES
from tests.features import note
from tests.features.boot import booted
from tests.setup_story import sets_up
from tests.story_workspace import StoryWorkspace

WITH_NOTES = (*FEATURES, note.FEATURE)


@pytest.fixture
def with_team() -> bool:
    """The team here is another one, and is set up by its form."""
    return False


@pytest.fixture
async def town(database_url: str) -> AsyncIterator[StoryWorkspace]:
    """Four people and two channels; the bot has notes. Fails if Slack would have refused anything it did."""
    await note.make_table(database_url)
    async with booted(database_url, WITH_NOTES) as made:
        yield made
        assert [problem.text for problem in made.server.problems if problem not in made.expected] == []


@pytest.fixture
async def team(town: StoryWorkspace) -> StoryWorkspace:
    """The same with a team, set up by its form: reps Ana and Ben; managers Mia, who is an admin, and Raj."""
    mia = town.person("mia")
    await sets_up(mia, "Field", ["ana", "ben"], managers=["mia", "raj"])
    await mia.closes()
    return town
