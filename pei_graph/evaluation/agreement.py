"""How far found groups agree with true ones, counted from a contingency table.

In: a relation ``compared`` (item, truth, found), one row per item. No pair of items is ever listed,
so a million records take a second.

* Pairwise precision: of the pairs found together, the share that belongs together; recall: of the
  pairs that belong together, the share found. With nothing claimed nothing is wrong: 1.
* B-cubed (Bagga and Baldwin, 1998): the same shares seen from each item and averaged over items, so
  that one big group does not outweigh many small ones.
* Intervals: Wilson's score interval for 95 %, with the effective number of pairs that follows from
  the linearised variance of a ratio over whole groups (Cochran, *Sampling Techniques*, 6.4): pairs
  of one group stand or fall together. Where all are right the groups themselves are counted.
"""

from dataclasses import dataclass
from math import sqrt

import duckdb

from pei_graph.evaluation.report import Agreement, Interval, Measure

Z = 1.959964
"""Standard normal quantile of a two-sided 95 % interval."""

_SIDE = """
WITH cell AS (
    SELECT truth, found, count(*)::DOUBLE AS n
    FROM compared
    GROUP BY truth, found
),
side AS (
    SELECT
        sum(n * (n - 1) / 2) AS good,
        sum(n) * (sum(n) - 1) / 2 AS pairs
    FROM cell
    GROUP BY {side}
)
SELECT
    coalesce(sum(good), 0),
    coalesce(sum(pairs), 0),
    count(*) FILTER (WHERE pairs > 0),
    coalesce(sum(good * good), 0),
    coalesce(sum(good * pairs), 0),
    coalesce(sum(pairs * pairs), 0)
FROM side
"""

_B_CUBED = """
WITH cell AS (
    SELECT truth, found, count(*)::DOUBLE AS n
    FROM compared
    GROUP BY truth, found
),
sized AS (
    SELECT
        n,
        sum(n) OVER (PARTITION BY truth) AS true_size,
        sum(n) OVER (PARTITION BY found) AS found_size
    FROM cell
)
SELECT
    coalesce(sum(n * n / found_size) / sum(n), 1),
    coalesce(sum(n * n / true_size) / sum(n), 1)
FROM sized
"""


@dataclass(frozen=True, slots=True)
class Ratio:
    """A share of pairs, summed over the groups that hold them."""

    good: float
    pairs: float
    groups: int
    good_squared: float
    product: float
    pairs_squared: float

    @property
    def value(self) -> float:
        """Return the share."""
        return self.good / self.pairs if self.pairs else 1.0

    @property
    def interval(self) -> Interval:
        """Return Wilson's 95 % interval at the effective number of pairs."""
        if not self.pairs:
            return None, None
        return wilson(self.value, self._effective_pairs())

    def _effective_pairs(self) -> float:
        share = self.value
        scatter = (
            self.good_squared - 2 * share * self.product + share * share * self.pairs_squared
        )  # fmt: skip
        if scatter <= 0 or share in {0.0, 1.0}:
            return float(self.groups)
        return min(self.pairs, share * (1 - share) * self.pairs**2 / scatter)


def wilson(share: float, number: float) -> tuple[float, float]:
    """Return Wilson's 95 % score interval for a share seen in ``number`` trials.

    >>> [round(bound, 3) for bound in wilson(0.9, 100)]
    [0.826, 0.945]
    """
    spread = Z * Z / number
    centre = share + spread / 2
    reach = Z * sqrt(share * (1 - share) / number + spread / (4 * number))
    return max(0.0, (centre - reach) / (1 + spread)), min(1.0, (centre + reach) / (1 + spread))


def f1(precision: float, recall: float) -> float:
    """Return the harmonic mean of two shares, 0 where both are.

    >>> f1(1.0, 0.5)
    0.6666666666666666
    """
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def pairwise(con: duckdb.DuckDBPyConnection, name: str) -> tuple[Agreement, dict[str, int]]:
    """Return the pairwise agreement of ``compared``, and the pairs claimed, true and right."""
    claimed, true = (_ratio(con, side) for side in ("found", "truth"))
    agreement = Agreement(
        Measure(f"{name} precision", claimed.value, claimed.interval),
        Measure(f"{name} recall", true.value, true.interval),
        Measure(f"{name} F1", f1(claimed.value, true.value)),
    )
    counts = {"claimed": int(claimed.pairs), "true": int(true.pairs), "right": int(true.good)}
    return agreement, {f"{name} pairs {kind}": count for kind, count in counts.items()}


def _ratio(con: duckdb.DuckDBPyConnection, side: str) -> Ratio:
    [row] = con.execute(_SIDE.format(side=side)).fetchall()
    return Ratio(*row)


def b_cubed(con: duckdb.DuckDBPyConnection, name: str) -> Agreement:
    """Return the B-cubed agreement of ``compared``."""
    [(precision, recall)] = con.execute(_B_CUBED).fetchall()
    return Agreement(
        Measure(f"{name} B-cubed precision", precision),
        Measure(f"{name} B-cubed recall", recall),
        Measure(f"{name} B-cubed F1", f1(precision, recall)),
    )
