"""Candidate pairs, scored by the model.

In: ``comparables``, trained settings, ``identifier_pairs``. Out: ``scored``: a pair, its
weight in bits, and each comparison's bits, as Splink names them.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import duckdb
from splink import Linker

from pei_graph import sql
from pei_graph.link.cluster import Cluster
from pei_graph.link.dialect import columns_read, frequencies_read
from pei_graph.link.parts import parts
from pei_graph.link.scripts import SQL
from pei_graph.link.training import clear, linker, quiet
from pei_graph.workspace import in_memory, looking_in

COMPARED = "compared"
"""What Splink reads of ``comparables``. It copies every column of the rows that it scores, and does
so for each table of that name in any database at hand."""


@contextmanager
def scored(
    con: duckdb.DuckDBPyConnection,
    settings: dict[str, Any],
    *,
    floor: float,
    pairs: str | None = None,
    cluster: Cluster | None = None,
) -> Iterator[None]:
    """While the body runs ``scored`` holds every candidate pair, its model weight and its bits.

    ``pairs`` names a table of the pairs that blocking rules found (match_key, join_key_l,
    join_key_r), where that is known: they are few, and scored here even where there is a
    ``cluster`` that finds and scores the others. Pairs that a blocking rule found and that weigh
    less than ``floor`` bits are left out. All of it lies in memory, spilled where that is short: it
    is read once, and not worth packing for a file.
    """
    with in_memory(con, "scratch"):
        with looking_in(con, "scratch"), quiet():
            _score(con, settings, floor=floor, pairs=pairs, cluster=cluster)
        con.execute("CREATE OR REPLACE TEMP VIEW scored AS FROM scratch.scored")
        yield
        con.execute("DROP VIEW temp.scored")


def _score(
    con: duckdb.DuckDBPyConnection,
    settings: dict[str, Any],
    *,
    floor: float,
    pairs: str | None,
    cluster: Cluster | None,
) -> None:
    _note_compared(con, settings)
    scorer = linker(con, settings, records=COMPARED)
    if pairs:
        _register(scorer, pairs)
        _predict(con, scorer, floor=floor)
    elif cluster is None:
        _predict(con, scorer, floor=floor, number=parts(con, settings))
    else:
        # Read only where Spark is asked for: its package is an extra.
        from pei_graph.link.spark import score_on_spark  # noqa: PLC0415

        score_on_spark(con, settings, floor=floor, cluster=cluster)
        _note(con, "on Spark")
    SQL.run(con, "candidates", floor=0.0)
    if con.execute("FROM candidates LIMIT 1").fetchall():
        _add_candidates(con, scorer)
    clear(scorer)
    con.execute(f"DROP VIEW temp.{COMPARED}")


def _note_compared(con: duckdb.DuckDBPyConnection, settings: dict[str, Any]) -> None:
    having = [str(row[0]) for row in con.execute("DESCRIBE comparables").fetchall()]
    shares = (f"tf_{column}" for column in frequencies_read(settings))
    columns = ", ".join(map(sql.name, (*columns_read(settings, having), *shares)))
    con.execute(f"CREATE OR REPLACE TEMP VIEW {COMPARED} AS SELECT {columns} FROM comparables")


def _predict(
    con: duckdb.DuckDBPyConnection, scorer: Linker, *, floor: float, number: int = 1
) -> None:
    """The table ``scored`` stands, found and scored in a number of parts: each by its left records.

    In one part whatever is registered is scored.
    """
    for part in range(1, number + 1):
        found = (
            scorer.inference.predict(threshold_match_weight=floor, warning_mode="never")
            if number == 1
            else scorer.inference.predict_chunk(
                left_chunk=(part, number), threshold_match_weight=floor, warning_mode="never"
            )
        )
        if part == 1:
            con.execute(f"ALTER TABLE {found.physical_name} RENAME TO scored")
        else:
            con.execute(f"INSERT INTO scored BY NAME FROM {found.physical_name}")
            found.drop_table_from_database_and_remove_from_cache()
    _note(con, "on DuckDB" if number == 1 else f"on DuckDB in {number} parts")


def _note(con: duckdb.DuckDBPyConnection, how: str) -> None:
    """The temporary table ``scoring`` says how pairs were scored, for the run's report."""
    con.execute("CREATE OR REPLACE TEMP TABLE scoring AS SELECT $how AS how", {"how": how})


def _register(scorer: Linker, pairs: str) -> None:
    """The next prediction is of the pairs in that table."""
    tables = scorer.table_management
    tables.register_blocked_pairs_for_predict(tables.register_table(pairs, f"{pairs}_"))


def _add_candidates(con: duckdb.DuckDBPyConnection, scorer: Linker) -> None:
    _register(scorer, "candidates")
    more = scorer.inference.predict(warning_mode="never")
    con.execute(f"INSERT INTO scored BY NAME FROM {more.physical_name}")
