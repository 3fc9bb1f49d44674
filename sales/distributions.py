"""The few probability laws that luck is judged by, from the standard library alone.

Incomplete gamma and beta functions by series and continued fraction (Lentz's method), to about 1e-12.
"""

from math import erf, exp, lgamma, log, log1p, sqrt

_STEPS = 10_000
_TINY = 1e-300
_CLOSE = 1e-15


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


def chi_square_above(statistic: float, degrees: int) -> float:
    """Return P(χ² with so many degrees of freedom ≥ statistic), the p-value of a χ² test; 1 with none."""
    return gamma_above(degrees / 2, statistic / 2) if degrees > 0 else 1.0


def poisson_at_most(count: int, mean: float) -> float:
    """Return P(a Poisson count ≤ count)."""
    return 0.0 if count < 0 else gamma_above(count + 1, mean)


def negative_binomial_at_most(count: int, size: float, scale: float) -> float:
    """Return P(count ≤ count) for mean size·scale, variance mean·(1 + scale)."""
    if count < 0:
        return 0.0
    return 1.0 if size * scale <= 0 else beta_below(size, count + 1, 1 / (1 + scale))


def beta_below(a: float, b: float, x: float) -> float:
    """Return I(x; a, b), the regularised incomplete beta function, for a, b above 0 and x in 0..1."""
    if not 0 < x < 1:
        return 0.0 if x <= 0 else 1.0
    front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x))
    if x > (a + 1) / (a + b + 2):
        return 1 - front * _beta_fraction(b, a, 1 - x) / b
    return front * _beta_fraction(a, b, x) / a


def normal_below(z: float) -> float:
    """Return P(a standard normal variable ≤ z)."""
    return (1 + erf(z / sqrt(2))) / 2


def _beta_fraction(a: float, b: float, x: float) -> float:
    c, d = 1.0, 1 / _safe(1 - (a + b) * x / (a + 1))
    fraction = d
    for n in range(1, _STEPS):
        for step in (
            n * (b - n) * x / ((a + 2 * n - 1) * (a + 2 * n)),
            -(a + n) * (a + b + n) * x / ((a + 2 * n) * (a + 2 * n + 1)),
        ):
            d = 1 / _safe(1 + step * d)
            c = _safe(1 + step / c)
            fraction *= d * c
        if abs(d * c - 1) < _CLOSE:
            break
    return fraction


def _safe(value: float) -> float:
    return value if abs(value) > _TINY else _TINY
