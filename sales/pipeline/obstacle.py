"""Obstacles: what could stop a deal, who sees to it, and by when (mechanism 24)."""

from datetime import date

from sqlmodel import Field, SQLModel

from sales.pipeline.opportunity import MAX_WORDS
from sales.value import changed

CUT = "|"  # between the day of an obstacle, if it has one, and what it is, as a history keeps both


class DealObstacle(SQLModel):
    """One thing that could stop a deal. `owner_id` is the rep who sees to it; days are local dates of theirs."""

    opportunity_id: int
    what: str = Field(min_length=1, max_length=MAX_WORDS)
    owner_id: str
    due_on: date | None = None
    cleared_on: date | None = None

    @property
    def told(self) -> str:
        """Return what is in the way, as a history keeps it, with its day; empty once it is out of the way."""
        if self.cleared_on is not None:
            return ""
        return f"{self.due_on or ''}{CUT}{self.what}"

    def is_overdue(self, today: date) -> bool:
        """Whether it should have been out of the way before `today` and is not."""
        return self.cleared_on is None and self.due_on is not None and self.due_on < today


class StoredObstacle(DealObstacle):
    """An obstacle with the id that buttons carry."""

    id: int


def cleared(obstacle: DealObstacle, on: date) -> DealObstacle:
    """Return an obstacle that is out of the way since a local date."""
    return changed(DealObstacle, obstacle, cleared_on=on)
