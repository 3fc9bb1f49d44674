"""Standing: how a row stands in a few words, for whoever took a change of it back."""

from messages.goals.goal import aim
from messages.undo import ReadAt
from sales.followups.activity import Activity
from sales.followups.activity_words import say_count
from sales.followups.followup import FollowUp, FollowUpState
from sales.goals.goal import Goal
from sales.language.dates.instants import local_date
from sales.language.dates.period import span
from sales.language.figures import day_and_time, day_to_day, long_day, money
from sales.language.typed_text import shorten
from sales.people.leave import Leave
from sales.people.member import Member
from sales.pipeline.opportunity import Opportunity
from sales.prospects.lead import Lead


def followup(row: FollowUp, at: ReadAt) -> str:
    """Return "Acme, send the ROI sheet, due Fri 18 Sep 2026 at 15:00"."""
    when = day_and_time(row.due_on, row.due_at, at.today, at.zone)
    stands = f"due {when}" if row.state is FollowUpState.OPEN else row.state.value
    again = f", {row.recurs}" if row.recurs and row.state is FollowUpState.OPEN else ""
    return f"{shorten(row.who, 40)}, {shorten(row.what)}, {stands}{again}"


def activity(row: Activity, at: ReadAt) -> str:
    """Return "2 calls with Acme"."""
    counted = say_count(row.kind, row.count)
    return f"{counted} with {shorten(row.account, 40)}" if row.account else counted


def opportunity(row: Opportunity, at: ReadAt) -> str:
    """Return "Umbrella, $40,000, open, expected on Tue 15 Dec 2026"."""
    said = f"{shorten(row.name, 40)}, {money(row.value_minor, row.currency)}, {row.stage.value}"
    return (
        f"{said}, expected on {long_day(row.expected_on, at.today)}" if row.expected_on is not None else said
    )


def lead(row: Lead, at: ReadAt) -> str:
    """Return "Dana Cole at Acme, a lead, accepted"."""
    who = f"{shorten(row.name, 40)} at {shorten(row.account, 40)}" if row.account else shorten(row.name, 40)
    return f"{who}, a lead, {row.state.value}"


def goal(row: Goal, at: ReadAt) -> str:
    """Return "$120,000 revenue in Q3 2026"."""
    return aim(row, span(row.starts_on, row.ends_on, at.fiscal_year_start).label)


def leave(row: Leave, at: ReadAt) -> str:
    """Return "leave from Mon 21 Sep to Fri 25 Sep"."""
    return f"leave {day_to_day(row.first, row.last)}"


def member(row: Member, at: ReadAt) -> str:
    """Return "messages paused until Mon 21 Sep 2026"."""
    if row.paused_until is None:
        return "no pause"
    return f"messages paused until {long_day(local_date(row.paused_until, at.zone), at.today)}"
