"""Examples named in not_yet.txt are expected to fail, the list only ever gets shorter; and people to drive.

What takes minutes is whole where this folder is asked for: `pytest tests/stories/craft`.
"""

from pathlib import Path

import pytest

from playground.visitor.person import Visitor
from tests.stories.craft import simulated
from tests.stories.not_yet import is_asked_for, leave_out
from tests.story_workspace import StoryWorkspace

PLAYED = {"weeks", "full"}  # four weeks of six reps each: minutes
A_FEW = 4  # one simulated rep in so many, of each cause, where everything is run


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    leave_out(here, config, items)
    if is_asked_for(here, config):
        return
    for item in items:
        if item.path.parent == here and PLAYED & set(getattr(item, "fixturenames", ())):
            item.add_marker(
                pytest.mark.skip(reason="plays four weeks for minutes: pytest tests/stories/craft")
            )


@pytest.fixture
def simulated_reps(pytestconfig: pytest.Config) -> list[simulated.Planted]:
    """All two hundred if they are asked for, fifty of them otherwise."""
    return (
        simulated.planted() if is_asked_for(Path(__file__).parent, pytestconfig) else simulated.one_in(A_FEW)
    )


@pytest.fixture
def ana(team: StoryWorkspace) -> Visitor:
    """A rep in Ljubljana, Monday 14 September 2026 at eleven there."""
    return team.person("ana")


@pytest.fixture
def mia(team: StoryWorkspace) -> Visitor:
    """The manager of Ana and Ben."""
    return team.person("mia")
