"""Incentives: what a goal brings its rep, in words and as a commission; an estimate, for their eyes alone (4)."""

import re
from decimal import Decimal
from typing import NamedTuple

from sqlmodel import Field, SQLModel

from sales.language.figures import exact, money
from sales.language.money import parse_money
from sales.language.typed_text import clean, shorten
from sales.refusal import Refusal

LONGEST_NOTE = 500
LONGEST_RULE = 100
MOST_RATE = 10_000  # hundredths of a percent: all there is
WHOLE = 10_000
EXAMPLE = "2% of revenue, or 7.5% of revenue over 100k"

RULE = re.compile(
    r"(?P<rate>\d{1,3}(?:[.,]\d{1,2})?)\s*(?:%|percent|per cent|pct)"
    r"(?:\s+(?:of|on)\s+(?:my |the |all )?(?:revenue|sales|turnover|deals|wins|what i (?:win|sell|close))"
    r"|\s+commission)?"
    r"(?:\s*,?\s*(?:over|above|beyond|past|from)\s+(?P<over>\S.*))?",
    re.IGNORECASE,
)


class Commission(NamedTuple):
    """A share of revenue: `rate` in hundredths of a percent, of what is `over` so many minor units."""

    rate: int
    over: int = 0


class Incentive(SQLModel):
    """What a goal brings its owner: a note in their own words, a commission, or both.

    `rate` is in hundredths of a percent of the revenue that counts towards the goal, None without a commission;
    `over` minor units of the goal's currency nothing is paid for.
    """

    goal_id: int
    owner_id: str
    note: str = Field(default="", max_length=LONGEST_NOTE)
    rate: int | None = Field(default=None, gt=0, le=MOST_RATE)
    over_minor: int = Field(default=0, ge=0)

    @property
    def commission(self) -> Commission | None:
        return Commission(self.rate, self.over_minor) if self.rate is not None else None


def read_commission(typed: str, currency: str, field: str | None = None) -> Commission:
    """Return a commission as people say it: "7.5% of revenue over 100k".

    Raises:
        Refusal: for anything else, with examples; a share has to be above zero and 100% at most.
    """
    text = clean(typed, field=field)
    found = RULE.fullmatch(text.rstrip(". "))
    if found is None:
        raise unreadable(text, field)
    rate = int(Decimal(found["rate"].replace(",", ".")) * 100)
    if not 0 < rate <= MOST_RATE:
        raise Refusal(
            f"{shorten(found['rate'])}% cannot be a commission: it is above 0% and 100% at most, such as {EXAMPLE}.",
            field=field,
        )
    return Commission(rate, parse_money(found["over"], currency, field) if found["over"] else 0)


def unreadable(text: str, field: str | None) -> Refusal:
    said = f"“{shorten(text)}” does not read as a commission. Say a share of revenue, such as {EXAMPLE}."
    if field is None:
        said += " Whatever else it brings you is a note; `/goal incentive` alone has the form, to take it out too."
    return Refusal(said, field=field)


def earned(commission: Commission, revenue: int) -> int:
    """Return what so much revenue comes to in minor units, a half rounded up; never below nothing."""
    return (max(0, revenue - commission.over) * commission.rate + WHOLE // 2) // WHOLE


def said(commission: Commission, currency: str) -> str:
    """Return a commission as it can be typed: "7.5% of revenue over $100,000"."""
    share = f"{exact(Decimal(commission.rate) / 100)}% of revenue"
    return f"{share} over {money(commission.over, currency)}" if commission.over else share
