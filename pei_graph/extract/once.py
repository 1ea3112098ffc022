"""Of equal rows that several deliveries of a snapshot list hold only the newest's is kept.

In: RAW and DELIVERIES. Out: RAW without what a later delivery says again; in its place stands since
when that is said, and DELIVERIES counts what was left out of each delivery.
"""

from collections.abc import Iterable

import duckdb

from pei_graph import sql
from pei_graph.extract.page import Wanted
from pei_graph.tables import RAW_COLUMNS

_ONCE = """
CREATE OR REPLACE TEMP TABLE told_again AS
WITH keyed AS (
    SELECT
        r.rowid AS id,
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
SELECT keyed.id, keyed.sequence < again.newest AS repeated, again.since
FROM keyed
JOIN again ON again.content = keyed.content
"""

_LEFT_OUT = """
UPDATE deliveries AS d
SET repeated = d.repeated + n.rows
FROM (
    SELECT r._delivery, count(*) AS rows
    FROM {table} AS r
    JOIN told_again AS t ON t.id = r.rowid
    WHERE t.repeated
    GROUP BY r._delivery
) AS n
WHERE n._delivery = d.delivery_id;
DELETE FROM quarantine AS q
USING {table} AS r, told_again AS t
WHERE t.id = r.rowid AND t.repeated AND r._aside
    AND q.delivery_id = r._delivery AND q.row = r._row;
CREATE OR REPLACE TABLE {table} AS
SELECT r.* REPLACE (coalesce(t.since, r._since) AS _since)
FROM {table} AS r
LEFT JOIN told_again AS t ON t.id = r.rowid
WHERE t.repeated IS NOT TRUE
ORDER BY r.rowid
"""


def keep_newest(con: duckdb.DuckDBPyConnection, lists: Iterable[Wanted]) -> None:
    """No row of a snapshot list stands in RAW twice because two deliveries hold it.

    A row that a delivery itself holds twice stays so. Lists that take a column from the day or name
    of a delivery never repeat a row.
    """
    for wanted in lists:
        if wanted.source_list.mode == "snapshot" and not wanted.source_list.constants:
            _keep_newest(con, sql.raw_table(wanted.contract.id, wanted.list_id))


def _keep_newest(con: duckdb.DuckDBPyConnection, table: str) -> None:
    asked = con.execute(f"SELECT * FROM {table} LIMIT 0").description
    told = [sql.name(name) for name, *_ in asked if name not in RAW_COLUMNS]
    if told:
        content = ", ".join(f"coalesce(len(r.{name}) || ':' || r.{name}, '-')" for name in told)
        con.execute(_ONCE.format(table=table, content=f"md5_number(concat({content}))"))
        [(repeated,)] = con.execute("SELECT count(*) FROM told_again WHERE repeated").fetchall()
        for statement in _LEFT_OUT.split(";\n") if repeated else ():
            con.execute(statement.format(table=table))
        con.execute("DROP TABLE temp.told_again")
