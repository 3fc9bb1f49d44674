"""Practice of a day: which cards come, in which order, and what was done of them (68, 70, 73).

At most six cards a day, which take about three minutes; at most ten new ones a week. What is due comes first, the one
that waits longest before the others, so that a month away is caught up on six at a time. Which new cards come says
`focus`.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple

from sales.coaching.drill.card import Deck, StoredCard
from sales.coaching.drill.focus import ORDER, Focus, new_cards
from sales.coaching.drill.memory import Memory, comes_on, retention
from sales.language.dates.weekday import monday_of
from sales.people.calendar import WorkCalendar

MOST_A_DAY = 6
NEW_A_WEEK = 10


@dataclass(frozen=True)
class Practice:
    """A rep's cards on a day: what is known of each, and which were answered today.

    `learned` is how many came in for the first time in this week.
    """

    cards: Sequence[StoredCard]
    memories: Mapping[str, Memory]
    today: date
    calendar: WorkCalendar = field(default_factory=WorkCalendar)
    done: Collection[str] = ()
    learned: int = 0
    focus: Sequence[Focus] = ()

    @property
    def left(self) -> int:
        """Return how many more cards this day holds."""
        return max(0, MOST_A_DAY - len(self.done))

    @property
    def queue(self) -> list[StoredCard]:
        """Return the cards that come today, in order; none that was answered today already."""
        return [*self.due, *self.new][: self.left]

    @property
    def due(self) -> list[StoredCard]:
        """Return the cards that are due, the one that waits longest first."""
        found = [
            one
            for one in self.cards
            if one.key in self.memories and one.key not in self.done and self.is_due(one)
        ]
        return sorted(found, key=lambda one: (self.due_on(one), one.key))

    def is_due(self, card: StoredCard) -> bool:
        """Say whether a card that was learned is due; a day off moves that to the next working day."""
        return comes_on(self.due_on(card), self.calendar) <= self.today

    def due_on(self, card: StoredCard) -> date:
        """Return from which day on a card that was learned is due: at once where it says something else by now (69)."""
        memory = self.memories[card.key]
        return memory.reviewed_on if changed_since(card, memory) else memory.due_on

    @property
    def new(self) -> list[StoredCard]:
        """Return the cards that may come in, in order: no more than this week and this day hold."""
        most = min(NEW_A_WEEK - self.learned, self.left)
        unseen = (one for one in self.cards if one.key not in self.memories and one.key not in self.done)
        learned = Counter(one.deck for one in self.cards if one.key in self.memories)
        return new_cards(unseen, self.focus, learned, self.learned, most)

    def focus_of(self, card: StoredCard) -> Focus | None:
        """Return what of a rep's work asks for a card; None for one that comes in its turn."""
        return next((focus for focus in self.focus if focus.fits(card)), None)

    @property
    def next_on(self) -> date | None:
        """Return the next working day with a card; None where there is none at all.

        What is due and over the cap waits for the next working day, and so do new cards.
        """
        calendar, tomorrow = self.calendar, self.calendar.next_working_day(self.today)
        known = [one for one in self.cards if one.key in self.memories]
        days = [max(comes_on(self.due_on(one), calendar), tomorrow) for one in known]
        if any(one.key not in self.memories for one in self.cards):
            room = self.learned < NEW_A_WEEK
            monday = monday_of(self.today) + timedelta(weeks=1)
            first = tomorrow if room or tomorrow >= monday else monday
            days.append(first if calendar.is_working(first) else calendar.next_working_day(first))
        return min(days, default=None)


class DeckStanding(NamedTuple):
    """What a rep knows of a deck: how many cards it has, how many were learned, and how much is remembered today.

    `retention` is the mean chance of recalling one of the learned cards, from 0 to 1; None where none was learned.
    """

    deck: Deck
    cards: int
    learned: int
    retention: float | None


def standings(cards: Iterable[StoredCard], memories: Mapping[str, Memory], today: date) -> list[DeckStanding]:
    """Return what a rep knows of each deck that has cards, the weakest first; those not begun come last (70)."""
    by_deck: dict[Deck, list[StoredCard]] = {}
    for card in cards:
        by_deck.setdefault(card.deck, []).append(card)
    found = [standing_of(deck, held, memories, today) for deck, held in by_deck.items()]
    return sorted(found, key=lambda one: (one.retention is None, one.retention or 0.0, ORDER[one.deck]))


def standing_of(
    deck: Deck, cards: Sequence[StoredCard], memories: Mapping[str, Memory], today: date
) -> DeckStanding:
    """Return what a rep knows of one deck."""
    known = [retention(memories[one.key], today) for one in cards if one.key in memories]
    mean = sum(known) / len(known) if known else None
    return DeckStanding(deck, len(cards), len(known), mean)


def days_in_a_row(days: Collection[date], calendar: WorkCalendar, today: date) -> int:
    """Return on how many working days in a row, up to today, somebody practised; today counts once it is done."""
    day = today if today in days else calendar.shift(today, -1)
    count = 0
    while day in days:
        count += 1
        day = calendar.shift(day, -1)
    return count


def changed_since(card: StoredCard, memory: Memory | None) -> bool:
    """Say whether a card says something else than when somebody answered it last (69)."""
    return memory is not None and bool(memory.fingerprint) and memory.fingerprint != card.fingerprint
