"""A family or person with everybody a few steps away, as a graph of networkx.

In: what an analyst may see. Out: a ``MultiDiGraph`` whose nodes and edges carry what the questions
say of them. Sources are drawn for those at the heart alone.
"""

from collections.abc import Iterable
from itertools import chain

import networkx as nx

from pei_graph.errors import GraphError
from pei_graph.notebook.seen import Rows, Seen

MOST_ROWS = 10_000
"""A neighbourhood with more ties than this is a mistake in the question."""


def neighbourhood(seen: Seen, start: str, *, steps: int) -> "nx.MultiDiGraph[str]":
    """Return everybody within ``steps`` of a family, or of a person and their family."""
    heart = people = _heart(seen, start)
    related: Rows = []
    possible: Rows = []
    for _ in range(steps):
        related = _asked(seen, "network_ties", people)
        possible = _asked(seen, "network_possible", people)
        people = _all(people, related, possible)
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(start=start)
    _add_people(graph, seen.rows("network_people", person_ids=people), heart)
    _add_ties(graph, related, possible)
    _add_sources(graph, _asked(seen, "network_agencies", heart))
    return graph


def _heart(seen: Seen, start: str) -> list[str]:
    """Return a family's members, or a person with theirs."""
    if members := _members(seen, start):
        return members
    found = seen.rows("person", person_id=start)
    if not found:
        raise GraphError(
            "There is no such family or person in the current run", do="Search on the pages first"
        )
    family = found[0]["family_id"]
    return list(dict.fromkeys([start, *(_members(seen, family) if family else [])]))


def _members(seen: Seen, family: str) -> list[str]:
    rows = seen.rows("network_members", family_ids=[family], most=MOST_ROWS)
    return [row["person_id"] for row in rows]


def _asked(seen: Seen, question: str, people: list[str]) -> Rows:
    rows = seen.rows(question, person_ids=people, most=MOST_ROWS)
    if len(rows) >= MOST_ROWS:
        raise GraphError("The neighbourhood is too large to be told", do="Ask for fewer steps")
    return rows


def _all(people: list[str], *answers: Rows) -> list[str]:
    """Return the people and whom they are tied to, each once."""
    ends = ((row["person_id"], row["other_id"]) for row in chain(*answers))
    return list(dict.fromkeys([*people, *chain.from_iterable(ends)]))


def _add_people(graph: "nx.MultiDiGraph[str]", rows: Rows, heart: Iterable[str]) -> None:
    for row in rows:
        person, family = row["person_id"], row["family_id"]
        graph.add_node(person, label="Person", heart=person in heart, **row)
        if family:
            graph.add_node(family, label="Family", family_id=family, line=row["line"])
            graph.add_edge(person, family, "MEMBER_OF", type="MEMBER_OF", role=row["role"])


def _add_ties(graph: "nx.MultiDiGraph[str]", related: Rows, possible: Rows) -> None:
    for row in related:
        said = {"type": "RELATED_TO", "kind": row["kind"], "sources": sorted(row["sources"] or ())}
        graph.add_edge(row["person_id"], row["other_id"], f"RELATED_TO {row['kind']}", **said)
    for row in sorted(possible, key=lambda row: float(row["probability"] or 0)):
        one, other = sorted((row["person_id"], row["other_id"]))
        said = {"type": "MAY_BE", "probability": row["probability"]}
        graph.add_edge(one, other, "MAY_BE", **said)


def _add_sources(graph: "nx.MultiDiGraph[str]", rows: Rows) -> None:
    for row in rows:
        source = f"source:{row['source']}"
        graph.add_node(source, label="Source", source=row["source"], title=row["title"])
        said = {"type": "KNOWN_TO", "facts": row["facts"], "latest": row["latest"]}
        graph.add_edge(row["person_id"], source, "KNOWN_TO", **said)
