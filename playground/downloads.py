"""What a file's address answers: the file, with a token that may read it; else the page where people log in."""

from urllib.parse import quote

from aiohttp import web

from playground.activity import PageActivity
from playground.double import BOT_TOKEN, Double
from playground.files import File

SCOPE = "files:read"
PIECE = 256 * 1024
LOGIN = "<!DOCTYPE html><html><head><title>Slack</title></head><body>Sign in to {}</body></html>"


class Downloads:
    """Serves /files-pri/… as Slack's file host does.

    Who may not read a file is not refused but shown a page: 200 and HTML. `sent_on_to` is another host that downloads
    are sent on to first, as Slack does for some workspaces; `ends_after` cuts a download short after so many bytes.
    """

    def __init__(self, double: Double, activity: PageActivity) -> None:
        self._double, self._activity = double, activity
        self.sent_on_to: str | None = None
        self.ends_after: int | None = None
        self.tokens: list[str] = []  # what was shown at the door, the newest last

    def add_routes(self, app: web.Application) -> None:
        app.router.add_get("/files-pri/{file}/download/{name}", self.serve)
        app.router.add_get("/files-pri/{file}/{name}", self.serve)

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """Stream a file, send on to where it lies, or show the log-in page."""
        with self._activity.under_way():
            scheme, _, token = request.headers.get("Authorization", "").partition(" ")
            self.tokens.append(token)
            file = self._double.workspace.files.get(request.match_info["file"].rpartition("-")[2])
            if self.sent_on_to is not None and request.host not in self.sent_on_to:
                return web.Response(status=302, headers={"Location": self.sent_on_to + request.path_qs})
            readable = SCOPE in self._double.manifest.scopes and self._double.installed
            if scheme.lower() != "bearer" or token != BOT_TOKEN or not readable:
                text = LOGIN.format(self._double.workspace.name)
                self._noted(request, {"ok": False, "error": "a log-in page"})
                return web.Response(text=text, content_type="text/html")
            if file is None or file.deleted:
                self._noted(request, {"ok": False, "error": "404"})
                return web.Response(status=404, text="File not found", content_type="text/html")
            self._noted(request, {"ok": True, "bytes": file.size})
            return await self._streamed(request, file)

    async def _streamed(self, request: web.Request, file: File) -> web.StreamResponse:
        headers = {
            "Content-Type": file.mimetype,
            "Content-Length": str(file.size),
            "Content-Disposition": f"attachment; filename*=UTF-8''{quote(file.name)}",
        }
        response = web.StreamResponse(headers=headers)
        await response.prepare(request)
        for start in range(0, file.size, PIECE):
            if self.ends_after is not None and start >= self.ends_after:
                if request.transport is not None:
                    request.transport.abort()
                return response
            await response.write(file.content[start : start + PIECE])
        await response.write_eof()
        return response

    def _noted(self, request: web.Request, answer: dict[str, object]) -> None:
        self._double.traffic.call(self._double.clock.now(), "file download", {"path": request.path}, answer)
