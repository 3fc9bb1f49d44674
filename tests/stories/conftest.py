"""What stories share: a team that sold before, so that there is a record to go by."""

import pytest

from tests.sales_story import record, sold
from tests.story_workspace import StoryWorkspace


@pytest.fixture
async def field(team: StoryWorkspace) -> StoryWorkspace:
    """The team with a record of some four hundred deals; Ana won $12,335 of them this quarter."""
    await sold(team, record())
    return team
