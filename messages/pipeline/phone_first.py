"""Phone first in words: who got only e-mails, the phone's share beside its aim, and what each channel led to."""

from collections.abc import Sequence

from messages.blocks import Block, Message, context, joined, message_of, section
from messages.formatting import Mrkdwn, words
from sales.followups.channel import TouchChannel
from sales.language.figures import listed, one_in
from sales.language.typed_text import shorten
from sales.pipeline.phone_first import LEAST_TOUCHES, PHONE_TARGET, OnlyMailed, PhoneShare, Yields

NAMED = 3
NAME_LENGTH = 60
NOUNS = {
    TouchChannel.PHONE: "Calls",
    TouchChannel.MEETING: "Meetings",
    TouchChannel.VISIT: "Visits",
    TouchChannel.MESSAGE: "Messages",
    TouchChannel.EMAIL: "E-mails",
}


def home_line(found: Sequence[OnlyMailed]) -> Block:
    """Return who got only e-mails, for App Home."""
    return context(mailed_line(found))


def mailed_line(found: Sequence[OnlyMailed]) -> Mrkdwn:
    names = [shorten(one.name, NAME_LENGTH) for one in found]
    named = listed(names[:NAMED]) if len(names) <= NAMED else listed([*names[:NAMED], more(len(names))])
    return words("pipeline/phone_first", "only_mailed", count=len(found), names=named)


def more(count: int) -> str:
    return f"{count - NAMED} more"


def channels(
    mailed: Sequence[OnlyMailed], share: PhoneShare, found: Yields, more: Sequence[Block] = ()
) -> Message:
    """Answer for somebody's channels: who to call, how much of their work the phone is, and what each led to.

    `more` is what features have to say beside it.
    """
    blocks: list[Block] = [section(mailed_line(mailed))] if mailed else []
    blocks += more
    if share.touches:
        blocks.append(section(words("pipeline/phone_first", "share", found=share, target=PHONE_TARGET)))
    else:
        blocks.append(section(words("pipeline/phone_first", "no_share")))
    blocks.append(section(joined([words("pipeline/phone_first", "heading"), *yield_lines(found)])))
    blocks.append(context(words("pipeline/phone_first", "foot")))
    return message_of(blocks)


def yield_lines(found: Yields) -> list[Mrkdwn]:
    """Return what each channel led to, and whether they can be told apart."""
    if not found.found and not found.too_few:
        return [words("pipeline/phone_first", "too_few", least=LEAST_TOUCHES)]
    lines = [
        words(
            "pipeline/phone_first",
            "channel",
            one=one,
            noun=NOUNS[one.channel],
            low=one.interval[0],
            high=one.interval[1],
        )
        for one in found.found
    ]
    lines += [
        words("pipeline/phone_first", "few", noun=NOUNS[channel], count=count, least=LEAST_TOUCHES)
        for channel, count in found.too_few.items()
    ]
    if len(found.found) > 1:
        often = one_in(found.p_value)
        lines.append(
            words("pipeline/phone_first", "differ")
            if found.differ
            else words("pipeline/phone_first", "alike", often=often)
        )
    return lines
