"""Sections: what a feature has to say on a surface. A surface knows its sections, never the features behind them."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from messages.blocks import Block, Button
from sales.people.permission import Act, may
from storage.people.member import MemberRow
from storage.people.team import TeamRow
from storage.scope import Scope


class Surface(StrEnum):
    """Where features may say something."""

    HOME = "home"  # a person's App Home
    HOME_BUTTONS = "home_buttons"  # the ways on from there
    TEAM = "team"  # the card of a team; the look's team is the one shown


@dataclass(frozen=True)
class Look:
    """A surface that is about to be shown: for whom, and on which day of theirs. `team` is the one they are in."""

    scope: Scope
    member: MemberRow
    team: TeamRow | None
    now: datetime
    today: date


@dataclass(frozen=True)
class Shown:
    """What a section has to say: blocks in order, or buttons where a surface has a row of them."""

    blocks: Sequence[Block] = ()
    buttons: Sequence[Button] = ()


Show = Callable[[Look], Awaitable[Shown | None]]


async def collected(sections: Sequence["Section"], look: Look) -> list[Shown]:
    """Return what sections have to say to a reader, in their order; those that are not for them are left out."""
    found = [await one.show(look) for one in sections if may(one.act, look.member)]
    return [shown for shown in found if shown is not None]


@dataclass(frozen=True)
class Section:
    """One feature's part of a surface: the lower `order` stands first. It is shown to whoever may do its act."""

    surface: Surface
    order: int
    show: Show
    act: Act
