"""The browser on this machine, started so that it finds nobody's profile and talks to nobody."""

import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from playwright.async_api import Browser, async_playwright

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
NONE_HERE = f"no browser here: none of {', '.join(BROWSERS)} is on PATH"
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def found() -> str | None:
    """Return where the browser is; None where there is none."""
    return next((path for name in BROWSERS if (path := shutil.which(name))), None)


@asynccontextmanager
async def launched(path: str, home: Path) -> AsyncIterator[Browser]:
    """Run it headless while the block lasts, with `home` for all it keeps."""
    places = {"HOME": str(home), "XDG_CONFIG_HOME": str(home), "XDG_CACHE_HOME": str(home)}
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=path, args=list(FLAGS), env={**os.environ, **places}, headless=True
        )
        yield browser
        await browser.close()
