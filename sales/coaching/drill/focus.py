"""Focus: what a rep's own work asks to be practised, and which new cards come for it (68, 70, 73).

Every other new card is one of what is weakest. Those between are what a person wrote, the team's own and one's own, so
that none of it waits for weeks; then, one after the other, what else the work asks for and each deck in its turn.
"""

import re
from collections import Counter, deque
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from sales.coaching.drill.card import Deck, StoredCard

ORDER = {deck: place for place, deck in enumerate(Deck)}
NOT_ASKED_FOR = 1_000  # behind every focus


class Focus(NamedTuple):
    """What a rep's own work asks for: cards of a deck, or of any, whose situation has some words, and why.

    `why` is told to the rep.
    """

    deck: Deck | None
    why: str
    words: re.Pattern[str] | None = None

    def fits(self, card: StoredCard) -> bool:
        """Say whether a card trains it."""
        if self.deck is not None and card.deck is not self.deck:
            return False
        return self.words is None or self.words.search(card.question) is not None


class Lot(NamedTuple):
    """Cards of one deck that are alike for the choice: asked for by the same focus, and from the same hands.

    `rank` is the place of the focus that asks for them.
    """

    deck: Deck
    rank: int
    is_written: bool  # by somebody of the team, and not one of ours that stands as it came


def new_cards(
    unseen: Iterable[StoredCard], focuses: Sequence[Focus], learned: Mapping[Deck, int], place: int, most: int
) -> list[StoredCard]:
    """Return which cards come in next, at most so many; `place` is how many came in this week, `learned` in all.

    It chooses one after the other, so that what is left of a day stays as it was when a card of it was answered.
    """
    lots: dict[Lot, deque[StoredCard]] = {}
    for card in unseen:
        lots.setdefault(lot_of(card, focuses), deque()).append(card)
    counts, chosen = Counter(learned), list[StoredCard]()
    while lots and len(chosen) < most:
        lot = next_lot(lots, counts, place + len(chosen))
        chosen.append(lots[lot].popleft())
        counts[lot.deck] += 1
        if not lots[lot]:
            del lots[lot]
    return chosen


def lot_of(card: StoredCard, focuses: Sequence[Focus]) -> Lot:
    rank = next((place for place, one in enumerate(focuses) if one.fits(card)), NOT_ASKED_FOR)
    return Lot(card.deck, rank, bool(card.id) or not card.starter)


def next_lot(lots: Iterable[Lot], counts: Counter[Deck], place: int) -> Lot:
    """Return from which cards the next new one comes; a deck of which many were learned waits for the others."""
    weakest = min(lot.rank for lot in lots)
    is_weakest = place % 2 == 0 and weakest != NOT_ASKED_FOR
    also_asked = place % 4 == 1

    def turn(lot: Lot) -> tuple[int, ...]:
        leads = lot.rank == weakest != NOT_ASKED_FOR
        asked_for = lot.rank != NOT_ASKED_FOR and (lot.is_written or also_asked)
        return (
            leads != is_weakest,
            not lot.is_written,
            not asked_for,
            counts[lot.deck],
            lot.rank,
            ORDER[lot.deck],
        )

    return min(lots, key=turn)
