"""The register of person and family ids: what each record was last called, kept between runs.

One Parquet file, so that it is replaced in one step. Its rows are of four kinds:

* ``record``: a ``record_id`` with the person and family id it last belonged to. ``live`` says the
  record was there in the last run, ``housed`` that its person was in a family then. Records that
  left stay, so that a delivery which returns finds its people under their old ids;
* ``retired``: ``id`` is no longer used, ``person_id`` or ``family_id`` is its heir if it has one;
* ``once``: a ``record_id`` that was of the person ``id`` before that and another were joined. Of
  the two the one that is no longer used leads to whoever has most of those now; where the two part
  again, each is called as before;
* ``highest``: ``id`` is ``P`` or ``F``, ``number`` the highest ever given, so none is given twice.
"""

import os
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from pei_graph.errors import WorkspaceError
from pei_graph.resolve.scripts import SQL

COLUMNS = {
    "kind": "VARCHAR",
    "record_id": "VARCHAR",
    "id": "VARCHAR",
    "person_id": "VARCHAR",
    "family_id": "VARCHAR",
    "live": "BOOLEAN",
    "housed": "BOOLEAN",
    "number": "BIGINT",
}

_DDL = ", ".join(f"{name} {kind}" for name, kind in COLUMNS.items())

_SPOKEN_OF = """
DROP TABLE other_register;
ALTER TABLE last_register RENAME TO other_register;
CREATE OR REPLACE TEMP TABLE last_register AS
FROM other_register
WHERE kind <> 'record'
    OR hash(person_id) IN (SELECT code FROM part_code);
DELETE FROM other_register
WHERE kind <> 'record'
    OR hash(person_id) IN (SELECT code FROM part_code)
"""
"""The few who are spoken of go, and the many others stay where they are."""

_WITH_OTHERS = f"""
INSERT INTO other_register
FROM remembered;
DROP TABLE remembered;
ALTER TABLE other_register RENAME TO remembered;
CREATE TEMP TABLE other_register ({_DDL})
"""
"""A part's few rows are put to those of the others, which are not copied."""

_WRONG = WorkspaceError(
    "The register of person and family ids is damaged",
    do="Restore precious/identities from a copy; without it every id would change",
)


def read(con: duckdb.DuckDBPyConnection, path: Path | None) -> None:
    """The temporary table ``last_register`` holds the last run's register; empty before the first.

    ``other_register`` is empty: see :func:`keep_others`.

    Raises ``WorkspaceError`` where the file is not a register.
    """
    con.execute(f"CREATE OR REPLACE TEMP TABLE last_register ({_DDL})")
    con.execute(f"CREATE OR REPLACE TEMP TABLE other_register ({_DDL})")
    if path is None or not path.exists():
        return
    wanted = ", ".join(COLUMNS)
    try:
        con.execute(f"INSERT INTO last_register SELECT {wanted} FROM read_parquet(?)", [str(path)])
    except duckdb.Error as error:
        raise _WRONG from error


def keep_others(con: duckdb.DuckDBPyConnection) -> None:
    """``last_register`` speaks of the persons of ``part_code`` (code: a hash of the id) alone.

    ``other_register`` speaks of the others, whose rows stay as they are.
    """
    con.execute(_SPOKEN_OF)


def remember(con: duckdb.DuckDBPyConnection, *, run: int) -> None:
    """``last_register`` says which person each record is of now; ``other_register`` is empty.

    The families are still those of the last run. IDENTITY_LOG tells of each id that is no longer
    used and leads to somebody else now. Needs ``whose``, and what giving ids to persons leaves.
    """
    SQL.run(con, "remembered", run=run)
    if con.execute("SELECT 1 FROM other_register LIMIT 1").fetchall():
        con.execute(_WITH_OTHERS)
    con.execute("ALTER TABLE remembered RENAME TO last_register")


def set_aside(con: duckdb.DuckDBPyConnection) -> None:
    """What is remembered of the records in ``staying`` stays: their homes are elsewhere."""
    con.execute("INSERT INTO other_register FROM last_register SEMI JOIN staying USING (record_id)")
    con.execute("DELETE FROM last_register WHERE record_id IN (SELECT record_id FROM staying)")


