"""What goes out as a file: that it comes, what is in it, and what is in the way."""

from collections.abc import Sequence

from messages.blocks import Message, message_of
from messages.formatting import Mrkdwn, words


def began(*, everybody: bool) -> Message:
    """Say that the file is being made."""
    return message_of(words("imports/export", "began", everybody=everybody))


def given(*, everybody: bool, tables: int, rows: int, others: Sequence[str]) -> Mrkdwn:
    """Return what stands above the file; `others` are the tables that go to their owners alone."""
    return words("imports/export", "given", everybody=everybody, tables=tables, rows=rows, others=others)


def not_let(*, mends: bool) -> Mrkdwn:
    """Say that Slack does not let us put files into messages, and the mend, to whoever `mends` it or to others."""
    return words("imports/export", "not_let", mends=mends)


def not_sent() -> Message:
    """Say that Slack did not take the file."""
    return message_of(words("imports/export", "not_sent"))


def no_room() -> Message:
    """Say that the file could not be written where we run."""
    return message_of(words("imports/export", "no_room"))
