"""The lists of one source are read into the working tables, and its people put together.

In: plans, and RAW or parts of it. Out: rows of ``merged``, ``stated`` and of what is said of names,
addresses and identifiers.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import groupby

import duckdb

from pei_graph import sql
from pei_graph.contract import Contract
from pei_graph.standardise.facts import add_facts
from pei_graph.standardise.issues import tell
from pei_graph.standardise.lanes import read_in_lanes
from pei_graph.standardise.mentions import add_people, make_mentions
from pei_graph.standardise.merge import merge, note_names
from pei_graph.standardise.plan import Plan
from pei_graph.standardise.rows import make_rows


def plans(con: duckdb.DuckDBPyConnection, contracts: Mapping[str, Contract]) -> list[Plan]:
    """Return a plan for every list of which any row was delivered, those of a source together."""
    found = con.execute(
        "SELECT table_name, list(column_name) FROM duckdb_columns()"
        " WHERE schema_name = 'raw' AND database_name = current_database() GROUP BY table_name"
    ).fetchall()
    present = {str(table): frozenset(columns) for table, columns in found}
    lists = [
        (contract, each)
        for _, contract in sorted(contracts.items())
        for each in contract.lists
        if f"{contract.id}.{each}" in present
    ]
    rows = count_rows(con, [sql.raw_table(contract.id, each) for contract, each in lists])
    return [
        Plan(contract, each, present[f"{contract.id}.{each}"], number)
        for (contract, each), number in zip(lists, rows, strict=True)
        if number
    ]


def count_rows(con: duckdb.DuckDBPyConnection, tables: Sequence[str]) -> list[int]:
    """Return how many rows stand in each table."""
    counts = " UNION ALL ".join(
        f"SELECT {place} AS place, count(*) AS rows FROM {table}"
        for place, table in enumerate(tables)
    )
    found = con.execute(f"{counts} ORDER BY place").fetchall() if counts else []
    return [int(rows) for _, rows in found]


def read_sources(con: duckdb.DuckDBPyConnection, plans: Sequence[Plan]) -> None:
    """Every list has been read; what it leaves in doubt stands in ISSUES or QUARANTINE."""
    read_in_lanes(con, by_source(plans), _read_source)


def read_extra(con: duckdb.DuckDBPyConnection, plans: Sequence[Plan]) -> None:
    """The rows of the records in ``extra`` have been read; their issues were told before.

    The working tables also hold what those rows say of others.
    """
    read_in_lanes(con, by_source(plans), _read_extra)


def by_source(plans: Sequence[Plan]) -> list[list[Plan]]:
    """Return the plans, those of one source together."""
    return [list(each) for _, each in groupby(plans, lambda plan: plan.contract.id)]


def _read_source(con: duckdb.DuckDBPyConnection, plans: Sequence[Plan]) -> None:
    said = make_mentions(con, plans)
    for few, lists in groupby(plans, lambda plan: plan.few):
        with planned(con, few=few):
            for plan in lists:
                make_rows(con, plan)
                tell(con, plan)
                _read_list(con, plan)
    _put_people_together(con, plans, said)


def _read_extra(con: duckdb.DuckDBPyConnection, plans: Sequence[Plan]) -> None:
    said = make_mentions(con, plans)
    for plan in plans:
        make_rows(con, plan)
        _read_list(con, plan)
    con.execute("DELETE FROM mentions WHERE record_id NOT IN (SELECT record_id FROM working.extra)")
    _put_people_together(con, plans, said)


def _read_list(con: duckdb.DuckDBPyConnection, plan: Plan) -> None:
    add_people(con, plan)
    add_facts(con, plan)


def _put_people_together(
    con: duckdb.DuckDBPyConnection, plans: Sequence[Plan], said: frozenset[str]
) -> None:
    with planned(con, few=all(plan.few for plan in plans)):
        merge(con, said)
        note_names(con, said)
    drop(con, "temp.mentions", "temp.list_rows")


@contextmanager
def planned(con: duckdb.DuckDBPyConnection, *, few: bool) -> Iterator[None]:
    """Queries over few rows are run as written: to plan them well takes longer than to run them."""
    if not few:
        yield
        return
    con.execute("PRAGMA disable_optimizer")
    try:
        yield
    finally:
        con.execute("PRAGMA enable_optimizer")


def drop(con: duckdb.DuckDBPyConnection, *tables: str) -> None:
    """The tables are gone."""
    for table in tables:
        con.execute(f"DROP TABLE {table}")
