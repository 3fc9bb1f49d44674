"""Sections: what a feature has to say on a surface. A surface knows its sections, never the features behind them."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any, NamedTuple, Protocol, TypeVar

from messages.blocks import Block
from messages.elements import Element
from sales.language.dates.period import DaySpan
from sales.people.audience import Line, Tells, may_read
from sales.people.permission import Act, may
from sales.people.team import Audience
from storage.engines.statement import AlongQuestion
from storage.people.member import MemberRow
from storage.people.team import TeamRow
from storage.scope import Scope


class Surface(StrEnum):
    """Where features may say something."""

    HOME = "home"  # a person's App Home
    HOME_BUTTONS = "home_buttons"  # the ways on from there
    TEAM = "team"  # the card of a team; the look's team is the one shown
    WELCOME = "welcome"  # the ways on from the first words to somebody, and the question that they answer
    MORNING = "morning"  # what a rep who asked for it reads before their day
    EVENING = "evening"  # what a rep is asked at the end of their day
    LEADS = "leads"  # below a list of leads; the look is about the team whose they are, None below one's own
    LEAD = "lead"  # the card of a lead; the look is about the lead as it is stored
    DEAL = "deal"  # the card of a deal; the look is about what is known of it
    NEW_DEAL = (
        "new_deal"  # below what is said of a deal that was just made; the look is about what is known of it
    )
    ACCOUNT = "account"  # the page of an account; the look is about what it shows of it
    PROMISE = "promise"  # the ways on from a promise that is shown alone; the look is about it
    OUTREACH = "outreach"  # below what was promised or logged; the look is about whom it is with
    GOAL = "goal"  # below somebody's goals, and one that was just set; the look is about whose they are and which
    CHANNELS = "channels"  # below who got only e-mails from a rep; the look is the rep's own
    PIPELINE = "pipeline"  # below the first page of somebody's deals; the look is about whose they are
    REVIEW = "review"  # the look back on a month; the look is about its days
    UNDONE = "undone"  # below what was just taken back; the look is about what that was
    DIGEST = "digest"  # what a team is told of itself in its channel; its sections are a team's


class LastNote(NamedTuple):
    """What a message of the same kind said last: the reader's day, and which follow-ups it listed."""

    on: date
    listed: frozenset[int]


@dataclass(frozen=True)
class Look:
    """A surface that is about to be shown: for whom, and on which day of theirs. `team` is the one they are in.

    The evening prompt may be read later than on the `day` it stands for. It `is_again` shown after an answer; its
    buttons carry `place`, by which an answer finds back to it. `about` is what is known of what a surface is of. `last`
    is what stood in its place before, where it came within a week.
    """

    scope: Scope
    member: MemberRow
    team: TeamRow | None
    now: datetime
    today: date
    day: date | None = None
    is_again: bool = False
    place: str = ""
    about: Any = None
    last: LastNote | None = None


@dataclass(frozen=True)
class Shown:
    """What a section has to say: blocks in order, or buttons where a surface has a row of them.

    `asks` is the question that the buttons answer, where a surface asks one.
    `why` is its sentence of the answer to why the message came. One that `leads` says in `quiet` why it is no reason to
    write; empty where it is one.
    """

    blocks: Sequence[Block] = ()
    buttons: Sequence[Element] = ()
    asks: str = ""
    why: str = ""
    quiet: str = ""


Show = Callable[[Look], Awaitable[Shown | None]]
AsksAlong = Callable[[Look], Sequence[AlongQuestion]]
ReadAhead = Callable[[Sequence[Look]], Awaitable[None]]


async def shown_by(sections: Sequence["Section"], look: Look) -> dict["Section", Shown]:
    """Return what each section has to say to a reader, in their order; those that are not for them are left out."""
    found = {one: await one.show(look) for one in sections if may(one.act, look.member)}
    return {one: shown for one, shown in found.items() if shown is not None}


