"""Chances in words, where a target is set and where its arithmetic is asked for."""

from messages.formatting import Mrkdwn, words
from sales.goals.progress import TargetProgress


def reach(standing: TargetProgress) -> Mrkdwn | str:
    """Return the chance with how far the target reaches (mechanism 2); empty where there is no figure.

    That word is for targets that are being set: a goal that runs has its status.
    """
    return _said("reach", standing)


def p_hit(standing: TargetProgress) -> Mrkdwn | str:
    """Return the chance by the name it has in `/why` and in the docs; empty where there is no figure."""
    return _said("p_hit", standing)


def figure(standing: TargetProgress) -> str:
    """Return the chance as people read it; empty where there is no figure, nothing open, or its start is not known."""
    chance = standing.chance
    if chance is None or chance.is_settled or standing.asks_start:
        return ""
    return chance.forecast.figure


def _said(text: str, standing: TargetProgress) -> Mrkdwn | str:
    return words("goals/forecast", text, c=standing.chance) if figure(standing) else ""
