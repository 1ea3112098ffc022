"""Where people live and lived, and which dwelling is their home now: RESIDENCES.

Sources keep old addresses for years. The present home is the dwelling, not known to have ended, for
which the most sources vote; a vote counts by the trust in its source and halves for every
``HALF_LIFE`` days since the source learned of the address.
"""

from datetime import date

import duckdb

from pei_graph.resolve import scripts

HALF_LIFE = 730.0
"""Days."""

UNDATED = 700
"""Days for which a source is taken to have held an address that it gives no date for."""

_DWELLING = """
CREATE OR REPLACE TEMP TABLE dwelling AS
SELECT r.label, r.address_id, r.from_date
FROM residence r
JOIN addresses a ON a.address_id = r.address_id
WHERE r.open_ended
QUALIFY row_number() OVER (
    PARTITION BY r.label
    ORDER BY a.kind = 'partial', r.votes DESC, r.from_date DESC NULLS LAST, r.address_id
) = 1
"""

_RESIDENCES = """
CREATE OR REPLACE TABLE residences AS
SELECT
    g.id AS person_id,
    r.address_id,
    r.from_date,
    r.to_date,
    d.address_id IS NOT NULL AS current,
    r.sources
FROM residence r
JOIN given_now g ON g.new = r.label
LEFT JOIN dwelling d ON d.label = r.label AND d.address_id = r.address_id
"""


def make(con: duckdb.DuckDBPyConnection, *, as_of: date) -> None:
    """RESIDENCES stands, and ``dwelling`` (label, address_id, from_date): each person's home now.

    A communal home may be where somebody lives; a place too vague to be one dwelling may only where
    nothing better is known. Needs ``statement``, ``spoken``, ``cluster``, ``trusted`` and
    ``given_now``.
    """
    scripts.run(con, "residences", as_of=as_of, half_life=HALF_LIFE, undated=UNDATED)
    con.execute(_DWELLING)
    con.execute(_RESIDENCES)
