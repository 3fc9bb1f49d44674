"""Shrinkage: what somebody only typed counts in forecasts for no more than deals brought (forecasts.md §2.3)."""

from collections import Counter, defaultdict
from collections.abc import Mapping

from sales.pipeline.deal_columns import SortOfDeal

FAR_ABOVE = 10  # times the mean of the other wins: a typed win so large says nothing of the next ones


def amounts_won(won: Mapping[SortOfDeal, Mapping[float, int]]) -> dict[str | None, Counter[float]]:
    """Return the amounts won by product, each with how often, as they tell what a win may bring.

    A win that somebody typed with nothing behind it, ten times the mean of the others or more, counts as their mean;
    of several such the larger one first, which then is none of the others.
    """
    amounts: defaultdict[str | None, Counter[float]] = defaultdict(Counter)
    for sort, counted in won.items():
        amounts[sort.product].update(counted)
    total = sum(value * times for counted in won.values() for value, times in counted.items())
    count = sum(times for counted in won.values() for times in counted.values())
    typed = [
        (value, sort.product, times)
        for sort, counted in won.items()
        if sort.is_bare
        for value, times in counted.items()
    ]
    largest_first = sorted(typed, key=lambda one: (-one[0], one[1] or ""))
    for value, product in ((value, product) for value, product, times in largest_first for _ in range(times)):
        others = (total - value) / (count - 1) if count > 1 else 0.0
        if others <= 0 or value < FAR_ABOVE * others:
            break
        amounts[product][value] -= 1
        amounts[product][others] += 1
        total, count = total - value, count - 1
    return {product: +counted for product, counted in amounts.items()}
