"""Files an app gives: begun by a call, their content taken at an address of its own, then shared by another call."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from aiohttp import web

from playground.activity import PageActivity

if TYPE_CHECKING:
    from playground.double import Double


@dataclass
class Giving:
    """A file on its way: how long it is going to be, and what came so far. `ticket` is where its content goes."""

    id: str
    ticket: str
    name: str
    length: int
    content: bytes | None = None


class Givings:
    """Serves /upload/<ticket>, where an app puts a file's content; the address is the permission itself."""

    def __init__(self, double: "Double", activity: PageActivity) -> None:
        self._double, self._activity = double, activity

    async def take(self, request: web.Request) -> web.Response:
        """Take a file's content, as it is or in a form; no other than was begun, and no other length."""
        with self._activity.under_way():
            ticket = request.match_info["ticket"]
            giving = next((one for one in self._double.givings.values() if one.ticket == ticket), None)
            content = await _content(request)
            if request.headers.get("Authorization"):
                self._double.problem("The address of an upload was shown a token, which it has no need of.")
            if giving is None or len(content) != giving.length:
                self._noted(request, {"ok": False, "bytes": len(content)})
                self._double.problem("An upload was refused: nobody began it, or it has another length.")
                return web.Response(status=400, text="Bad Request")
            giving.content = content
            self._noted(request, {"ok": True, "bytes": len(content)})
            return web.Response(text=f"OK - {len(content)}")

    def _noted(self, request: web.Request, answer: dict[str, object]) -> None:
        self._double.traffic.call(self._double.clock.now(), "file upload", {"path": request.path}, answer)


async def _content(request: web.Request) -> bytes:
    if not request.content_type.startswith("multipart/"):
        return b"".join([piece async for piece in request.content.iter_any()])  # however much there is
    fields: Any = await request.post()
    held = next((one for one in fields.values() if isinstance(one, web.FileField)), None)
    return held.file.read() if held is not None else b""
