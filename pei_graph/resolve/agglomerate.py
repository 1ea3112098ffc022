"""Contested records grow into clusters in order of weight, and refuse what the evidence forbids.

In: edges, strongest first, vetoes and human verdicts between integer codes; a code may stand for
several records that are certain to be one person. Out: for each code the smallest of its cluster.

A join of two clusters is refused where

* a human verdict *different* stands between any two of their records;
* vetoes stand between them, unless at least as many agreeing identifiers do (an identifier outranks
  the model, but one mistyped number does not outvote everything else that is known), or more strong
  links (nor does one misspelt name; twins' own names forbid nearly every pair, so that one record
  under the wrong name does not join them); where only forenames forbid, as many links do on which a
  forename agrees, since a name between the two explains why they differ, or whose two forenames are
  taken for one person's;
* it rests on a single weak edge and both sides are large (a weak bridge).

Human verdicts *same* are joined first. They also explain: where a record judged the same has a link
to a third record, a veto between its twin in judgement and that third record is lifted.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

Pair = tuple[int, int]

BRIDGE_WEIGHT = 6.6
"""Bits (odds of about 0.99) under which a single edge may not hold two large clusters together."""

LARGE = 3
"""Records from which on a side of a bridge is large."""


class Edge(NamedTuple):
    """An accepted link between two codes."""

    left: int
    right: int
    weight: float
    identifier: bool
    named: bool = False
    """Whether a forename agrees, or two are taken for one person's."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that speaks for or against joins among the contested codes.

    ``edges`` come strongest first. ``sizes`` gives the records of each code that has more than one.
    """

    edges: list[Edge]
    vetoes: list[Pair]
    by_name: list[Pair] = field(default_factory=list)
    """Those of the vetoes that only a forename makes."""
    sizes: Mapping[int, int] = field(default_factory=dict)
    same: list[Pair] = field(default_factory=list)
    different: list[Pair] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Settled:
    """Clusters by code (smallest code of the cluster), and how many verdicts *same* were undone."""

    label: dict[int, int]
    contradictions: int


class Tally:
    """How many pairs of some kind stand between two clusters, kept right as clusters join."""

    def __init__(self, pairs: Iterable[Pair]) -> None:
        """Hold the counts of pairs between single codes."""
        self._counts: dict[int, dict[int, int]] = {}
        for left, right in pairs:
            self._add(left, right, 1)

    def _add(self, left: int, right: int, count: int) -> None:
        for one, other in ((left, right), (right, left)):
            counts = self._counts.setdefault(one, {})
            counts[other] = counts.get(other, 0) + count

    def between(self, left: int, right: int) -> int:
        """Return the number of pairs between two clusters."""
        counts = self._counts.get(left)
        return counts.get(right, 0) if counts else 0

    def neighbours(self, cluster: int) -> list[int]:
        """Return the clusters that share a pair with this one."""
        return list(self._counts.get(cluster, ()))

    def clear(self, left: int, right: int) -> None:
        """No pair stands between the two clusters any longer."""
        self._counts[left].pop(right, None)
        self._counts[right].pop(left, None)

    def merge(self, kept: int, gone: int) -> None:
        """The pairs of ``gone`` are pairs of ``kept``; those between the two are forgotten."""
        for other, count in self._counts.pop(gone, {}).items():
            del self._counts[other][gone]
            if other != kept:
                self._add(kept, other, count)


class _Clusters:
    """Clusters under construction, each known by its smallest code."""

    def __init__(self, evidence: Evidence) -> None:
        self._root: dict[int, int] = {}
        self._codes: dict[int, list[int]] = {}
        self._size = dict(evidence.sizes)
        self._links: dict[int, list[Edge]] = {}
        for edge in evidence.edges:
            self._links.setdefault(edge.left, []).append(edge)
            self._links.setdefault(edge.right, []).append(edge)
        self.vetoes = Tally(evidence.vetoes)
        self.by_name = Tally(evidence.by_name)
        self.different = Tally(evidence.different)

    def find(self, code: int) -> int:
        path = []
        while (above := self._root.get(code, code)) != code:
            path.append(code)
            code = above
        for step in path:
            self._root[step] = code
        return code

    def codes(self, cluster: int) -> list[int]:
        return self._codes.get(cluster) or [cluster]

    def size(self, cluster: int) -> int:
        return self._size.get(cluster, 1)

    def join(self, left: int, right: int) -> None:
        kept, gone = (left, right) if left < right else (right, left)
        self._root[gone] = kept
        self._codes[kept] = self.codes(kept) + self.codes(gone)
        self._codes.pop(gone, None)
        self._size[kept] = self.size(kept) + self.size(gone)
        self.vetoes.merge(kept, gone)
        self.by_name.merge(kept, gone)
        self.different.merge(kept, gone)

    def links_between(self, left: int, right: int) -> list[Edge]:
        """Return the accepted links between two clusters."""
        ends = {left, right}
        return [
            edge
            for code in min(self.codes(left), self.codes(right), key=len)
            for edge in self._links.get(code, ())
            if {self.find(edge.left), self.find(edge.right)} == ends
        ]

    def forbids(self, left: int, right: int, *, weight: float) -> bool:
        if self.different.between(left, right):
            return True
        if vetoes := self.vetoes.between(left, right):
            links = self.links_between(left, right)
            agreeing = sum(edge.identifier for edge in links)
            strong = sum(edge.weight >= BRIDGE_WEIGHT for edge in links)
            named = sum(edge.named for edge in links)
            explained = vetoes == self.by_name.between(left, right) and vetoes <= named
            return vetoes > agreeing and vetoes >= strong and not explained
        return weight < BRIDGE_WEIGHT and self._is_bridge_of_large(left, right)

    def _is_bridge_of_large(self, left: int, right: int) -> bool:
        large = min(self.size(left), self.size(right)) >= LARGE
        return large and len(self.links_between(left, right)) == 1


def agglomerate(evidence: Evidence) -> Settled:
    """Return clusters that respect every verdict *different* and every veto not outranked."""
    clusters = _Clusters(evidence)
    contradictions = _join_judged(clusters, sorted(evidence.same))
    for edge in evidence.edges:
        left, right = clusters.find(edge.left), clusters.find(edge.right)
        if left != right and not clusters.forbids(left, right, weight=edge.weight):
            clusters.join(left, right)
    codes = {code for edge in evidence.edges for code in (edge.left, edge.right)}
    codes.update(code for pair in evidence.same for code in pair)
    return Settled({code: clusters.find(code) for code in codes}, contradictions)


def _join_judged(clusters: _Clusters, same: list[Pair]) -> int:
    """Every verdict *same* is joined; return how many a verdict *different* forbade."""
    refused = 0
    for one, other in same:
        left, right = clusters.find(one), clusters.find(other)
        if left != right and clusters.different.between(left, right):
            refused += 1
        elif left != right:
            clusters.join(left, right)
    for root in sorted({clusters.find(code) for pair in same for code in pair}):
        for other in clusters.vetoes.neighbours(root):
            if clusters.links_between(root, other):
                clusters.vetoes.clear(root, other)
    return refused
