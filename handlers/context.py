"""What a handler is given: who asks, from where, when, and one unit of work in which to answer."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple, Protocol
from zoneinfo import ZoneInfo

from slack_sdk.web.async_client import AsyncWebClient

from handlers.kind import Kind
from handlers.regarded import does, looks_into
from handlers.reply import Reply
from handlers.section import Look, Sections, Shown
from handlers.thread import Thread
from messages.blocks import Block
from messages.replies import CommandUsage
from messages.undo import ReadAt
from sales.followups.followup import FollowUp
from sales.followups.slot import ReachedContact
from sales.language.dates.instants import local_date, place
from sales.people.permission import NOBODY_NAMED, About, Act, may, require
from sales.people.retention import Retention
from sales.refusal import Reading, Refusal
from storage.columns import RowClass
from storage.people.member import MemberRow
from storage.people.team import TeamRow
from storage.row_image import Touched
from storage.scope import Scope

NEWS = frozenset({"user_change"})  # events about a person, not from one
HOME_OPENED = "app_home_opened"  # the event of coming to any tab of ours


@dataclass(frozen=True)
class Request:
    """A payload of Slack's, reduced to what routing and handlers need.

    `name` is the command without its slash or prefix, the action id, the callback id, or the event type.
    `text` is what the person typed, unescaped; `mentioned` is who it tags, as `<@U1>`, or which channel. `values` are
    a view's inputs: block id → what was chosen.
    """

    kind: str
    key: str
    workspace_id: str
    user_id: str
    name: str
    text: str = ""
    word: str = ""  # the word behind a command that chose another, as it was typed
    mentioned: frozenset[str] = frozenset()
    channel_id: str = ""
    trigger_id: str = ""
    value: str = ""
    values: dict[str, Any] = field(default_factory=dict)
    private: str = ""
    body: dict[str, Any] = field(default_factory=dict)

    @property
    def thread(self) -> str:
        """The ts of the message in whose thread somebody wrote, or used something; empty outside any."""
        within = self.body.get("event") or self.body.get("container") or {}
        found = within.get("thread_ts")
        own = within.get("ts") or within.get("message_ts")
        return found if isinstance(found, str) and found != own else ""

    @property
    def files(self) -> list[dict[str, Any]]:
        """The files that came with a message, as Slack tells of them; those that are gone already left out."""
        found = (self.body.get("event") or {}).get("files")
        return [one for one in found or () if isinstance(one, dict) and one.get("mode") != "tombstone"]

    @property
    def is_direct(self) -> bool:
        """Whether it was written in the direct messages with us, where nobody else reads along."""
        return self.channel_id.startswith("D") or (self.body.get("event") or {}).get("channel_type") == "im"

    @property
    def opens_home(self) -> bool:
        """Whether the person came to App Home; Slack says so each time, also when they come back to it."""
        return self.name == HOME_OPENED and self.body["event"].get("tab") == "home"

    @property
    def is_on_home(self) -> bool:
        """Whether the person has App Home in view: they came to it, or used something on it."""
        return self.opens_home or (self.body.get("view") or {}).get("type") == "home"


class StageMove(NamedTuple):
    """An open deal that went from one stage of its team's to another, by what they are called."""

    deal_id: int
    was: str
    now: str


@dataclass(frozen=True)
class Happened:
    """What somebody just did, for whoever has a line to add to its confirmation.

    `activities` are kinds of activity by value; a deal was `won` or opened, or `moved` on; something was promised until
    `due_on`, and a time if one was named.
    """

    owner_id: str
    on: date
    activities: frozenset[str] = frozenset()
    won: bool = False
    opened: bool = False
    due_on: date | None = None
    due_at: datetime | None = None
    moved: StageMove | None = None


class NamedDeal(NamedTuple):
    """An open deal of a person's that goes by a name they typed; `worth` is its value at a glance, "$4k".

    `since` tells it from others of its name and worth: "suspect", or since when it is open.
    """

    id: int
    name: str
    worth: str
    since: str = ""


@dataclass(frozen=True)
class Setting:
    """Fields of a person's own settings: how they are shown, and how what was chosen is kept, in words to say."""

    order: int
    show: Callable[[Look], Awaitable[Shown | None]]
    keep: Callable[["Context"], Awaitable[str]]


@dataclass(frozen=True)
class TeamSetting:
    """Fields of a team's settings that another feature has: how they are shown, and how what was chosen is kept."""

    order: int
    show: Callable[[Scope, TeamRow], Awaitable[Sequence[Block]]]
    keep: Callable[["Context", TeamRow], Awaitable[Sequence[Touched]]]


