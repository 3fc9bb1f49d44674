"""Apart: what takes long is worked out before a unit of work that others wait for, never in it.

Such a unit is brief. Where it lacks something that is kept once it is worked out, a forecast say, it is undone; that is
worked out in a read, which nobody waits for; and the unit is begun again and finds it. Mostly it was worked out ahead,
and nothing is lacking.
"""

from collections.abc import Awaitable, Callable
from typing import TypeVar

import structlog

from storage.database import Database
from storage.scope import Lacking

log = structlog.get_logger()

T = TypeVar("T")
TRIES = 4  # things that a unit lacked one after the other; what else it lacks it works out itself


async def brief(database: Database, unit: Callable[[bool], Awaitable[T]]) -> T:
    """Return what a unit of work comes to, begun again whenever it lacked something; it is told whether to be brief."""
    for _ in range(TRIES):
        try:
            return await unit(True)
        except Lacking as lacking:
            database.begun_again += 1
            async with database.read(lacking.workspace_id) as scope:
                await lacking.work(scope)
    log.warning("something is worked out in a unit of work that others wait for")
    return await unit(False)
