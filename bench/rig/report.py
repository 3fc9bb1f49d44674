"""Reporting: one line per figure, with the ratio to its floor."""

from collections.abc import Sequence
from statistics import quantiles


def p(values: Sequence[float], percent: int) -> float:
    """Return a percentile of at least one value."""
    return values[0] if len(values) == 1 else quantiles(values, n=100, method="inclusive")[percent - 1]


def line(what: str, figure: str, against: str = "", budget: str = "") -> None:
    """Print one figure, what it is measured against, and the budget it is held to."""
    parts = [f"{what:<44}{figure:<34}", against, f"budget {budget}" if budget else ""]
    print("  ".join(part for part in parts if part).rstrip(), flush=True)
