"""Examples named in not_yet.txt are expected to fail, the list only ever gets shorter; and who is driven in them.

The quarter of six reps takes many minutes: it is played where this folder is asked for, `pytest tests/stories/drilled`.
"""

from pathlib import Path

import pytest

from playground.visitor.person import Visitor
from tests.stories.not_yet import is_asked_for, leave_out
from tests.story_workspace import StoryWorkspace


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    leave_out(here, config, items)
    if is_asked_for(here, config):
        return
    for item in items:
        if item.path == here / "test_drill_show.py" and "team" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.skip(reason="plays a quarter: pytest tests/stories/drilled"))


@pytest.fixture
def ana(team: StoryWorkspace) -> Visitor:
    """A rep in Ljubljana, Monday 14 September 2026 at eleven there."""
    return team.person("ana")


@pytest.fixture
def ben(team: StoryWorkspace) -> Visitor:
    """A rep in New York, where it is five in the morning."""
    return team.person("ben")


@pytest.fixture
def mia(team: StoryWorkspace) -> Visitor:
    """The manager of Ana and Ben, who is an admin too."""
    return team.person("mia")


@pytest.fixture
def raj(team: StoryWorkspace) -> Visitor:
    """Somebody in Kolkata who is in the channel and in no team."""
    return team.person("raj")
