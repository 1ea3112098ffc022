"""What 95 % intervals are made of."""

from math import sqrt

Interval = tuple[float | None, float | None]
"""From and to; None where nothing is known."""

NONE: Interval = (None, None)
"""Nothing is known."""

Z = 1.959964
"""Standard normal quantile of a two-sided 95 % interval."""

BOUNDS = (2.5, 97.5)
"""Percentiles of draws that bound a 95 % interval."""

SEED = 20
"""Of every draw, so that the same input gives the same interval."""


def wilson(share: float, number: float) -> tuple[float, float]:
    """Return Wilson's 95 % score interval for a share seen in ``number`` trials.

    >>> [round(bound, 3) for bound in wilson(0.9, 100)]
    [0.826, 0.945]
    """
    spread = Z * Z / number
    centre = share + spread / 2
    reach = Z * sqrt(share * (1 - share) / number + spread / (4 * number))
    return max(0.0, (centre - reach) / (1 + spread)), min(1.0, (centre + reach) / (1 + spread))
