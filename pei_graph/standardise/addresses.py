"""Places that records give as where they live.

In: ``said_addresses``. Out: ADDRESSES, the temporary tables ``whole_places`` and
``said_residences``, ISSUES on postcodes and UPRNs of no known form, and in the schema ``said`` what
the next run need not read again.
"""

from collections.abc import Collection

import duckdb

from pei_graph.standardise.queries import SQL
from pei_graph.tables import ADDRESSES

DOUBTS = {
    "bad_postcode": (
        "p.bad_postcode",
        "Correct the postcode in the source: it has no postcode's form; it was not used",
    ),
    "bad_uprn": (
        "p.bad_uprn",
        "Correct the UPRN in the source: it is a number of up to 12 digits; it was not used",
    ),
}


MOST_SURNAMES = 20
"""Surnames at one dwelling, each of two records or more, above which it is no family's: families
that follow one another bring a dozen, an office or a block whose flats nobody told hundreds."""

_AS_ADDRESSED = """
UPDATE addresses
SET kind = 'dwelling'
WHERE address_id IN (FROM said.crowded UNION ALL FROM said.blocks)
"""

_OTHERWISE = """
INSERT INTO readdressed
SELECT address_id
FROM (
    (FROM said.{places} EXCEPT FROM before.said.{places})
    UNION ALL
    (FROM before.said.{places} EXCEPT FROM said.{places})
)
"""


def read_places(con: duckdb.DuckDBPyConnection) -> None:
    """``places`` holds every address as said, read once, and ``said_residences`` who says it."""
    con.execute("SET VARIABLE last_place = 0")
    con.execute(
        "CREATE OR REPLACE TEMP VIEW unread_places AS"
        " SELECT DISTINCT said FROM working.said_addresses"
    )
    SQL.run(con, "places")
    con.execute("CREATE OR REPLACE TEMP VIEW known_places AS FROM places")
    _tell_places(con)


def read_places_again(con: duckdb.DuckDBPyConnection, sources: Collection[str]) -> None:
    """As :func:`read_places`; ``places`` holds those alone that the last run did not know.

    Needs what the last run kept in the schema ``said``. ``working.said_addresses`` holds what
    ``sources`` say now; the others say what they said.
    """
    con.execute("DELETE FROM said.told WHERE list_contains($1, source)", [list(sources)])
    con.execute("SET VARIABLE last_place = (SELECT coalesce(max(number), 0) FROM said.places)")
    con.execute(
        "CREATE OR REPLACE TEMP VIEW unread_places AS"
        " SELECT DISTINCT said FROM working.said_addresses ANTI JOIN said.places USING (said)"
    )
    SQL.run(con, "places")
    con.execute(
        "CREATE OR REPLACE TEMP VIEW known_places AS FROM places UNION ALL BY NAME FROM said.places"
    )
    _tell_places(con)


def _tell_places(con: duckdb.DuckDBPyConnection) -> None:
    find_residences(con)
    SQL.run(con, "told_places")
    doubtful = ", ".join(f"bool_or({holds})" for holds, _ in DOUBTS.values())
    found = con.execute(f"SELECT {doubtful} FROM known_places AS p").fetchone() or ()
    for rule, holds in zip(DOUBTS, found, strict=True):
        if holds:
            _tell(con, rule)


def make_addresses(con: duckdb.DuckDBPyConnection) -> None:
    """ADDRESSES holds every place once; ``said.places`` what the next run need not read again.

    Houses of which others tell the flats are blocks.
    """
    con.execute(ADDRESSES.ddl)
    for name in ("respelt", "filled", "whole_places", "kept_places"):
        SQL.run(con, name)
    con.execute("CREATE OR REPLACE TEMP VIEW listed_places AS FROM whole_places")
    SQL.run(con, "addresses")
    SQL.run(con, "blocks")
    for view in ("listed_places", "known_places"):
        con.execute(f"DROP VIEW {view}")


def make_addresses_again(con: duckdb.DuckDBPyConnection, sources: Collection[str]) -> None:
    """As :func:`make_addresses`, of ADDRESSES and ``said.places`` as the last run left them.

    Only what shares a postcode, a house in a street or a whole address with what is new or said no
    more can be another place: one step after the other, each by the query that asks it of all.
    Needs what :func:`read_places_again` leaves, and that run's tables attached as ``before``. Then
    ``readdressed`` (address_id) holds every place that was made again, and ``other_places`` which
    addresses as said are another than they were. None is crowded yet.
    """
    con.execute(_AS_ADDRESSED)
    SQL.run(con, "places_again", sources=list(sources))
    for name in ("respelt", "respelt_again", "filled", "filled_again", "whole_places"):
        SQL.run(con, name)
    for name in ("as_kept", "listed_again", "addresses"):
        SQL.run(con, name, sources=list(sources))
    con.execute("DROP TABLE listed_places")
    SQL.run(con, "blocks")
    con.execute(_OTHERWISE.format(places="blocks"))


def find_crowded(con: duckdb.DuckDBPyConnection) -> None:
    """Dwellings where RECORDS give more surnames than families bring are communal."""
    SQL.run(con, "crowded", most=MOST_SURNAMES)


def find_crowded_again(con: duckdb.DuckDBPyConnection) -> None:
    """As :func:`find_crowded`; ``readdressed`` has those too that came to be crowded, or ceased."""
    find_crowded(con)
    con.execute(_OTHERWISE.format(places="crowded"))


def find_residences(con: duckdb.DuckDBPyConnection) -> None:
    """``said_residences`` says which of the places known the records of ``said_addresses`` name."""
    SQL.run(con, "residences")


def find_residences_again(con: duckdb.DuckDBPyConnection) -> None:
    """As :func:`find_residences`, once ``said.places`` stands; ``whole_places`` are those named."""
    con.execute("CREATE OR REPLACE TEMP VIEW known_places AS FROM kept_places")
    find_residences(con)
    con.execute(
        "CREATE OR REPLACE TEMP TABLE whole_places AS"
        " FROM kept_places SEMI JOIN said_residences USING (number)"
    )
    for view in ("known_places", "kept_places"):
        con.execute(f"DROP VIEW {view}")


def _tell(con: duckdb.DuckDBPyConnection, rule: str) -> None:
    holds, advice = DOUBTS[rule]
    con.execute(
        f"""
        INSERT INTO issues BY NAME
        SELECT
            o.source, o.list, o.delivery_id, o.file,
            min((a.place >> 10) & ((1::BIGINT << 34) - 1)) AS row,
            count(*) AS rows,
            $rule AS rule, 'warning' AS severity, $advice AS advice
        FROM said_residences AS a
        JOIN known_places AS p ON p.number = a.number
        JOIN working.delivery_order AS o ON o.number = a.place >> 44
        WHERE {holds}
        GROUP BY o.source, o.list, o.delivery_id, o.file
        """,
        {"rule": rule, "advice": advice},
    )