async def read_ahead(sections: Sequence["Section"], looks: Sequence[Look]) -> None:
    """Read at once what sections are going to ask for each of their readers; what several of them ask is asked once."""
    for one in sections:
        theirs = [look for look in looks if may(one.act, look.member)]
        if one.ahead is not None and theirs:
            await one.ahead(theirs)


async def collected(sections: Sequence["Section"], look: Look) -> list[Shown]:
    """Return what sections have to say to a reader, in their order."""
    return list((await shown_by(sections, look)).values())


@dataclass(frozen=True)
class Section:
    """One feature's part of a surface: the lower `order` stands first. It is shown to whoever may do its act.

    Morning and evening write only where a section that `leads` has a reason; the others come along, and are not asked
    before. What `show` asks of whatever a surface is about may be asked along with other things: `asks` says it.
    Where a surface is shown to many people of one workspace in one read, `ahead` reads for all of them at once what
    `show` is going to ask of each.
    """

    surface: Surface
    order: int
    show: Show
    act: Act
    leads: bool = False
    ahead: ReadAhead | None = None
    asks: AsksAlong | None = None


async def led(sections: Sequence[Section], look: Look) -> list[Shown] | str:
    """Return what sections have to say where one that leads has a reason to write; otherwise why none has."""
    said = await shown_by([one for one in sections if one.leads], look)
    if all(shown.quiet for shown in said.values()):
        return "; ".join(dict.fromkeys(shown.quiet for shown in said.values()))
    said |= await shown_by([one for one in sections if not one.leads], look)
    return [said[one] for one in sections if one in said]


Found = TypeVar("Found")


@dataclass(frozen=True)
class TeamLook:
    """A team about to be told of itself: of which days, and on which day of its own. `reps` are its reps by id.

    Those who left count too: what they won and aimed for is the team's until the period is over. A `daily` digest is
    short: where the team stands and what is new. `audience` is whose eyes it is for, the channel's where none is given.
    """

    scope: Scope
    team: TeamRow
    today: date
    span: DaySpan
    reps: Mapping[str, MemberRow]
    daily: bool = False
    audience: Audience | None = None
    known: dict[Any, Any] = field(default_factory=dict, repr=False, compare=False)

    def may_read(self, tells: Tells) -> bool:
        """Say whether those it is told may read what tells this."""
        return may_read(self.audience or self.team.audience, tells)

    async def once(self, ask: Callable[["TeamLook"], Awaitable[Found]]) -> Found:
        """Return the answer to a question that several sections have, asked for the first of them only."""
        if ask not in self.known:
            self.known[ask] = await ask(self)
        found: Found = self.known[ask]
        return found


class TellingBlock(NamedTuple):
    """A table of Slack's own, and what it tells of people."""

    block: Block
    tells: Tells


@dataclass(frozen=True)
class Told:
    """What a section tells a team: paragraphs of lines, a table, each with what it tells of people.

    `verdict` are its sentences of the first line, which is the notification too; `details` are for whoever asks for the
    arithmetic, `foot` is small below everything. The surface leaves out what may not be read. What `is_news` is worth a
    digest of a day, and what `says_something` worth a week's.
    """

    verdict: Sequence[Line] = ()
    paragraphs: Sequence[Sequence[Line]] = ()
    table: TellingBlock | None = None
    details: Sequence[Line] = ()
    foot: str = ""
    is_news: bool = False
    says_something: bool = False


Tell = Callable[[TeamLook], Awaitable[Told | None]]


@dataclass(frozen=True)
class TeamSection:
    """One feature's part of what a team is told: the lower `order` stands first.

    `act` is what reading it is; what of it a channel may read, its audience decides.
    """

    surface: Surface
    order: int
    tell: Tell
    act: Act


class Sections(Protocol):
    """What all features together have to say on surfaces, each surface's sections in their order."""

    def sections(self, surface: Surface) -> Sequence[Section]: ...
    def team_sections(self, surface: Surface) -> Sequence[TeamSection]: ...
