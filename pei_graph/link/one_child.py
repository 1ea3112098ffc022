"""Two sources' parents of one child, of one sex, are one person, by whatever names they go.

In: relationships that sources record, and the lists of names. Out: the table ``parent_of``, and in
``twin_signs`` what such a pair is worth, with one forename and with two. That is learnt from those
of whom both birth dates are known. With two forenames they share a surname or a home besides; and
where one source has two such parents of a child, or two birth dates are known, nothing is said.
"""

from math import log2

import duckdb
import pyarrow as pa

from pei_graph.link.scripts import SQL
from pei_graph.link.settings import level_sql
from pei_graph.link.settings import model as described_model

ONE_CHILD = "one child"
"""The sign in ``twin_signs``."""

ENOUGH = 30
"""Fewest pairs of known birth dates to learn from."""

SURE = 3.0
"""Bits from which two names are one parent's: odds of eight to one."""

NEVER = -99.0
"""Bits where nothing was learnt: less than any pair weighs."""

_COUNTS = """
WITH pairs AS (
    SELECT
        record_l,
        record_r,
        any_value(one_name) AS one_name,
        any_value(one_birth_date) AS one_birth_date
    FROM parents_paired
    ANTI JOIN children_of_two USING (child)
    WHERE one_birth_date IS NOT NULL AND NOT in_one_source
    GROUP BY record_l, record_r
)
SELECT
    CASE WHEN one_name THEN 'one name' ELSE 'two names' END AS value,
    count(*) FILTER (one_birth_date) AS one,
    count(*) FILTER (NOT one_birth_date) AS two
FROM pairs
GROUP BY value
"""


def find_parents(con: duckdb.DuckDBPyConnection) -> None:
    """The tables ``parents_told``, ``parents_paired`` and ``children_of_two`` stand.

    Needs ``given_lists``, ``family_lists``, ``own_numbers`` and the macro ``forename_alike``.
    """
    con.execute(
        "CREATE OR REPLACE TEMP MACRO birth_date_alike(l, r) AS"
        f" ({level_sql(described_model(), 'birth_date')})"
    )
    SQL.run(con, "parents")


def learn_one_child(con: duckdb.DuckDBPyConnection) -> None:
    """The table ``twin_signs`` says what being parents of one child is worth, if enough tell."""
    for value, one, two in con.execute(_COUNTS).fetchall():
        if one + two >= ENOUGH:
            bits = log2((one + 0.5) / (two + 0.5))
            con.execute("INSERT INTO twin_signs VALUES (?, ?, ?)", [ONE_CHILD, value, bits])


def one_child_bits(signs: pa.Table, names: str) -> float:
    """Return what ``twin_signs`` says of it where the parents bear ``names``: of one name or two.

    Nothing where too few told.
    """
    for row in signs.to_pylist():
        if (row["sign"], row["value"]) == (ONE_CHILD, names):
            return float(row["bits"])
    return NEVER


def list_children(con: duckdb.DuckDBPyConnection) -> None:
    """The table ``parent_of`` (record_id, parent_of) stands. Needs ``twin_signs``."""
    SQL.run(con, "one_child", sure=SURE)
