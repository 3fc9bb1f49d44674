"""Accounts: the firms that deals are with, and how far each does business."""

from enum import StrEnum

from sales.language.money import MAX_MINOR
from sales.pipeline.opportunity import Opportunity

MAX_COUNT = 10**8  # employees, or places; above every employer there is
MAX_REVENUE = MAX_MINOR


class MarketReach(StrEnum):
    """How far a firm does business."""

    REGIONAL = "regional"
    NATIONAL = "national"
    INTERNATIONAL = "international"


def customer_of(deal: Opportunity) -> str:
    """Return whom a deal is with: its account, or what it is called where it names none."""
    return deal.account or deal.name
