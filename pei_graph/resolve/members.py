"""Clusters become MEMBERS: every record accepted once, and where else it may belong."""

import duckdb

MOST_CANDIDATES = 3
"""Persons beside its own that a record may belong to, the likeliest first; more would bury them."""

_WHOSE = """
CREATE OR REPLACE TEMP TABLE whose AS
SELECT node.record_id, c.code, c.label, 'P-' || g.number AS person_id
FROM cluster c
JOIN node USING (code)
JOIN given_now g ON g.new = c.label
"""

_ACCEPTED = """
CREATE OR REPLACE TABLE members AS
WITH inside AS (
    SELECT
        e.l,
        e.r,
        e.weight,
        e.probability,
        CASE WHEN e.accepted THEN e.match_key ELSE e.match_key || ' +household' END AS match_key
    FROM edge e
    JOIN cluster a ON a.code = e.l
    JOIN cluster b ON b.code = e.r AND b.label = a.label
    WHERE (e.accepted OR e.possible)
        AND NOT e.vetoed
),
ends AS (
    SELECT l AS code, weight, probability, match_key
    FROM inside
    UNION ALL
    SELECT r AS code, weight, probability, match_key
    FROM inside
),
best AS (
    SELECT
        code,
        max(probability) AS probability,
        max(struct_pack(weight := weight, match_key := match_key)).match_key AS match_key
    FROM ends
    GROUP BY code
)
SELECT
    w.record_id,
    w.person_id,
    'accepted' AS state,
    best.probability,
    c.weakest_link,
    best.match_key
FROM whose w
JOIN cluster c USING (code)
LEFT JOIN best USING (code)
"""

_POSSIBLE = """
INSERT INTO members
WITH across AS (
    SELECT e.l, e.r, a.label AS label_l, b.label AS label_r, e.weight, e.probability, e.match_key
    FROM edge e
    JOIN cluster a ON a.code = e.l
    JOIN cluster b ON b.code = e.r
    WHERE (e.accepted OR e.possible)
        AND a.label <> b.label
),
settled AS (
    SELECT DISTINCT
        least(a.label, b.label) AS low,
        greatest(a.label, b.label) AS high
    FROM verdict v
    JOIN cluster a ON a.code = v.l
    JOIN cluster b ON b.code = v.r
    WHERE v.verdict = 'different'
),
open AS (
    SELECT across.*
    FROM across
    ANTI JOIN settled
        ON settled.low = least(label_l, label_r)
        AND settled.high = greatest(label_l, label_r)
),
ends AS (
    SELECT l AS code, label_r AS label, weight, probability, match_key
    FROM open
    UNION ALL
    SELECT r AS code, label_l AS label, weight, probability, match_key
    FROM open
),
best AS (
    SELECT
        code,
        label,
        max(probability) AS probability,
        max(struct_pack(weight := weight, match_key := match_key)) AS strongest
    FROM ends
    GROUP BY code, label
),
likeliest AS (
    SELECT *
    FROM best
    QUALIFY row_number() OVER (
        PARTITION BY code
        ORDER BY probability DESC, strongest DESC, label
    ) <= $most
)
SELECT
    node.record_id,
    'P-' || g.number,
    'possible',
    best.probability,
    best.strongest.weight,
    best.strongest.match_key
FROM likeliest best
JOIN node USING (code)
JOIN given_now g ON g.new = best.label
"""


def make(con: duckdb.DuckDBPyConnection) -> None:
    """MEMBERS stands, and the temporary table ``whose`` (record_id, code, label, person_id).

    Needs ``node``, ``edge``, ``verdict``, ``cluster`` and ``given_now``. A record may belong to
    another person where a possible link leads there, or an accepted one that clustering refused;
    not where a human said *different* of the two persons.
    """
    con.execute(_WHOSE)
    con.execute(_ACCEPTED)
    con.execute(_POSSIBLE, {"most": MOST_CANDIDATES})
