"""What ties the records of one person together, and in which order it joined them.

In: the links among a person's records, strongest first, and the human verdicts that the run was
told, which later ones do not change. Out: the ties in force, the joins that made the person (a
maximum spanning tree, after Kruskal 1956), the bridges without which the person would fall apart,
and the strongest path between two records.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Literal

from pei_graph.explain.reading import Row
from pei_graph.ledger import Judgement, opinions

if TYPE_CHECKING:
    from networkx import Graph

Kind = Literal["judgement", "identifier", "model", "household"]

JUDGED = 99.0
"""Bits shown for a human verdict: above any of the model."""


@dataclass(frozen=True, slots=True)
class Tie:
    """One thing that holds two records together. ``weight`` is in bits."""

    record_l: str
    record_r: str
    weight: float
    kind: Kind
    match_key: str = ""

    def other(self, record: str) -> str:
        """Return the record at the other end."""
        return self.record_r if record == self.record_l else self.record_l


@dataclass(frozen=True, slots=True)
class Join:
    """A tie that joined two parts, with the records each of them had by then."""

    tie: Tie
    left: int
    right: int
    bridge: bool


def counting(judgements: Sequence[Judgement]) -> dict[tuple[str, str], Judgement]:
    """Return the judgement that counts on each pair, of those given oldest first."""
    return {one.pair: one.counts for one in opinions(judgements) if one.counts}


def outdated(applied: Iterable[Row], judgements: Sequence[Judgement]) -> list[Row]:
    """Return what the run was told and no longer counts: it holds until the next run is made."""
    standing = counting(judgements)
    now = {pair: one.verdict for pair, one in standing.items()}
    return [row for row in applied if now.get(_pair(row)) != row["verdict"]]


def ties_of(links: Iterable[Row], applied: Iterable[Row]) -> list[Tie]:
    """Return the ties in force, in the order in which they join.

    ``applied`` are the verdicts that the run was told. What a veto forbids ties nothing. What was
    only possible counts where nothing else holds two parts together: there the people around it
    have settled it. Of itself it ties nobody.
    """
    told = {_pair(row): row["verdict"] for row in applied}
    judged = [Tie(*pair, JUDGED, "judgement") for pair, said in told.items() if said == "same"]
    linked = [
        Tie(*_pair(link), link["weight"], _kind(link), link["match_key"])
        for link in links
        if _holds(link) and _pair(link) not in told
    ]
    return list(_in_force(sorted([*judged, *linked], key=_rank)))


def _pair(row: Row) -> tuple[str, str]:
    return row["record_l"], row["record_r"]


def _in_force(ties: Iterable[Tie]) -> Iterator[Tie]:
    """Yield the ties, of those of a household only the ones that join what is apart."""
    import networkx as nx  # noqa: PLC0415 - as below

    parts = nx.utils.UnionFind()
    for tie in ties:
        if tie.kind != "household" or parts[tie.record_l] != parts[tie.record_r]:
            yield tie
        parts.union(tie.record_l, tie.record_r)


def _holds(link: Row) -> bool:
    if link["state"] == "accepted":
        return True
    return link["state"] == "possible" and link["veto"] is None


def _kind(link: Row) -> Kind:
    if link["state"] != "accepted":
        return "household"
    return "identifier" if link["reason"] == "identifier" else "model"


def _rank(tie: Tie) -> tuple[bool, bool, float, str, str]:
    return tie.kind != "judgement", tie.kind == "household", -tie.weight, tie.record_l, tie.record_r


def joins(ties: Sequence[Tie]) -> list[Join]:
    """Return the ties that joined what was apart, in order, each with the sizes it joined."""
    # Half a second to import, which only who explains should wait for.
    import networkx as nx  # noqa: PLC0415

    bridges = {frozenset(pair) for pair in nx.bridges(_graph(ties))}
    parts = nx.utils.UnionFind()
    made = []
    for tie in ties:
        left, right = parts[tie.record_l], parts[tie.record_r]
        if left != right:
            bridge = frozenset((tie.record_l, tie.record_r)) in bridges
            made.append(Join(tie, parts.weights[left], parts.weights[right], bridge))
            parts.union(left, right)
    return made


def strongest_path(start: str, end: str, ties: Sequence[Tie]) -> list[Tie]:
    """Return the ties from one record to another whose weakest is as strong as can be.

    There are none where the two are not tied.
    """
    import networkx as nx  # noqa: PLC0415 - as above

    tree = nx.minimum_spanning_tree(_graph(ties), weight="rank")
    tree.add_nodes_from((start, end))
    if not nx.has_path(tree, start, end):
        return []
    return [tree.edges[pair]["tie"] for pair in pairwise(nx.shortest_path(tree, start, end))]


def _graph(ties: Sequence[Tie]) -> "Graph[Any]":
    """Return the records and the ties between them, each with its ``rank``: the first is best."""
    import networkx as nx  # noqa: PLC0415 - as above

    graph = nx.Graph()
    for rank, tie in enumerate(ties):
        graph.add_edge(tie.record_l, tie.record_r, rank=rank, tie=tie)
    return graph
