"""The welcome: what comes when, how it stops, and one question; no longer than a phone shows."""

from collections.abc import Sequence
from dataclasses import dataclass

from messages.blocks import Block, Message, actions, message_of, section
from messages.elements import Element
from messages.formatting import words

Way = Element  # on from here: a button
SET_GOAL = "Set my goal"
OFF_SWITCH = "Change what comes"


@dataclass(frozen=True)
class Welcome:
    """What the first words depend on. `evening` and `digest` are times of day in words, empty where there is none.

    `by` is who put them into the team, and `cap` how many messages a day come at most.
    """

    name: str
    team: str
    is_rep: bool
    is_manager: bool
    may_set_up: bool
    is_first: bool = False
    evening: str = ""
    digest: str = ""
    by: str = ""
    cap: int = 0
    has_goal: bool = False


def welcome(hello: Welcome, question: str, ways: Sequence[Element] = ()) -> Message:
    """Say hello once: what will come, what never will, the one question, and its answer as the first button.

    Where no `question` is given it is ours: a rep's number, or whether anybody is missing.
    """
    asked = question or words("surfaces/welcome", "question", hello=hello)
    blocks: list[Block] = [section(words("surfaces/welcome", "welcome", hello=hello))]
    if asked and hello.team:
        blocks.append(section(words("surfaces/welcome", "asked", question=asked)))
    blocks += [actions(*ways)] if ways else []
    return message_of(blocks)


def why_opened() -> str:
    return words("surfaces/welcome", "why_opened")


def why_joined(team: str) -> str:
    return words("surfaces/welcome", "why_joined", team=team)
