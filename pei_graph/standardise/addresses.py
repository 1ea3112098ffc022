"""Places that records give as where they live.

In: ``said_addresses``. Out: ADDRESSES, the temporary tables ``whole_places``, ``said_residences``
and ``homes``, and ISSUES on postcodes and UPRNs of no known form.
"""

import duckdb

from pei_graph.standardise.queries import SQL

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


def make_addresses(con: duckdb.DuckDBPyConnection) -> None:
    """ADDRESSES holds every place once; ``homes`` says where each record lives now."""
    SQL.run(con, "addresses")
    SQL.run(con, "dwellings")
    doubtful = ", ".join(f"bool_or({holds})" for holds, _ in DOUBTS.values())
    found = con.execute(f"SELECT {doubtful} FROM places AS p").fetchone() or ()
    for rule, holds in zip(DOUBTS, found, strict=True):
        if holds:
            _tell(con, rule)


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
        JOIN places AS p ON p.number = a.number
        JOIN working.delivery_order AS o ON o.number = a.place >> 44
        WHERE {holds}
        GROUP BY o.source, o.list, o.delivery_id, o.file
        """,
        {"rule": rule, "advice": advice},
    )
