"""Examples named in not_yet.txt are expected to fail, the list only ever gets shorter; and who is driven in them."""

import asyncio
import shutil
from pathlib import Path

import pytest

from playground.visitor.person import Visitor
from storage.people.team import find_team_named, set_people
from tests.known import WORKSPACE
from tests.stories.files.books import used
from tests.stories.files.typed import Terminal
from tests.stories.not_yet import leave_out
from tests.story_workspace import StoryWorkspace

LONG_FILE = 600.0  # seconds, for 100,000 rows on a busy machine


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    leave_out(here, config, items)
    if any("stories/leads" in argument.replace("\\", "/") for argument in config.args):
        return
    for item in items:
        if item.path.parent == here and item.get_closest_marker("large"):
            reason = "takes in 100,000 rows for minutes: pytest tests/stories/leads"
            item.add_marker(pytest.mark.skip(reason=reason))


@pytest.fixture
def team(team: StoryWorkspace, request: pytest.FixtureRequest) -> StoryWorkspace:
    """The same as everywhere; where a file is large, whoever drops it waits until it is through."""
    if request.node.get_closest_marker("large"):
        team.server.busy_when(lambda: team.bot.desk.working is not None)
        team.server.wait_longer(LONG_FILE)
    return team


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
async def three(team: StoryWorkspace) -> list[Visitor]:
    """Ana, Ben and Raj, who sell together."""
    await team.known("raj")
    async with team.bot.database.write(WORKSPACE) as scope:
        field = await find_team_named(scope, "Field")
        await set_people(scope, field.id, ["U1", "U2", "U4"], ["U3"])
    return [team.person(one) for one in ("ana", "ben", "raj")]


@pytest.fixture(scope="session")
def used_before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database that a bot has used, with Ida and Tom as reps and Mia as their manager; tests take copies."""
    path = tmp_path_factory.mktemp("used") / "rainmaker.db"
    asyncio.run(used(path))
    return path


@pytest.fixture
def terminal(used_before: Path, tmp_path: Path) -> Terminal:
    """A terminal in a folder of its own, whose database a bot has used."""
    copied = shutil.copy(used_before, tmp_path / "rainmaker.db")
    return Terminal(tmp_path, f"sqlite+aiosqlite:///{copied}")
