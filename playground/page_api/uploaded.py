"""Files on the page: taken from whoever drops one, given to whoever opens one."""

from urllib.parse import quote

from aiohttp import web

from playground.page_api.state import Json, RefusedAsk, visible_channel
from playground.people import Person
from playground.server import SlackServer

MOST = 100 * 1024 * 1024  # bytes the page takes; Slack takes a gigabyte, which a box on a laptop need not
LONGEST_NAME = 255


async def dropped(server: SlackServer, person: Person, request: web.Request) -> Json:
    """Take a file that was dropped or chosen; its content is the whole body."""
    channel = visible_channel(server, person, request.query.get("channel", ""))
    name = request.query.get("name", "").strip()[:LONGEST_NAME]
    if not name:
        raise RefusedAsk("A file needs a name.")
    content = bytearray()
    async for piece in request.content.iter_any():
        content += piece
        if len(content) > MOST:
            raise RefusedAsk(f"The playground takes files up to {MOST // 1024 // 1024} MB.")
    await server.uploads.share(person, channel, name, bytes(content), request.query.get("text", "").strip())
    return {}


async def deleted(server: SlackServer, person: Person, told: Json) -> Json:
    """Delete one's own file."""
    file = server.workspace.files.get(str(told.get("id", "")))
    if file is None or file.deleted or file.user != person.id:
        raise RefusedAsk("That file is no longer there.")
    await server.uploads.delete(file)
    return {}


def opened(server: SlackServer, person: Person, file_id: str) -> web.Response:
    """Give a file to somebody who is where it was shared, to be saved and never shown as a page."""
    file = server.workspace.files.get(file_id)
    places = [server.workspace.channels.get(one) for one in file.channels] if file is not None else []
    if file is None or file.deleted or not any(one and person.id in one.members for one in places):
        raise RefusedAsk("That file is no longer there.")
    attached = f"attachment; filename*=UTF-8''{quote(file.name)}"
    headers = {"Content-Disposition": attached, "X-Content-Type-Options": "nosniff"}
    return web.Response(body=file.content, content_type="application/octet-stream", headers=headers)
