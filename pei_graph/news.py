"""What the sources told of people lately, and had not told before.

In: FACTS, each with the day of the first delivery that stated it, MEMBERS, DELIVERIES. Out: NEWS.
"""

from datetime import date, timedelta

import duckdb

from pei_graph.boundary import check
from pei_graph.tables import NEWS

RECENT_DAYS = 28
"""How long what was told is news: whoever looks at a family once a month misses nothing."""

_FILL = """
INSERT INTO news BY NAME
WITH began AS (
    SELECT source, list, min(delivered_on) AS day
    FROM deliveries
    WHERE status = 'loaded'
    GROUP BY source, list
),
accepted AS (
    SELECT record_id, person_id
    FROM members
    WHERE state = 'accepted'
),
told AS MATERIALIZED (
    SELECT f.*, m.person_id, o.person_id AS other_person_id
    FROM facts f
    JOIN deliveries d USING (delivery_id)
    JOIN began b ON b.source = d.source AND b.list = d.list
    JOIN accepted m USING (record_id)
    LEFT JOIN accepted o ON o.record_id = f.other_record_id
    WHERE f.first_told > $after AND f.first_told > b.day
),
known AS (
    SELECT t.fact_id
    FROM told t
    JOIN accepted m USING (person_id)
    JOIN facts k ON k.record_id = m.record_id AND k.kind = t.kind
    LEFT JOIN accepted o ON o.record_id = k.other_record_id
    WHERE k.first_told < t.first_told
        AND (k.address_id = t.address_id OR o.person_id = t.other_person_id)
)
FROM told
ANTI JOIN known USING (fact_id)
ORDER BY person_id, first_told DESC, fact_id
"""


def news_since(as_of: date) -> date:
    """Return the last day on which what was told is no news any more."""
    return as_of - timedelta(days=RECENT_DAYS)


def find_news(con: duckdb.DuckDBPyConnection, *, as_of: date) -> None:
    """NEWS holds what was stated of a person in the days before ``as_of`` for the first time.

    What the first delivery of a list says is what there was, not news; nor is an address or a tie
    between two people that any source had told before. Raises ``TableError`` on a defect.
    """
    con.execute(NEWS.ddl)
    con.execute(_FILL, {"after": news_since(as_of)})
    check(con, NEWS)
