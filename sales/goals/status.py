"""Status: where a goal stands, in one word and in working days of its plan; the one rule for every surface.

The word follows the chance where there is one, else the projection, which says the same as the days. So "on pace"
never stands beside a chance of 1%. A period that has hardly begun is nobody's failure.
"""

from enum import StrEnum
from typing import NamedTuple

from sales.goals.forecast.reach import HARD_BELOW, STRETCH_BELOW
from sales.goals.pace import Pace
from sales.language.figures import whole_percent

BEGUN_FROM = 0.1  # of the working days over; before that a result says nothing


class StatusWord(StrEnum):
    """Where somebody stands, in a word that blames nobody."""

    NOT_STARTED = "not started"
    START_ASKED = "start asked"  # nobody said yet what was won before the goal was set
    JUST_BEGUN = "just begun"
    AHEAD = "ahead"
    ON_PACE = "on pace"
    BEHIND = "behind"
    REACHED = "reached"
    ENDED = "ended"  # the period is over and the target was not reached


BY_CHANCE = frozenset({StatusWord.AHEAD, StatusWord.ON_PACE, StatusWord.BEHIND})


class Status(NamedTuple):
    """Where a goal stands. `days` is whole working days of its plan ahead of today, below 0 behind it."""

    word: StatusWord
    days: int

    @property
    def is_running(self) -> bool:
        """Return whether there is a pace to speak of."""
        return self.word in BY_CHANCE

    @property
    def is_contrary(self) -> bool:
        """Return whether the plan says one thing and the chance the other."""
        return (self.word is StatusWord.AHEAD and self.days < 0) or (
            self.word is StatusWord.BEHIND and self.days >= 0
        )


def status(found: Pace, chance: float | None = None) -> Status:
    """Return where a goal stands; `chance` is P(hit) in 0..1 as people read it, None where there is none."""
    days = found.whole_days
    if found.is_reached:
        return Status(StatusWord.REACHED, days)
    if found.is_over:
        return Status(StatusWord.ENDED, days)
    if not found.elapsed:
        return Status(StatusWord.NOT_STARTED, 0)
    if found.over < BEGUN_FROM * found.total:
        return Status(StatusWord.JUST_BEGUN, 0)
    return Status(_by_plan(days) if chance is None else _by_chance(chance), days)


def is_in_doubt(chance: float | None) -> bool:
    """Return whether a target may have to be talked about: by its chance it is behind, or there is no chance."""
    return chance is None or _by_chance(chance) is StatusWord.BEHIND


def _by_plan(days: int) -> StatusWord:
    if not days:
        return StatusWord.ON_PACE
    return StatusWord.AHEAD if days > 0 else StatusWord.BEHIND


def _by_chance(chance: float) -> StatusWord:
    shown = whole_percent(chance)
    if shown < HARD_BELOW:
        return StatusWord.BEHIND
    return StatusWord.ON_PACE if shown < STRETCH_BELOW else StatusWord.AHEAD
