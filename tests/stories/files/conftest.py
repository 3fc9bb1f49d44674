"""Examples named in not_yet.txt are expected to fail, the list only ever gets shorter; and a terminal to type in."""

import asyncio
import shutil
from pathlib import Path

import pytest

from tests.stories.files import books
from tests.stories.files.typed import Terminal
from tests.stories.not_yet import leave_out


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    leave_out(Path(__file__).parent, config, items)


@pytest.fixture(scope="session")
def used_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database that a bot has used, with a team that counts in dollars; tests take copies."""
    path = tmp_path_factory.mktemp("used") / "rainmaker.db"
    asyncio.run(books.used(path))
    return path


@pytest.fixture
def terminal(used_once: Path, tmp_path: Path) -> Terminal:
    """A terminal in a folder of its own, whose database a bot has used."""
    copied = shutil.copy(used_once, tmp_path / "rainmaker.db")
    return Terminal(tmp_path, f"sqlite+aiosqlite:///{copied}")
