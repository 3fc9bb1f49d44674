"""Checks that foretell: deals that are too old, and closes that are over, impossible, pushed or pulled (20, 23, 62)."""

from datetime import date
from typing import NamedTuple

from sales.audit.check.finding import AuditKnown, Said
from sales.language.figures import chance_percent, long_day, plural
from sales.pipeline.cycle import DEAD_BELOW
from sales.pipeline.deal_facts import DealFacts
from sales.pipeline.deal_history import MovedBy, pushes, settled
from sales.pipeline.pulled_forward import pulled_forward, quarter_around

HARDLY_EVER = (
    0.10  # share of wins that came so soon, or of deals so old that are won: no close to count on (23)
)
PUSHES = 2  # once is the buyer's calendar, twice is a habit (mechanism 23)

MOVE_OR_DROP = "Set the day the buyer named, or let the deal go."


class OnesAge(NamedTuple):
    """A deal's age in days, and how likely it is ever won at it."""

    days: int
    chance: float


def age_of(facts: DealFacts, known: AuditKnown) -> OnesAge | None:
    """Return a deal's age with its chance; None where nothing tells how deals go here."""
    if facts.deal.opened_on is None or not known.cycle.has_history:
        return None
    days = known.age(facts.deal)
    return OnesAge(days, known.cycle.win_ever(days))


def too_old(facts: DealFacts, known: AuditKnown) -> Said | None:
    """Of deals as old as this one fewer than one in ten were ever won."""
    age = age_of(facts, known)
    if age is None or age.chance >= DEAD_BELOW:
        return None
    longest = known.cycle.longest_win
    if age.days > longest:
        why = f"No deal this old was ever won here; the oldest took {plural(longest, 'day')}."
    else:
        why = f"Of deals this old {chance_percent(age.chance)} were ever won."
    return Said(why, "Close it as lost, or park it until there is something new to talk about.")


def impossible_close(facts: DealFacts, known: AuditKnown) -> Said | None:
    """The day it is to close on is one on which deals are hardly ever won: too soon after opening, or too late."""
    deal, age = facts.deal, age_of(facts, known)
    if age is None or deal.opened_on is None or deal.expected_on is None or deal.expected_on < known.today:
        return None
    then = (deal.expected_on - deal.opened_on).days
    day = long_day(deal.expected_on, known.today)
    if known.cycle.share_in_time(then) < HARDLY_EVER:
        chance = chance_percent(known.cycle.win_within(age.days, then - age.days))
        opened = f"{plural(then, 'day')} after it was opened"
        why = f"It is to close {day}, {opened}. Deals of its age are won by then {chance} of the time."
    elif age.chance >= DEAD_BELOW > (late := known.cycle.win_ever(then)):
        why = (
            f"It is to close {day}, when it will be {plural(then, 'day')} old. "
            f"Deals that old are won {chance_percent(late)} of the time."
        )
    else:
        return None
    return Said(why, "Ask for their day, and move the date to it.")


def close_is_over(facts: DealFacts, known: AuditKnown) -> Said | None:
    """The day on which it was to close has passed."""
    day = facts.deal.expected_on
    if day is None or day >= known.today:
        return None
    ago = plural((known.today - day).days, "day")
    return Said(f"It was to close {long_day(day, known.today)}, {ago} ago.", MOVE_OR_DROP)


def pushed(facts: DealFacts, known: AuditKnown) -> Said | None:
    """Its close was moved out two times or more."""
    found = pushes(facts.changes)
    times = len(found)
    if times < PUSHES:
        return None
    days = sum(change.days_later for change in found)
    often = "twice" if times == PUSHES else f"{plural(times, 'time')}"
    return Said(f"Its close was pushed {often}, by {plural(days, 'day')} in all.", MOVE_OR_DROP)


def pulled(facts: DealFacts, known: AuditKnown) -> Said | None:
    """Its close was pulled forward in a quarter's last days, and the buyer did not ask for that (mechanism 62)."""
    change = pulled_forward(settled(facts.changes), known.fiscal_year_start)
    if change is None or change.moved_by is MovedBy.BUYER:
        return None
    period = quarter_around(change.on, known.fiscal_year_start)
    if not period.holds(known.today):
        return None
    was, now = (long_day(date.fromisoformat(day), known.today) for day in (change.was, change.now))
    asks = "" if change.moved_by is MovedBy.US else " Did the buyer move this date?"
    ours = " You moved it, not the buyer." if change.moved_by is MovedBy.US else ""
    return Said(
        f"Its close came forward from {was} to {now} in the last days of {period.label}.{asks}{ours}",
        "Hurry drives buyers away: go back to the day that suits them.",
    )
