"""LINKS and verdicts become clusters: connected components propose, the evidence disposes.

Components with nothing against them are clusters as they stand. The contested ones, with a veto or
a human verdict inside or with a weak bridge, go through :mod:`.agglomerate`, which would leave the
others unchanged: the short cut saves time and nothing else. What the clusters then show of
households settles some of the possible links (:mod:`.context`), and the clusters that these touch
are settled again.
"""

import duckdb
import numpy as np
import pyarrow as pa

from pei_graph.resolve import context, evidence, judgements
from pei_graph.resolve.agglomerate import BRIDGE_WEIGHT, LARGE, Edge, Evidence, agglomerate
from pei_graph.resolve.components import Codes, Flags, components, weakest_on_strongest_path
from pei_graph.resolve.evidence import Edges, Links, Pairs

LARGEST = 200
"""Records above which a component is no longer believed: its weakest edges are dropped until it
falls apart. Nobody stands in so many records; such components come from chains of weak links, and
comparing all their pairs would cost the square of their size."""

CHAIN = 3
"""Records from which a component may hold a pair that no link joins."""

DROPPED_SHARE = 0.1
"""Share of the weakest edges dropped at a time from each component that is too large."""

CERTAIN = (20.0, 14.0, 10.0, BRIDGE_WEIGHT)
"""Bits above which undisputed parts of a contested component are joined at once, strongest first;
none is below the weight at which a bridge is weak."""


def cluster(con: duckdb.DuckDBPyConnection, links: Links, *, count: int) -> Codes:
    """Return each record's label, the smallest code of its cluster.

    The temporary table ``cluster`` (code, label, weakest_link) holds every record once. Needs
    ``node``, ``verdict``, what :mod:`.context` needs, and the table ``comparables``
    with the macro ``pair_veto`` over two of its rows. Judgements that contradict each other are
    added to ISSUES.
    """
    same, different = evidence.verdicts(con, "same"), evidence.verdicts(con, "different")
    open_ = ~links.vetoed & ~evidence.judged(con, links, count)
    edges, component = _believable(links.where(open_ & links.accepted), same, np.arange(count))
    label, contradictions = _settle(con, links, edges, part=component, verdicts=(same, different))
    _report_contradictions(con, contradictions)
    near = context.near(con, links, label, open_=open_)
    if near.left.size:
        edges, component = _believable(edges + near, same, component)
        touched = _among(component, component[near.left])
        alone = np.where(touched, component, np.arange(count))
        again = edges.where(touched[edges.left])
        settled, _ = _settle(con, links, again, part=alone, verdicts=(same, different))
        label = np.where(touched, settled, label)
    _store(con, label, edges, same=same)
    return label


def _settle(
    con: duckdb.DuckDBPyConnection,
    links: Links,
    edges: Edges,
    *,
    part: Codes,
    verdicts: tuple[Pairs, Pairs],
) -> tuple[Codes, int]:
    """Return each record's label, and how many verdicts *same* another verdict forbade.

    ``part`` is each record's component; the verdicts are *same* and *different*.
    """
    same, different = verdicts
    vetoes, by_name = _vetoes(con, links, part)
    contested = _contested(part, edges, np.concatenate([*vetoes, *different, *same]))
    kept = edges.where(contested[edges.left])
    certain = _certain(part.size, kept, against=(vetoes, different), same=same)
    settled = agglomerate(
        Evidence(
            edges=_as_edges(kept, certain),
            vetoes=_as_pairs(vetoes, certain),
            by_name=_as_pairs((vetoes[0][by_name], vetoes[1][by_name]), certain),
            sizes=_sizes(certain),
            same=_as_pairs(same, certain),
            different=_as_pairs(different, certain),
        )
    )
    label = np.arange(part.size)
    label[list(settled.label.keys())] = list(settled.label.values())
    return np.where(contested, label[certain], part), settled.contradictions


def _certain(count: int, edges: Edges, *, against: tuple[Pairs, ...], same: Pairs) -> Codes:
    """Return labels of records that agglomeration is bound to join, so that it need not.

    In order of weight, the records held together by edges above any one weight are joined before
    weaker edges count; where nothing speaks against any two of them, nothing can stop that.
    """
    label = np.arange(count)
    for weight in CERTAIN:
        strong = edges.where(edges.weight >= weight)
        part = components(count, strong.left, strong.right)
        disputed = np.zeros(count, dtype=np.bool_)
        disputed[part[np.concatenate(same)]] = True
        for left, right in against:
            disputed[part[left[part[left] == part[right]]]] = True
        label = np.where(disputed[part], label, part)
    return label


def _sizes(label: Codes) -> dict[int, int]:
    sizes = np.bincount(label)
    several = np.flatnonzero(sizes > 1)
    return dict(zip(several.tolist(), sizes[several].tolist(), strict=True))


