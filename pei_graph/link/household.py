"""Inside a household, agreement on surname and address is no evidence of one person (Newcombe).

In: ``comparables`` and the trained settings. Out: what each level of a comparison is worth between
two records of one dwelling, and the prior among such pairs. Method: expectation maximisation over
the pairs of a sample of dwellings, with m of birth date and sex held at the trained model's; after
Newcombe, Handbook of Record Linkage (1988), on families.
"""

from dataclasses import dataclass
from typing import Any

import duckdb
import numpy as np
from numpy.typing import NDArray

from pei_graph.link.scripts import SQL
from pei_graph.link.settings import level_sql

PERSONAL = ("forename", "surname", "birth_date", "sex")
"""Comparisons between members of one household; its surname then seldom tells anything."""

NAMES = ("forename", "surname")

SAMPLE = 300_000
"""Pairs of household members from which u is learnt: rare levels are then seen hundreds of times.
"""

CROWD = 40
"""Most records of one dwelling to learn from; more are a hostel or a mistake."""

ROUNDS = 200
"""Rounds of expectation maximisation, over counted patterns and so cheap at any size."""

ENOUGH = 200
"""Fewest pairs of household members to learn from."""

USUAL_PRIOR = 0.4
"""Share of pairs inside a household that are one person's, where there are too few to learn it."""

LEAST_AGAINST = -1.0
"""A level counts no more against a pair than among random pairs, or than this if it is agreement
there: levels that no household pair reached would otherwise count without bound."""

NEAR = "CASE WHEN postcode IS NOT NULL THEN postcode || ' ' || surname END"
"""What stands for a home where the records name no dwellings."""

FEW_RELATIVES = 0.2
"""Share of pairs of one home with two people's forenames, under which records are not of families:
among a council's it is about two thirds, among an archive's or a register's a tenth."""

Levels = dict[str, NDArray[np.float64]]


@dataclass(frozen=True, slots=True)
class Household:
    """Bits within a household: the prior, and each level of each personal comparison."""

    prior: float
    levels: dict[str, list[float]]
    """By comparison, lowest level first."""
    relatives: float
    """Share of pairs of one home whose forenames are two people's."""
    elsewhere: float | None = None
    """Bits by which pairs at two homes are likelier one person's than what is compared says; None
    where too little tells."""

    @property
    def of_families(self) -> bool:
        """Return whether the records are of families at all.

        If they are not, what differs is a mistake more often than a brother or sister: it counts
        against a pair, yet forbids nothing, and a shared home is evidence like any other.
        """
        return self.relatives >= FEW_RELATIVES


def learn_household(
    con: duckdb.DuckDBPyConnection, described: dict[str, Any], settings: dict[str, Any]
) -> Household:
    """Return what is evidence inside a household."""
    patterns = _patterns(con, described)
    m, u = _probabilities(settings, "m_probability"), _probabilities(settings, "u_probability")
    usual = {name: np.minimum(np.log2(m[name] / u[name]), LEAST_AGAINST) for name in PERSONAL}
    prior, homes = USUAL_PRIOR, patterns
    if int(patterns[:, -1].sum()) >= ENOUGH:
        m, u, prior = _maximise(patterns, m, u)
    else:
        homes = _patterns(con, described, home=NEAR)
    return Household(
        prior=float(np.log2(prior / (1 - prior))),
        levels={
            name: np.maximum(np.log2(m[name] / u[name]), usual[name]).tolist() for name in PERSONAL
        },
        relatives=_relatives(homes),
    )


def _patterns(
    con: duckdb.DuckDBPyConnection, described: dict[str, Any], *, home: str = "place"
) -> NDArray[np.int64]:
    """Return each combination of levels among the pairs of one ``home``, with its count."""
    levels = {f"{name}_level": level_sql(described, name) for name in PERSONAL}
    query = SQL.text("household").format(home=home, **levels)
    found = con.execute(query, {"sample": SAMPLE, "crowd": CROWD}).fetchall()
    return np.array(found, dtype=np.int64).reshape(-1, len(PERSONAL) + 1)


def _relatives(patterns: NDArray[np.int64]) -> float:
    """Return the share of pairs whose forenames differ, of those that have both."""
    forename, pairs = patterns[:, PERSONAL.index("forename")], patterns[:, -1]
    named = int(pairs[forename >= 0].sum())
    return int(pairs[forename == 0].sum()) / named if named >= ENOUGH else 1.0


def _probabilities(settings: dict[str, Any], name: str) -> Levels:
    """Return each personal comparison's probabilities, lowest level first."""
    return {
        comparison["output_column_name"]: np.array(
            [level[name] for level in reversed(comparison["comparison_levels"]) if name in level]
        )
        for comparison in settings["comparisons"]
        if comparison["output_column_name"] in PERSONAL
    }


def _maximise(patterns: NDArray[np.int64], m: Levels, u: Levels) -> tuple[Levels, Levels, float]:
    """Return m, u and the prior among household pairs.

    m of birth date and sex is held, so that the two kinds of pair cannot change places; m of the
    names is free, since the sources that give no birth date are those that write names loosely.
    Agreement inside a household is never rarer than among random pairs.
    """
    counts = patterns[:, -1].astype(np.float64)
    prior, first_m, first_u = USUAL_PRIOR, m, u
    for _ in range(ROUNDS):
        same = prior * _likelihood(patterns, m)
        other = (1 - prior) * _likelihood(patterns, u)
        of_one = counts * same / (same + other)
        prior = float(of_one.sum() / counts.sum())
        m = first_m | {name: _shares(patterns, of_one, name, first_m[name]) for name in NAMES}
        u = {name: _shares(patterns, counts - of_one, name, first_u[name]) for name in PERSONAL}
    floored = {
        name: np.where(first_u[name] <= first_m[name], np.maximum(u[name], first_u[name]), u[name])
        for name in PERSONAL
    }
    return m, floored, min(max(prior, 0.01), 0.99)


def _likelihood(patterns: NDArray[np.int64], p: Levels) -> NDArray[np.float64]:
    """Return how likely each pattern is; an empty comparison says nothing."""
    product = np.ones(len(patterns))
    for at, name in enumerate(PERSONAL):
        level = patterns[:, at]
        product *= np.where(level < 0, 1.0, p[name][level])
    return product


def _shares(
    patterns: NDArray[np.int64],
    weights: NDArray[np.float64],
    name: str,
    start: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Return the weighted share of each level; ``start`` counts as one pair."""
    levels = patterns[:, PERSONAL.index(name)]
    filled = levels >= 0
    sums = np.bincount(levels[filled], weights=weights[filled], minlength=len(start)) + start
    return np.asarray(sums / sums.sum())
