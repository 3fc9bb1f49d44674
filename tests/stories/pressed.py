"""Buttons to be pressed twice: how each comes onto somebody's screen, and what one click of it leaves."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from tests.double import at_once, click_on
from tests.story_workspace import StoryWorkspace

HERE = "Europe/Ljubljana"
UNDO = {"undo": 1}
LOGGED = {"access_log": 1}  # whose record was read or changed, once a reader, person and day

Arrange = Callable[[StoryWorkspace], Awaitable[None]]


@dataclass(frozen=True)
class Button:
    """A button, how it comes onto somebody's screen, and by how many rows one click makes the tables grow."""

    action: str
    arrange: Arrange
    grows: dict[str, int] = field(default_factory=dict)
    who: str = "ana"
    option: str = ""
    value: str = ""
    menu: str = ""  # behind whose three dots it is chosen, by `option`


def says(*lines: str, who: str = "ana", channel: str = "sales") -> Arrange:
    async def arrange(town: StoryWorkspace) -> None:
        for line in lines:
            await town.person(who).says(line, channel=channel or None)

    return arrange


def then(*steps: Arrange) -> Arrange:
    async def arrange(town: StoryWorkspace) -> None:
        for step in steps:
            await step(town)

    return arrange


def clicks(action: str, who: str = "ana", **which: str) -> Arrange:
    async def arrange(town: StoryWorkspace) -> None:
        await at_once(town, click_on(town, town.person(who), action, **which))

    return arrange


def jumps(to: str) -> Arrange:
    async def arrange(town: StoryWorkspace) -> None:
        await town.jump(to, HERE)

    return arrange


def opens_home(who: str) -> Arrange:
    async def arrange(town: StoryWorkspace) -> None:
        await town.person(who).opens_home()

    return arrange


def knows(who: str) -> Arrange:
    async def arrange(town: StoryWorkspace) -> None:
        await town.known(who)

    return arrange
