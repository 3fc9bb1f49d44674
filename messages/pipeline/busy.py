"""Much work with little to show, in words: what was done, what the team's touches bring, and where to look (19)."""

from messages.blocks import Block, Message, context, joined, message_of, section
from messages.formatting import Mrkdwn, words
from sales.language.figures import one_in
from sales.pipeline.busy import Busy
from sales.pipeline.motion import BUSY


def stop(found: Busy) -> Block:
    """Return the line of a Friday evening: the facts first, then one thing to do."""
    return section(joined(stop_lines(found)))


def stop_lines(found: Busy) -> list[Mrkdwn]:
    often = one_in(found.by_chance)
    return [words("pipeline/busy", "counted", b=found), words("pipeline/busy", "stop", b=found, often=often)]


def answer(found: Busy) -> Message:
    """Answer for what somebody's touches brought."""
    if found.is_fool:
        lines = stop_lines(found)
    else:
        enough = found.touches >= BUSY
        lines = [
            words("pipeline/busy", "counted", b=found),
            words("pipeline/busy", "fine", b=found, enough=enough),
        ]
    return message_of([section(joined(lines)), context(words("pipeline/busy", "foot", b=found))])
