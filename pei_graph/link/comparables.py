"""RECORDS as the model compares them.

In: RECORDS, ADDRESSES and the strong identifiers. Out: the table ``comparables``, one row per
record: every spelling of a name, nicknames, keys to block on. Nothing is compared here.
"""

import duckdb
import pyarrow as pa
from nicknames import name_triplets

from pei_graph.link import scripts

RARE_NAME = 12
"""Most records a full name may have for its pairs to be compared on the name alone: it bounds those
pairs to a few per record, whatever the size of the data."""


def prepare(con: duckdb.DuckDBPyConnection) -> None:
    """The table ``comparables`` stands, one row per record."""
    con.register("nicknames", _nicknames())
    scripts.execute(con, "comparables.sql", rare=RARE_NAME)
    con.unregister("nicknames")


def _nicknames() -> pa.Table:
    """Return every nickname with the full names it stands for."""
    pairs = sorted(
        {
            (name.name2, name.name1)
            for name in name_triplets()
            if name.relationship == "has_nickname"
        }
    )
    names, canonicals = zip(*pairs, strict=True)
    return pa.table({"name": list(names), "canonical": list(canonicals)})
