"""RAW in; RECORDS, RECORD_ROWS, IDENTIFIERS, ADDRESSES and FACTS out.

Every list is read once into typed rows; the rows of one source are put together into records; then
names, addresses and identifiers are standardised by distinct spelling and joined back.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager

import duckdb

from pei_graph import sql
from pei_graph.boundary import check
from pei_graph.contract import Contract
from pei_graph.standardise.addresses import make_addresses
from pei_graph.standardise.facts import add_facts, add_residences, state_once
from pei_graph.standardise.identifiers import make_identifiers
from pei_graph.standardise.issues import set_aside, tell_doubts
from pei_graph.standardise.latin import transliterate
from pei_graph.standardise.mentions import add_people
from pei_graph.standardise.order import make_order
from pei_graph.standardise.patterns import set_patterns
from pei_graph.standardise.plan import Plan
from pei_graph.standardise.queries import run
from pei_graph.standardise.rows import make_rows
from pei_graph.tables import ADDRESSES, FACTS, IDENTIFIERS, ISSUES, QUARANTINE, RECORD_ROWS, RECORDS

MADE = (RECORDS, RECORD_ROWS, IDENTIFIERS, ADDRESSES, FACTS)


def standardise(con: duckdb.DuckDBPyConnection, contracts: Mapping[str, Contract]) -> None:
    """The tables of records and facts say what the RAW tables say, in one form.

    Needs DELIVERIES, QUARANTINE, ISSUES and the RAW tables of the contracts' lists. What is not
    understood goes to ISSUES; a row that names no person moves from RAW to QUARANTINE, so that
    every delivered row stands in RECORD_ROWS or there. Raises ``TableError`` on a defect.
    """
    with _one_checkpoint(con):
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
        run(con, name)
    set_patterns(con)
    make_order(con, contracts)
    delivered = _delivered(con)
    for _, contract in sorted(contracts.items()):
        plans = [
            Plan(contract, each, delivered[f"{contract.id}.{each}"])
            for each in contract.lists
            if f"{contract.id}.{each}" in delivered
        ]
        if plans:
            _read_source(con, plans)
    _put_together(con, contracts)
    _drop(con, "delivery_order", "list_order", "street_words")
    check(con, *MADE, ISSUES, QUARANTINE)


def _read_source(con: duckdb.DuckDBPyConnection, plans: Iterable[Plan]) -> None:
    run(con, "mentions")
    for plan in plans:
        _read_list(con, plan)
    run(con, "merge")
    run(con, "spellings")
    _drop(con, "mentions", "list_rows", "nobody")


def _read_list(con: duckdb.DuckDBPyConnection, plan: Plan) -> None:
    make_rows(con, plan)
    tell_doubts(con, plan)
    set_aside(con, plan)
    add_people(con, plan)
    add_facts(con, plan)


def _put_together(con: duckdb.DuckDBPyConnection, contracts: Mapping[str, Contract]) -> None:
    transliterate(con)
    make_addresses(con)
    _drop(con, "places", "street_spellings", "said_addresses")
    run(con, "names")
    run(con, "records")
    _drop(con, "merged", "said_names", "name_forms", "transliterated", "homes")
    make_identifiers(con, contracts)
    _drop(con, "said_identifiers", "identifier_forms")
    add_residences(con)
    _drop(con, "said_residences", "whole_places")
    state_once(con)


def _drop(con: duckdb.DuckDBPyConnection, *working: str) -> None:
    for name in working:
        con.execute(f"DROP TABLE temp.{sql.name(name)}")


def _delivered(con: duckdb.DuckDBPyConnection) -> Mapping[str, frozenset[str]]:
    """Return the columns of every RAW table."""
    found = con.execute(
        "SELECT table_name, list(column_name) FROM duckdb_columns()"
        " WHERE schema_name = 'raw' AND database_name = current_database() GROUP BY table_name"
    ).fetchall()
    return {str(table): frozenset(columns) for table, columns in found}
