"""Plain words in the bot's direct messages, and the command each means; features say which there are."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from sales.language.typed_text import clean
from sales.refusal import Refusal


class Saying(NamedTuple):
    """A way of saying a command: `text` is what follows the command's name, from the pattern's groups."""

    pattern: re.Pattern[str]
    command: str
    text: str


def plain_command(text: str, sayings: Iterable[Saying]) -> tuple[str, str] | None:
    """Return the command a direct message means and the text that follows its name, or None for none.

    "logged 5 calls" is ("log", "5 calls"). Lists have an empty text. Text too long for any command is none.
    """
    try:
        line = clean(text)
    except Refusal:
        return None
    for saying in sayings:
        match = saying.pattern.fullmatch(line)
        if match:
            command = match.expand(saying.command).lower()
            return command, match.expand(saying.text).strip()
    return None
