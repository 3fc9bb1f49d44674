"""Recognition in words: one thing worth copying."""

from messages.formatting import Mrkdwn, words
from sales.coaching.recognition import Behaviour, Recognition

RECOGNISED = {Behaviour.KEPT_ALL: "kept_all", Behaviour.NEXT_STEPS: "next_steps"}


def line(found: Recognition) -> Mrkdwn:
    """Return who did what that is worth copying."""
    return words("coaching/recognition", RECOGNISED[found.behaviour], recognition=found)
