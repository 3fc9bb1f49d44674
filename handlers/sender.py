"""Who asks: found in the unit of work that does what they ask, met and introduced before it where they are new."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from slack_sdk.web.async_client import AsyncWebClient

from handlers.context import Context, Request
from handlers.feature import Registry
from handlers.people.member import known_people
from handlers.people.news import MembersMet, PersonMet
from storage import inbox
from storage.database import Database
from storage.nudges.ledger.intake import has_enqueued
from storage.people.member import MemberRow, find_member
from storage.people.sender import AskedBy, sender_of
from storage.scope import Scope


@dataclass(frozen=True)
class Senders:
    """Knows those who ask, or gets to know them."""

    database: Database
    slack: AsyncWebClient
    now: Callable[[], datetime]
    registry: Registry
    wake: Callable[[], None]

    async def find(self, scope: Scope, request: Request) -> AskedBy | None:
        """Return who asks, None if we have not met them; what nobody asked for comes from Slack."""
        if request.user_id:
            return await sender_of(scope, request.user_id, request.key)
        slack = MemberRow(workspace_id=request.workspace_id, user_id="", name="Slack")
        return AskedBy(slack, None, await inbox.earlier(scope, request.key))

    async def meet(self, request: Request) -> None:
        """Ask Slack about somebody new, while nobody waits for the writer, and introduce them."""
        await known_people(self.database, self.slack, request.workspace_id, request.user_id)
        await self.introduced(request)

    async def introduced(self, request: Request) -> None:
        """Let every feature hear of somebody who does something with us for the first time, whatever comes of it."""
        async with self.database.write(request.workspace_id) as scope:
            sender = await self.find(scope, request)
            assert sender is not None
            context = Context(request, scope, sender.member, sender.team, self.now(), self.registry, None)
            await context.announce(MembersMet())
            await context.announce(PersonMet(sender.member))
        if has_enqueued(scope):
            self.wake()

    async def met(self, request: Request) -> bool:
        """Say whether news is about somebody who ever had to do with us."""
        async with self.database.read(request.workspace_id) as scope:
            return await find_member(scope, request.user_id) is not None
