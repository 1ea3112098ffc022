"""RAW in; RECORDS, RECORD_ROWS, IDENTIFIERS, ADDRESSES and FACTS out.

Every list is read once into typed rows; the rows of one source are put together into records, those
of several sources side by side; then names, addresses and identifiers are standardised by distinct
spelling and joined back.
"""

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager

import duckdb

from pei_graph import sql
from pei_graph.boundary import check
from pei_graph.contract import Contract
from pei_graph.standardise.addresses import find_crowded, make_addresses, read_places
from pei_graph.standardise.facts import add_residences, make_stated, state_once
from pei_graph.standardise.identifiers import make_identifiers
from pei_graph.standardise.latin import transliterate
from pei_graph.standardise.mentions import make_record_rows
from pei_graph.standardise.order import make_order
from pei_graph.standardise.patterns import set_patterns
from pei_graph.standardise.placeholders import find_placeholders, mark_placeholders
from pei_graph.standardise.queries import SQL
from pei_graph.standardise.sources import drop, planned, plans, read_sources
from pei_graph.tables import (
    ADDRESSES,
    FACTS,
    IDENTIFIERS,
    ISSUES,
    QUARANTINE,
    RECORD_ROWS,
    RECORDS,
)
from pei_graph.workspace import in_memory

MADE = (RECORDS, RECORD_ROWS, IDENTIFIERS, FACTS)


def standardise(con: duckdb.DuckDBPyConnection, contracts: Mapping[str, Contract]) -> None:
    """The tables of records and facts say what the RAW tables say, in one form.

    Needs DELIVERIES, QUARANTINE, ISSUES and the RAW tables of the contracts' lists. What is not
    understood goes to ISSUES; a row that names no person moves from RAW to QUARANTINE, so that
    every delivered row stands in RECORD_ROWS or there. Raises ``TableError`` on a defect.
    """
    with working(con):
        for table in MADE:
            con.execute(table.ddl)
        SQL.run(con, "said")
        begin(con, contracts)
        found = plans(con, contracts)
        read_sources(con, found)
        find_placeholders(con, [plan.contract for plan in found])
        mark_placeholders(con)
        transliterate(con)
        with planned(con, few=all(plan.few for plan in found)):
            read_places(con)
            make_addresses(con)
            put_together(con, contracts)
        find_crowded(con)


@contextmanager
def working(
    con: duckdb.DuckDBPyConnection, *, came: Mapping[str, str] | None = None
) -> Iterator[None]:
    """The body may use the working tables; after it the tables of the stage keep their word.

    ``came`` says where to look for rows that came, as in :func:`~pei_graph.boundary.check`.
    """
    with _one_checkpoint(con), in_memory(con, "working"):
        yield
        check(con, *MADE, ADDRESSES, ISSUES, QUARANTINE, came=came)


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


def begin(
    con: duckdb.DuckDBPyConnection,
    contracts: Mapping[str, Contract],
    *,
    sources: Collection[str] | None = None,
) -> None:
    """The working tables are there, empty; issues are to be told of ``sources``, or of all."""
    for name in ("macros", "empty"):
        SQL.run(con, name)
    make_stated(con)
    set_patterns(con)
    make_order(con, contracts, sources=sources)


def put_together(con: duckdb.DuckDBPyConnection, contracts: Mapping[str, Contract]) -> None:
    """RECORDS, RECORD_ROWS, IDENTIFIERS and FACTS hold what the working tables say."""
    make_record_rows(con)
    drop(con, "working.seen")
    SQL.run(con, "homes")
    drop(con, "temp.places", "working.said_addresses")
    SQL.run(con, "names")
    SQL.run(con, "records")
    drop(con, "working.merged", "working.said_names")
    drop(con, "temp.name_forms", "temp.transliterated", "temp.homes")
    make_identifiers(con, contracts)
    drop(con, "temp.identifier_forms", "working.said_identifiers")
    add_residences(con)
    drop(con, "temp.said_residences", "temp.whole_places")
    state_once(con)
    drop(con, "temp.street_words")
