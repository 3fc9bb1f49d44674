"""Win posts in words: who won what, as far as the team shows it; several together."""

from collections.abc import Sequence

from messages.blocks import Message, joined, message_of
from messages.formatting import words
from messages.pipeline.win import total
from sales.language.figures import money
from sales.pipeline.opportunity import Win, by_currency

MOST_LINES = 5


def win_post(wins: Sequence[Win], *, named: bool, amounts: bool) -> Message:
    """Say what was won: one deal in a line, several in one sum with the first few by name."""
    if not wins:
        said = words("pipeline/win_post", "taken_back")
        return message_of(said)
    if len(wins) == 1:
        said = words("pipeline/win_post", "one", win=wins[0], value=value(wins[0], amounts), named=named)
        return message_of(said)
    said = words(
        "pipeline/win_post",
        "several",
        count=len(wins),
        total=total(by_currency(wins)) if amounts else "",
    )
    lines = [
        words("pipeline/win_post", "line", win=one, value=value(one, amounts))
        for one in (wins[:MOST_LINES] if named else ())
    ]
    if named and len(wins) > MOST_LINES:
        lines.append(words("pipeline/win_post", "more", count=len(wins) - MOST_LINES))
    return message_of(joined([said, *lines]))


def value(win: Win, amounts: bool) -> str:
    return money(win.value_minor, win.currency) if amounts else ""
