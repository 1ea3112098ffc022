"""Whom a record stands with: evidence where a birth date is missing and the address is another.

In: ``comparables``, RECORDS and FACTS. Out: the table ``company``, pairs of records of one forename
each of which stands, in its own source, beside a person of one forename and birth date: a mother
registered with a child who is known elsewhere.
"""

import duckdb

from pei_graph.link.scripts import SQL

CROWD = 12
"""Most records of one household in one source; more are a hostel, a school or a mistake."""


def find_company(con: duckdb.DuckDBPyConnection) -> None:
    """The table ``company`` stands."""
    SQL.run(con, "company", crowd=CROWD)
