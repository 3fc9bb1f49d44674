"""The record a diagnosis is made from: what somebody logged and opened, and what they said of their losses."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from sales.coaching.consistency import Consistency, consistency
from sales.followups.activity import ActivityKind
from sales.people.calendar import WorkCalendar

LATELY = 28  # days of touches whose mix is judged: four weeks, so that each weekday counts alike


@dataclass(frozen=True)
class WorkRecord:
    """What is on record of one person, or of a team together, on a day of theirs.

    `done` is what was logged by day and kind since `first_compared`; `logged_since` the first day of all with
    anything logged, `opened` the days of the deals of two years in order. Of the losses of ninety days, `told` have
    an answer and `not_ours` of these should never have been there. `usual` is the colleagues' touches for each deal,
    None without any to compare with; `lead_days` how long a deal takes, None while it is not known.
    """

    name: str
    today: date
    calendar: WorkCalendar
    logged_since: date | None = None
    done: Mapping[date, Mapping[ActivityKind, int]] = field(default_factory=dict)
    opened: Sequence[date] = ()
    told: int = 0
    not_ours: int = 0
    usual: float | None = None
    lead_days: int | None = None
    fiscal_year_start: int = 1

    @property
    def since(self) -> date | None:
        """Return the first day anything is on record of."""
        days = [*self.opened[:1], *([self.logged_since] if self.logged_since is not None else [])]
        return min(days, default=None)

    @property
    def consistency(self) -> Consistency:
        by_day = {day: sum(kinds.values()) for day, kinds in self.done.items()}
        return consistency(by_day, self.logged_since, self.today, self.calendar)

    def first_of(self, days: int) -> date:
        """Return the first of the last so many days, today being the last of them."""
        return self.today - timedelta(days=days - 1)

    def touches(self, days: int, kinds: Collection[ActivityKind] = tuple(ActivityKind)) -> int:
        """Return how much of these kinds was logged in the last days."""
        first = self.first_of(days)
        return sum(
            count
            for day, counts in self.done.items()
            if first <= day <= self.today
            for kind, count in counts.items()
            if kind in kinds
        )

    def opened_in(self, days: int) -> int:
        """Return how many deals were opened in the last days."""
        return sum(self.first_of(days) <= day <= self.today for day in self.opened)


def together(name: str, records: Iterable[WorkRecord], today: date, calendar: WorkCalendar) -> WorkRecord:
    """Return a team's record: everybody's put together, with nobody to compare it with."""
    every = list(records)
    done: dict[date, Counter[ActivityKind]] = {}
    for one in every:
        for day, kinds in one.done.items():
            done.setdefault(day, Counter()).update(kinds)
    return WorkRecord(
        name=name,
        today=today,
        calendar=calendar,
        logged_since=min((one.logged_since for one in every if one.logged_since is not None), default=None),
        done=done,
        opened=sorted(day for one in every for day in one.opened),
        told=sum(one.told for one in every),
        not_ours=sum(one.not_ours for one in every),
        lead_days=every[0].lead_days if every else None,
        fiscal_year_start=every[0].fiscal_year_start if every else 1,
    )
