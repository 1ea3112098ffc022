"""Candidates: the persons beside its own that a record may belong to.

In: LINKS in codes and the clusters they were settled into. Out: for each record the likeliest few
other persons, with what leads there. A possible link compares two records alone; here everything
else counts that is known of the persons these turned out to be.
"""

from dataclasses import dataclass, fields

import duckdb
import numpy as np
import pyarrow as pa

from pei_graph.resolve import evidence
from pei_graph.resolve.components import Codes, Flags, Weights
from pei_graph.resolve.evidence import Links, Pairs

MOST_CANDIDATES = 3
"""Persons beside its own that a record may belong to, the likeliest first; more would bury them."""

HELD_BETTER = 2.0
"""Bits by which its own person must hold a record better than a possible link holds it elsewhere
for the link to count no more, where the two persons cannot be one."""

COUNTED, MOST_BETTER = 0.5, 6.0
"""Share of those bits that count where two links contradict each other, and how many count at most.
Both rest on much the same, and one of them is wrong. On four invented councils and a held-out one
what was said to be right 46, 25, 15 and 11 times of 100 was right 35, 19, 12 and 10 times; the odds
of the pair alone had said 91."""


@dataclass(frozen=True, slots=True)
class _Leads:
    """What leads from a record to another person, as arrays of one length."""

    code: Codes
    other: Codes
    weight: Weights
    probability: Weights
    spelling: Codes

    def where(self, kept: Codes) -> "_Leads":
        """Return those at the positions that ``kept`` holds."""
        return _Leads(*(getattr(self, part.name)[kept] for part in fields(self)))


def find(con: duckdb.DuckDBPyConnection, links: Links, label: Codes) -> pa.Table:
    """Return the other persons that each record may belong to, and what leads there.

    Columns: ``code`` of the record, ``other``, the label of the person, ``probability``, ``weight``
    and ``spelling`` of the match key. Needs the tables ``verdict``, ``cluster`` and ``comparables``
    with the macro ``pair_veto``.
    """
    leads = _leads(con, links, label)
    best = leads.where(_strongest(leads, label.size))
    few = best.where(_likeliest(best))
    return pa.table({part.name: getattr(few, part.name) for part in fields(few)})


def _leads(con: duckdb.DuckDBPyConnection, links: Links, label: Codes) -> _Leads:
    """Return what leads from each end of a link to the person of the other, as likely as it is."""
    judged = evidence.judged(con, links, label.size)
    forbidden = _forbidden(con, links, label, judged)
    across = np.flatnonzero(_unsettled(con, links, label))
    left, right = links.left[across], links.right[across]
    code, other = np.concatenate([left, right]), np.concatenate([label[right], label[left]])
    weight = np.tile(links.weight[across], 2)
    better = _held(con)[code] - weight
    contradicted = np.tile((forbidden | (links.accepted & ~judged))[across], 2)
    alone = np.tile(links.probability[across], 2)
    probability = np.where(contradicted, _contradicted(better), alone)
    leads = _Leads(code, other, weight, probability, np.tile(links.spelling[across], 2))
    kept = ~np.tile(forbidden[across], 2) | (better < HELD_BETTER)
    return leads.where(np.flatnonzero(kept))


def _contradicted(better: Weights) -> Weights:
    """Return how likely a link is right that what its record's own person holds contradicts.

    ``better`` are the bits by which that holds it better; not a number where nothing does.
    """
    bits = np.clip(np.nan_to_num(better), 0.0, MOST_BETTER) * COUNTED
    likely: Weights = 1 / (1 + 2**bits)
    return likely


def _unsettled(con: duckdb.DuckDBPyConnection, links: Links, label: Codes) -> Flags:
    """Return the links between two persons of whom no human said *different*."""
    different = evidence.verdicts(con, "different")
    across: Flags = (links.accepted | links.possible) & _apart(links, label)
    if different[0].size:
        judged = label[different[0]], label[different[1]]
        ends = label[links.left], label[links.right]
        across &= ~evidence.among(_either_way(ends, label.size), _either_way(judged, label.size))
    return across


def _apart(links: Links, label: Codes) -> Flags:
    between: Flags = label[links.left] != label[links.right]
    return between


def _forbidden(con: duckdb.DuckDBPyConnection, links: Links, label: Codes, judged: Flags) -> Flags:
    """Return the possible links between two persons of whom any two records cannot be one's.

    A human who looked at the two records has seen more than they say: what is ``judged`` is not
    forbidden.
    """
    forbidden = links.possible & _apart(links, label) & ~judged
    ends = label[links.left[forbidden]], label[links.right[forbidden]]
    persons = _either_way(ends, label.size)
    (left, right), _ = evidence.vetoed(con, _between(np.unique(persons), label))
    apart = _either_way((label[left], label[right]), label.size)
    forbidden[forbidden] = evidence.among(persons, apart)
    return forbidden


def _between(persons: Codes, label: Codes) -> Pairs:
    """Return every pair of a record of the one and a record of the other of two persons.

    ``persons`` holds one number for each two, as :func:`evidence.keys` gives.
    """
    order, size = np.argsort(label, kind="stable"), np.bincount(label, minlength=label.size)
    begins = np.cumsum(size) - size
    low, high = np.divmod(persons, label.size)
    pairs = size[low] * size[high]
    which = np.repeat(np.arange(persons.size), pairs)
    place = np.arange(which.size) - (np.cumsum(pairs) - pairs)[which]
    along, across = np.divmod(place, size[high][which])
    return order[begins[low][which] + along], order[begins[high][which] + across]


def _held(con: duckdb.DuckDBPyConnection) -> Weights:
    """Return by how many bits each record is held in its person; not a number if by none."""
    column = con.sql("SELECT weakest_link FROM cluster ORDER BY code").to_arrow_table()
    held: Weights = column["weakest_link"].to_numpy()
    return held


def _either_way(pairs: Pairs, count: int) -> Codes:
    return evidence.keys((np.minimum(*pairs), np.maximum(*pairs)), count)


def _strongest(leads: _Leads, count: int) -> Codes:
    """Return where the strongest stands of all that lead from one record to one person."""
    pair = evidence.keys((leads.code, leads.other), count)
    order = np.lexsort((leads.spelling, leads.weight, pair))
    strongest: Codes = order[np.flatnonzero(np.diff(pair[order], append=-1))]
    return strongest


def _likeliest(leads: _Leads) -> Codes:
    """Return where the likeliest few stand of all that lead from one record to other persons."""
    ordered = np.lexsort(
        (leads.other, -leads.spelling, -leads.weight, -leads.probability, leads.code)
    )
    owner = leads.code[ordered]
    fourth = np.zeros(owner.size, dtype=np.bool_)
    fourth[MOST_CANDIDATES:] = owner[MOST_CANDIDATES:] == owner[:-MOST_CANDIDATES]
    likeliest: Codes = ordered[~fourth]
    return likeliest
