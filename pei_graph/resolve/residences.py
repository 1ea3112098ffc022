"""Where people live and lived, by which sources and when: RESIDENCES."""

from datetime import date

import duckdb

from pei_graph.resolve import homes
from pei_graph.resolve.scripts import SQL

_RESIDENCES = """
CREATE OR REPLACE TABLE residences AS
SELECT
    g.id AS person_id,
    r.address_id,
    r.from_date,
    CASE
        WHEN p.died IS NULL THEN r.to_date
        ELSE greatest(least(r.to_date, p.died), r.from_date)
    END AS to_date,
    d.address_id IS NOT NULL AND p.died IS NULL AS current,
    coalesce(d.placed, r.placed) AS placed,
    r.sources
FROM residence r
JOIN given_now g ON g.new = r.label
JOIN person p ON p.label = r.label
LEFT JOIN dwelling d ON d.label = r.label AND d.address_id = r.address_id
UNION ALL
SELECT g.id, d.address_id, NULL, p.died, p.died IS NULL, d.placed, []
FROM dwelling d
JOIN given_now g ON g.new = d.label
JOIN person p ON p.label = d.label
ANTI JOIN residence r ON r.label = d.label AND r.address_id = d.address_id
"""


def make(con: duckdb.DuckDBPyConnection, *, as_of: date) -> None:
    """RESIDENCES stands, and ``dwelling`` (label, address_id, from_date, placed) the homes of now.

    A home that no source gives, but where a person must be because of others, has no sources. Of
    who has died the home is the last one, which is no longer current: it ended by that day.
    Needs ``statement``, ``spoken``, ``spelling``, ``cluster``, ``trusted``, ``person``,
    ``given_now`` and RELATIONS.
    """
    SQL.run(con, "habits")
    SQL.run(con, "said", as_of=as_of)
    SQL.run(con, "residences")
    homes.find(con, as_of=as_of)
    con.execute(_RESIDENCES)
