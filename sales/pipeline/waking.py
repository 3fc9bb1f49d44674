"""Parked deals wake by themselves: on their day, with the team's next period, or when the customer is heard from again.

Where none of these is set a deal sleeps until somebody opens it (mechanism 22).
"""

from collections.abc import Iterable
from datetime import date, time
from enum import StrEnum

from sales.language.dates.period import PeriodKind, period_containing
from sales.nudges.schedule import SPREAD, ScheduleSpec
from sales.people.member import Member
from sales.people.team import Team
from sales.pipeline.deal_history import DealChange, DealField
from sales.pipeline.opportunity import Opportunity, Stage, Waking, moved_to

DEALS_WOKE = "deals_woke"
WAKING_AT = time(8, 15)  # before the morning note, which then knows of them


class WokeBy(StrEnum):
    """What woke a deal."""

    DAY = "day"
    PERIOD = "period"
    ACTIVITY = "activity"


def waking_spec(team: Team, member: Member) -> ScheduleSpec:
    """Return when a rep's parked deals are looked at: every working morning, on their own clock."""
    on = member.active and member.is_rep
    return ScheduleSpec(DEALS_WOKE, member.user_id, member.zone, WAKING_AT, team.workdays, SPREAD, on)


def woken_by(deal: Opportunity, parked_on: date | None, today: date, fiscal_year_start: int) -> WokeBy | None:
    """Return what wakes a parked deal today; None while it sleeps on.

    `parked_on` is None where its history does not say; then only its day wakes it.
    """
    if deal.stage is not Stage.PARKED:
        return None
    if deal.parked_until is not None and deal.parked_until <= today:
        return WokeBy.DAY
    if deal.wakes is Waking.PERIOD and parked_on is not None:
        begins = period_containing(PeriodKind.QUARTER, today, fiscal_year_start).start
        return WokeBy.PERIOD if parked_on < begins else None
    return None


def awake(deal: Opportunity, on: date) -> Opportunity:
    """Return a parked deal where it stood before: open in its stage, or the suspect that it was."""
    return moved_to(deal, Stage.OPEN if deal.opened_on is not None else Stage.SUSPECT, on)


def parked_since(changes: Iterable[DealChange]) -> date | None:
    """Return since which day a deal is parked, by its history, the oldest first; None where that does not say."""
    return next(
        (
            change.on
            for change in reversed(list(changes))
            if change.what is DealField.STAGE and change.now == Stage.PARKED
        ),
        None,
    )
