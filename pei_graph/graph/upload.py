"""A run's tables on their way to a graph server: all rows first, only differences after.

In: a run's tables, the last run's where the server holds its graph, a server or a transaction on
it. Out: the nodes and relationships of ``select/``. Two nodes of one key never stand side by side,
nor two graphs: a first load counts only once it is whole, a later one is a single transaction.
"""

from collections.abc import Sequence
from typing import Any, Protocol

import duckdb
import pyarrow as pa

from pei_graph.errors import GraphError
from pei_graph.graph.changes import Changes, changes, in_order
from pei_graph.graph.narrowed import Known
from pei_graph.graph.projection import select
from pei_graph.graph.shape import PERSON, PROPERTIES, SHAPES, Node, Tie
from pei_graph.graph.store import Rows

ROWS = 20_000
"""Rows sent at once: a quarter as many took twice as long, and more need the server's memory."""


class Runs(Protocol):
    """What runs statements: a server, each by itself, or one open transaction."""

    def run(self, text: str, parameters: dict[str, Any]) -> None:
        """A statement has run."""
        ...


class Answers(Protocol):
    """One open transaction."""

    def ask(self, text: str, parameters: dict[str, Any]) -> tuple[list[str], list[list[Any]]]:
        """Return the names and rows that a statement gives once it has run."""
        ...


def load(con: duckdb.DuckDBPyConnection, server: Runs, names: Sequence[str]) -> None:
    """Every row of ``names`` stands on the server, which held none of them."""
    for name in names:
        query = f"FROM ({select(name)})"
        _send(con, server, query, _creating(SHAPES[name], _columns(con, query)))


def load_differences(
    con: duckdb.DuckDBPyConnection,
    server: Answers,
    names: Sequence[str],
    *,
    before: str,
    known: Known,
) -> None:
    """The rows of ``names`` stand on the server, which held those of the tables in ``before``.

    Raises ``GraphError`` where the server does not hold what is to change or to be joined.
    """
    with changes(con, names, before=before, known=known) as found:
        for doing, each in in_order(found):
            _TELL[doing](con, server, each)


def _remove(con: duckdb.DuckDBPyConnection, server: Answers, of: Changes) -> None:
    for rows in _rows(con, f"FROM {of.gone}"):
        server.ask(_removing(of.shape, of.keys), {"rows": rows})


def _create(con: duckdb.DuckDBPyConnection, server: Answers, of: Changes) -> None:
    for rows in _rows(con, f"FROM {of.new}"):
        # By its key a person may be there: relationships led to it before it could be described.
        new = _MERGED if of.shape == PERSON else _creating(of.shape, of.columns)
        _do(server, of, new, rows)


_MERGED = (
    f"UNWIND $rows AS row MERGE (n:{PERSON.label} {{{PERSON.key}: row.{PERSON.key}}}) SET n = row"
)


def _change(con: duckdb.DuckDBPyConnection, server: Answers, of: Changes) -> None:
    """What is told otherwise is sent, and nothing else: each property costs the server time."""
    for _, query in of.changed_alike(con):
        for rows in _rows(con, query):
            split = [{**{key: row.pop(key) for key in of.keys}, "said": row} for row in rows]
            _do(server, of, _changing(of.shape, of.keys), split)


_TELL = {"gone": _remove, "new": _create, "changed": _change}


def _do(server: Answers, of: Changes, statement: str, rows: Rows) -> None:
    """A statement has done to every row what it does, once."""
    _, [[done]] = server.ask(f"{statement} RETURN count(*) AS done", {"rows": rows})
    if done != len(rows):
        raise GraphError(
            f"The graph on the server is not the last run's: {done} of {len(rows)} rows of"
            f" {of.name} found their place",
            do="Stop the server and fill it anew with `pei load`",
        )


def _columns(con: duckdb.DuckDBPyConnection, query: str) -> list[str]:
    return [str(row[0]) for row in con.execute(f"DESCRIBE {query}").fetchall()]


def check_counts(con: duckdb.DuckDBPyConnection, names: Sequence[str], asked: Any) -> None:
    """The graph behind ``asked`` holds as many of each name as the tables; else ``GraphError``."""
    for name in names:
        [(wanted,)] = con.execute(f"SELECT count(*) FROM ({select(name)})").fetchall()
        _, [[found]] = asked.ask(_counting(SHAPES[name]), {})
        if found != wanted:
            raise GraphError(f"The graph holds {found} of {wanted} rows of {name}")


def _send(con: duckdb.DuckDBPyConnection, server: Runs, query: str, statement: str) -> None:
    for batch in con.sql(query).to_arrow_reader(ROWS):
        if batch.num_rows:
            server.run(statement, {"rows": _plain(batch)})


def _rows(con: duckdb.DuckDBPyConnection, query: str) -> list[Rows]:
    # Whole: a reader still open would stand in the way of tidying up when a batch is refused.
    batches = con.sql(query).to_arrow_table().to_batches(max_chunksize=ROWS)
    return [_plain(batch) for batch in batches if batch.num_rows]


def _plain(batch: pa.RecordBatch) -> Rows:
    """Return the rows under the names that properties have in the graph."""
    names = [PROPERTIES.get(name, name) for name in batch.schema.names]
    rows: Rows = batch.rename_columns(names).to_pylist()
    return rows


def _creating(shape: Node | Tie, columns: Sequence[str]) -> str:
    if isinstance(shape, Node):
        return f"UNWIND $rows AS row CREATE (n:{shape.label}) SET n = row"
    said = ", ".join(f"{name}: row.{name}" for name in map(_quoted, columns[2:]))
    return f"{_ends(shape, columns)} CREATE (a)-[:{shape.type} {{{said}}}]->(b)"


def _changing(shape: Node | Tie, keys: Sequence[str]) -> str:
    return f"{_found(shape, keys)} SET x += row.said"


def _removing(shape: Node | Tie, keys: Sequence[str]) -> str:
    return f"{_found(shape, keys)} {'DETACH ' if isinstance(shape, Node) else ''}DELETE x"


def _found(shape: Node | Tie, keys: Sequence[str]) -> str:
    """Return what finds ``x``: the node, or each relationship between the two ends."""
    if isinstance(shape, Node):
        return f"UNWIND $rows AS row MATCH (x:{shape.label} {{{shape.key}: row.{shape.key}}})"
    return f"{_ends(shape, keys)} MATCH (a)-[x:{shape.type}]->(b)"


def _ends(tie: Tie, columns: Sequence[str]) -> str:
    return (
        "UNWIND $rows AS row"
        f" MATCH (a:{tie.start.label} {{{tie.start.key}: row.{columns[0]}}})"
        f" MATCH (b:{tie.end.label} {{{tie.end.key}: row.{columns[1]}}})"
    )


def _quoted(column: str) -> str:
    return f"`{PROPERTIES.get(column, column)}`"


def _counting(shape: Node | Tie) -> str:
    if isinstance(shape, Node):
        return f"MATCH (n:{shape.label}) RETURN count(n) AS found"
    return f"MATCH (:{shape.start.label})-[r:{shape.type}]->() RETURN count(r) AS found"
