"""A desk: work that stands in the database is taken up here, or elsewhere. `wake` is a hint, `sweep` the truth."""

import asyncio

import structlog

from storage.trouble import StorageTrouble

log = structlog.get_logger()


class Desk:
    """Looks at what waits whenever somebody says that something may. `things` are what the log calls it."""

    things = ""

    def __init__(self) -> None:
        self.asked = asyncio.Event()
        self.looking = False

    @property
    def busy(self) -> bool:
        """Whether it looks, or is about to."""
        return self.asked.is_set() or self.looking

    def wake(self) -> None:
        """Look at what waits."""
        self.asked.set()

    async def sweep(self) -> None:
        """Look at what waits, whoever left it."""
        self.wake()

    async def run(self) -> None:
        """Work until cancelled."""
        while True:
            await self.asked.wait()
            self.looking = True
            self.asked.clear()
            try:
                await self.round()
            except StorageTrouble as trouble:
                log.warning(f"{self.things} cannot be looked for", trouble=str(trouble))
            except Exception as fault:  # the edge: the next sweep looks again
                log.exception(f"{self.things} were not looked at", exc_info=fault)
            finally:
                self.looking = False

    async def round(self) -> None:
        """Take up what waits."""
        raise NotImplementedError
