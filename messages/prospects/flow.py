"""Flow against need in Slack: "12 qualified leads a week needed, 7 came", and how that comes about (mechanism 35)."""

from messages.blocks import Block, Message, context, joined, message_of, section
from messages.formatting import Mrkdwn, words
from sales.prospects.flow import Flow, Untold

NOUN = "prospects/flow"


def line(found: Flow, *, who: str = "") -> Mrkdwn:
    """Return the one line: the need and what came, or what came and why the need cannot be told."""
    record = found.record
    if found.needed is not None:
        return words(NOUN, "against", needed=found.needed, came=record.this_week, who=who)
    period = found.period.label if found.period is not None else ""
    return words(NOUN, found.untold or Untold.NO_GOAL, came=record.this_week, who=who, period=period)


def last_week(needed: int, came: int) -> Mrkdwn:
    """Return the line of a week that is over, for a digest."""
    return words(NOUN, "last_week", needed=needed, came=came)


def answer(found: Flow, *, who: str = "") -> Message:
    """Show the flow: the line, the weeks before, the leads behind it, and the arithmetic."""
    record = found.record
    lines = [line(found, who=who)]
    if any(record.before):
        lines.append(words(NOUN, "before", weeks=record.before, needed=found.needed))
    if record.quality.is_enough:
        quality = record.quality
        lines.append(
            words(
                NOUN,
                "quality",
                qualified=quality.went_on,
                decided=quality.decided,
                to_come=found.to_come,
                came=record.came,
            )
        )
    else:
        lines.append(words(NOUN, "came", came=record.came))
    blocks: list[Block] = [section(joined(lines))]
    if why := found.why():
        blocks.append(context(words(NOUN, "why", lines=why)))
    return message_of(blocks)
