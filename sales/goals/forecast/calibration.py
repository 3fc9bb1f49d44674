"""Putting chances right by how earlier ones came out, once enough of them have (forecasts.md §2.6).

Platt's line on the log odds: logit p' = a + b·logit p, by maximum likelihood with a weak pull to a = 0, b = 1.
"""

from collections.abc import Sequence
from math import exp, log
from typing import NamedTuple

from sales.goals.forecast.score import SURE, Resolved

LEAST_RESOLVED = 200  # fewer would teach the model its own noise (forecasts.md §2.6)
PULL = 1.0  # of a normal prior around "as it is"
EDGE = 1e-9  # nearer to 0 or 1 a chance in floating point no longer tells its log odds to seven figures
_STEPS = 50


class Calibration(NamedTuple):
    """logit p' = shift + slope·logit p; (0, 1) leaves a chance as it is."""

    shift: float
    slope: float
    resolved: int

    def of(self, chance: float) -> float:
        """Return the chance put right, in 0..1; 0 and 1 stay."""
        if chance <= 0 or chance >= 1:
            return chance
        return _logistic(self.shift + self.slope * log(chance / (1 - chance)))

    def before(self, chance: float) -> float:
        """Return the chance that is put right to this one, strictly between 0 and 1, in EDGE..1 - EDGE.

        `of(before(chance))` is `chance` to six figures wherever it lies between `of(EDGE)` and `of(1 - EDGE)`;
        beyond, no chance leads there and this is the EDGE on that side, the nearest that does. A chance stays
        as it is where every one is put right to the same (slope 0), as none leads there then.
        """
        if not self.slope:
            return chance
        wanted = _logistic((log(chance / (1 - chance)) - self.shift) / self.slope)
        return min(1 - EDGE, max(EDGE, wanted))


def calibration(resolved: Sequence[Resolved]) -> Calibration | None:
    """Return how to put chances right; None with fewer than 200 resolved, or where all came out alike.

    A slope never falls below 0: the order of chances stays.
    """
    if len(resolved) < LEAST_RESOLVED or len({one.hit for one in resolved}) < 2:
        return None
    odds = [_log_odds(one.chance) for one in resolved]
    shift, slope = 0.0, 1.0
    for _ in range(_STEPS):
        g0, g1, h00, h01, h11 = -PULL * shift, -PULL * (slope - 1), PULL, 0.0, PULL
        for x, one in zip(odds, resolved, strict=True):
            p = _logistic(shift + slope * x)
            error, weight = one.hit - p, p * (1 - p)
            g0, g1 = g0 + error, g1 + error * x
            h00, h01, h11 = h00 + weight, h01 + weight * x, h11 + weight * x * x
        determinant = h00 * h11 - h01 * h01
        up, across = (h11 * g0 - h01 * g1) / determinant, (h00 * g1 - h01 * g0) / determinant
        shift, slope = shift + up, slope + across
        if abs(up) + abs(across) < 1e-10:
            break
    return Calibration(shift, max(0.0, slope), len(resolved))


def _log_odds(chance: float) -> float:
    kept = min(1 - SURE, max(SURE, chance))
    return log(kept / (1 - kept))


def _logistic(x: float) -> float:
    return 1 / (1 + exp(-x)) if x >= 0 else exp(x) / (1 + exp(x))
