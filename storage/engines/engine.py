"""What an engine promises, whichever it is."""

from contextlib import AbstractAsyncContextManager
from typing import ClassVar, Protocol

from sqlalchemy import URL
from sqlalchemy.ext.asyncio import AsyncEngine

from storage.engines.unit import Unit

BUSY_SECONDS = 10.0  # for a server that is just starting
LOCK_SECONDS = 2.0  # for a turn, a lock and a free connection together: Slack lets a person wait for three
# Between two statements of a unit: less than others wait, so that who stands behind a process that froze is answered.
IDLE_SECONDS = 1.5


class Engine(Protocol):
    """A way to run units of work and to read beside them.

    `shared` says whether processes on several machines may use the database at once, `errors` what its driver raises
    by itself. A unit is durable once its block is left, and undone if the block raises. The units of one workspace run
    one after the other, whichever process runs them, so that what a unit has read still holds when it writes; those of
    the ledger (no workspace) hold their own against each other by compare-and-set. A unit that is `slow` may work
    out something between two statements; it is none that a person waits for or behind.
    """

    shared: ClassVar[bool]
    errors: ClassVar[tuple[type[BaseException], ...]]
    writing: AsyncEngine
    reading: AsyncEngine

    def __init__(self, url: URL) -> None: ...

    def unit(self, workspace_id: str | None, *, slow: bool = False) -> AbstractAsyncContextManager[Unit]: ...

    def read(self) -> AbstractAsyncContextManager[Unit]: ...

    async def prepare(self) -> None:
        """Bring the schema up to date; two processes that start together do it once."""

    def look(self) -> None:
        """Return if what was opened is still what is there; else raise an error of the driver's."""

    async def close(self) -> None: ...
