"""What every test may use: a real database, and a small town with the real bot running in it."""

import gc
import os
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress
from datetime import time
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from zlib import crc32

import pytest
from hypothesis import HealthCheck, settings
from jinja2 import FileSystemBytecodeCache

from bot.logs import set_up
from bot.manifest import manifest
from handlers.registry import REGISTRY
from messages.formatting import environment
from playground.box import Server
from playground.clock import Clock
from playground.workspace import Workspace
from sales.people.team import Team
from storage.database import Database
from storage.people import workspace
from storage.people.team import add_team, every_team, set_people
from tests.engines import BOTH, ENGINES, POSTGRESQL, QUICK, SQLITE, Postgres, Sqlite, postgres_server
from tests.known import T0, WORKSPACE
from tests.notifications import astray
from tests.statements import compile_statements_once
from tests.story_workspace import StoryWorkspace, running_bot

PATIENCE = (
    30.0  # seconds until a request or a step of the clock fails; Slack's three test how busy the machine is
)
TOOK_LONG = "The app took "
TESTS = Path(__file__).parent
STORIES = {TESTS / "stories", TESTS / "features"}  # what people see, whatever the engine
ONE_IN = 12  # stories runs on PostgreSQL too
QUIET = 0.003  # seconds; a bot in this process says itself whether it is done

os.environ.setdefault("TZ", "UTC")
# Hypothesis's deadline and its check for slow drawing read the wall clock: they would test how busy the machine is.
UNHURRIED = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}
settings.register_profile("unhurried", max_examples=40, **UNHURRIED)
settings.register_profile("thorough", max_examples=400, **UNHURRIED)  # pytest --hypothesis-profile thorough
settings.load_profile("unhurried")
compile_statements_once()
set_up("critical" if not os.environ.get("RAINMAKER_TEST_LOGS") else "error")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--engine", choices=(*ENGINES, BOTH), help="only this database engine, or every test on both"
    )


def pytest_configure(config: pytest.Config) -> None:
    """Keep compiled templates for the other workers and the next run: each would compile them for two seconds."""
    if hasattr(config, "cache"):
        environment().bytecode_cache = FileSystemBytecodeCache(str(config.cache.mkdir("templates")))


def pytest_collection(session: pytest.Session) -> None:
    """Let the workers of a complete run write bytecode of the test files together, where there is none yet.

    Each loads a part of its own first and finds the others' part written when it comes to that. Otherwise each of them
    would work out the assertions of all files, which is most of what collecting takes after a fresh clone.
    """
    worker, workers = (os.environ.get(f"PYTEST_XDIST_WORKER{rest}", "") for rest in ("", "_COUNT"))
    if worker and [Path(one).name for one in session.config.args] == [TESTS.name]:
        for path in sorted(TESTS.rglob("test_*.py"))[int(worker.removeprefix("gw")) :: int(workers)]:
            with suppress(Exception, pytest.skip.Exception):  # whoever collects it says what is wrong
                import_module(".".join(path.relative_to(TESTS.parent).with_suffix("").parts))


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    """Look for garbage less often, and not among what was loaded for good: that took a sixth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run every test that stores something on each engine, or on those its `engines` mark names.

    Of the stories one in twelve, chosen by their names, runs on PostgreSQL too: what may differ there is held by the
    tests of storage. `--engine both` or `--engine postgresql` runs them all.
    """
    if "database_url" in metafunc.fixturenames:
        mark = metafunc.definition.get_closest_marker("engines")
        chosen = metafunc.config.getoption("--engine")
        engines = mark.args if mark else ENGINES
        if chosen in ENGINES:
            engines = [one for one in engines if one == chosen]
        elif chosen is None and mark is None and not STORIES.isdisjoint(metafunc.definition.path.parents):
            engines = ENGINES if crc32(metafunc.definition.name.encode()) % ONE_IN == 0 else [SQLITE]
        metafunc.parametrize("database_url", engines, indirect=True)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A real PostgreSQL, for as long as the tests of this process run.

    Its folder is none of pytest's: those of earlier runs are cleared away when others begin.
    """
    with (
        TemporaryDirectory(prefix="rainmaker-", ignore_cleanup_errors=True) as folder,
        postgres_server(Path(folder) / "postgres", *QUICK) as server,
    ):
        yield Postgres(server)


@pytest.fixture(scope="session")
def sqlite(tmp_path_factory: pytest.TempPathFactory) -> Sqlite:
    """A SQLite file, migrated once for the tests of this process."""
    return Sqlite(tmp_path_factory.mktemp("sqlite"))


@pytest.fixture
def with_team(request: pytest.FixtureRequest) -> bool:
    """Whether the database may hold the team of the fixture `team` from the start."""
    return {"team", "town"} <= set(request.fixturenames)  # a `team` of another kind makes its own


@pytest.fixture
async def database_url(
    request: pytest.FixtureRequest, tmp_path: Path, *, with_team: bool
) -> AsyncIterator[str]:
    """The address of a database of this test's own, on the engine it runs on."""
    if request.param == POSTGRESQL:
        async with request.getfixturevalue("postgres").copy(with_team=with_team) as url:
            yield url
    else:
        async with request.getfixturevalue("sqlite").copy(tmp_path, with_team=with_team) as url:
            yield url


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """A migrated database with one workspace installed."""
    opened = await Database.open(database_url, declared=REGISTRY.declared)
    async with opened.write_ledger() as ledger:
        await workspace.install_workspace(ledger, WORKSPACE, "Testing", "UBOT", T0)
    yield opened
    await opened.close()


