"""What every team's decks begin with: 40 cards of ours, each a moment, what a good rep says in it, and why (70).

None of them is about one product, and figures in them are examples that a team puts its own in place of. Two of them
never train the same thing.
"""

from collections.abc import Collection, Iterable
from functools import cache

from sales.coaching.drill.card import DrillCard, StoredCard
from sales.coaching.drill.starters import negotiation, objections, product, technique

STARTERS: tuple[DrillCard, ...] = (
    *product.CARDS,
    *technique.CARDS,
    *objections.CARDS,
    *negotiation.CARDS,
)


@cache
def stored_starters() -> tuple[StoredCard, ...]:
    """Return the cards of ours as they stand where a team changed none."""
    return tuple(StoredCard.model_validate(one.model_dump()) for one in STARTERS)


def with_starters(cards: Iterable[StoredCard], gone: Collection[str]) -> list[StoredCard]:
    """Return a team's own cards, and those of ours that it neither changed nor took away."""
    own = list(cards)
    hidden = {*gone, *(one.starter for one in own if one.starter)}
    return [*own, *(one for one in stored_starters() if one.starter not in hidden)]


def starter_called(name: str) -> DrillCard | None:
    """Return a card of ours by its name; None for a name that none has."""
    return next((one for one in STARTERS if one.starter == name), None)
