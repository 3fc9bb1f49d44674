"""Pauses and off switches: what is held back, and the way back."""

from collections.abc import Collection, Sequence
from datetime import date

from messages.blocks import Block, Message, field_input, joined, message_of, section
from messages.elements import button, checkboxes, date_picker, option
from messages.formatting import Mrkdwn, words
from sales.nudges.kind import NudgeKind, Topic

RESUME = "nudging.resume"
PAUSE_UNTIL = "pause_until"
WANTED = "wanted"  # and the topic of the boxes behind it, from its eleventh box on with a number
MOST_BOXES = 10  # of one group; Slack's own limit


def paused(until: str) -> Message:
    """Say until when nothing comes, with the way back."""
    text = words("nudges/pause", "paused", until=until)
    return message_of([section(text, button("Resume", RESUME))])


def resumed(*, was_paused: bool, off: Sequence[NudgeKind]) -> Message:
    """Say that messages come again, and what stays switched off all the same."""
    lines = [words("nudges/pause", "resumed", was=was_paused)]
    lines += [words("nudges/pause", "resumed_mutes", kinds=off)] if off else []
    return message_of(joined(lines))


def switched_off(kind: NudgeKind) -> Message:
    """Say that a kind does not come any more."""
    return message_of(words("nudges/pause", "switched_off", kind=kind))


def home_line(until: str, off: Sequence[NudgeKind]) -> list[Block]:
    """One quiet line for App Home; none while everything comes."""
    if not until and not off:
        return []
    text = words("nudges/pause", "home", paused=until, kinds=off)
    way = button("Resume", RESUME) if until else None
    return [section(text, way)]


def fields(kinds: Sequence[NudgeKind], off: Collection[str], until: date | None) -> list[Block]:
    """The part of a person's own settings that says what may come, and from when on."""
    found: list[Block] = [section(words("nudges/pause", "what_may_come"))] if kinds else []
    found += [block for topic in Topic for block in _boxes(topic, kinds, off)]
    picker = date_picker(PAUSE_UNTIL, str(until) if until else None)
    hint = words("nudges/pause", "pause_hint")
    found.append(field_input("Pause my messages until", picker, PAUSE_UNTIL, hint=hint, optional=True))
    return found


def _boxes(topic: Topic, kinds: Sequence[NudgeKind], off: Collection[str]) -> list[Block]:
    """The kinds of one topic, ten under a label at most; nothing where somebody may get none of them."""
    found, there = [], sorted((kind for kind in kinds if kind.topic is topic), key=lambda kind: kind.order)
    for start in range(0, len(there), MOST_BOXES):
        some = there[start : start + MOST_BOXES]
        boxes = [option(kind.name, kind.key, kind.about) for kind in some]
        on = [box for box, kind in zip(boxes, some, strict=True) if kind.key not in off]
        name = f"{WANTED}_{topic}{start or ''}"
        group = checkboxes(name, boxes, initial_options=on or None)
        label = words("nudges/pause", "topic", topic=topic.value, more=start > 0)
        found.append(field_input(label, group, name, optional=True))
    return found


def kept(until: str, off: Sequence[NudgeKind]) -> Mrkdwn:
    """Say what is paused or switched off; empty while everything comes."""
    return words("nudges/pause", "home", paused=until, kinds=off)
