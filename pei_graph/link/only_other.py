"""The only other of a surname and sex at a home is a record's person, by another forename or not.

In: records at one dwelling. Out: the table ``only_others``, with ``bits``, and in ``twin_signs``
what it is worth that nobody else can be meant, by the source that gives no birth date, the role
there, and whether that source holds the other as well. It is learnt from the records of the same
source and role that do give one: how often does the other turn out to be of that birth date?
Parents whom a school or a clinic names mostly are; children, and those whom the police met there,
hardly ever.
"""

from math import log2

import duckdb

from pei_graph.link.scripts import SQL
from pei_graph.link.veto import BAND_SLACK

ONLY_OTHER = "only other"
"""The sign in ``twin_signs``; its value names source and role, and whether that source has both."""

ENOUGH = 15
"""Fewest records of a known birth date to learn from."""

SAMPLE = 400_000
"""Records from which on only a part of the homes is learnt from: so many tell as much as all."""

_COUNTS = """
SELECT
    kind,
    count(*) AS known,
    count(*) FILTER (one_birth_date) AS one
FROM only_others
GROUP BY kind
HAVING known >= $enough
ORDER BY kind
"""


def learn_only_others(con: duckdb.DuckDBPyConnection) -> None:
    """The table ``twin_signs`` says what being the only other is worth, where that is something."""
    [(records,)] = con.execute("SELECT count(*) FROM records").fetchall()
    _find(con, among=max(1, records // SAMPLE))
    for kind, known, one in con.execute(_COUNTS, {"enough": ENOUGH}).fetchall():
        bits = log2((one + 0.5) / (known - one + 0.5))
        if bits > 0:
            con.execute("INSERT INTO twin_signs VALUES (?, ?, ?)", [ONLY_OTHER, kind, bits])


def find_only_others(con: duckdb.DuckDBPyConnection) -> None:
    """The table ``only_others`` holds those who give no birth date, and what that is worth.

    Needs ``twin_signs`` and what :func:`.comparables.list_names` leaves.
    """
    _find(con, among=None)


def _find(con: duckdb.DuckDBPyConnection, *, among: int | None) -> None:
    con.execute(SQL.text("only_other").format(slack=BAND_SLACK), {"among": among})
