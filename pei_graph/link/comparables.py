"""RECORDS as the model compares them.

In: RECORDS, IDENTIFIERS, ADDRESSES, FACTS and the tables of a model (:mod:`.learnt`). Out: the
table ``comparables``, one row per record: every spelling of a name, nicknames, keys to block on,
how common each value is. What two rows weigh depends on them and the model alone. Nothing is
compared here.
"""

from collections.abc import Iterable

import duckdb

from pei_graph import sql
from pei_graph.link.one_child import find_parents, list_children
from pei_graph.link.scripts import SQL
from pei_graph.link.twins import find_days

FEW_NAMESAKES = 3
"""Birth dates a full name may have for its records to be compared on the name alone: one person's
date is often on record in two or three spellings."""

CROWD = 40
"""Most records such a full name may have: it bounds those pairs, whatever the size of the data."""

YOUNGEST_PARENT = 12
OLDEST_PARENT = 70
"""Ages at a child's birth between which a recorded parent is believed: mothers are 12 to 60, and
fathers and adoptive parents some years more."""

SURE = 3.0
"""Bits from which two forenames of one birth date at one home are one person's: odds of eight to
one that they are not twins."""


def filled(con: duckdb.DuckDBPyConnection, columns: Iterable[str]) -> list[str]:
    """Return those of the columns of ``comparables`` that any record fills."""
    return [
        column
        for column in columns
        if con.execute(
            f"SELECT 1 FROM comparables WHERE {sql.name(column)} IS NOT NULL LIMIT 1"
        ).fetchall()
    ]


def list_names(con: duckdb.DuckDBPyConnection) -> None:
    """Every distinct list of names is worked on once; ``signs`` tell of twins.

    Needs the model's ``nicknames`` and ``commonness``, and what :func:`.identifiers.find_strong`
    leaves.
    """
    SQL.run(con, "names")
    find_days(con)
    find_parents(con)


def compare(con: duckdb.DuckDBPyConnection) -> None:
    """The table ``comparables`` stands, one row per record.

    Needs what :func:`list_names` and :func:`.identifiers.find_strong` leave.
    """
    list_children(con)
    SQL.run(con, "sole", sure=SURE)
    SQL.run(
        con,
        "comparables",
        few=FEW_NAMESAKES,
        crowd=CROWD,
        youngest=YOUNGEST_PARENT,
        oldest=OLDEST_PARENT,
    )
