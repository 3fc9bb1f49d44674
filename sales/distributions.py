"""The few probability laws that luck is judged by, from the standard library alone.

Incomplete gamma and beta functions by series and continued fraction (Lentz's method), to about 1e-12.
"""

from math import erf, exp, lgamma, log, sqrt

_STEPS = 10_000
_TINY = 1e-300
_CLOSE = 1e-15
NORMAL_95 = 1.959963984540054  # standard deviations to either side that hold 95%


def gamma_above(shape: float, x: float) -> float:
    """Return Q(shape, x), the regularised upper incomplete gamma function, in 0..1, for a shape above 0."""
    if x <= 0:
        return 1.0
    front = exp(shape * log(x) - x - lgamma(shape))
    if x < shape + 1:
        term = total = 1 / shape
        for n in range(1, _STEPS):
            term *= x / (shape + n)
            total += term
            if term < total * _CLOSE:
                break
        return min(1.0, max(0.0, 1 - front * total))
    b = x + 1 - shape
    c, d = 1 / _TINY, 1 / b
    fraction = d
    for n in range(1, _STEPS):
        a = -n * (n - shape)
        b += 2
        d = 1 / _safe(a * d + b)
        c = _safe(b + a / c)
        fraction *= d * c
        if abs(d * c - 1) < _CLOSE:
            break
    return min(1.0, max(0.0, front * fraction))


def poisson_at_most(count: int, expected: float) -> float:
    """Return how often at most so many come where so many are expected, in 0..1: Poisson's law."""
    return gamma_above(count + 1, expected) if expected > 0 else 1.0


def chi_square_above(statistic: float, degrees: int) -> float:
    """Return P(χ² with so many degrees of freedom ≥ statistic), the p-value of a χ² test; 1 with none."""
    return gamma_above(degrees / 2, statistic / 2) if degrees > 0 else 1.0


def normal_below(z: float) -> float:
    """Return P(a standard normal variable ≤ z)."""
    return (1 + erf(z / sqrt(2))) / 2


def share_interval(hits: float, tries: float) -> tuple[float, float]:
    """Return between which shares, in 0..1, the true one lies with 95%: Wilson's score interval; 0..1 of no tries."""
    if not tries:
        return 0.0, 1.0
    share, square = hits / tries, NORMAL_95**2
    middle = (share + square / (2 * tries)) / (1 + square / tries)
    half = NORMAL_95 * sqrt(share * (1 - share) / tries + square / (4 * tries**2)) / (1 + square / tries)
    # Of none or of all, rounding would leave the share itself a hair outside.
    return min(share, max(0.0, middle - half)), max(share, min(1.0, middle + half))


def _safe(value: float) -> float:
    return value if abs(value) > _TINY else _TINY
