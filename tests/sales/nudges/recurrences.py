"""A schedule as it is kept: ticked, moved on and changed, as the store does it."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from zoneinfo import available_timezones

from sales.nudges.schedule import (
    CatchUp,
    Occurrence,
    Schedule,
    after_change,
    next_occurrence,
    occurrences,
    settled_through,
)

ZONES = sorted(available_timezones() - {"localtime", "posixrules", "Factory"})  # those are no places


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def schedule(zone: str, local_time: time, now: datetime, **terms) -> Schedule:
    """What a person's settings make at `now`: without jitter unless asked for."""
    fields = {"kind": "evening", "subject_id": "U1", "zone": zone, "local_time": local_time}
    draft = Schedule.model_validate(
        fields | {"spread_seconds": 0, "next_due_at": now, "next_local_date": now.date()} | terms
    )
    first = next_occurrence(draft, now)
    return draft.model_copy(update={"next_due_at": first.due_at, "next_local_date": first.local_date})


def advanced(row: Schedule, upcoming: Occurrence) -> Schedule:
    return row.model_copy(
        update={
            "next_due_at": upcoming.due_at,
            "next_local_date": upcoming.local_date,
            "done_through": settled_through(row, upcoming),
        }
    )


class Recurring:
    """One schedule over time, and every occurrence of it that was acted on or missed, in order."""

    def __init__(self, row: Schedule) -> None:
        self.row = row
        self.found: list[Occurrence] = []

    def tick(self, now: datetime, policy: CatchUp = CatchUp.EACH) -> list[Occurrence]:
        """Look what is due, twice; return it."""
        due = occurrences(self.row, now, policy)
        came = due.skipped + due.chosen
        if came:
            self.row = advanced(self.row, due.next)
        assert occurrences(self.row, now, policy) == ([], [], due.next), "a second tick"
        self.found += came
        return came

    def change(self, now: datetime, **terms) -> None:
        """Change the zone, the time or the weekdays."""
        draft = self.row.model_copy(update=terms)
        upcoming = after_change(self.row, draft, now)
        update = {"next_due_at": upcoming.due_at, "next_local_date": upcoming.local_date}
        self.row = draft.model_copy(update=update)

    @property
    def dates(self) -> Sequence[date]:
        return [occurrence.local_date for occurrence in self.found]
