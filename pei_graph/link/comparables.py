"""RECORDS as the model compares them.

In: RECORDS, IDENTIFIERS, ADDRESSES, FACTS and the tables of a model (:mod:`.learnt`). Out: the
table ``comparables``, one row per record: every spelling of a name, nicknames, keys to block on,
how common each value is. What two rows weigh depends on them and the model alone. Nothing is
compared here.
"""

from collections.abc import Iterable

import duckdb

from pei_graph import sql
from pei_graph.link.identifiers import find_shared, find_strong
from pei_graph.link.names import put_in_order
from pei_graph.link.near import find_near
from pei_graph.link.one_child import find_parents, list_children
from pei_graph.link.only_other import find_only_others
from pei_graph.link.rarity import create_name_rarity
from pei_graph.link.scripts import SQL
from pei_graph.link.twins import find_days
from pei_graph.workspace import in_memory, looking_in

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
"""Bits from which two forenames of one birth date at one home are one person's: odds of eight
to one that they are not twins."""

MEANT = 2.0
"""Bits from which the only other at a home is meant under another forename: odds of four to one."""


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
    SQL.run(con, "bounds", youngest=YOUNGEST_PARENT, oldest=OLDEST_PARENT)


def compare(con: duckdb.DuckDBPyConnection) -> None:
    """The table ``comparables`` stands, one row per record.

    Needs what :func:`list_names` and :func:`.identifiers.find_strong` leave.
    """
    _gather(con)
    SQL.run(con, "numbered")
    _describe(con)


def compare_again(con: duckdb.DuckDBPyConnection) -> None:
    """The table ``comparables``, as the last run left it, is what :func:`compare` would make it.

    And so is ``identifier_pairs``. The temporary table ``affected`` (record_id) holds the records
    that are new or gone, or compared otherwise now. Needs the model's tables, ``name_fields``, that
    run's tables attached as ``before``, and ``restated`` and ``readdressed``, as
    :func:`.near.find_near` does.
    """
    find_near(con)
    SQL.run(con, "numbered_again")
    with in_memory(con, "again"):
        SQL.run(con, "near_part")
        with looking_in(con, "again"):
            _gather_all(con)
            con.execute("DELETE FROM records WHERE record_id NOT IN (FROM recompared)")
            _describe(con)
        for statement in SQL.text("affected").split(";\n"):
            con.execute(statement.format(compared=_compared(con)))


def _gather(con: duckdb.DuckDBPyConnection) -> None:
    """What a row takes from other records stands in temporary tables."""
    list_children(con)
    find_only_others(con)
    SQL.run(con, "sole", sure=SURE, meant=MEANT)


def _gather_all(con: duckdb.DuckDBPyConnection) -> None:
    put_in_order(con)
    find_shared(con)
    find_strong(con)
    list_names(con)
    _gather(con)


def _describe(con: duckdb.DuckDBPyConnection) -> None:
    """The table ``comparables`` has a row for each of RECORDS."""
    create_name_rarity(con)
    SQL.run(con, "comparables", few=FEW_NAMESAKES, crowd=CROWD)


def _compared(con: duckdb.DuckDBPyConnection) -> str:
    """Return SQL for one number for all that two records are compared by."""
    columns = (str(row[0]) for row in con.execute("DESCRIBE comparables").fetchall())
    return sql.digest(sql.name(each) for each in columns if each not in {"n", "record_id"})
