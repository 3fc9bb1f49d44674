"""The workspace in a box: the Slack double with its web page, and with people whose hands and eyes a test may be."""

from typing import Any

from aiohttp import web

from playground.page_api.routes import Page
from playground.server import SlackServer
from playground.visitor.person import Visitor
from playground.workspace import Workspace


class Server(SlackServer):
    """`async with Server(workspace) as server:` serves the Web API, Socket Mode, response URLs and the page."""

    def __init__(self, workspace: Workspace, *args: Any, **options: Any) -> None:
        super().__init__(workspace, *args, **options)
        self._page = Page(self)

    def add_routes(self, app: web.Application) -> None:
        """Serve the page."""
        self._page.add_routes(app)

    async def close_streams(self) -> None:
        """Let go of everybody who looks at the page."""
        await self._page.close()

    def visitor(self, person: str) -> Visitor:
        """A person's hands and eyes, by id, handle or name. Raises ValueError for a stranger or a bot."""
        found = self.workspace.person_named(person)
        if found is None or found.is_bot:
            known = ", ".join(
                f"{one.name} ({one.id})" for one in self.workspace.people.values() if not one.is_bot
            )
            raise ValueError(f"Nobody here is called “{person}”. Known: {known}.")
        return Visitor(self, found)
