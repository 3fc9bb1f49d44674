"""Capacity: how many deals somebody can open in so many days, judged by the best weeks they ever had.

What nobody can do is no advice.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from math import ceil

WINDOW = 28  # days of a best pace: a month evens out one lucky week
LOOK_BACK = timedelta(days=365)  # further back it was another market
BEST_TIMES = 2  # the best pace, at most


def best_pace(opened: Mapping[date, float]) -> float:
    """Return the most deals opened in any four weeks, a day; 0 where none was. `opened` is how many on which day."""
    days, first, most = sorted(opened), 0, 0.0
    for at, last in enumerate(days):
        while days[first] <= last - timedelta(days=WINDOW):
            first += 1
        most = max(most, sum(opened[day] for day in days[first : at + 1]))
    return most / WINDOW


def most_to_open(pace: float, days: int) -> int | None:
    """Return how many deals can be opened in so many days at twice a pace, one at least; None without a pace."""
    return max(1, ceil(BEST_TIMES * pace * days)) if pace > 0 else None
