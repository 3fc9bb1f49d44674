"""Examples that a list names are expected to fail, and it only gets shorter; and the CRM a team is connected to."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from playground.visitor.person import Visitor
from tests.stories.not_yet import leave_out
from tests.stories.synced.returned import settings_for
from tests.stories.synced.synced import Watch, connect, double, owner_of, puts, synced
from tests.story_workspace import StoryWorkspace


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    leave_out(Path(__file__).parent, config, items)


@pytest.fixture(autouse=True)
def operated(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Start the CRM before the bot, and put into the environment what an operator sets for it."""
    if "there" in request.fixturenames:
        crm = request.getfixturevalue("there")
        for name, value in settings_for(crm).items():
            monkeypatch.setenv(name, value)


@pytest.fixture
def watch() -> Watch:
    """The clock on the CRM's wall."""
    return Watch()


@pytest.fixture(params=["hubspot", "salesforce"])
async def there(request: pytest.FixtureRequest, watch: Watch) -> AsyncIterator[object]:
    """A double of each vendor's, of which nobody here knows yet."""
    async with asynccontextmanager(double)(request.param, watch) as crm:
        yield crm


@pytest.fixture
def crm(there: object, team: StoryWorkspace, watch: Watch) -> object:
    """The same while the team works, on the team's clock."""
    watch.follows = team.clock
    return there


@pytest.fixture
async def connected(team: StoryWorkspace, crm: object) -> object:
    """A CRM with Ana and Ben among its owners and one deal of Ana's, Lockside, connected and pulled once."""
    puts(crm)
    owner_of(crm, "ben")
    await connect(team, crm)
    await synced(team)
    return crm


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
