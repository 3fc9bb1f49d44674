"""The month looked back on: what its losses teach, and whether month ends are sold cheaper (mechanisms 33, 51, 52)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from math import sqrt

from sales.distributions import normal_below
from sales.language.dates.period import PeriodKind, period_containing
from sales.nudges.schedule import SPREAD, ScheduleSpec
from sales.people.calendar import WorkCalendar
from sales.people.member import Member
from sales.people.team import Team
from sales.pipeline.discount import CHANCE_BELOW, LAST_DAYS, LEAST_DEALS, MonthEnd, ends, is_late
from sales.pipeline.win_rate import ClosedDeal

MONTH_REVIEW = "month_review"
REVIEW_AT = time(10, 0)
WORKING_DAY = 2  # of the month: the first has a quarter's start and the pipeline on it
LAST_WORKING_DAY = 5
SHARE_OF_DAYS = LAST_DAYS * 12 / 365  # of wins, if month ends were days like others
WORTH_SAYING = 0.1  # that share and a tenth more


def month_review_spec(team: Team, member: Member) -> ScheduleSpec:
    """Return when somebody's month may be looked back on: working mornings, of which one in a month is used."""
    on = member.active and (member.is_rep or member.is_manager)
    return ScheduleSpec(MONTH_REVIEW, member.user_id, member.zone, REVIEW_AT, team.workdays, SPREAD, on)


def is_review_day(today: date, calendar: WorkCalendar) -> bool:
    """Say whether a month is looked back on by now: from its second working day to its fifth, by their own calendar.

    The later ones are for whoever was away, or was not told; it is told once.
    """
    day = calendar.working_days(today.replace(day=1), today)
    return calendar.is_working(today) and WORKING_DAY <= day <= LAST_WORKING_DAY


def is_quarter_end(last: date, team: Team) -> bool:
    """Say whether a day is the last of a quarter of the team's fiscal year."""
    return period_containing(PeriodKind.QUARTER, last, team.fiscal_year_start).end == last


def month_before(today: date) -> tuple[date, date]:
    """Return the first and the last day of the month before this one."""
    last = today.replace(day=1) - timedelta(days=1)
    return last.replace(day=1), last


@dataclass(frozen=True)
class MonthEnds:
    """Wins in the last five days of months beside all of them, and what was given away there.

    `month_late` of `month_wins` are those of the month that is looked back on; `late` of `wins` those of a year.
    `discounts` is None where no won deal has a list price.
    """

    month_late: int
    month_wins: int
    late: int
    wins: int
    discounts: MonthEnd | None

    @property
    def share(self) -> float:
        """Which share of a year's wins was closed in the last five days of a month, in 0..1."""
        return self.late / self.wins if self.wins else 0.0

    @property
    def is_rush(self) -> bool:
        """Whether deals are kept for the end of the month, by enough and surely enough to say."""
        if self.wins < LEAST_DEALS or self.share < SHARE_OF_DAYS + WORTH_SAYING:
            return False
        spread = sqrt(SHARE_OF_DAYS * (1 - SHARE_OF_DAYS) / self.wins)
        return 1 - normal_below((self.share - SHARE_OF_DAYS) / spread) < CHANCE_BELOW

    @property
    def is_habit(self) -> bool:
        """Whether more is given away there than elsewhere, by enough and surely enough to say."""
        return self.discounts is not None and self.discounts.is_habit


def month_ends(deals: Sequence[ClosedDeal], team: Team, first: date, last: date) -> MonthEnds | None:
    """Return how months end, of the deals closed in a year to `last`; None where none was won since `first`."""
    won = [deal for deal in deals if deal.is_won]
    late = [deal for deal in won if is_late(deal.closed_on)]
    month = [deal for deal in won if first <= deal.closed_on <= last]
    if not month:
        return None
    in_month = sum(is_late(deal.closed_on) for deal in month)
    return MonthEnds(in_month, len(month), len(late), len(won), ends(deals, team))
