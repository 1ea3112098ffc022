"""Inside a household, agreement on surname and address is no evidence of one person (Newcombe).

In: ``comparables`` and the trained settings. Out: what each level of a comparison is worth between
two records of one dwelling, and the prior among such pairs, by who says so: a pupil is often a
child whom the surgery knows, and never a claimant. Method: expectation maximisation over the pairs
of a sample of dwellings that no age band forbids, with m of birth date and sex held at the trained
model's; after Newcombe, Handbook of Record Linkage (1988), on families. Roles matter most where
birth dates are missing: those that are never one person's show how often two people share a name.
"""

from dataclasses import dataclass, field
from typing import Any

import duckdb
import numpy as np
from numpy.typing import NDArray

from pei_graph.link.scripts import SQL
from pei_graph.link.settings import BAND_SLACK, level_sql

PERSONAL = ("forename", "surname", "birth_date", "sex")
"""Comparisons between members of one household; its surname then seldom tells anything."""

NAMES = ("forename", "surname")

TOLD_APART = ("birth_date", "sex")
"""Comparisons whose lowest level says that two of a household are two people."""

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

ENOUGH_OF_ROLES = 50
"""Fewest pairs of two roles at home from which to learn how often they are one person's."""

USUAL_PAIRS = 10.0
"""Pairs of the usual prior that are reckoned with beside those of two roles."""

LEAST_SHARE = 0.001
"""Share of the pairs of two roles that are one person's, at least: even what was filed under a
pupil may be the mother's."""

FEW_RELATIVES = 0.2
"""Share of pairs of one home with two people's forenames, under which records are not of families:
among a council's it is about two thirds, among an archive's or a register's a tenth."""

Numbers = NDArray[np.float64]
Counts = NDArray[np.int64]
Levels = dict[str, Numbers]


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
    roles: dict[str, float] = field(default_factory=dict)
    """Bits by which pairs of two sources' roles are likelier one person's than others of a home; of
    roles that seldom meet it says nothing."""

    @property
    def of_families(self) -> bool:
        """Return whether the records are of families at all.

        If they are not, what differs is a mistake more often than a brother or sister: it counts
        against a pair, yet forbids nothing, and a shared home is evidence like any other.
        """
        return self.relatives >= FEW_RELATIVES


@dataclass(frozen=True, slots=True)
class _Pairs:
    """Pairs of one home: what they are like, and how many are so."""

    levels: Counts
    """By comparison, in the order of ``PERSONAL``; -1 is empty."""
    counts: Numbers
    of_roles: Counts
    """Where their two roles stand in ``roles``."""
    roles: list[str]

    def level(self, comparison: str) -> Counts:
        return self.levels[:, PERSONAL.index(comparison)]

    def by_roles(self, counts: Numbers) -> Numbers:
        sums = np.bincount(self.of_roles, weights=counts, minlength=len(self.roles))
        return np.asarray(sums, dtype=np.float64)


def learn_household(
    con: duckdb.DuckDBPyConnection, described: dict[str, Any], settings: dict[str, Any]
) -> Household:
    """Return what is evidence inside a household."""
    pairs = _pairs(con, described)
    m, u = _probabilities(settings, "m_probability"), _probabilities(settings, "u_probability")
    usual = {name: np.minimum(np.log2(m[name] / u[name]), LEAST_AGAINST) for name in PERSONAL}
    if float(pairs.counts.sum()) >= ENOUGH:
        m, u, prior, by_roles = _maximise(pairs, m, u)
        homes, roles = pairs, _roles(pairs, by_roles, prior=prior)
    else:
        homes, roles, prior = _pairs(con, described, home=NEAR), {}, USUAL_PRIOR
    return Household(
        prior=_bits(prior),
        levels={
            name: np.maximum(np.log2(m[name] / u[name]), usual[name]).tolist() for name in PERSONAL
        },
        relatives=_relatives(homes),
        roles=roles,
    )


def _bits(share: float) -> float:
    return float(np.log2(share / (1 - share)))


def _roles(pairs: _Pairs, by_roles: Numbers, *, prior: float) -> dict[str, float]:
    """Return the bits of those roles that meet at home often enough to tell."""
    met = pairs.by_roles(pairs.counts)
    return {
        pairs.roles[at]: _bits(float(by_roles[at])) - _bits(prior)
        for at in np.flatnonzero(met >= ENOUGH_OF_ROLES)
    }


