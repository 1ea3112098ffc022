"""Subgraphs of py2neo on a server whose very first nodes are people."""

from pathlib import Path

import networkx as nx
import pytest
from graph_engines import graph_engine

from pei_graph.notebook.served import connected, subgraph
from pei_graph.settings import Settings

pytestmark = pytest.mark.neo4j

TWO = """
CREATE (p:Person {person_id: 'P-1'})
CREATE (o:Person {person_id: 'P-2'})
CREATE (p)-[:RELATED_TO {kind: 'parent', source: 'invented'}]->(o)
CREATE (o)-[:RELATED_TO {kind: 'child', source: 'invented'}]->(p)
"""


def test_each_node_is_there_once(tmp_path: Path) -> None:
    """The server's first node, whose identity is 0, is one node however often it comes."""
    around: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    around.add_nodes_from(["P-1", "P-2"], label="Person")
    with graph_engine("neo4j", tmp_path) as engine, connected(Settings(**engine)) as graph:
        graph.run(TWO)
        found = subgraph(graph, around, see_sealed=False)
        assert sorted((node.identity, node["person_id"]) for node in found.nodes) == [
            (0, "P-1"), (1, "P-2"),
        ]  # fmt: skip
        ties = {(tie["kind"], tie.start_node["person_id"]) for tie in found.relationships}
        assert ties == {("parent", "P-1"), ("child", "P-2")}
        assert all(tie.identity is not None for tie in found.relationships)