def write_register(con: duckdb.DuckDBPyConnection, path: Path) -> None:
    """The file at ``path`` is the register that the stage left in ``con``, replaced in one step."""
    beside = path.with_suffix(".new")
    con.execute(
        # Hardly an id stands twice: to look for those that do took a fifth of the writing.
        "COPY identity_register TO $file (FORMAT parquet, DICTIONARY_SIZE_LIMIT 1)",
        {"file": str(beside)},
    )
    _put_in_place(beside, path)


def write_log(con: duckdb.DuckDBPyConnection, path: Path) -> None:
    """The file at ``path`` is this run's IDENTITY_LOG as Parquet, written in one step.

    Beside each event stands ``written_at``, when the run wrote it, in UTC.
    """
    beside = path.with_suffix(".new")
    con.execute(
        "COPY (SELECT *, $at::TIMESTAMP AS written_at FROM identity_log) TO $file (FORMAT parquet)",
        {"file": str(beside), "at": datetime.now(UTC).replace(tzinfo=None)},
    )
    _put_in_place(beside, path)


def _put_in_place(beside: Path, path: Path) -> None:
    """The file is at ``path``, on disk, and the folder knows it."""
    with beside.open("rb") as file:
        os.fsync(file.fileno())
    beside.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


_REGISTER = """
INSERT INTO identity_register BY NAME
WITH housed AS (
    SELECT w.record_id, g.id AS family_id
    FROM living
    JOIN given_now g ON g.new = living.family
    JOIN whose w ON w.label = living.label
)
SELECT
    'record' AS kind,
    last.record_id,
    last.person_id,
    coalesce(h.family_id, f.new, last.family_id) AS family_id,
    last.live,
    h.family_id IS NOT NULL AS housed
FROM last_register last
LEFT JOIN housed h ON h.record_id = last.record_id
LEFT JOIN retirement f ON f.old = last.family_id
WHERE last.kind = 'record'
"""

_OTHERS = """
DROP TABLE IF EXISTS identity_register;
ALTER TABLE other_register RENAME TO identity_register;
UPDATE identity_register
SET family_id = retirement.new
FROM retirement
WHERE retirement.old = identity_register.family_id
    AND retirement.new IS NOT NULL
"""

_RETIRED = """
INSERT INTO identity_register BY NAME
WITH known AS (
    SELECT id AS old, coalesce(person_id, family_id) AS new
    FROM last_register
    WHERE kind = 'retired'
        AND id NOT IN (SELECT id FROM given)
        AND id NOT IN (SELECT old FROM retirement)
    UNION ALL
    SELECT old, new
    FROM retirement
),
latest AS (
    SELECT k.old, coalesce(again.new, k.new) AS heir
    FROM known k
    LEFT JOIN retirement again ON again.old = k.new
)
SELECT
    'retired' AS kind,
    old AS id,
    CASE WHEN old LIKE 'P-%' THEN heir END AS person_id,
    CASE WHEN old LIKE 'F-%' THEN heir END AS family_id
FROM latest
"""

_ONCE = """
INSERT INTO identity_register BY NAME
SELECT kind, record_id, id
FROM last_register
WHERE kind = 'once'
"""

_HIGHEST = """
INSERT INTO identity_register BY NAME
SELECT 'highest' AS kind, letter AS id, max(number) AS number
FROM (
    SELECT left(id, 1) AS letter, substr(id, 3)::BIGINT AS number
    FROM given
    UNION ALL
    SELECT id, number
    FROM last_register
    WHERE kind = 'highest'
)
GROUP BY letter
"""


def store(con: duckdb.DuckDBPyConnection) -> None:
    """The temporary table ``identity_register`` is the next register, complete.

    It is kept as the file that :func:`write_register` makes, so the run's tables hold no copy.
    Needs ``whose``, ``living``, what was ``given`` (``given_now`` to families),
    ``retirement``, ``last_register`` and ``other_register``, which becomes it.
    """
    for statement in (_OTHERS, _REGISTER, _RETIRED, _ONCE, _HIGHEST):
        con.execute(statement)


def name_heirs(con: duckdb.DuckDBPyConnection) -> None:
    """HEIRS stands: every id that is no longer used, of all runs, with the one that carries it on.

    Needs ``identity_register``.
    """
    con.execute(
        "CREATE OR REPLACE TABLE heirs AS SELECT id, coalesce(person_id, family_id) AS heir"
        " FROM identity_register WHERE kind = 'retired'"
    )
