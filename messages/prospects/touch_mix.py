"""Warm and cold in words: what share of the touches is which, and what each brought per hundred."""

from messages.blocks import Block, Message, context, joined, message_of, section
from messages.formatting import Mrkdwn, words
from sales.language.figures import one_in
from sales.prospects.touch_mix import LEAST_TOUCHES, MixVerdict, TouchMix, TouchSide

NOUN = "prospects/touch_mix"


def answer(mix: TouchMix, name: str = "") -> Message:
    """Answer for somebody's warm and cold touches: the verdict first, then both sides."""
    if mix.verdict is MixVerdict.NOTHING:
        return message_of([section(words(NOUN, "nothing", mix=mix)), context(words(NOUN, "foot", name=name))])
    lines = [line_of(mix, TouchSide.WARM), line_of(mix, TouchSide.COLD)]
    blocks: list[Block] = [section(joined([verdict(mix), *lines])), context(words(NOUN, "foot", name=name))]
    return message_of(blocks)


def verdict(mix: TouchMix) -> Mrkdwn:
    """Return in a line what the figures allow to say, and what they do not."""
    return words(
        NOUN,
        mix.verdict.value,
        mix=mix,
        often=one_in(mix.p_value),
        least=LEAST_TOUCHES,
        move=mix.is_mostly_cold,
    )


def line_of(mix: TouchMix, side: TouchSide) -> Mrkdwn:
    """Return one side: touches, their share, deals, and the yield where there are enough."""
    of_it = mix.warm if side is TouchSide.WARM else mix.cold
    return words(NOUN, "side", noun=side.value.capitalize(), one=of_it, share=mix.share(side))


def in_review(mix: TouchMix) -> Block:
    """Say in a month's review that most effort goes where it pays less."""
    return section(verdict(mix))
