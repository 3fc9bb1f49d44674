"""A real browser before the playground: the real bot, the sample team, and a person who clicks."""

import os
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, async_playwright

from playground.boot import PlaygroundOptions, playing
from tests.conftest import PATIENCE
from tests.e2e.browser_page import BrowserPage, seated

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(scope="session")
def chromium() -> str:
    """The browser on this machine; the tests are skipped where there is none."""
    found = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    if found is None:
        pytest.skip(f"no browser here: none of {', '.join(BROWSERS)} is on PATH")
    return found


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser(chromium: str, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Browser]:
    """A headless browser that has never been used before."""
    home = tmp_path_factory.mktemp("browser")
    async with async_playwright() as playwright:
        launched = await playwright.chromium.launch(
            executable_path=chromium, args=list(FLAGS), env=env_of(home), headless=True
        )
        yield launched
        await launched.close()


def env_of(home: Path) -> dict[str, str | float | bool]:
    """Return an environment in which the browser finds nobody's profile and keeps its own."""
    return {
        **os.environ,
        "HOME": str(home),
        "XDG_CONFIG_HOME": str(home),
        "XDG_CACHE_HOME": str(home),
    }


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
