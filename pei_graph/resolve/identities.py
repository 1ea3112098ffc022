"""Clusters and households get ids that stay, from run to run, with what they name.

An id is a letter and a number (``P-12``, ``F-7``), given in order and never twice. In:

* ``claim`` (old, new, units, remembered): how many records (for families: persons) called ``old``
  that were there in the last run stand in the new group ``new``, and how many with those that had
  gone before and are there again;
* ``grouping`` (new): every new group;
* ``last_register``.

Each old id follows the largest part of what it named, and only where nothing of that is left the
records that come back: nobody who stays as they were loses their id to them. Of the old ids that
chose one group the oldest stays (for families the one with most people in it, then the oldest); the
others are joined into it. Where persons who were joined part again, each is called as before, so
that an old letter leads to whom it meant. Any other group that no id chose gets the next number.
Ties fall to the smaller group number, which follows the order of record ids, so nothing depends on
the order of rows.
"""

from typing import Literal

import duckdb

from pei_graph.resolve.scripts import SQL
from pei_graph.tables import CALLED_AGAIN, KEPT_BY_LARGER

Letter = Literal["P", "F"]

_LIVE = {"P": ("person_id", "live"), "F": ("family_id", "housed")}

_GIVEN = """
CREATE OR REPLACE TEMP TABLE given_now AS
WITH highest AS (
    SELECT coalesce(max(number), 0) AS number
    FROM last_register
    WHERE kind = 'highest'
        AND id = $letter
),
named AS (
    SELECT new, old AS number, false AS minted
    FROM choice
    WHERE keeps
    UNION ALL
    SELECT new, old, false
    FROM called_again
    UNION ALL
    SELECT
        new,
        (SELECT number FROM highest) + row_number() OVER (ORDER BY new) AS number,
        true AS minted
    FROM grouping
    WHERE new NOT IN (SELECT new FROM choice UNION ALL SELECT new FROM called_again)
)
SELECT new, number, $letter || '-' || number AS id, minted
FROM named
"""

_MINTED = """
INSERT INTO identity_log
WITH origin AS (
    SELECT new, first(old ORDER BY units DESC, remembered DESC, old) AS old
    FROM claim
    GROUP BY new
)
SELECT
    $run,
    g.id,
    CASE WHEN o.old IS NULL THEN 'create' ELSE 'split' END,
    $letter || '-' || o.old,
    CASE
        WHEN o.old IS NULL THEN 'none of its records had an id'
        WHEN c.keeps THEN $kept
        ELSE 'the other part was joined to somebody else'
    END
FROM given_now g
LEFT JOIN origin o ON o.new = g.new
LEFT JOIN choice c ON c.old = o.old
WHERE g.minted
"""

_AGAIN = """
INSERT INTO identity_log
SELECT $run, $letter || '-' || old, 'split', heir, $again
FROM called_again
"""

_JOINED = """
INSERT INTO identity_log
SELECT
    $run,
    $letter || '-' || c.old,
    'join',
    $letter || '-' || kept.old,
    CASE WHEN $letter = 'P' THEN 'found to be one person' ELSE 'most of them live together now' END
FROM choice c
JOIN (
    SELECT old, new
    FROM choice
    WHERE keeps
    UNION ALL
    SELECT old, new
    FROM called_again
) AS kept ON kept.new = c.new
WHERE NOT c.keeps
"""

_RETIRED = """
INSERT INTO identity_log
WITH last_id AS (
    SELECT substr({column}, 3)::BIGINT AS old, bool_or({live}) AS live
    FROM last_register
    WHERE kind = 'record'
        AND {column} IS NOT NULL
    GROUP BY old
)
SELECT
    $run,
    $letter || '-' || old,
    CASE WHEN live THEN 'retire' ELSE 'create' END,
    NULL,
    CASE WHEN live THEN 'none of its records is left' ELSE 'its records are there again' END
FROM last_id
WHERE live = (old NOT IN (SELECT old FROM choice))
"""

_RETIREMENTS = """
INSERT INTO retirement
SELECT id, heir
FROM identity_log
WHERE event IN ('join', 'retire')
    AND id LIKE $letter || '-%'
"""


def prepare(con: duckdb.DuckDBPyConnection) -> None:
    """The temporary tables ``given`` (id) and ``retirement`` (old, new) stand, empty."""
    con.execute("CREATE OR REPLACE TEMP TABLE given (id VARCHAR)")
    con.execute("CREATE OR REPLACE TEMP TABLE retirement (old VARCHAR, new VARCHAR)")


def give(con: duckdb.DuckDBPyConnection, letter: Letter, *, run: int) -> None:
    """The temporary table ``given_now`` (new, number, id, minted) names each of ``grouping``.

    What changed since the last run is added to IDENTITY_LOG.
    """
    SQL.run(con, "choices", letter=letter)
    con.execute(_GIVEN, {"letter": letter})
    con.execute(_MINTED, {"letter": letter, "run": run, "kept": KEPT_BY_LARGER})
    con.execute(_AGAIN, {"letter": letter, "run": run, "again": CALLED_AGAIN})
    con.execute("INSERT INTO given SELECT id FROM given_now")
    [(remembered,)] = con.execute("SELECT count(*) FROM last_register").fetchall()
    if remembered:
        _end(con, letter, run=run)
    con.execute("DROP TABLE called_again")


def _end(con: duckdb.DuckDBPyConnection, letter: Letter, *, run: int) -> None:
    """IDENTITY_LOG and ``retirement`` tell which ids of the last run were joined or given up."""
    column, live = _LIVE[letter]
    for statement in (_JOINED, _RETIRED.format(column=column, live=live)):
        con.execute(statement, {"letter": letter, "run": run})
    con.execute(_RETIREMENTS, {"letter": letter})
