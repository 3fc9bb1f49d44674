"""How many deals to open to be as sure as somebody wants: `/runway 80%`, counted with exact chances."""

import re

from sales.goals.forecast.snapshot import DealSnapshot
from sales.goals.forecast.sums import OpenDealOutcome
from sales.goals.forecast.what_if import chance_if_opened
from sales.goals.runway.additions import deals_for_confidence
from sales.goals.runway.outlook import Outlook
from sales.language.figures import percent
from sales.refusal import Refusal

PERCENT = re.compile(r"(?<![\w.,-])(-?\d+(?:[.,]\d+)?)\s?(?:%|percent\b)", re.IGNORECASE)
LEAST, MOST = 0.05, 0.99  # of sureness: below is no plan, above no number of deals suffices
EVEN = 0.5  # of sureness; above it more is needed than closes the gap on average
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
    """Return the fewest new deals, opened on the day that the runway names, with which an aim is as likely as `share`.

    Of what is to be likelier than not they are no fewer than close the gap on average. None as for
    `deals_for_confidence`, and where nothing tells.
    """
    ahead = known.ahead(one.aim.period, fiscal_year_start)
    if ahead.chances is None or known.wins is None:
        return None
    gap, found = float(one.aim.gap), one.runway
    each = OpenDealOutcome(found.won_of_new, found.mean_won) if found.opens_on > found.today else None

    def chance(count: int) -> float:
        return chance_if_opened(ahead, rep, gap, count, in_deals=one.aim.in_deals, each=each)

    count = deals_for_confidence(chance, share)
    return count if count is None or share <= EVEN else max(count, one.to_open or 0)
