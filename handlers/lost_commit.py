"""Lost commits: a unit of work whose commit got no answer is looked up before anybody is told that it failed."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import structlog

from handlers.context import Request
from storage import inbox
from storage.database import Database
from storage.trouble import SILENT, StorageTrouble, Unsure

log = structlog.get_logger()


@asynccontextmanager
async def kept(database: Database, request: Request) -> AsyncIterator[None]:
    """Let a unit of work pass whose commit got no answer, if it was kept all the same.

    It is looked up behind the workspace's other units, so the one in question has ended, somehow.

    Raises:
        StorageTrouble: if nothing was kept.
        Unsure: if that cannot be found out.
    """
    try:
        yield
    except Unsure:
        log.warning("a commit got no answer; looking whether it was kept", request=request.name)
        if not await noted(database, request):
            raise StorageTrouble(SILENT) from None


async def noted(database: Database, request: Request) -> bool:
    """Say whether a request stands in the inbox.

    Raises:
        Unsure: if that cannot be found out.
    """
    try:
        async with database.write(request.workspace_id) as scope:
            return await inbox.earlier(scope, request.key) is not None
    except StorageTrouble as trouble:
        raise Unsure from trouble
