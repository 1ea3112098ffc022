"""How much likelier pairs at two homes are one person's than what is compared of them says.

In: ``scored``, ``comparables`` and how pairs are judged. Out: bits, the same for every such pair.
Fellegi and Sunter's model takes comparisons for independent, and they are not: where names are few,
twins and cousins many or moves seldom, the weights promise more than they keep, or less.

Nobody need say who is who for it to be seen. A pair of two people often has a record that is
*spoken for*: it surely has another counterpart in the other's source. A pair of one person seldom
has. So from weight to weight the share of pairs spoken for falls from that of strangers to that
of one person, and where it falls tells from which weight on odds are even. It is found by maximum
likelihood, the two shares by expectation maximisation.
"""

import duckdb
import numpy as np
from numpy.typing import NDArray

from pei_graph.link.decision import SCORED, Decision
from pei_graph.link.scripts import SQL

SAMPLE = 40_000
"""Scored pairs at two homes that are looked at: some ten thousand of them are open."""

SURELY = 8.0
"""Weight from which a counterpart is sure, whatever the bits will be."""

BEYOND = 12.0
"""Weight from which pairs need not be looked at: all are one person's."""

MOST = 6.0
"""Bits that are looked for, either way."""

STEP = 0.1
"""Bits from one that is tried to the next: less cannot be told."""

USUAL = 3.0
"""Bits that are nothing unusual (standard deviation of a normal prior): where few pairs tell, what
is found is nearer to none."""

BIN = 0.25
"""Bits of weight that are counted as one."""

ENOUGH = 50
"""Fewest pairs spoken for from which to learn."""

ROUNDS = 60
"""Of expectation maximisation, over counted weights and so cheap at any size."""

Numbers = NDArray[np.float64]
Flags = NDArray[np.bool_]


def learn_elsewhere(con: duckdb.DuckDBPyConnection, decision: Decision) -> float | None:
    """Return the bits, with which ``decision`` may not reckon yet; None where too little tells."""
    given = {"dwelling": decision.figures["dwelling"], "beyond": BEYOND}
    SQL.run(con, "elsewhere_sample", sample=SAMPLE, **given)
    around = decision.query.replace("FROM scored\n", "FROM scored_around AS scored\n")
    figures = {**decision.figures, "floor": SCORED}
    con.execute(f"CREATE OR REPLACE TEMP TABLE judged_around AS {around}", figures)
    found = SQL.run(con, "elsewhere", surely=SURELY, bin=BIN, **given).fetchall()
    con.execute("DROP TABLE chosen; DROP TABLE scored_around; DROP TABLE judged_around")
    counted = np.array(found, dtype=np.float64).reshape(-1, 3)
    spoken_for = counted[counted[:, 1] > 0, 2].sum()
    return fitted(counted) if spoken_for >= ENOUGH else None


def fitted(counted: Numbers) -> float:
    """Return the bits that explain best which pairs are spoken for.

    ``counted`` has a row for each weight, and whether spoken for: weight, 0 or 1, how many pairs.
    """
    tried = np.arange(-MOST, MOST + STEP / 2, STEP)
    told = _likelihoods(counted, tried) - (tried / USUAL) ** 2 / 2
    return round(float(tried[np.argmax(told)]), 1)


def _likelihoods(counted: Numbers, tried: Numbers) -> Numbers:
    """Return the logarithm of how likely what was counted is, were the bits each of those tried."""
    weight, spoken_for, pairs = counted.T
    spoken, one = spoken_for > 0, 1 / (1 + np.exp2(-(weight + tried[:, np.newaxis])))
    of_one, of_two = np.full_like(one[:, :1], 0.05), np.full_like(one[:, :1], 0.5)
    for _ in range(ROUNDS):
        two = pairs * _two(one, spoken, of_one, of_two)
        of_two = _shares(two, spoken)
        of_one = np.minimum(_shares(pairs - two, spoken), of_two)
    chance = one * of_one + (1 - one) * of_two
    return np.asarray(np.log(np.where(spoken, chance, 1 - chance)) @ pairs)


def _two(one: Numbers, spoken: Flags, of_one: Numbers, of_two: Numbers) -> Numbers:
    """Return how likely pairs are two people's, by how likely one's and whether spoken for."""
    if_one = one * np.where(spoken, of_one, 1 - of_one)
    if_two = (1 - one) * np.where(spoken, of_two, 1 - of_two)
    return np.asarray(if_two / (if_one + if_two))


def _shares(pairs: Numbers, spoken: Flags) -> Numbers:
    """Return the share of pairs spoken for, never none or all, for each of the bits tried."""
    part, whole = pairs[:, spoken].sum(axis=1), pairs.sum(axis=1)
    return np.asarray((part + 0.5) / (whole + 1))[:, np.newaxis]
