"""Connected components and strongest paths over integer codes, vectorised.

In: arrays of edge ends (codes from 0) and weights. Out: arrays over codes. No record is touched
one at a time, so a million edges take a fraction of a second.
"""

import numpy as np
import numpy.typing as npt

Codes = npt.NDArray[np.int64]
Weights = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


def components(count: int, left: Codes, right: Codes) -> Codes:
    """Return for each of ``count`` codes the smallest code it is connected with.

    Roots hook onto smaller roots and paths are halved until no edge joins two labels; the number of
    rounds grows with the logarithm of the longest path.
    """
    label = np.arange(count, dtype=np.int64)
    while left.size:
        ends = label[left], label[right]
        low = np.minimum(*ends)
        np.minimum.at(label, ends[0], low)
        np.minimum.at(label, ends[1], low)
        label = _flattened(label)
        apart = label[left] != label[right]
        left, right = left[apart], right[apart]
    return label


def _flattened(label: Codes) -> Codes:
    while not np.array_equal(label, above := label[label]):
        label = above
    return label


def weakest_on_strongest_path(
    count: int, left: Codes, right: Codes, *, weight: Weights, label: Codes
) -> Weights:
    """Return for each code the weakest weight on the strongest path to its cluster's anchor.

    The anchor of a cluster is an end of its strongest edge (the smallest such code); its own value
    is that edge's weight. Codes without an edge get NaN. Every edge must lie within one cluster.
    """
    ends, others = np.concatenate([left, right]), np.concatenate([right, left])
    both = np.concatenate([weight, weight])
    best = np.full(count, -np.inf)
    strongest = np.full(count, -np.inf)
    np.maximum.at(strongest, label[ends], both)
    at_anchor = both == strongest[label[ends]]
    anchor = np.full(count, count, dtype=np.int64)
    np.minimum.at(anchor, label[ends[at_anchor]], ends[at_anchor])
    anchors = anchor[anchor < count]
    best[anchors] = strongest[label[anchors]]
    _widen(best, ends, others, both)
    best[np.isneginf(best)] = np.nan
    return best


def _widen(best: Weights, ends: Codes, others: Codes, weight: Weights) -> None:
    """Best holds the widest path's weakest weight, spread from the codes already filled."""
    while ends.size:
        through = np.minimum(best[ends], weight)
        better = through > best[others]
        np.maximum.at(best, others[better], through[better])
        changed = np.zeros(best.size, dtype=np.bool_)
        changed[others[better]] = True
        if not better.any():
            return
        ends, others, weight = _open_edges(best, ends, others, weight=weight)


def _open_edges(
    best: Weights, ends: Codes, others: Codes, *, weight: Weights
) -> tuple[Codes, Codes, Weights]:
    """Return the edges that could still better their far end."""
    useful = weight > best[others]
    return ends[useful], others[useful], weight[useful]
