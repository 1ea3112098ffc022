"""Whom a record stands with: evidence where a birth date is missing and the address is another.

In: ``comparables``, RECORDS and FACTS. Out: the table ``company``, pairs of records of one forename
each of which stands, in its own source, beside a person of one forename and birth date: a mother
registered with a child who is known elsewhere.
"""

import duckdb

from pei_graph.link.scripts import SQL

CROWD = 12
"""Most records of one household in one source; more are a hostel, a school or a mistake."""

_CHANGED = """
CREATE OR REPLACE TEMP TABLE changed AS
SELECT hash(record_id) AS code
FROM affected
UNION
SELECT hash(record_id)
FROM otherwise
"""

_AS_BEFORE = """(
    FROM comparables
    UNION ALL BY NAME
    SELECT * REPLACE (NULL AS n)
    FROM before.comparables
    WHERE hash(record_id) IN (SELECT code FROM changed)
)"""
"""Rows as they are, and without a number what they were of those who say something else."""


def find_company(con: duckdb.DuckDBPyConnection) -> None:
    """The table ``company`` stands."""
    _stand(con, "comparables")
    for name in ("housed", "company"):
        SQL.run(con, name, crowd=CROWD)
    con.execute("CREATE OR REPLACE TABLE company AS FROM company_found")
    con.execute("DROP TABLE company_found")


def find_company_again(con: duckdb.DuckDBPyConnection) -> None:
    """As :func:`find_company`, of ``company`` as the last run left it.

    A pair is made of its two records, of whom each stands beside or at home with, and of their
    birth dates and forenames. So only pairs of those who share one of these with somebody who says
    something else can be otherwise, and the stage's own query is asked of all that these are made
    of. The temporary table ``other_company`` holds the pairs that are. Needs what
    :func:`.comparables.compare_again` leaves.
    """
    con.execute(_CHANGED)
    _stand(con, _AS_BEFORE)
    for name in ("near_company", "company", "company_again"):
        SQL.run(con, name, crowd=CROWD)


def _stand(con: duckdb.DuckDBPyConnection, compared: str) -> None:
    for statement in SQL.text("standing").split(";\n"):
        con.execute(statement.format(compared=compared))
