"""Files that a handler has made for whoever asked: made after its unit of work, while nobody waits for it."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from messages.blocks import Message
from storage.scope import Scope


@dataclass(frozen=True)
class MadeFile:
    """A file to put into somebody's direct messages, with `more` in the same message, and what stands above it."""

    path: Path
    said: str
    more: Sequence[Path] = ()


@dataclass(frozen=True)
class FileToMake:
    """How a file is made, in a read and in a folder of its own; and what is said where there is no way to send it.

    Whoever reads `not_let` is told the mend where Slack does not let us put files into messages.
    """

    make: Callable[[Scope, Path], Awaitable[MadeFile]]
    not_let: Message
    not_sent: Message
    no_room: Message
