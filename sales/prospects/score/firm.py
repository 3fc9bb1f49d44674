"""What of a firm, a person and a deal goes into a score: each fact with its name, in words a reason can be made of.

Sizes are told in bands, as twelve and thirteen employees are the same to a seller; the bands are the usual ones of
statistics offices. Who sells is no fact: a score judges leads and not reps.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from enum import StrEnum

from sales.language.names.match import fold
from sales.prospects.attitude import AttitudeAnswer
from sales.prospects.ideal_client import Firmographics
from sales.prospects.score.fact import KnownFact

EMPLOYEE_BANDS = ((10, "under 10"), (50, "10 to 49"), (250, "50 to 249"), (1_000, "250 to 999"))
MANY_EMPLOYEES = "1,000 or more"
MILLION = 100_000_000  # minor units of most currencies; bands this wide forgive the rest
REVENUE_BANDS = (
    (2, "under 2 million"),
    (10, "2 to 10 million"),
    (50, "10 to 50 million"),
    (500, "50 to 500 million"),
)
MUCH_REVENUE = "500 million or more"
PLACE_BANDS = ((2, "one"), (11, "2 to 10"))
MANY_PLACES = "more than 10"
DECIDES = re.compile(
    r"\b(?:chief|c[efotimr]o|cpo|cso|owner|founder|co-?founder|partner|president|vp|vice president|director|head|"
    r"managing|geschaftsfuhrer|vorstand|inhaber)\b"
)
MANAGES = re.compile(r"\b(?:manager|lead|leader|supervisor|coordinator|principal|senior|leiter|leiterin)\b")


class FactName(StrEnum):
    """What a fact is called, to whoever reads a reason."""

    SOURCE = "source"
    SECTOR = "sector"
    EMPLOYEES = "employees"
    REVENUE = "revenue"
    LOCATIONS = "locations"
    REACH = "reach"
    PLACE = "where they are"
    PRODUCT = "product"
    TENDER = "tender"
    HISTORY = "bought before"
    TITLE = "title"
    DECISION_MAKER = "decision maker"
    BUYS_ON = "buys on"
    CAUSE = "what decided it"


class History(StrEnum):
    """What a firm was to us when something began with it."""

    CUSTOMER = "yes"
    LOST = "no, and lost once"
    NEW = "no"


def band_of(value: int | None, bands: Sequence[tuple[int, str]], beyond: str) -> str:
    """Return the band that a number is in; empty for none."""
    if value is None:
        return ""
    return next((band for below, band in bands if value < below), beyond)


def rank_of(title: str) -> str:
    """Return what a title says of somebody's say; empty without one."""
    said = fold_words(title)
    if not said:
        return ""
    if DECIDES.search(said):
        return "decides"
    return "manages" if MANAGES.search(said) else "other"


def fold_words(title: str) -> str:
    """Return a title for comparison, its words apart."""
    return " ".join(fold(word) for word in re.split(r"[^\w-]+", title) if word)


def history_of_firm(won_first: date | None, lost_first: date | None, began_on: date) -> History:
    """Return what a firm was on the day something began, by when it first won and first lost with us."""
    if won_first is not None and won_first < began_on:
        return History.CUSTOMER
    return History.LOST if lost_first is not None and lost_first < began_on else History.NEW


def firm_facts(firm: Firmographics, place: str) -> dict[str, KnownFact]:
    """Return what is known of a firm from the start; `place` is where it is."""
    revenue = None if firm.revenue_minor is None else firm.revenue_minor // MILLION
    said = {
        FactName.SECTOR: firm.sector.strip(),
        FactName.EMPLOYEES: band_of(firm.employees, EMPLOYEE_BANDS, MANY_EMPLOYEES),
        FactName.REVENUE: band_of(revenue, REVENUE_BANDS, MUCH_REVENUE),
        FactName.LOCATIONS: band_of(firm.locations, PLACE_BANDS, MANY_PLACES),
        FactName.REACH: firm.reach.value if firm.reach is not None else "",
        FactName.PLACE: place.strip(),
    }
    return {name.value: KnownFact(value) for name, value in said.items() if value}


def attitude_facts(answers: Iterable[AttitudeAnswer]) -> dict[str, KnownFact]:
    """Return what was noted of a customer's attitude, from that day on: what they buy on, what holds of them."""
    found = {}
    for one in answers:
        if one.points:
            words = " and ".join(point.value for point in one.points)
            found[FactName.BUYS_ON.value] = KnownFact(words, one.on)
        elif one.stance is not None:
            found[f"“{one.question}”"] = KnownFact(one.stance.value, one.on)
    return found
