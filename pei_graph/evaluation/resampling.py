"""Intervals by resampling whole blocks of true groups.

In: what alike blocks contribute to every total, and how many blocks are alike. Out: 95 % intervals.

A block is a true group with all others that found groups tie to it, so a wrong pair never lies
between two blocks. Blocks are drawn with replacement, as many as there are (cluster bootstrap:
Davison and Hinkley, *Bootstrap Methods and their Application*, 1997, 3.8); alike blocks are drawn
together from a multinomial distribution, which is the same and takes seconds for a million items.

The interval of a share, and of F1, is Wilson's at the number of independent trials that has the
bootstrap's variance (Korn and Graubard, *Survey Methodology* 24, 1998): unlike the percentiles of a
bootstrap it holds where few errors, or none, were seen. Other measures take the percentiles.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from zlib import crc32

import numpy as np
import numpy.typing as npt

from pei_graph.evaluation.intervals import BOUNDS, SEED, Interval, wilson

DRAWS = 1000
"""Enough for the second digit of a percentile; the variance needs fewer."""

Numbers = npt.NDArray[np.float64]
Totals = Mapping[str, Numbers]


@dataclass(frozen=True, slots=True)
class Resampled:
    """Totals as observed (one number each), and in every draw of blocks."""

    observed: Totals
    drawn: Totals
    blocks: int
    """Blocks that have any pair at all, or any item: what an interval without errors rests on."""

    def share(self, part: str, whole: str) -> tuple[float, Interval]:
        """Return a share of two totals with its interval; 1 with none where there is no whole."""
        total = float(self.observed[whole][0])
        if total <= 0:
            return 1.0, (None, None)
        value = min(1.0, float(self.observed[part][0]) / total)
        drawn = _ratio(self.drawn[part], self.drawn[whole])
        return value, wilson(value, self._trials(value, drawn, most=total))

    def mean(
        self, of: Callable[[Totals], Numbers], *, wholes: Sequence[str]
    ) -> tuple[float, Interval]:
        """Return a mean of shares of the ``wholes`` with its interval, made as a share's is."""
        total = max(float(self.observed[whole][0]) for whole in wholes)
        if total <= 0:
            return 1.0, (None, None)
        value = float(of(self.observed)[0])
        return value, wilson(value, self._trials(value, of(self.drawn), most=total))

    def _trials(self, value: float, drawn: Numbers, *, most: float) -> float:
        """Return how many independent trials have the variance of the draws."""
        variance = float(np.var(drawn)) if drawn.size else 0.0
        if variance <= 0 or value in {0.0, 1.0}:
            return max(1.0, float(self.blocks))
        return min(most, value * (1 - value) / variance)

    def statistic(self, of: Callable[[Totals], Numbers]) -> tuple[float, Interval]:
        """Return any statistic of the totals with the percentiles of its draws."""
        low, high = np.nanpercentile(of(self.drawn), BOUNDS)
        return float(of(self.observed)[0]), (float(low), float(high))


def resample(totals: Totals, alike: npt.NDArray[np.int64], *, name: str) -> Resampled:
    """Return the sums of ``totals`` over all blocks, and over each draw of as many blocks.

    Each row stands for ``alike`` blocks. The same input gives the same draws; those of another
    ``name`` are independent of them, so that two groups can be held against each other.
    """
    blocks = int(alike.sum())
    rng = np.random.default_rng([SEED, crc32(name.encode())])
    drawn = rng.multinomial(blocks, alike / blocks, size=DRAWS).astype(np.float64)
    weight = alike.astype(np.float64)[np.newaxis, :]
    return Resampled(
        observed={name: weight @ column for name, column in totals.items()},
        drawn={name: drawn @ column for name, column in totals.items()},
        blocks=int(alike[totals["true_pairs"] + totals["claimed"] > 0].sum()) or blocks,
    )


def _ratio(part: Numbers, whole: Numbers) -> Numbers:
    some = whole > 0
    found: Numbers = part[some] / whole[some]
    return found
