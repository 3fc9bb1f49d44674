"""What a handler is given: who asks, from where, when, and one unit of work in which to answer."""

from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from slack_sdk.web.async_client import AsyncWebClient

from handlers.reply import Reply
from sales.language.dates.instants import local_date, place
from sales.people.member import Member
from sales.people.team import Team
from sales.refusal import Refusal
from storage.people.member import MemberRow
from storage.people.team import TeamRow
from storage.scope import Scope

NEWS = frozenset({"user_change"})  # events about a person, not from one


@dataclass(frozen=True)
class Request:
    """A payload of Slack's, reduced to what routing and handlers need.

    `name` is the command without its slash or prefix, the action id, the callback id, or the event type.
    `text` is what the person typed, unescaped. `values` are a view's inputs: block id → what was chosen.
    """

    kind: str
    key: str
    workspace_id: str
    user_id: str
    name: str
    text: str = ""
    channel_id: str = ""
    trigger_id: str = ""
    value: str = ""
    values: dict[str, Any] = field(default_factory=dict)
    private: str = ""
    body: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Context:
    """One request being answered. `scope` is the unit of work; it commits when the handler returns.

    Slack cannot be asked in here: others wait for the unit to end. What a handler needs of Slack is asked for
    before (`prefetch`), and stands in `prefetched`.
    """

    request: Request
    scope: Scope
    member: MemberRow
    team: TeamRow | None
    now: datetime
    prefetched: Any = None

    @property
    def text(self) -> str:
        return self.request.text

    @property
    def zone(self) -> str:
        """The asking person's zone; their team's if theirs is unknown here."""
        return self.wall.key

    @property
    def wall(self) -> ZoneInfo:
        """The zone that the asking person's clock on the wall is in."""
        return place(self.member.zone, self.team.zone if self.team else "")

    @property
    def today(self) -> date:
        """The date on the asking person's wall."""
        return local_date(self.now, self.zone)

    @property
    def their_team(self) -> TeamRow:
        """The person's team.

        Raises:
            Refusal: if they are in none yet.
        """
        if self.team is None:
            raise Refusal("You are not in a team yet. Ask your manager or admin to run `/rainmaker setup`.")
        return self.team


Handler = Callable[[Context], Awaitable[Reply]]


@dataclass(frozen=True)
class Preflight:
    """A request before its unit of work, while nobody waits: Slack may be asked, and the database read."""

    request: Request
    slack: AsyncWebClient
    read: Callable[[], AbstractAsyncContextManager[Scope]]
    now: datetime


Prefetch = Callable[[Preflight], Awaitable[Any]]


@dataclass(frozen=True)
class Prefetched:
    """A handler with something to ask Slack first; it finds what `prepare` returned in `context.prefetched`."""

    prepare: Prefetch
    run: Handler

    async def __call__(self, context: Context) -> Reply:
        return await self.run(context)


def prefetch(prepare: Prefetch) -> Callable[[Handler], Prefetched]:
    """Let a handler's questions to Slack be asked before its unit of work. A Refusal there is one of the request."""

    def prepared(run: Handler) -> Prefetched:
        return Prefetched(prepare, run)

    return prepared


def may_manage(member: Member, team: Team | None) -> bool:
    """Say whether a member may change a team's settings and see its reps' numbers."""
    return member.is_admin or member.is_manager
