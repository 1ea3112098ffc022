"""The columns by which one record, person or pair is found among millions without reading them all.

In: the tables of a finished run. Out: an index on each such column, in the run's file. A look-up by
record id then takes a millisecond at a million records, where reading the column took twenty; the
indexes take about three hundredths of a run's work, and are made while its graph is loaded.
"""

import duckdb

from pei_graph import sql

LOOKED_UP = (
    ("records", "record_id"),
    ("identifiers", "record_id"),
    ("comparables", "record_id"),
    ("links", "record_l"),
    ("members", "record_id"),
    ("members", "person_id"),
    ("priorities", "family_id"),
)


def index(con: duckdb.DuckDBPyConnection) -> None:
    """What explanations and pages look things up by is indexed, in tables that stand already."""
    standing = {
        name for (name,) in con.execute("SELECT table_name FROM duckdb_tables()").fetchall()
    }
    for table, column in LOOKED_UP:
        if table in standing:
            name = sql.name(f"{table}_by_{column}")
            con.execute(
                f"CREATE INDEX IF NOT EXISTS {name} ON {sql.name(table)} ({sql.name(column)})"
            )
