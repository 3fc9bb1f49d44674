"""Health: whether this process can do its work, for whoever watches over it."""

import asyncio
import tomllib
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from bot.http import Health
from sales.language.figures import number
from storage.database import Database
from storage.trouble import StorageTrouble

ANSWERS_WITHIN = 2.0  # seconds; who watches over us waits a few


def our_version() -> str:
    """Return our version: the installed package's, or beside the code that was not installed, the project's."""
    try:
        return version("rainmaker")
    except PackageNotFoundError:
        project = tomllib.loads((Path(__file__).parent.parent / "pyproject.toml").read_text(encoding="utf-8"))
        return str(project["project"]["version"])


class HealthWatch:
    """Looks at the database and at delivery. Made once; asked as often as wanted."""

    def __init__(
        self, database: Database, delivers: Callable[[], bool], believes_clock: Callable[[], bool]
    ) -> None:
        self.database = database
        self.delivers = delivers
        self.believes_clock = believes_clock

    async def look(self) -> Health:
        """Return what works, and in one line why we cannot do our work if we cannot.

        With a clock that runs wrong what people ask is still answered, so that is said and no reason to end us.
        """
        trouble = await self.database_trouble()
        delivers = self.delivers()
        found = {
            "database": trouble or "reachable",
            "delivery": "alive" if delivers else "stopped",
            "clock": "believed"
            if self.believes_clock()
            else "stepped back; nothing falls due until it is right",
            "version": our_version(),
        }
        return Health(found, trouble or ("" if delivers else "Delivery has stopped. Restart this process."))

    async def database_trouble(self) -> str:
        try:
            async with asyncio.timeout(ANSWERS_WITHIN):
                await self.database.answers()
        except StorageTrouble as trouble:
            return str(trouble)
        except TimeoutError:
            return f"The database does not answer within {number(ANSWERS_WITHIN)} s."
        return ""
