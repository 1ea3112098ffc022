"""RECORDS and FACTS made again of the sources that delivered something new, and of no other.

In: the tables as the last run made them, and RAW as it stands now. Out: the tables as
:func:`~pei_graph.standardise.stage.standardise` makes them. Sources share no record, but they share
what is known of days and places: where that changed, the records of other sources that it speaks of
are made again too, from their own rows.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

import duckdb

from pei_graph import sql
from pei_graph.contract import Contract
from pei_graph.standardise.addresses import (
    find_crowded_again,
    find_residences_again,
    make_addresses_again,
    read_places_again,
)
from pei_graph.standardise.latin import transliterate
from pei_graph.standardise.placeholders import find_placeholders, mark_placeholders
from pei_graph.standardise.plan import Plan
from pei_graph.standardise.queries import SQL
from pei_graph.standardise.sources import count_rows, plans, read_extra, read_sources
from pei_graph.standardise.stage import MADE, begin, put_together, working
from pei_graph.tables import RECORDS, TOLD_BOUNDS
from pei_graph.workspace import looking_in

FILLED = ("seen", "said_addresses", "said_identifiers", "stated")
"""Working tables into which a row puts all that it says, of whomever."""

CAME = {"records": "working.records", "facts": "working.facts"}
"""Where the keys of all rows stand that may be new, by table; others are checked as fast whole."""

MOVED = ("born_from", "born_to", "delivery_id", "row", "first_seen", "last_seen", "in_latest")
"""What of a record any delivery says otherwise: where and when it was told, and the bounds that a
role's ages give a birth on that day."""


def standardise_again(
    con: duckdb.DuckDBPyConnection,
    contracts: Mapping[str, Contract],
    sources: Collection[str],
) -> None:
    """The tables of records and facts say what RAW says, of which only ``sources`` changed.

    Needs the tables as the last run left them, also attached as ``before``, and ISSUES and
    QUARANTINE without anything of ``sources``. The temporary table ``remade`` (record_id) holds
    every record that was made again, new and gone ones among them, ``restated`` (record_id) those
    of them of which anything else is told than where and when, and ``readdressed`` (address_id)
    every place that was made again, or is crowded and was not or the other way round.

    Raises ``TableError`` on a defect.
    """
    with working(con, came=CAME):
        begin(con, contracts, sources=sources)
        found = plans(con, contracts)
        read_sources(con, [plan for plan in found if plan.contract.id in sources])
        con.execute("DELETE FROM said.birth_days WHERE list_contains($1, source)", [list(sources)])
        find_placeholders(con, [plan.contract for plan in found])
        transliterate(con)
        read_places_again(con, sources)
        make_addresses_again(con, sources)
        _add_extra(con, found, sources)
        mark_placeholders(con)
        transliterate(con)
        with looking_in(con, "working"):
            for table in MADE:
                con.execute(table.ddl)
            put_together(con, contracts)
        _replace(con)
        find_crowded_again(con)


def _replace(con: duckdb.DuckDBPyConnection) -> None:
    """What was put together among the working tables takes the place of what the last run said."""
    told = sql.digest(sql.name(each) for each in RECORDS.columns if each not in MOVED)
    moved = ", ".join(f"{sql.name(each)} = now_is.{sql.name(each)}" for each in MOVED)
    for statement in SQL.text("replaced").split(";\n"):
        con.execute(statement.format(told=told, moved=moved, bounds=TOLD_BOUNDS))


def _add_extra(
    con: duckdb.DuckDBPyConnection, found: Sequence[Plan], sources: Collection[str]
) -> None:
    """The working tables hold the records of other sources too that say something else now.

    ``remade`` holds all that are made again, and ``said_residences`` where each is said to live.
    """
    con.execute(
        "CREATE TABLE working.anew AS SELECT record_id FROM records"
        " WHERE list_contains($1, source) UNION SELECT record_id FROM working.merged",
        [list(sources)],
    )
    SQL.run(con, "extra")
    read_extra(con, list(_parts(con, found)))
    for table in FILLED:
        con.execute(
            f"DELETE FROM working.{table} WHERE record_id NOT IN (SELECT record_id FROM remade)"
        )
    find_residences_again(con)


def _parts(con: duckdb.DuckDBPyConnection, found: Sequence[Plan]) -> Iterator[Plan]:
    """Yield a plan for the rows of each list that speak of records in ``extra``."""
    delivered = con.execute(
        "SELECT DISTINCT o.source, o.list FROM working.extra_rows"
        " JOIN working.delivery_order AS o USING (delivery_id)"
    ).fetchall()
    for plan in found:
        if (plan.contract.id, plan.list_id) in delivered:
            part = f"working.{sql.name(f'{plan.contract.id}.{plan.list_id}')}"
            con.execute(
                f"CREATE TABLE {part} AS FROM {plan.table} AS r SEMI JOIN working.extra_rows AS e"
                " ON e.delivery_id = r._delivery AND e.row = r._row"
            )
            [rows] = count_rows(con, [part])
            yield replace(plan, part=part, rows=rows)
