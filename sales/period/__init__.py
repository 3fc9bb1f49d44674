"""Periods: months, quarters, fiscal years and custom spans, both ends included."""

from sales.period.dates import (
    Period,
    PeriodKind,
    custom_period,
    fiscal_year,
    fiscal_year_of,
    is_recorded,
    next_period,
    period_containing,
    previous_period,
    quarter,
    short_date,
    span,
)
from sales.period.words import parse_period

__all__ = [
    "Period",
    "PeriodKind",
    "custom_period",
    "fiscal_year",
    "fiscal_year_of",
    "is_recorded",
    "next_period",
    "parse_period",
    "period_containing",
    "previous_period",
    "quarter",
    "short_date",
    "span",
]
