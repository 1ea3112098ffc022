"""Relationships that sources record between records become relations between people: RELATIONS."""

import duckdb
import pyarrow as pa

from pei_graph.contract import vocabulary

_RELATIONS = """
CREATE OR REPLACE TABLE relations AS
WITH stated AS (
    SELECT
        a.person_id AS one,
        b.person_id AS other,
        n.kind,
        n.kind <> f.type OR (n.both_ways AND a.label > b.label) AS turned,
        f.source,
        f.from_date,
        f.to_date
    FROM facts f
    JOIN whose a ON a.record_id = f.record_id
    JOIN whose b ON b.record_id = f.other_record_id
    JOIN normal n ON n.type = f.type
    WHERE f.kind = 'relationship'
        AND a.label <> b.label
),
upright AS (
    SELECT
        CASE WHEN turned THEN other ELSE one END AS one,
        CASE WHEN turned THEN one ELSE other END AS other,
        kind,
        source,
        from_date,
        to_date
    FROM stated
)
SELECT
    one AS person_id,
    other AS other_person_id,
    kind,
    source,
    min(from_date) AS from_date,
    CASE WHEN count(to_date) = count(*) THEN max(to_date) END AS to_date
FROM upright
GROUP BY ALL
"""


def make(con: duckdb.DuckDBPyConnection) -> None:
    """RELATIONS stands, each pair stated one way round: *person is <kind> of other*.

    Of a kind and its inverse the one that the vocabulary names first is used, so a child's link to
    a parent reads as the parent's; where both are the same kind, the person whose records come
    first stands first. A relation of a person to themself is dropped.
    """
    terms = vocabulary().relationships
    order = list(terms)
    kinds = [min(kind, terms[kind].inverse or kind, key=order.index) for kind in order]
    both_ways = [terms[kind].inverse == kind for kind in order]
    con.register("normal", pa.table({"type": order, "kind": kinds, "both_ways": both_ways}))
    con.execute(_RELATIONS)
    con.unregister("normal")
