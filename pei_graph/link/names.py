"""Names in their own fields, and how common each is there.

In: RECORDS. Out: the table ``commonness`` of a model, and the view ``in_order``: RECORDS, with the
two names exchanged where each stands in the other's field. What the sources said stays in RECORDS.
"""

import duckdb

from pei_graph.link.scripts import SQL

TURNED = 32
"""Odds, by how often two names stand in either field elsewhere, from which they are exchanged."""


def learn_commonness(con: duckdb.DuckDBPyConnection) -> None:
    """The table ``commonness`` stands, each name counted in its own field; so does ``in_order``.

    Which names stand in each other's field is told by how common they are in either, so they are
    counted as the records have them first.
    """
    for named in ("records", "in_order"):
        con.execute(SQL.text("commonness").format(named=named))
        count_fields(con)
        put_in_order(con)


def count_fields(con: duckdb.DuckDBPyConnection) -> None:
    """The table ``name_fields`` stands: how often each name stands in either field.

    Needs the model's ``commonness``.
    """
    SQL.run(con, "fields")


def put_in_order(con: duckdb.DuckDBPyConnection) -> None:
    """The view ``in_order`` stands. Needs ``name_fields``."""
    SQL.run(con, "turned", odds=TURNED)
