"""Examples named in not_yet.txt are expected to fail, the list only ever gets shorter; and who is driven in them."""

import asyncio
import shutil
from pathlib import Path

import pytest

from playground.visitor.person import Visitor
from tests.stories.files.books import used
from tests.stories.files.typed import Terminal
from tests.stories.leads import books
from tests.stories.not_yet import leave_out
from tests.story_workspace import StoryWorkspace


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    leave_out(Path(__file__).parent, config, items)


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
async def alder(team: StoryWorkspace) -> None:
    """A deal of Ana's that stands open with an account in logistics: Alder Yard."""
    await books.accounts(team, books.Firm("Alder Yard", "Logistics", 120, location="Leeds"))
    await books.stand_open(team, ("Alder Yard",))


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
