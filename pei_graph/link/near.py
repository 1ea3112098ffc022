"""Whose rows of ``comparables`` may differ from the last run's, and whom those rows are made of.

In: the tables of two runs, and which records were made again. Out: few records of many. A row takes
from others which numbers are generic, who is twins, who is whose parent, and by what other names
somebody goes; each of these is told by records that share a key with it: a number, a home and birth
date, a child, or a surname with a birth date, a home, or a birth date and a postcode. So it is a
few steps from a record that says something else to a row that differs, and the same steps back from
a row to all it is made of.
"""

import duckdb

from pei_graph import sql
from pei_graph.link.scripts import SQL
from pei_graph.tables import RECORDS, TOLD_BOUNDS

STEPS: tuple[tuple[str, ...], ...] = (
    ("number",), ("meant",), ("home", "child", "born"), ("name",),
)  # fmt: skip
"""By which keys each step goes. Who else holds a number tells whether it is generic; who lives at a
postcode tells which home it means; numbers tell twins at a home or of a surname, and a child its
parents; and these tell by what other names somebody goes."""

BACK: tuple[tuple[str, ...], ...] = (
    ("name",), ("number", "home", "child", "born"), ("meant",), ("number",),
)  # fmt: skip
"""The steps from a row to what it is made of: the names that others are called by, what tells those
names, whom a postcode puts there too, and the numbers of whom that is told of."""

PROVENANCE = ("source_key", "row", "delivery_id", "first_seen", "last_seen", "in_latest", "sealed")
"""What of RECORDS says where and when it was told, and nothing of whom."""

BOUNDS = ("born_from", "born_to")


def find_near(con: duckdb.DuckDBPyConnection) -> None:
    """The temporary tables ``recompared`` (record_id) and ``near`` (code) stand.

    ``recompared`` are the records whose rows may differ, and those that are gone; ``near`` holds
    what stands for them and for all that their rows are made of. Needs ``restated``, every record
    of which anything may be told otherwise, ``readdressed``, every place that may be another,
    ``name_fields``, and the last run's tables as ``before``.
    """
    told = [each for each in RECORDS.columns if each not in (*PROVENANCE, *BOUNDS)]
    con.execute(SQL.text("otherwise").format(told=sql.digest([*told, TOLD_BOUNDS])))
    SQL.run(con, "keys")
    for step in STEPS:
        _go(con, step)
    SQL.run(con, "recompared")
    for step in BACK:
        _go(con, step)
    for kind in ("number", "meant", "home", "child", "born", "name"):
        con.execute(f"DROP TABLE {kind}_key")


def _go(con: duckdb.DuckDBPyConnection, step: tuple[str, ...]) -> None:
    keys = " UNION ALL ".join(f"SELECT code, key FROM {kind}_key" for kind in step)
    con.execute(SQL.text("reached_by").format(keys=f"({keys})"))