class OwnedRecord(Protocol):
    """A table that a feature keeps, how a row of it stands in words, and the column that says whose one is.

    That is None where a row is nobody's. What of it goes out, and to whom, `declaration.Record` says.
    """

    @property
    def table(self) -> RowClass: ...
    @property
    def erased(self) -> str | None: ...
    @property
    def says(self) -> Callable[[Any, ReadAt], str] | None: ...
    @property
    def exported(self) -> bool: ...
    @property
    def read(self) -> Act: ...
    @property
    def alone(self) -> Any: ...
    @property
    def private(self) -> tuple[str, ...]: ...
    @property
    def both(self) -> tuple[str, ...]: ...
    @property
    def moves(self) -> tuple[str, ...]: ...


class Declarations(Sections, Protocol):
    """What all features together declare, as far as one of them may need to know of the others."""

    @property
    def kinds(self) -> Mapping[str, Kind]: ...
    @property
    def commands(self) -> Sequence[CommandUsage]: ...
    def words_after(self, command: str) -> Sequence[str]: ...
    @property
    def settings(self) -> Sequence["Setting"]: ...
    @property
    def team_settings(self) -> Sequence["TeamSetting"]: ...
    @property
    def records(self) -> Sequence["OwnedRecord"]: ...
    @property
    def owner_columns(self) -> Mapping[str, str]: ...
    @property
    def retentions(self) -> Sequence[Retention]: ...
    async def announce(self, context: "Context", news: object) -> None: ...
    @property
    def explained(self) -> Sequence[str]: ...
    async def explain(self, context: "Context") -> Reply | None: ...
    async def in_thread(self, context: "Context", thread: Thread) -> Reply | None: ...
    async def names(self, context: "Context", text: str) -> list[str]: ...
    async def offers(self, context: "Context", text: str) -> list[Reading]: ...
    async def names_alike(self, context: "Context", typed: Sequence[str]) -> dict[str, str]: ...
    async def deals_named(self, context: "Context", name: str) -> list[NamedDeal]: ...
    async def contact_of(
        self, context: "Context", promise: FollowUp, deal_id: int, now: datetime
    ) -> ReachedContact | None: ...
    async def is_unseen(self, context: "Context", channel_id: str) -> bool: ...
    async def confirm(self, context: "Context", happened: Happened) -> list[str]: ...


@dataclass(frozen=True)
class Context:
    """One request being answered. `scope` is the unit of work; it commits when the handler returns.

    Slack cannot be asked in here: others wait for the unit to end. What a handler needs of Slack is asked for
    before (`prefetch`), and stands in `prefetched`. `declared` is what the other features declare, `hears_mentions`
    whether Slack tells us of mentions in channels.
    """

    request: Request
    scope: Scope
    member: MemberRow
    team: TeamRow | None
    now: datetime
    declared: Declarations
    prefetched: Any = None
    hears_mentions: bool = True

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
        self.require_team()
        assert self.team is not None
        return self.team

    def require_team(self) -> None:
        """Refuse somebody who is in no team.

        Raises:
            Refusal: saying whom to ask.
        """
        if self.team is None:
            raise Refusal("You are in no team. A manager or an admin adds you with `/team people`.")

    def may(self, act: Act, about: About = NOBODY_NAMED) -> bool:
        """Say whether the asking person may do something, to a team or a person found out only now."""
        return may(act, self.member, about)

    def require(
        self,
        act: Act,
        about: About = NOBODY_NAMED,
        otherwise: str = "",
        field: str | None = None,
    ) -> None:
        """Refuse what the asking person may not do.

        Raises:
            PermissionRefusal: in the words of `otherwise`, or of the act, under the field of a form that names the
                subject.
        """
        require(act, self.member, about, otherwise, field)
        does(act)
        if about.owner_id and about.owner_id != self.member.user_id:
            looks_into(about.owner_id)

    async def announce(self, news: object) -> None:
        """Let every feature that hears of it do its part, in this unit of work, in the order of the chapters."""
        await self.declared.announce(self, news)


Handler = Callable[[Context], Awaitable[Reply]]


@dataclass(frozen=True)
class Preflight:
    """A request before its unit of work, while nobody waits: Slack may be asked, and the database read."""

    request: Request
    slack: AsyncWebClient
    read: Callable[[], AbstractAsyncContextManager[Scope]]
    now: datetime
    declared: Declarations

    def context(self, scope: Scope, member: MemberRow, team: TeamRow | None) -> Context:
        """Return the same request as a handler sees it, in a read that changes nothing."""
        return Context(self.request, scope, member, team, self.now, self.declared)


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
