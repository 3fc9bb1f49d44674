"""Admins: whom the operator names in `ADMINS`, beside those whom Slack calls admins or owners."""

from collections.abc import Collection

import structlog
from slack_sdk.web.async_client import AsyncWebClient

from handlers.people.member import known_people
from sales.refusal import Refusal
from storage.database import Database
from storage.people.member import find_members, name_admins

log = structlog.get_logger()


async def appoint(
    database: Database, slack: AsyncWebClient, workspace_id: str, admins: Collection[str]
) -> None:
    """Make exactly these people the operator's admins; whom we have not met is met now.

    Somebody who is named no more stays an admin only if Slack calls them one.
    """
    for user_id in sorted(admins):
        try:
            await known_people(database, slack, workspace_id, user_id)
        except Refusal:
            log.warning("ADMINS names somebody who is not of this workspace", user=user_id)
    async with database.write(workspace_id) as scope:
        await name_admins(scope, admins)
        unknown = set(admins) - {row.user_id for row in await find_members(scope, admins)}
    log.info("admins named in the settings", admins=len(admins) - len(unknown))