def small_workspace() -> Workspace:
    made = Workspace("Northwind", team_id=WORKSPACE)
    made.add_person("U1", "ana", "Ana Kovač", tz="Europe/Ljubljana", email="ana@northwind.example")
    made.add_person("U2", "ben", "Ben Ito", tz="America/New_York", email="ben@northwind.example")
    made.add_person(
        "U3", "mia", "Mia Horvat", tz="Europe/Ljubljana", email="mia@northwind.example", is_admin=True
    )
    made.add_person("U4", "raj", "Raj Patel", tz="Asia/Kolkata", email="raj@northwind.example")
    made.add_channel("C1", "sales", ["U1", "U2", "U3", "U4"])
    made.add_channel("C2", "random", ["U1", "U2", "U3", "U4"], with_bot=False)
    made.add_group("S1", "emea", "EMEA", ["U1", "U4"])
    return made


@pytest.fixture
async def town(database_url: str) -> AsyncIterator[StoryWorkspace]:
    """Four people, two channels and the real bot, Monday 14 September 2026, 09:00 UTC; nobody set anything up.

    Fails at the end if Slack would have refused or limited anything the bot did, or if a notification is not the
    first line of its message.
    """
    clock = Clock(T0, frozen=True)
    async with (
        Server(
            small_workspace(),
            clock=clock,
            manifest=manifest(),
            rates=None,
            ack_timeout=PATIENCE,
            quiet=QUIET,
        ) as server,
        running_bot(server, clock, database_url) as bot,
    ):
        server.wait_longer(PATIENCE)
        made = StoryWorkspace(server, clock, bot)
        yield made
        found = [problem.text for problem in server.problems if problem not in made.expected]
        # How long an answer took says how busy the machine is; what answers have to keep to is held elsewhere.
        assert [text for text in found if not text.startswith(TOOK_LONG)] == []
        assert astray(server.workspace) == []


@pytest.fixture
async def team(
    town: StoryWorkspace, request: pytest.FixtureRequest, database_url: str, tmp_path: Path
) -> StoryWorkspace:
    """The same town with a team, Field: reps Ana and Ben, manager Mia, digest in #sales, US holidays, dollars."""
    async with town.bot.database.read(WORKSPACE) as scope:
        if await every_team(scope):
            return town
    for person in ("ana", "ben", "mia"):
        await town.known(person)
    async with town.bot.database.write(WORKSPACE) as scope:
        row = await add_team(
            scope, Team(name="Field", zone="Europe/Ljubljana", digest_channel="C1", evening_at=time(16, 30))
        )
        await set_people(scope, row.id, ["U1", "U2"], ["U3"])
        await town.set_rhythm(scope, row)
    if database_url.startswith(SQLITE):
        request.getfixturevalue("sqlite").keep_team(tmp_path)
    else:
        await request.getfixturevalue("postgres").keep_team(database_url)
    return town
