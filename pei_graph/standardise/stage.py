"""RAW in; RECORDS, RECORD_ROWS, IDENTIFIERS, ADDRESSES and FACTS out.

Every list is read once into typed rows; the rows of one source are put together into records, those
of several sources side by side; then names, addresses and identifiers are standardised by distinct
spelling and joined back.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import groupby

import duckdb

from pei_graph import sql
from pei_graph.boundary import check
from pei_graph.contract import Contract
from pei_graph.standardise.addresses import make_addresses
from pei_graph.standardise.facts import add_facts, add_residences, make_stated, state_once
from pei_graph.standardise.identifiers import make_identifiers
from pei_graph.standardise.issues import tell
from pei_graph.standardise.lanes import read_in_lanes
from pei_graph.standardise.latin import transliterate
from pei_graph.standardise.mentions import add_people, make_mentions, make_record_rows
from pei_graph.standardise.merge import merge, note_names
from pei_graph.standardise.order import make_order
from pei_graph.standardise.patterns import set_patterns
from pei_graph.standardise.placeholders import mark_placeholders
from pei_graph.standardise.plan import Plan
from pei_graph.standardise.queries import SQL
from pei_graph.standardise.rows import make_rows
from pei_graph.tables import ADDRESSES, FACTS, IDENTIFIERS, ISSUES, QUARANTINE, RECORD_ROWS, RECORDS
from pei_graph.workspace import in_memory

MADE = (RECORDS, RECORD_ROWS, IDENTIFIERS, ADDRESSES, FACTS)


def standardise(con: duckdb.DuckDBPyConnection, contracts: Mapping[str, Contract]) -> None:
    """The tables of records and facts say what the RAW tables say, in one form.

    Needs DELIVERIES, QUARANTINE, ISSUES and the RAW tables of the contracts' lists. What is not
    understood goes to ISSUES; a row that names no person moves from RAW to QUARANTINE, so that
    every delivered row stands in RECORD_ROWS or there. Raises ``TableError`` on a defect.
    """
    with _one_checkpoint(con), in_memory(con, "working"):
        _standardise(con, contracts)


@contextmanager
def _one_checkpoint(con: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Tables that grow by many inserts are written to the file once, not after each of them.

    One transaction would do that too, but would hold every working table until its end.
    """
    (threshold,) = con.execute("SELECT current_setting('checkpoint_threshold')").fetchone() or ("",)
    con.execute("SET checkpoint_threshold = '1TB'")
    try:
        yield
    finally:
        con.execute(f"SET checkpoint_threshold = {sql.text(str(threshold))}")
    con.execute("CHECKPOINT")


def _standardise(con: duckdb.DuckDBPyConnection, contracts: Mapping[str, Contract]) -> None:
    for table in MADE:
        con.execute(table.ddl)
    for name in ("macros", "empty"):
        SQL.run(con, name)
    make_stated(con)
    set_patterns(con)
    make_order(con, contracts)
    plans = _plans(con, contracts)
    read_in_lanes(con, [list(each) for _, each in groupby(plans, _source)], _read_source)
    mark_placeholders(con, [plan.contract for plan in plans])
    with _planned(con, few=all(plan.few for plan in plans)):
        _put_together(con, contracts)
    _drop(con, "temp.street_words")
    check(con, *MADE, ISSUES, QUARANTINE)


def _source(plan: Plan) -> str:
    return plan.contract.id


def _few(plan: Plan) -> bool:
    return plan.few


def _read_source(con: duckdb.DuckDBPyConnection, plans: Sequence[Plan]) -> None:
    said = make_mentions(con, plans)
    for few, lists in groupby(plans, _few):
        with _planned(con, few=few):
            for plan in lists:
                _read_list(con, plan)
    with _planned(con, few=all(plan.few for plan in plans)):
        merge(con, said)
        note_names(con, said)
    _drop(con, "temp.mentions", "temp.list_rows")


@contextmanager
def _planned(con: duckdb.DuckDBPyConnection, *, few: bool) -> Iterator[None]:
    """Queries over few rows are run as written: to plan them well takes longer than to run them."""
    if not few:
        yield
        return
    con.execute("PRAGMA disable_optimizer")
    try:
        yield
    finally:
        con.execute("PRAGMA enable_optimizer")


def _read_list(con: duckdb.DuckDBPyConnection, plan: Plan) -> None:
    make_rows(con, plan)
    tell(con, plan)
    add_people(con, plan)
    add_facts(con, plan)


def _put_together(con: duckdb.DuckDBPyConnection, contracts: Mapping[str, Contract]) -> None:
    make_record_rows(con)
    _drop(con, "working.seen")
    transliterate(con)
    make_addresses(con)
    _drop(con, "temp.places", "temp.street_spellings", "working.said_addresses")
    SQL.run(con, "names")
    SQL.run(con, "records")
    _drop(con, "working.merged", "working.said_names")
    _drop(con, "temp.name_forms", "temp.transliterated", "temp.homes")
    make_identifiers(con, contracts)
    _drop(con, "temp.identifier_forms", "working.said_identifiers")
    add_residences(con)
    _drop(con, "temp.said_residences", "temp.whole_places")
    state_once(con)


def _drop(con: duckdb.DuckDBPyConnection, *tables: str) -> None:
    for table in tables:
        con.execute(f"DROP TABLE {table}")


def _plans(con: duckdb.DuckDBPyConnection, contracts: Mapping[str, Contract]) -> list[Plan]:
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
    rows = _rows(con, [sql.raw_table(contract.id, each) for contract, each in lists])
    return [
        Plan(contract, each, present[f"{contract.id}.{each}"], number)
        for (contract, each), number in zip(lists, rows, strict=True)
        if number
    ]


def _rows(con: duckdb.DuckDBPyConnection, tables: Sequence[str]) -> list[int]:
    """Return how many rows stand in each table."""
    counts = " UNION ALL ".join(
        f"SELECT {place} AS place, count(*) AS rows FROM {table}"
        for place, table in enumerate(tables)
    )
    found = con.execute(f"{counts} ORDER BY place").fetchall() if counts else []
    return [int(rows) for _, rows in found]
