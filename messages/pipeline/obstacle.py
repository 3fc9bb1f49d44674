"""Obstacles of a deal on its card, each with who sees to it and by when, and the form that names one."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from messages.blocks import Block, context, field_input, modal_of, section
from messages.elements import Element, button, date_picker, user_select, worded_input
from messages.formatting import Mrkdwn, words
from sales.pipeline.obstacle import DealObstacle, StoredObstacle
from sales.pipeline.opportunity import MAX_WORDS, StoredOpportunity

OPEN = "obstacle.open"
CLEAR = "obstacle.clear"
SAVE = "obstacle.save"  # the form's callback
WHAT, OWNER, DUE = "what", "owner", "due"
MOST_SHOWN = 3  # on a card


def lines(obstacles: Sequence[StoredObstacle], owners: Mapping[str, str], today: date) -> list[Block]:
    """Say what could stop a deal, one line each with the way to be rid of it; `owners` are people's names, "you"."""
    blocks: list[Block] = [
        section(
            line(one, owners.get(one.owner_id, ""), today),
            button("Out of the way", f"{CLEAR}:{one.id}", str(one.id)),
        )
        for one in obstacles[:MOST_SHOWN]
    ]
    if len(obstacles) > MOST_SHOWN:
        blocks.append(context(words("pipeline/obstacle", "more", count=len(obstacles) - MOST_SHOWN)))
    return blocks


def line(one: DealObstacle, owner: str, today: date) -> Mrkdwn:
    return words(
        "pipeline/obstacle", "line", one=one, owner=owner, today=today, is_overdue=one.is_overdue(today)
    )


def way(deal: StoredOpportunity) -> Element:
    return button("Obstacle…", f"{OPEN}:{deal.id}", str(deal.id))


def form(owner_id: str, private: str) -> dict[str, Any]:
    """Ask what could stop a deal, who sees to it and by when."""
    return modal_of(
        "Obstacle",
        [
            field_input(
                "What could stop it?",
                worded_input("", MAX_WORDS, "Legal wants our insurance papers", long=True),
                WHAT,
            ),
            field_input("By when is it out of the way?", date_picker("chosen"), DUE, optional=True),
            field_input("Who sees to it?", user_select("chosen", owner_id), OWNER),
        ],
        callback_id=SAVE,
        submit="Save",
        private=private,
    )


def named(one: DealObstacle) -> Mrkdwn:
    return words("pipeline/obstacle", "named", one=one)


def cleared(one: DealObstacle) -> Mrkdwn:
    return words("pipeline/obstacle", "cleared", one=one)
