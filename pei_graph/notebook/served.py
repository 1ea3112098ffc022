"""The graph on a Neo4j server in py2neo; the only module that imports it.

py2neo has had no release since 2021 and is past its end of life: it is for notebooks that use it
already. The product asks the server through the official driver. In: the settings. Out: py2neo's
graph, and subgraphs of it with nobody in them but whom the analyst may see.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from py2neo import Graph, Subgraph

from pei_graph.errors import GraphError
from pei_graph.settings import Settings

if TYPE_CHECKING:
    from networkx import MultiDiGraph

_PEOPLE = "MATCH (p:Person) WHERE p.person_id IN $people RETURN p"
_RELATED = """
MATCH (p:Person)-[r:RELATED_TO]->(o:Person)
WHERE p.person_id IN $people AND o.person_id IN $people
RETURN p, r, o
"""
_FAMILIES = """
MATCH (p:Person)-[m:MEMBER_OF]->(f:Family)
WHERE p.person_id IN $people AND f.family_id IN $families
RETURN p, m, f
"""
_HOMES = """
MATCH (p:Person)-[l:LIVES_AT]->(a:Address)
WHERE p.person_id IN $people AND (NOT a.sealed OR $see_sealed)
RETURN p, l, a
"""


@contextmanager
def connected(settings: Settings) -> Iterator[Graph]:
    """Give the server's graph. Raises ``GraphError`` where py2neo cannot reach it safely."""
    if settings.graph_certificate is not None:
        raise GraphError(
            "py2neo cannot check a certificate of the council's own authority",
            do="Let this machine trust the authority, and unset PEI_GRAPH_CERTIFICATE here",
        )
    file = settings.graph_password_file
    password = file.read_text(encoding="utf-8").strip() if file else ""
    graph = Graph(
        settings.graph_url,
        name=settings.graph_database,
        auth=(settings.graph_user, password),
    )
    try:
        yield graph
    finally:
        graph.service.connector.close()


def subgraph(graph: Graph, around: "MultiDiGraph[str]", *, see_sealed: bool) -> Subgraph:
    """Return the server's nodes and relationships of a neighbourhood, bound to the server's own."""
    given = {
        "people": _of_label(around, "Person"),
        "families": _of_label(around, "Family"),
        "see_sealed": see_sealed,
    }
    found = Subgraph()
    for text in (_PEOPLE, _RELATED, _FAMILIES, _HOMES):
        found |= graph.run(text, given).to_subgraph() or Subgraph()
    return _each_once(found)


def _each_once(found: Subgraph) -> Subgraph:
    """Return the same with each node once.

    py2neo takes the node of identity 0 for another each time that it comes: as false, not as known.
    """
    nodes = {node.identity: node for node in found.nodes}
    ties = {}
    for tie in found.relationships:
        start, end = (nodes[node.identity] for node in tie.nodes)
        ties[tie.identity] = type(tie)(start, end, **tie)
        ties[tie.identity].graph, ties[tie.identity].identity = tie.graph, tie.identity
    return Subgraph(nodes.values(), ties.values())


def _of_label(around: "MultiDiGraph[str]", label: str) -> list[str]:
    return [node for node, of in around.nodes(data="label") if of == label]
