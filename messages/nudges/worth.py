"""What messages are worth in words: the two answers beside why one came, and the page with the rate of each kind."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from messages.blocks import Block, Message, actions, context, message_of, section
from messages.elements import button
from messages.formatting import Mrkdwn, words
from sales.nudges.kind import NudgeKind
from sales.nudges.worth import LEAST_PEOPLE, KindWorth, TeamSwitch

USEFUL, USELESS = "worth.useful", "worth.useless"
OFF, ON = "worth.off", "worth.on"
NOUN = "nudges/worth"


class WorthShown(NamedTuple):
    """The rates of a team's kinds, and which were switched off; `manages` whoever may switch."""

    team: str
    team_id: int
    worths: Sequence[KindWorth]
    off: Mapping[str, TeamSwitch]
    kinds: Mapping[str, NudgeKind]
    manages: bool

    def name(self, kind: str) -> str:
        found = self.kinds.get(kind)
        return found.name if found is not None else kind.replace("_", " ")

    def may_go(self, worth: KindWorth) -> bool:
        """Say whether a kind offers to be switched off to whoever reads this."""
        found = self.kinds.get(worth.kind)
        return self.manages and worth.offers_to_go and found is not None and found.mutable


def answers(delivery_id: str) -> Block:
    """Return the two answers to whether a message was useful."""
    return actions(button("Useful", USEFUL, delivery_id), button("Not useful", USELESS, delivery_id))


def thanks(*, useful: bool) -> Message:
    """Say that it was noted."""
    return message_of(words(NOUN, "thanks", useful=useful))


def page(shown: WorthShown, note: Mrkdwn | str = "") -> Message:
    """Show the rate of each kind; to whoever leads the team with what can be switched."""
    blocks: list[Block] = [section(note)] if note else []
    blocks.append(section(words(NOUN, "heading", team=shown.team)))
    judged = [one for one in shown.worths if one.kind not in shown.off]
    if not judged and not shown.off:
        blocks.append(section(words(NOUN, "nothing")))
    blocks += [rate(one, shown) for one in judged]
    for kind, switch in shown.off.items():
        way = button("Switch on", f"{ON}:{kind}", f"{shown.team_id}:{kind}") if shown.manages else None
        blocks.append(section(words(NOUN, "off", name=shown.name(kind), on=switch.on), way))
    return message_of([*blocks, context(words(NOUN, "foot"))])


def rate(worth: KindWorth, shown: WorthShown) -> Block:
    """Return the line of a kind, with the way to switch it off where the team does without it."""
    name = shown.name(worth.kind)
    if shown.may_go(worth):
        value = f"{shown.team_id}:{worth.kind}"
        way = button("Switch off for the team", f"{OFF}:{worth.kind}", value)
        return section(words(NOUN, "useless", name=name, worth=worth), way)
    return section(words(NOUN, "rate", name=name, worth=worth, least=LEAST_PEOPLE))


def was_switched(name: str, count: int, *, on: bool) -> Mrkdwn:
    """Say for how many a kind was switched."""
    return words(NOUN, "was_on" if on else "was_off", name=name, count=count)
