"""What goes back to the person who asked. One reply per request; most of it rides in the acknowledgement."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from handlers.made_file import FileToMake
from handlers.place import Place
from messages.blocks import Message


@dataclass(frozen=True)
class Reply:
    """The answer to a request; every part is optional.

    `say` is for the person alone unless `public`; from a modal it is shown in the modal's place.
    `view` opens a modal, or replaces the submitted one; `shown` replaces the open modal whose input spoke.
    `errors` go under a modal's fields, by block id.
    `edit` replaces the message that was acted on, or after a modal the one at `edit_at`, a place as
    `handlers.place` keeps it; a form that was opened from a modal shows it in its own place. `again` shows that
    message as things stand now, with the items of these ids, whatever kind it is. `home` says that something on the
    person's App Home changed, or that they opened it: Home is published where they had it in view lately, and their
    evening prompt of today is shown anew. `asked` are the words that `say` asks about, kept for the answer in the same
    thread. `file` is made and put into the person's direct messages once all this is answered.
    """

    say: Message | None = None
    public: bool = False
    view: dict[str, Any] | None = None
    shown: dict[str, Any] | None = None
    errors: dict[str, str] = field(default_factory=dict)
    edit: Message | None = None
    edit_at: Place | None = None
    again: Sequence[int] | None = None
    home: bool = False
    asked: str = ""
    file: FileToMake | None = None


NOTHING = Reply()


def placed(message: Message, at: Place | None, *, home: bool = False) -> Reply:
    """Return a message in the place where its form was opened; where that is not known, as an answer of its own."""
    return Reply(say=message, home=home) if at is None else Reply(edit=message, edit_at=at, home=home)
