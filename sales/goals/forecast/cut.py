"""Cutting: the chance of a goal without some of the open deals, or with others in their place (mechanism 74)."""

from collections import Counter
from collections.abc import Sequence

from sales.goals.forecast.chance import p_hit
from sales.goals.forecast.question import Question
from sales.goals.forecast.record import DealRecord


def chance_without(
    asked: Question, left: Sequence[DealRecord], instead: Sequence[DealRecord] = ()
) -> float | None:
    """Return P(hit) as it would be had these open deals been let go, in 0..1; None where there is no figure.

    Those `instead` are open in their place. All else stays as it is known: what is let go is neither won nor a loss
    that the record would learn from.
    """
    known, now = asked.record.known, asked.answer()
    if known is None or now.chance is None or now.basis is None or not asked.is_of_deals:
        return now.chance
    gone = Counter(map(looks, left))
    kept: list[DealRecord] = []
    for deal in known.book.open_deals.get(asked.rep, ()):
        if gone[looks(deal)]:
            gone[looks(deal)] -= 1
        else:
            kept.append(deal)
    ahead = known.ahead(asked.period, asked.fiscal_year_start, weights=asked.weights)
    bets = ahead.bets([*kept, *instead], in_deals=asked.in_deals)
    return p_hit(ahead, asked.rep, now.gap, bets, in_deals=asked.in_deals)


def looks(deal: DealRecord) -> tuple[object, ...]:
    """Return all that a forecast sees of an open deal: deals alike in it are one as good as the other."""
    return deal.product, deal.opened_on, deal.value, deal.is_bare
