"""A run's tables on their way to a graph server: all rows first, only differences after.

In: a run's tables, the last run's where the server holds its graph, a server or a transaction on
it. Out: the nodes and relationships of ``select/``. Two nodes of one key never stand side by side,
nor two graphs: a first load counts only once it is whole, a later one is a single transaction.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

import duckdb
import pyarrow as pa

from pei_graph.errors import GraphError
from pei_graph.graph.projection import select
from pei_graph.graph.shape import PROPERTIES, SHAPES, Node, Tie
from pei_graph.workspace import looking_in

ROWS = 20_000
"""Rows sent at once: a quarter as many took twice as long, and more need the server's memory."""


class Runs(Protocol):
    """What runs statements: a server, each by itself, or one open transaction."""

    def run(self, text: str, parameters: dict[str, Any]) -> None:
        """A statement has run."""
        ...


def load(con: duckdb.DuckDBPyConnection, server: Runs, names: Sequence[str]) -> None:
    """Every row of ``names`` stands on the server, which held none of them."""
    for name in names:
        query = f"FROM ({select(name)})"
        _send(con, server, query, _creating(SHAPES[name], _columns(con, query)))


def load_differences(
    con: duckdb.DuckDBPyConnection, server: Runs, names: Sequence[str], *, before: str
) -> None:
    """The rows of ``names`` stand on the server, which held those of the tables in ``before``.

    Relationships go first and come last: a node has none when it goes, both ends when they come.
    """
    for name in names:
        _compare(con, name, before)
    ties = {name: shape for name in names if isinstance(shape := SHAPES[name], Tie)}
    nodes = {name: shape for name in names if isinstance(shape := SHAPES[name], Node)}
    _each(con, server, ties, "gone", _removing)
    _each(con, server, nodes, "gone", _removing)
    _each(con, server, nodes, "changed", _changing)
    _each(con, server, nodes, "new", _creating)
    _each(con, server, ties, "new", _creating)


def _each(
    con: duckdb.DuckDBPyConnection,
    server: Runs,
    shapes: Mapping[str, Any],
    kind: str,
    statement: Callable[[Any, Sequence[str]], str],
) -> None:
    """The rows of one kind are sent for every name, and their tables gone."""
    for name, shape in shapes.items():
        query = f"FROM {_table(name, kind)}"
        _send(con, server, query, statement(shape, _columns(con, query)))
        con.execute(f"DROP TABLE {_table(name, kind)}")


def _columns(con: duckdb.DuckDBPyConnection, query: str) -> list[str]:
    return [str(row[0]) for row in con.execute(f"DESCRIBE {query}").fetchall()]


def check_counts(con: duckdb.DuckDBPyConnection, names: Sequence[str], asked: Any) -> None:
    """The graph behind ``asked`` holds as many of each name as the tables; else ``GraphError``."""
    for name in names:
        [(wanted,)] = con.execute(f"SELECT count(*) FROM ({select(name)})").fetchall()
        _, [[found]] = asked.ask(_counting(SHAPES[name]), {})
        if found != wanted:
            raise GraphError(f"The graph holds {found} of {wanted} rows of {name}")


def _table(name: str, kind: str) -> str:
    return f'temp."{name} {kind}"'


def _compare(con: duckdb.DuckDBPyConnection, name: str, before: str) -> None:
    """Tables say which rows of one name are new, changed and gone.

    A relationship that differs in any way is taken away and made again, with all others between
    the same ends: it has no key but its ends. Rows are told apart by a hash of 64 bits; none stands
    twice, since every table between stages has a key.
    """
    shape, query = SHAPES[name], f"FROM ({select(name)})"
    columns = _columns(con, query)
    keys = ", ".join(columns[: 1 if isinstance(shape, Node) else 2])
    told = f"SELECT {keys}, hash({', '.join(columns)}) AS told {query}"
    with looking_in(con, before):
        con.execute(f"CREATE OR REPLACE TEMP TABLE was AS {told}")
    con.execute(f"CREATE OR REPLACE TEMP TABLE now_is AS {told}")
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE differing AS SELECT DISTINCT {keys} FROM ("
        f"(FROM was ANTI JOIN now_is USING ({keys}, told))"
        f" UNION ALL (FROM now_is ANTI JOIN was USING ({keys}, told))"
        # What the last run's contracts said of the sources is not known: they are all told anew.
        f"{' UNION ALL FROM now_is' if name == 'Source' else ''})"
    )
    for kind, rows in _parts(shape, keys, query).items():
        con.execute(f"CREATE OR REPLACE TEMP TABLE {_table(name, kind)} AS {rows}")
    con.execute("DROP TABLE was; DROP TABLE now_is; DROP TABLE differing")


def _parts(shape: Node | Tie, keys: str, query: str) -> dict[str, str]:
    gone = f"SELECT DISTINCT {keys} FROM was SEMI JOIN differing USING ({keys})"
    now = f"SELECT * {query} SEMI JOIN differing USING ({keys})"
    if isinstance(shape, Tie):
        return {"gone": gone, "new": now}
    return {
        "gone": f"{gone} ANTI JOIN now_is USING ({keys})",
        "changed": f"{now} SEMI JOIN was USING ({keys})",
        "new": f"{now} ANTI JOIN was USING ({keys})",
    }


def _send(con: duckdb.DuckDBPyConnection, server: Runs, query: str, statement: str) -> None:
    for batch in con.sql(query).to_arrow_reader(ROWS):
        if batch.num_rows:
            server.run(statement, {"rows": _plain(batch)})


def _plain(batch: pa.RecordBatch) -> list[dict[str, Any]]:
    """Return the rows under the names that properties have in the graph."""
    names = [PROPERTIES.get(name, name) for name in batch.schema.names]
    rows: list[dict[str, Any]] = batch.rename_columns(names).to_pylist()
    return rows


def _creating(shape: Node | Tie, columns: Sequence[str]) -> str:
    if isinstance(shape, Node):
        return f"UNWIND $rows AS row CREATE (n:{shape.label}) SET n = row"
    said = ", ".join(f"{name}: row.{name}" for name in map(_quoted, columns[2:]))
    return f"{_ends(shape, columns)} CREATE (a)-[:{shape.type} {{{said}}}]->(b)"


def _changing(node: Node, _: Sequence[str]) -> str:
    return f"{_found(node)} SET n = row"


def _removing(shape: Node | Tie, columns: Sequence[str]) -> str:
    if isinstance(shape, Node):
        return f"{_found(shape)} DETACH DELETE n"
    return f"{_ends(shape, columns)} MATCH (a)-[r:{shape.type}]->(b) DELETE r"


def _found(node: Node) -> str:
    return f"UNWIND $rows AS row MATCH (n:{node.label} {{{node.key}: row.{node.key}}})"


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