def _believable(edges: Edges, same: Pairs, known: Codes) -> tuple[Edges, Codes]:
    """Return the edges kept and the components they make, none of them beyond belief.

    ``known`` labels what some of the edges are already known to connect.
    """
    label = known
    while True:
        left, right = np.concatenate([edges.left, same[0]]), np.concatenate([edges.right, same[1]])
        apart = label[left] != label[right]
        label = components(label.size, label[left[apart]], label[right[apart]])[label]
        oversize = np.bincount(label, minlength=label.size)[label[edges.left]] > LARGEST
        if not oversize.any():
            return edges, label
        edges = edges.where(~_weakest(edges, label, np.flatnonzero(oversize)))
        label = np.arange(label.size)


def _weakest(edges: Edges, label: Codes, these: Codes) -> Flags:
    """Return which edges are the weakest among ``these`` of their own component."""
    order = these[np.lexsort((edges.weight[these], label[edges.left[these]]))]
    first = np.flatnonzero(np.diff(label[edges.left[order]], prepend=-1))
    counts = np.diff(first, append=order.size)
    limit = edges.weight[order[first + ((counts - 1) * DROPPED_SHARE).astype(np.int64)]]
    weak = np.zeros(edges.left.size, dtype=np.bool_)
    weak[order] = edges.weight[order] <= np.repeat(limit, counts)
    return weak


def _among(component: Codes, these: Codes) -> Flags:
    """Return for each record whether its component is one of these."""
    flag = np.zeros(component.size, dtype=np.bool_)
    flag[these] = True
    return flag[component]


def _vetoes(con: duckdb.DuckDBPyConnection, links: Links, component: Codes) -> tuple[Pairs, Flags]:
    """Return every vetoed pair inside a component of three or more, and which by a forename."""
    count = component.size
    size = np.bincount(component, minlength=count)
    within = component[links.left] == component[links.right]
    within &= size[component[links.left]] >= CHAIN
    scored = evidence.keys((links.left[within], links.right[within]), count)
    left, right = _pairs_within(component, np.flatnonzero(size[component] >= CHAIN))
    unscored = ~evidence.among(evidence.keys((left, right), count), scored)
    forbidden, by_name = evidence.vetoed(con, (left[unscored], right[unscored]))
    within &= links.vetoed
    pairs = (
        np.concatenate([links.left[within], forbidden[0]]),
        np.concatenate([links.right[within], forbidden[1]]),
    )
    return pairs, np.concatenate([links.by_name[within], by_name])


def _pairs_within(component: Codes, codes: Codes) -> Pairs:
    """Return every pair of these codes, given in ascending order, that shares a component."""
    codes = codes[np.argsort(component[codes], kind="stable")]
    part = component[codes]
    found = [(codes[:0], codes[:0])]
    for apart in range(1, codes.size):
        together = part[:-apart] == part[apart:]
        if not together.any():
            break
        found.append((codes[:-apart][together], codes[apart:][together]))
    left, right = (np.concatenate(ends) for ends in zip(*found, strict=True))
    return left, right


def _contested(component: Codes, edges: Edges, touched: Codes) -> Flags:
    """Return for each record whether its component has anything that agglomeration must weigh."""
    count = component.size
    size = np.bincount(component, minlength=count)
    flag = np.zeros(count, dtype=np.bool_)
    flag[component[touched]] = True
    weak = edges.weight < BRIDGE_WEIGHT
    flag[component[edges.left[weak]]] |= size[component[edges.left[weak]]] >= 2 * LARGE
    contested: Flags = flag[component]
    return contested


def _as_edges(edges: Edges, certain: Codes) -> list[Edge]:
    """Return the edges between what is certain, strongest first, ties in the order of records."""
    open_ = edges.where(certain[edges.left] != certain[edges.right])
    order = np.lexsort((open_.right, open_.left, -open_.weight))
    ends = certain[open_.left], certain[open_.right]
    columns = (*ends, open_.weight, open_.identifier, open_.named)
    return [Edge(*row) for row in zip(*(c[order].tolist() for c in columns), strict=True)]


def _as_pairs(pairs: Pairs, certain: Codes) -> list[tuple[int, int]]:
    left, right = (certain[codes].tolist() for codes in pairs)
    return list(zip(left, right, strict=True))


def _report_contradictions(con: duckdb.DuckDBPyConnection, contradictions: int) -> None:
    if contradictions:
        judgements.report(
            con,
            rule="judgements_contradict",
            rows=contradictions,
            advice="A verdict 'same' joins records that another verdict holds apart;"
            " 'different' was kept: `pei judgements` says which to withdraw",
        )


def _store(con: duckdb.DuckDBPyConnection, label: Codes, edges: Edges, *, same: Pairs) -> None:
    left, right = np.concatenate([edges.left, same[0]]), np.concatenate([edges.right, same[1]])
    judged = np.full(same[0].size, evidence.JUDGED_WEIGHT)
    weight = np.concatenate([edges.weight, judged])
    inside = label[left] == label[right]
    weakest = weakest_on_strongest_path(
        label.size, left[inside], right[inside], weight=weight[inside], label=label
    )
    codes = np.arange(label.size)
    columns = {"code": codes, "label": label}
    weakest_link = pa.array(weakest, from_pandas=True)
    con.register("settled", pa.table({**columns, "weakest_link": weakest_link}))
    con.execute("CREATE OR REPLACE TEMP TABLE cluster AS SELECT * FROM settled")
    con.unregister("settled")
