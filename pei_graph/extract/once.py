"""Of equal rows that several deliveries of a snapshot list hold only the newest's is kept.

In: RAW, QUARANTINE and DELIVERIES. Out: both without what a later delivery has again. RAW says
since when that is said, and DELIVERIES counts what was left out of each delivery.
"""

from collections.abc import Iterable

import duckdb

from pei_graph import sql
from pei_graph.extract.page import CONTENT_LIMIT, Wanted

_ONCE = """
CREATE OR REPLACE TEMP TABLE told_again AS
WITH keyed AS (
    SELECT
        r._delivery,
        r._row,
        {content} AS content,
        d.sequence,
        coalesce(r._since, d.delivered_on) AS since
    FROM {table} AS r
    JOIN deliveries AS d ON d.delivery_id = r._delivery
),
again AS (
    SELECT content, max(sequence) AS newest, min(since) AS since
    FROM keyed
    GROUP BY content
    HAVING min(sequence) < max(sequence)
)
SELECT keyed._delivery, keyed._row, keyed.sequence < again.newest AS repeated, again.since
FROM keyed
JOIN again ON again.content = keyed.content
"""

_LEFT_OUT = """
UPDATE deliveries AS d
SET repeated = d.repeated + n.rows
FROM (SELECT _delivery, count(*) AS rows FROM told_again WHERE repeated GROUP BY ALL) AS n
WHERE n._delivery = d.delivery_id;
DELETE FROM quarantine AS q
USING {table} AS r, told_again AS t
WHERE t._delivery = r._delivery AND t._row = r._row AND t.repeated AND r._aside
    AND q.delivery_id = r._delivery AND q.row = r._row;
CREATE OR REPLACE TABLE {table} AS
SELECT r.* REPLACE (coalesce(t.since, r._since) AS _since)
FROM {table} AS r
LEFT JOIN told_again AS t ON t._delivery = r._delivery AND t._row = r._row
WHERE t.repeated IS NOT TRUE
ORDER BY r._delivery, r._row
"""

_SET_ASIDE_AGAIN = """
CREATE OR REPLACE TEMP TABLE set_aside_again AS
SELECT q.rowid AS id, q.delivery_id
FROM quarantine AS q
JOIN deliveries AS d ON d.delivery_id = q.delivery_id
ANTI JOIN {table} AS r ON r._delivery = q.delivery_id AND r._row = q.row
WHERE q.source = $source AND q.list = $list AND len(q.content) BETWEEN 1 AND $longest
QUALIFY d.sequence < max(d.sequence) OVER (PARTITION BY q.rule, q."column", q.content)
"""
# Rows that RAW has too were set aside by a later stage, and leave with those of RAW.

_LEFT_ASIDE = """
UPDATE deliveries AS d
SET repeated = d.repeated + n.rows
FROM (SELECT delivery_id, count(*) AS rows FROM set_aside_again GROUP BY ALL) AS n
WHERE n.delivery_id = d.delivery_id;
DELETE FROM quarantine WHERE rowid IN (SELECT id FROM set_aside_again);
DROP TABLE temp.set_aside_again
"""


def keep_newest(con: duckdb.DuckDBPyConnection, lists: Iterable[Wanted]) -> None:
    """No row of a snapshot list stands in RAW or QUARANTINE twice because two deliveries hold it.

    Rows of RAW are equal where the contract reads the same of them: many an export tells in each
    row when it was made. A row that a delivery itself holds twice stays so, as does one set aside
    that is too long to be kept whole. Lists that take a column from the day or name of a delivery
    never repeat a row.
    """
    for wanted in lists:
        if wanted.source_list.mode == "snapshot" and not wanted.source_list.constants:
            table = sql.raw_table(wanted.contract.id, wanted.list_id)
            _keep_newest_read(con, table, wanted)
            _keep_newest_set_aside(con, table, wanted)


def _keep_newest_read(con: duckdb.DuckDBPyConnection, table: str, wanted: Wanted) -> None:
    read = map(sql.name, sorted(wanted.source_list.columns()))
    content = ", ".join(f"coalesce(len(r.{name}) || ':' || r.{name}, '-')" for name in read)
    con.execute(_ONCE.format(table=table, content=f"md5_number(concat({content}))"))
    [(repeated,)] = con.execute("SELECT count(*) FROM told_again WHERE repeated").fetchall()
    if repeated:
        con.execute(_LEFT_OUT.format(table=table))
    con.execute("DROP TABLE temp.told_again")


def _keep_newest_set_aside(con: duckdb.DuckDBPyConnection, table: str, wanted: Wanted) -> None:
    con.execute(
        _SET_ASIDE_AGAIN.format(table=table),
        {"source": wanted.contract.id, "list": wanted.list_id, "longest": CONTENT_LIMIT - 1},
    )
    con.execute(_LEFT_ASIDE)
