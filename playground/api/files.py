"""files.*: what was uploaded."""

from typing import Any

from playground.api.arguments import ApiError, Arguments
from playground.double import Double

Json = dict[str, Any]


def info(double: Double, given: Arguments) -> Json:
    """One file in full, also where an event only named it."""
    file = double.workspace.files.get(given.required("file", "file_not_found"))
    if file is None or not any(
        double.workspace.bot.id in double.workspace.channels[one].members
        for one in file.channels
        if one in double.workspace.channels
    ):
        raise ApiError("file_not_found")
    if file.deleted:
        raise ApiError("file_deleted")
    return {"file": file.as_slack(double.workspace.team_id), "comments": []}