def _pairs(
    con: duckdb.DuckDBPyConnection, described: dict[str, Any], *, home: str = "place"
) -> _Pairs:
    """Return the pairs of one ``home``, by roles and levels."""
    levels = {f"{name}_level": level_sql(described, name) for name in PERSONAL}
    query = SQL.text("household").format(home=home, slack=BAND_SLACK, **levels)
    found = con.execute(query, {"sample": SAMPLE, "crowd": CROWD}).fetchall()
    said = np.array([row[0] for row in found], dtype=np.str_)
    told = np.array([row[1:] for row in found], dtype=np.int64).reshape(-1, len(PERSONAL) + 1)
    roles, of_roles = np.unique(said, return_inverse=True)
    return _Pairs(told[:, :-1], told[:, -1].astype(np.float64), of_roles, roles.tolist())


def _relatives(pairs: _Pairs) -> float:
    """Return the share of pairs whose forenames differ, of those that have both."""
    forename = pairs.level("forename")
    named = float(pairs.counts[forename >= 0].sum())
    return float(pairs.counts[forename == 0].sum()) / named if named >= ENOUGH else 1.0


def _probabilities(settings: dict[str, Any], name: str) -> Levels:
    """Return each personal comparison's probabilities, lowest level first."""
    return {
        comparison["output_column_name"]: np.array(
            [level[name] for level in reversed(comparison["comparison_levels"]) if name in level]
        )
        for comparison in settings["comparisons"]
        if comparison["output_column_name"] in PERSONAL
    }


def _maximise(pairs: _Pairs, m: Levels, u: Levels) -> tuple[Levels, Levels, float, Numbers]:
    """Return m and u among household pairs, and the prior, of all and by roles.

    m of birth date and sex is held, so that the two kinds of pair cannot change places; m of the
    names is free, since the sources that give no birth date are those that write names loosely.
    Whose birth date or sex differs is two people, as the veto has it. Agreement inside a household
    is never rarer than among random pairs.
    """
    apart = np.any([pairs.level(name) == 0 for name in TOLD_APART], axis=0)
    prior, by_roles = USUAL_PRIOR, np.full(len(pairs.roles), USUAL_PRIOR)
    first_m, first_u = m, u
    for _ in range(ROUNDS):
        chance = by_roles[pairs.of_roles]
        same = chance * _likelihood(pairs, m) * ~apart
        other = (1 - chance) * _likelihood(pairs, u)
        one = pairs.counts * same / (same + other)
        prior, by_roles = _priors(pairs, one)
        m = first_m | {name: _shares(pairs, one, name, first_m[name]) for name in NAMES}
        u = _of_two(pairs, pairs.counts - one, first_u)
    u["sex"] = _of_two_alike(pairs, pairs.counts - one, u["sex"], start=first_u["sex"])
    floored = {
        name: np.where(first_u[name] <= first_m[name], np.maximum(u[name], first_u[name]), u[name])
        for name in PERSONAL
    }
    return m, floored, prior, by_roles


def _priors(pairs: _Pairs, one: Numbers) -> tuple[float, Numbers]:
    """Return the share of one person's pairs, of all and by roles; never nearly none or all."""
    share = min(max(float(one.sum() / pairs.counts.sum()), 0.01), 0.99)
    held, met = pairs.by_roles(one), pairs.by_roles(pairs.counts)
    by_roles = (held + USUAL_PAIRS * share) / (met + USUAL_PAIRS)
    return share, np.clip(by_roles, LEAST_SHARE, 1 - LEAST_SHARE)


def _of_two(pairs: _Pairs, two: Numbers, start: Levels) -> Levels:
    """Return u. Names are asked of those of one sex: a forename tells it, so others share none."""
    of_one_sex = two * (pairs.level("sex") != 0)
    return {
        name: _shares(pairs, of_one_sex if name in NAMES else two, name, start[name])
        for name in PERSONAL
    }


def _of_two_alike(pairs: _Pairs, two: Numbers, sexes: Numbers, *, start: Numbers) -> Numbers:
    """Return u of the sexes, another sex as often as among two people whose forenames are alike."""
    alike = two * (pairs.level("forename") > 0)
    different, same = _shares(pairs, alike, "sex", start)
    return np.array([sexes[1] * different / same, sexes[1]])


def _likelihood(pairs: _Pairs, p: Levels) -> Numbers:
    """Return how likely pairs are that are like this; an empty comparison says nothing."""
    product = np.ones(pairs.counts.size)
    for name in PERSONAL:
        level = pairs.level(name)
        product *= np.where(level < 0, 1.0, p[name][level])
    return product


def _shares(pairs: _Pairs, weights: Numbers, name: str, start: Numbers) -> Numbers:
    """Return the weighted share of each level; ``start`` counts as one pair."""
    levels = pairs.level(name)
    filled = levels >= 0
    sums = np.bincount(levels[filled], weights=weights[filled], minlength=len(start)) + start
    return np.asarray(sums / sums.sum())
