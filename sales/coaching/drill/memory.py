"""Memory: when a card comes back, by the FSRS model of forgetting (68; `docs/practice.md`).

The scheduler is the library's, with its default weights, a retention of .9 to aim at, no learning steps, no fuzz and
at most half a year between two times. It reckons in whole days of the rep's own calendar.
"""

from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import cache

from fsrs import Card, Rating, Scheduler, State
from sqlmodel import Field, SQLModel

from sales.people.calendar import WorkCalendar

MOST_DAYS = 180
NOON = time(12, 0)  # of each day, in UTC: what counts is how many days lie between two times


class Recall(StrEnum):
    """How well somebody recalled an answer before they saw it."""

    AGAIN = "again"
    HARD = "hard"
    GOOD = "good"
    EASY = "easy"


RATINGS = {
    Recall.AGAIN: Rating.Again,
    Recall.HARD: Rating.Hard,
    Recall.GOOD: Rating.Good,
    Recall.EASY: Rating.Easy,
}


class Memory(SQLModel):
    """How well somebody remembers a card: `stability` is in days until 90 % is left, `difficulty` from 1 to 10.

    `times` is how often they recalled it, `lapses` how often they could not; it is due again on `due_on`, a plain day.
    """

    stability: float = Field(gt=0)
    difficulty: float = Field(ge=1, le=10)
    first_on: date
    reviewed_on: date
    due_on: date
    times: int = 1
    lapses: int = 0
    fingerprint: str = Field(default="", max_length=12)  # of the card as it was answered last


@cache
def scheduler() -> Scheduler:
    """Return the one scheduler of all cards."""
    return Scheduler(learning_steps=(), relearning_steps=(), maximum_interval=MOST_DAYS, enable_fuzzing=False)


def recalled(memory: Memory | None, recall: Recall, on: date, fingerprint: str = "") -> Memory:
    """Return what somebody remembers of a card after they recalled it on a day; `memory` is None the first time.

    A day before the last time, as after a clock was set back, counts as that day.
    """
    day = on if memory is None else max(on, memory.reviewed_on)
    card, _ = scheduler().review_card(as_card(memory, day), RATINGS[recall], review_datetime=at_noon(day))
    assert card.stability is not None
    assert card.difficulty is not None
    lapsed = recall is Recall.AGAIN and memory is not None
    return Memory(
        stability=card.stability,
        difficulty=card.difficulty,
        first_on=memory.first_on if memory is not None else day,
        reviewed_on=day,
        due_on=max(card.due.date(), day + timedelta(days=1)),
        times=memory.times + 1 if memory is not None else 1,
        lapses=(memory.lapses if memory is not None else 0) + lapsed,
        fingerprint=fingerprint,
    )


def retention(memory: Memory, today: date) -> float:
    """Return how likely somebody recalls a card today, from 0 to 1."""
    return scheduler().get_card_retrievability(
        as_card(memory, today), at_noon(max(today, memory.reviewed_on))
    )


def as_card(memory: Memory | None, day: date) -> Card:
    if memory is None:
        return Card(card_id=1, due=at_noon(day))
    return Card(
        card_id=1,
        state=State.Review,
        stability=memory.stability,
        difficulty=memory.difficulty,
        due=at_noon(memory.due_on),
        last_review=at_noon(memory.reviewed_on),
    )


def at_noon(day: date) -> datetime:
    return datetime.combine(day, NOON, UTC)


def comes_on(due_on: date, calendar: WorkCalendar) -> date:
    """Return the working day on which a card is due, on its rep's own calendar: leave and holidays move it on."""
    return due_on if calendar.is_working(due_on) else calendar.next_working_day(due_on)
