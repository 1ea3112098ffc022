"""What a full name is worth that only one birth date has, where one of two records gives none.

In: ``comparables`` and ``company``. Out: in ``twin_signs`` the weight of such a pair of records at
two homes, by the source that gives no birth date and the role there, how the addresses stand to
each other, and how rare the name is. It is learnt from the records of the same source and role that
do give one: how often does it turn out to be that of the only other person of the name? Pairs with
company are told by that, so what is learnt is of the rest.
"""

from collections.abc import Iterator
from math import log2
from typing import Any

import duckdb
import pyarrow as pa

from pei_graph import sql
from pei_graph.link.scripts import SQL
from pei_graph.link.settings import level_sql

ONLY_NAME = "only name"
"""The sign in ``twin_signs``; its value names source, role, rarity and level of the address."""

ENOUGH = 30
"""Fewest pairs of known birth dates to learn from."""

SAMPLE = 200_000
"""Records from which on only a part of the names is looked at: so many tell as much as all."""


def learn_only_names(con: duckdb.DuckDBPyConnection, described: dict[str, Any]) -> None:
    """The table ``twin_signs`` says what such a name is worth, where enough tell."""
    levels = {f"{name}_level": level_sql(described, name) for name in ("address", "birth_date")}
    [(records,)] = con.execute("SELECT count(*) FROM comparables").fetchall()
    [(named,)] = con.execute(
        "SELECT sum(records) FROM commonness WHERE part = 'surname'"
    ).fetchall()
    found = con.execute(
        SQL.text("only_name").format(**levels),
        {"records": records, "named": named or 0, "sample": SAMPLE, "enough": ENOUGH},
    ).fetchall()
    for kind, address, undated, accompanied, known, one in found:
        share = (one + 0.5) / (known + 1)
        odds = (share - accompanied / undated) / (1 - share)
        if odds > 1:
            told = [ONLY_NAME, f"{kind} {address}", log2(odds)]
            con.execute("INSERT INTO twin_signs VALUES (?, ?, ?)", told)


def create_only_name_bits(con: duckdb.DuckDBPyConnection, signs: pa.Table) -> None:
    """The macro ``only_name_bits(kind, address)`` stands, null of what nothing tells."""
    value = sql.looked_up("concat_ws(' ', kind, address)", dict(_learnt(signs)))
    con.execute(f"CREATE OR REPLACE MACRO only_name_bits(kind, address) AS {value}")


def _learnt(signs: pa.Table) -> Iterator[tuple[str, float]]:
    for row in signs.to_pylist():
        if row["sign"] == ONLY_NAME:
            yield row["value"], row["bits"]
