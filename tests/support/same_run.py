"""Whether two workspaces hold the same run, table by table and in the graph."""

from collections import Counter
from typing import Any

import duckdb

from pei_graph.graph import open_graph
from pei_graph.settings import Settings
from pei_graph.tables import STAGE_TABLES
from pei_graph.workspace import Workspace

NODES = {
    "Source": "source",
    "Address": "address_id",
    "Person": "person_id",
    "Family": "family_id",
    "Record": "record_id",
    "Involvement": "fact_id",
    "Criterion": "criterion_id",
}
ENDS = (
    ("Record", "FROM_SOURCE", "Source"),
    ("Record", "SAME_AS", "Record"),
    ("Record", "CANDIDATE_FOR", "Person"),
    ("Record", "RECORDED_AT", "Address"),
    ("Record", "EVIDENCES", "Involvement"),
    ("Person", "LIVES_AT", "Address"),
    ("Person", "MEMBER_OF", "Family"),
    ("Person", "RELATED_TO", "Person"),
    ("Person", "INVOLVED_IN", "Involvement"),
    ("Person", "MEETS", "Criterion"),
    ("Family", "AT", "Address"),
    ("Family", "MEETS", "Criterion"),
    ("Involvement", "WITH_AGENCY", "Source"),
)
BESIDE = {
    "comparables": "SELECT * EXCLUDE (n) FROM comparables",
    "company": (
        "SELECT l.record_id AS record_l, r.record_id AS record_r FROM company"
        " JOIN comparables AS l ON l.n = n_l JOIN comparables AS r ON r.n = n_r"
    ),
}
"""What a run's file holds beside the tables between stages, and is compared too."""

Rows = dict[str, list[tuple[Any, ...]]]


def tables_of(workspace: Workspace) -> Rows:
    """Return the rows of every table of the current run, in order, and of its register of ids."""
    run = workspace.require_current()
    queries = {table.name: f'SELECT * FROM "{table.name}"' for table in STAGE_TABLES} | BESIDE
    queries["register"] = f"SELECT * FROM read_parquet('{workspace.register(run)}')"
    with duckdb.connect(str(run.tables), read_only=True) as con:
        return {
            name: sorted(con.execute(query).fetchall(), key=repr) for name, query in queries.items()
        }


def graph_of(workspace: Workspace) -> dict[str, Counter[str]]:
    """Return every node and relationship of the current run's graph, with its properties."""
    with open_graph(workspace.require_current().graph, Settings()) as store:
        found = {label: store.table(f"MATCH (n:{label}) RETURN n.*").to_pylist() for label in NODES}
        for start, kind, end in ENDS:
            found[f"{start} {kind}"] = store.table(
                f"MATCH (a:{start})-[r:{kind}]->(b:{end})"
                f" RETURN a.{NODES[start]} AS one, b.{NODES[end]} AS other, r.*"
            ).to_pylist()
    return {name: Counter(map(repr, rows)) for name, rows in found.items()}


def differing(left: Workspace, right: Workspace) -> list[str]:
    """Return the names of tables, labels and relationships in which two current runs differ."""
    tables, other_tables = tables_of(left), tables_of(right)
    graph, other_graph = graph_of(left), graph_of(right)
    return [
        *(name for name in tables if tables[name] != other_tables[name]),
        *(name for name in graph if graph[name] != other_graph[name]),
    ]
