"""A real browser before the playground: the real bot, the sample team, and a person who clicks."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser

from playground.boot import PlaygroundOptions, playing
from tests.conftest import PATIENCE
from tests.e2e.browser_page import BrowserPage, seated
from tests.e2e.chromium import NONE_HERE, found, launched


@pytest.fixture(scope="session")
def chromium() -> str:
    """The browser on this machine; the tests are skipped where there is none."""
    path = found()
    if path is None:
        pytest.skip(NONE_HERE)
    return path


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser(chromium: str, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Browser]:
    """A headless browser that has never been used before."""
    async with launched(chromium, tmp_path_factory.mktemp("browser")) as running:
        yield running


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def address(chromium: str) -> AsyncIterator[str]:
    """The playground as `make demo` opens it, on a free port, once for the module's tests."""
    async with playing(PlaygroundOptions(port=0, ack_timeout=PATIENCE)) as opened:
        yield opened.partition("?")[0]


@pytest_asyncio.fixture(loop_scope="module")
async def desk(browser: Browser, address: str) -> AsyncIterator[BrowserPage]:
    """A desk with the page open as Ana, the first rep.

    Fails at the end if the page threw, complained, or asked anything of another machine, or if Slack would
    have refused anything the bot did.
    """
    async with seated(browser, address) as opened:
        await opened.opens("U001")
        yield opened
        assert opened.complaints == []
        assert opened.strayed == []
        assert await opened.problems() == []
