"""What the engines take for a run's input and output alone, one step after another.

In: a finished run, and the files it read. Out: seconds to read the text files and keep nothing, to
write the tables that the run holds, and to copy the same Parquet into an empty graph. Nothing is
worked out: the tables come from the run, and lie in memory before the clock starts.

    python benchmarks/floors.py WORKSPACE SOURCES
"""

import argparse
import json
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import ladybug

from pei_graph import sql
from pei_graph.contract import read_contracts
from pei_graph.graph import projection
from pei_graph.settings import settings
from pei_graph.workspace import RunFolder, Workspace, connect

MEMORY = "12GB"
"""For the tables that lie ready in memory, besides what the writing takes."""
DELIMITERS = {".csv": ",", ".txt": "\t"}
GRAPH_TABLES = (*projection.STANDARDISED, *projection.LINKED, *projection.RESOLVED)


def floors(run: RunFolder, sources: Path) -> dict[str, float]:
    """Return the seconds of each step, by what it does."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with connect(folder / "floor.duckdb", settings()) as con:
            con.execute(f"SET memory_limit = {sql.text(MEMORY)}")
            con.execute(f"ATTACH {sql.text(str(run.tables))} AS run (READ_ONLY)")
            return {
                "read the text files": _seconds(lambda: _read(con, sources)),
                "write RAW": _write(con, "raw"),
                "write the other tables": _write(con, "main"),
                "copy the Parquet into a graph": copy_alone(run, folder),
            }


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _read(con: duckdb.DuckDBPyConnection, sources: Path) -> None:
    # Some are in the Windows code page: the few lines that are not UTF-8 too are passed over.
    for file in sorted(sources.rglob("*")):
        if delimiter := DELIMITERS.get(file.suffix):
            con.execute(
                "SELECT count(COLUMNS(*)) FROM read_csv($file, delim = $delimiter,"
                " all_varchar = true, ignore_errors = true)",
                {"file": str(file), "delimiter": delimiter},
            ).fetchall()


def _write(con: duckdb.DuckDBPyConnection, schema: str) -> float:
    names = con.execute(
        "SELECT table_name FROM duckdb_tables() WHERE database_name = 'run' AND schema_name = ?",
        [schema],
    ).fetchall()
    tables = [sql.name(name) for (name,) in names]
    con.execute(f"CREATE SCHEMA IF NOT EXISTS {schema}")
    for table in tables:
        con.execute(f"CREATE OR REPLACE TEMP TABLE {table} AS FROM run.{schema}.{table}")
    return _seconds(lambda: [_write_one(con, f"{schema}.{table}", table) for table in tables])


def _write_one(con: duckdb.DuckDBPyConnection, target: str, table: str) -> None:
    con.execute(f"CREATE TABLE {target} AS FROM temp.{table}")
    con.execute(f"DROP TABLE temp.{table}")


def copy_alone(run: RunFolder, folder: Path) -> float:
    """Return the seconds in which a run's graph, as Parquet, is copied into an empty one."""
    with connect(run.tables, settings(), read_only=True) as con:
        con.register("contract_sources", projection.contract_sources(read_contracts()))
        rows = {name: projection.export(con, folder, name) for name in GRAPH_TABLES}
    database = ladybug.Database(
        str(folder / "graph.lbug"),
        buffer_pool_size=settings().graph_buffer_mb << 20,
        max_num_threads=settings().threads,
        auto_checkpoint=False,
    )
    connection = ladybug.Connection(database)
    for statement in projection.schema("ladybug"):
        connection.execute(statement)
    seconds = _seconds(lambda: [connection.execute(each) for each in _copies(folder, rows)])
    connection.close()
    database.close()
    return seconds


def _copies(folder: Path, rows: dict[str, int]) -> Iterator[str]:
    for name, count in rows.items():
        yield from projection.copying(folder, name, count)


def main() -> None:
    """The seconds are printed, as a table or as JSON."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("workspace", type=Path)
    parser.add_argument("sources", type=Path, help="the deliveries that the run read")
    parser.add_argument("--json", action="store_true", help="print JSON for a program to read")
    chosen = parser.parse_args()
    found = floors(Workspace(chosen.workspace).require_current(), chosen.sources)
    if chosen.json:
        print(json.dumps(found))
    else:
        for step, seconds in found.items():
            print(f"{step:32}{seconds:8.2f}")


if __name__ == "__main__":
    main()
