"""Which deal something is for: said where it is sure, asked with a button each where several fit."""

from collections.abc import Sequence
from typing import Protocol

from messages.elements import Element, button
from messages.formatting import Mrkdwn, words
from sales.language.typed_text import shorten

MOST = 4  # deals to choose from in one row
NAME_LENGTH = 40  # of a name that other deals have too, so that there is room for what tells them apart


class ChosenDeal(Protocol):
    """A deal as it is offered."""

    @property
    def id(self) -> int: ...
    @property
    def name(self) -> str: ...
    @property
    def worth(self) -> str: ...
    @property
    def since(self) -> str: ...


def belongs(deal: ChosenDeal) -> Mrkdwn:
    """Say which deal something is for."""
    return words("followups/belonging", "belongs", deal=deal)


def question(deals: Sequence[ChosenDeal]) -> Mrkdwn:
    """Ask which of several deals something is for."""
    return words("followups/belonging", "question", more=max(0, len(deals) - MOST))


def choices(action: str, deals: Sequence[ChosenDeal], about: str) -> list[Element]:
    """Return a button for each deal, and one for none; `about` says what is to belong to it."""
    offered = [
        button(label, f"{action}:{deal.id}", f"{deal.id}|{about}")
        for deal, label in zip(deals[:MOST], labels(deals[:MOST]), strict=True)
    ]
    return [*offered, button("None of these", f"{action}:0", f"0|{about}")]


def labels(deals: Sequence[ChosenDeal]) -> list[str]:
    """Return what some deals are called where several may be meant: those of one name say their worth and age."""
    names = [deal.name for deal in deals]
    if len(set(names)) == len(names):
        return names
    return [
        " · ".join(filter(None, (shorten(deal.name, NAME_LENGTH), deal.worth, deal.since)))
        if names.count(deal.name) > 1
        else deal.name
        for deal in deals
    ]


def read_choice(carried: str) -> tuple[int, str]:
    """Return which deal was chosen, 0 for none, and what is to belong to it."""
    deal_id, _, about = carried.partition("|")
    return int(deal_id), about
