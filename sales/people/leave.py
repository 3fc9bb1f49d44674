"""Leave: days off as people enter them, before they are kept."""

from collections.abc import Iterable
from datetime import date, timedelta

from pydantic import model_validator
from sqlmodel import Field, SQLModel

from sales.language.figures import day_to_day, long_day
from sales.language.typed_text import clean
from sales.refusal import Refusal

LONGEST = timedelta(days=366)  # a longer one is a slip of the finger, or somebody who left
EARLIEST = timedelta(days=366)
LATEST = timedelta(days=731)
NOTE_LENGTH = 200


class Leave(SQLModel):
    """Days a member does not work, both ends included. Nothing is sent and pace does not run."""

    user_id: str
    first: date
    last: date
    note: str = Field(default="", max_length=200)

    @model_validator(mode="after")
    def ends_after_it_starts(self) -> "Leave":
        if self.last < self.first:
            raise ValueError("Leave ends before it starts.")
        return self


def leave_asked(
    user_id: str, first: date, last: date | None, note: str | None, today: date, standing: Iterable[Leave]
) -> Leave:
    """Return the leave to keep; one day if `last` is None.

    Raises:
        Refusal: if it ends before it starts, is too long or too far away, or is on the list already.
    """
    last = last or first
    if last < first:
        raise Refusal(
            f"Leave ends on the day it starts or later; it starts on {long_day(first)}.", field="last"
        )
    if last - first > LONGEST:
        raise Refusal("That is longer than a year. Enter at most a year at a time.", field="last")
    if last < today - EARLIEST:
        raise Refusal("That was more than a year ago. Check the year.", field="first")
    if first > today + LATEST:
        raise Refusal("That is more than two years away. Check the year.", field="first")
    covering = next((row for row in standing if row.first <= first and last <= row.last), None)
    if covering is not None:
        raise Refusal(
            f"Those days are on leave already: {day_to_day(covering.first, covering.last)}.",
            field="first",
        )
    return Leave(user_id=user_id, first=first, last=last, note=clean(note or "", NOTE_LENGTH, field="note"))
