"""How people of a network are connected: the way between two, and who holds it together.

In: a network as its reader sees it, so that nobody whom they may not see is counted or stepped on.
Out: steps and standings that a table tells. Two people are connected by what is recorded: a
relation, a home that they share or shared. A possible match counts as a step only where no recorded
way leads there, and says so.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import TYPE_CHECKING, Any

from webapp.reads.network import Network, Tie
from webapp.runs import ask

if TYPE_CHECKING:
    from networkx import Graph

MOST_STANDINGS = 8
"""People named as holding a network together: more are no answer."""

HOME = "home"
"""Kind of the tie between two people of one household."""

NOT_RECORDED = 1_000
"""Steps that a possible match counts as: more than any recorded way through a picture is long."""


@dataclass(frozen=True, slots=True)
class Step:
    """From one person to the next, by one tie."""

    start: str
    end: str
    tie: Tie
    homes: tuple[str, ...] = ()
    """The addresses that both are recorded at, in words, where a home is the tie."""
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Standing:
    """What the ways between all others owe to one person."""

    person: str
    share: float
    """Of all pairs of others, the share whose shortest way leads through this person."""
    cut_off: int
    """How many others would be without a way to the most of them."""


@dataclass(frozen=True, slots=True)
class Way:
    """The answer to how two people are connected: no steps where no way is drawn."""

    start: str
    end: str
    steps: tuple[Step, ...]

    @property
    def is_recorded(self) -> bool:
        """Return whether every step of it is recorded."""
        return all(step.tie.kind != "possible" for step in self.steps)


def way_between(network: Network, start: str, end: str) -> Way | None:
    """Return the shortest way between two people who are shown; None where they are not two."""
    # Half a second to import, which no command should wait for.
    import networkx as nx  # noqa: PLC0415

    if start == end or not {start, end} <= network.people.keys():
        return None
    graph = _graph([*network.of_kind("possible"), *_recorded(network)], network)
    if not nx.has_path(graph, start, end):
        return Way(start, end, ())
    path = nx.shortest_path(graph, start, end, weight="steps")
    return Way(start, end, tuple(_step(*pair, graph.edges[pair]["tie"]) for pair in pairwise(path)))


def standings(network: Network) -> list[Standing]:
    """Return who holds a network together by what is recorded, who most does first."""
    import networkx as nx  # noqa: PLC0415 - as above

    graph = _graph(_recorded(network), network)
    shares = {who: round(share, 6) for who, share in nx.betweenness_centrality(graph).items()}
    most = sorted((who for who in shares if shares[who]), key=lambda who: (-shares[who], who))
    return [Standing(who, shares[who], _cut_off(graph, who)) for who in most[:MOST_STANDINGS]]


def _recorded(network: Network) -> list[Tie]:
    """Return what is recorded, what tells most of a pair last."""
    homes = [
        Tie(one, other, "lived" if _died(network, one, other) else HOME, "lives at one address")
        for home in network.households
        for one, other in combinations(home.shown, 2)
    ]
    return [*homes, *network.of_kind("lived"), *network.of_kind("relation")]


def _died(network: Network, *people: str) -> bool:
    """Return whether one of the people has died, so that they share a home no longer."""
    return any(network.people[each]["died"] for each in people)


def _graph(ties: Iterable[Tie], network: Network) -> "Graph[Any]":
    """Return everybody drawn, with one tie a pair: the last given."""
    import networkx as nx  # noqa: PLC0415 - as above

    graph = nx.Graph()
    graph.add_nodes_from(network.people)
    for tie in ties:
        steps = NOT_RECORDED if tie.kind == "possible" else 1
        graph.add_edge(tie.one, tie.other, tie=tie, steps=steps)
    return graph


def _cut_off(graph: "Graph[Any]", person: str) -> int:
    """Return how many of those tied to a person, near or far, only that person ties to the most."""
    import networkx as nx  # noqa: PLC0415 - as above

    part = nx.node_connected_component(graph, person) - {person}
    left = [len(each) for each in nx.connected_components(graph.subgraph(part))]
    return len(part) - max(left)


def _step(start: str, end: str, tie: Tie) -> Step:
    if tie.kind not in (HOME, "lived"):
        return Step(start, end, tie, sources=tie.sources)
    here, there = _addresses(start), _addresses(end)
    both = [address for address in here if address in there]
    sources = {s for one in both for row in (here[one], there[one]) for s in row["sources"] or ()}
    lines = tuple(here[address]["line"] for address in both)
    return Step(start, end, tie, homes=lines, sources=tuple(sorted(sources)))


def _addresses(person: str) -> Mapping[str, Mapping[str, Any]]:
    rows = ask("person_addresses", person_id=person)
    return {row["address_id"]: row for row in rows if row["kind"] == "dwelling"}
