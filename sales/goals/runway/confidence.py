"""How many deals to open to be as sure as somebody wants: `/runway 80%`, counted with exact chances."""

import re

from sales.goals.forecast.snapshot import DealSnapshot
from sales.goals.forecast.what_if import chance_if_opened
from sales.goals.runway.additions import deals_for_confidence
from sales.goals.runway.outlook import Outlook
from sales.language.figures import percent
from sales.refusal import Refusal

PERCENT = re.compile(r"(?<![\w.,-])(-?\d+(?:[.,]\d+)?)\s?(?:%|percent\b)", re.IGNORECASE)
LEAST, MOST = 0.05, 0.99  # of sureness: below is no plan, above no number of deals suffices
EXAMPLE = "/runway 80%"


def wanted_in(text: str) -> tuple[str, float | None]:
    """Return a text without the percentage in it, and that as a share in 0..1; None where it has none.

    Raises:
        Refusal: for a sureness no number of deals can give, or two of them.
    """
    found = PERCENT.findall(text)
    if not found:
        return text, None
    share = float(found[0].replace(",", ".")) / 100
    if len(found) > 1 or not LEAST <= share <= MOST:
        raise Refusal(
            f"How sure do you want to be? One share from {percent(LEAST)} to {percent(MOST)}.",
            example=EXAMPLE,
        )
    return " ".join(PERCENT.sub(" ", text).split()), share


def count_for_share(
    known: DealSnapshot, rep: str, one: Outlook, fiscal_year_start: int, share: float
) -> int | None:
    ahead = known.ahead(one.aim.period, fiscal_year_start)
    if ahead.chances is None or known.wins is None:
        return None
    gap = float(one.aim.gap)

    def chance(count: int) -> float:
        return chance_if_opened(ahead, rep, gap, count, in_deals=one.aim.in_deals)

    return deals_for_confidence(chance, share)
