"""People: whoever speaks is known to us by name, zone and role before a handler runs."""

from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from sales.instants import known_zone
from storage import member as members
from storage.database import Database
from storage.importing import link_owners
from storage.tables import MemberRow


def profile(user: dict[str, Any]) -> dict[str, Any]:
    """Return what a Slack user record says of a person, in our words. An unknown zone becomes UTC."""
    about = user.get("profile") or {}
    name = (
        about.get("display_name")
        or about.get("real_name")
        or user.get("real_name")
        or user.get("name")
        or user["id"]
    )
    try:
        zone = known_zone(user.get("tz") or "UTC")
    except ValueError:
        zone = "UTC"
    return {
        "user_id": user["id"],
        "name": name[:200],
        "email": about.get("email"),
        "zone": zone,
        "active": not user.get("deleted", False),
    }


async def known(database: Database, slack: AsyncWebClient, workspace_id: str, user_id: str) -> MemberRow:
    """Return the member, met through Slack the first time they speak."""
    async with database.read(workspace_id) as scope:
        found = await members.member(scope, user_id)
    if found is not None:
        return found
    values = await look_up(slack, user_id)
    async with database.write(workspace_id) as scope:
        met = await members.meet(scope, **values)
        await link_owners(scope)
        return met


async def look_up(slack: AsyncWebClient, user_id: str) -> dict[str, Any]:
    """Ask Slack about a person; a Slack admin or owner is an admin here until told otherwise."""
    try:
        user = (await slack.users_info(user=user_id))["user"]
    except SlackApiError as refused:
        if refused.response["error"] not in {"user_not_found", "user_not_visible"}:
            raise
        return {"user_id": user_id, "name": user_id, "zone": "UTC"}
    return {**profile(user), "is_admin": bool(user.get("is_admin") or user.get("is_owner"))}
