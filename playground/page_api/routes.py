"""The page's addresses."""

from collections.abc import Awaitable, Callable, Mapping
from json import JSONDecodeError
from pathlib import Path
from typing import Any

from aiohttp import web

from playground.page_api import said, state, traffic, uploaded
from playground.page_api.acts import ACTS, Act
from playground.page_api.state import RefusedAsk
from playground.page_api.stream import Streams
from playground.people import Person
from playground.server import SlackServer

Json = dict[str, Any]
Look = Callable[[SlackServer, Person, Mapping[str, str]], Json]
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

FILES = Path(__file__).parent.parent / "page"
LOOKS: dict[str, Look] = {
    "home": lambda server, person, _: state.home(server, person),
    "modal": lambda server, person, _: state.modal(server, person),
    "messages": lambda server, person, asked: state.messages(
        server, person, state.visible_channel(server, person, asked.get("channel", ""))
    ),
    "said": said.said,
    "traffic": lambda server, _, asked: traffic.lines(server, asked),
    "exchange": lambda server, _, asked: traffic.exchange(server, asked),
}
TRANSCRIPT = "transcript.markdown"
NOBODY = "Nobody here has that id. Choose somebody from the list."
# the page loads nothing from elsewhere, and nothing but itself may frame it
POLICY = (
    "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; connect-src 'self'; "
    "frame-ancestors 'self'; base-uri 'none'; form-action 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-cache",
}


class Page:
    """Serves the page, answers what it asks, does what it tells."""

    def __init__(self, server: SlackServer) -> None:
        self._server = server
        self._streams = Streams(server)

    def add_routes(self, app: web.Application) -> None:
        app.router.add_get("/", self._index)
        app.router.add_get("/page/static/{name:.+}", self._file)
        app.router.add_get("/page/stream", self._stream)
        app.router.add_get("/page/state", self._state)
        app.router.add_get("/page/said.markdown", self._said)
        app.router.add_get("/page/file", self._file_opened)
        app.router.add_post("/page/drop", self._dropped)
        for name, look in LOOKS.items():
            app.router.add_get(f"/page/{name}", self._asked(look))
        for name, act in ACTS.items():
            app.router.add_post(f"/page/{name}", self._told(act))

    async def close(self) -> None:
        await self._streams.close()

    async def _index(self, request: web.Request) -> web.StreamResponse:
        return self._served("index.html")

    async def _file(self, request: web.Request) -> web.StreamResponse:
        return self._served(request.match_info["name"])

    def _served(self, name: str) -> web.StreamResponse:
        path = (FILES / name).resolve()
        if not path.is_relative_to(FILES) or not path.is_file():
            raise web.HTTPNotFound(text="There is no such file.")
        return web.FileResponse(path, headers=HEADERS)

    async def _stream(self, request: web.Request) -> web.StreamResponse:
        if not _own_page(request):
            raise web.HTTPForbidden(text="This stream is for the playground's own page.")
        try:
            person = self._person(request.query.get("as", ""))
        except RefusedAsk as error:
            raise web.HTTPNotFound(text=str(error)) from None
        return await self._streams.serve(request, person)

    async def _state(self, request: web.Request) -> web.StreamResponse:
        """The first thing a page asks: a stranger, or nobody yet, becomes the first person of the list."""
        humans = self._humans()
        if not humans:
            return _refused("Nobody is in this workspace yet.")
        named = self._server.workspace.person_named(request.query.get("as", ""))
        person = named if named in humans else humans[0]
        return web.json_response({"ok": True, **state.state(self._server, person)})

    async def _said(self, request: web.Request) -> web.StreamResponse:
        try:
            person = self._person(request.query.get("as", ""))
        except RefusedAsk as error:
            return _refused(str(error))
        text = said.markdown(self._server, person, request.query)
        attached = {"Content-Disposition": f'attachment; filename="{TRANSCRIPT}"'}
        return web.Response(text=text, content_type="text/markdown", headers=HEADERS | attached)

    async def _file_opened(self, request: web.Request) -> web.StreamResponse:
        try:
            person = self._person(request.query.get("as", ""))
            return uploaded.opened(self._server, person, request.query.get("id", ""))
        except RefusedAsk as error:
            return _refused(str(error))

    async def _dropped(self, request: web.Request) -> web.StreamResponse:
        if not _own_page(request):
            return _refused("Only the playground's own page may do that.")
        try:
            person = self._person(request.query.get("as", ""))
            return web.json_response({"ok": True, **await uploaded.dropped(self._server, person, request)})
        except RefusedAsk as error:
            return _refused(str(error))

    def _asked(self, look: Look) -> Handler:
        async def answer(request: web.Request) -> web.StreamResponse:
            try:
                person = self._person(request.query.get("as", ""))
                found = look(self._server, person, request.query)
            except RefusedAsk as error:
                return _refused(str(error))
            return web.json_response({"ok": True, **found})

        return answer

    def _told(self, act: Act) -> Handler:
        async def answer(request: web.Request) -> web.StreamResponse:
            if not _own_page(request):
                return _refused("Only the playground's own page may do that.")
            try:
                told = await request.json()
                if not isinstance(told, dict):
                    return _refused("The page sent something unreadable.")
                done = await act(self._server, self._person(str(told.get("as", ""))), told)
            except JSONDecodeError:
                return _refused("The page sent something unreadable.")
            except RefusedAsk as error:
                return _refused(str(error))
            return web.json_response({"ok": True, **done})

        return answer

    def _person(self, id_: str) -> Person:
        found = next((one for one in self._humans() if one.id == id_), None)
        if found is None:
            raise RefusedAsk(NOBODY)
        return found

    def _humans(self) -> list[Person]:
        return [one for one in self._server.workspace.people.values() if not (one.is_bot or one.deleted)]


def _own_page(request: web.Request) -> bool:
    """A browser names where a request comes from; another site's page must not act here."""
    origin = request.headers.get("Origin")
    return origin is None or origin == f"{request.scheme}://{request.host}"


def _refused(sentence: str) -> web.Response:
    return web.json_response({"ok": False, "error": sentence}, status=400)
