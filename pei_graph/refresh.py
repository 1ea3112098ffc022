"""A run built upon the last one: only what has changed is made again, and the result is the same.

In: the last run's folder, the deliveries and judgements that stand now. Out: the next run's tables
and graph, to be published as any other. Whoever reads them cannot tell them from a run made anew.
"""

import shutil
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from importlib.resources import files

import duckdb
import pyarrow as pa

from pei_graph import criteria, sql
from pei_graph.errors import GraphError
from pei_graph.graph import (
    FINDINGS,
    HOUSED,
    IDENTIFIED,
    LINKED,
    NOTHING_KNOWN,
    STANDARDISED,
    ComingGraph,
    Known,
    Question,
)
from pei_graph.ledger import Judgement
from pei_graph.scripts import Scripts
from pei_graph.tables import TOLD_BOUNDS
from pei_graph.workspace import RunFolder

_SQL = Scripts(files("pei_graph"))

Change = Callable[[duckdb.DuckDBPyConnection, ComingGraph], None]
"""Tells a graph what has changed since the last run."""

OF_RECORDS = ("records", "identifiers", "facts")
"""Tables that differ only where a record was made again, and is then in ``remade``."""

RESTATED = ("identifiers", "facts")
"""Those of which a graph is told what they say, not where or when: to it they differ only where a
record is in ``restated``."""

OF_SETTLED = {
    "members": "other_member",
    "persons": "other_persons",
    "residences": "other_residences",
    "relations": "other_relations",
    "families": "other_families",
}
"""By the tables of which :func:`pei_graph.resolve.settle_homes` leaves most rows as they were: the
temporary table that says whose the others are, where not everybody was settled."""

MOST = 0.5
"""Share of the records from which standardising every source costs less than taking some out."""

MANY_SETTLED = 0.05
"""Share of the records that may be touched for others to be left as they are: each touches some ten
more, by links, homes and kin."""

MANY_CHANGED = 0.15
"""Share of the records that may be touched for the last run's graph to be changed: from about here
on it costs less to build it anew, which reads all tables but writes in order."""

MOST_PIECES = 16
"""Row groups that a table may have more than it fills: each run upon the last adds one or two."""

GROWING = ("links", "residences")
"""Tables of which every delivery, and every other day, takes out some rows and adds some."""

_JUDGED = """
INSERT INTO touched
WITH differing AS (
    (FROM now_judged EXCEPT FROM applied)
    UNION
    (FROM applied EXCEPT FROM now_judged)
)
SELECT DISTINCT unnest([record_l, record_r])
FROM differing
"""

_PIECES = """
SELECT
    count(DISTINCT row_group_id),
    (SELECT estimated_size / 122_880 FROM duckdb_tables()
        WHERE database_name = current_database() AND table_name = $table)
FROM pragma_storage_info($table)
"""

_CHANGED = """
INSERT INTO touched
SELECT record_id
FROM retold
UNION
SELECT record_id
FROM affected
UNION
SELECT record_id
FROM relinked
"""

_OTHER_FAMILIES = """
CREATE OR REPLACE TEMP TABLE other_family AS
SELECT family_id
FROM other_families
UNION
SELECT family_id
FROM families
SEMI JOIN (FROM other_member WHERE elsewhere) AS moved USING (person_id)
"""

TOLD = (
    "source", "forename", "forename_given", "surname", "surname_given", "birth_date",
    "birth_date_quality", "sex", "sealed", "address_id", "case_family", "first_seen",
    TOLD_BOUNDS,
)  # fmt: skip
"""What of RECORDS people are made from; the rest says where and when it was told."""


def begin(last: RunFolder, folder: RunFolder, coming: ComingGraph) -> None:
    """The last run's tables and graph stand in ``folder`` too, to be changed there.

    Raises ``GraphError`` where the last run's graph is not there.
    """
    if not coming.begin_upon(last.graph):
        raise GraphError("no run to build upon")
    shutil.copyfile(last.tables, folder.tables)


def pack(con: duckdb.DuckDBPyConnection) -> None:
    """Where many runs left tables in pieces, what this run writes of them puts them together.

    Every run does not: it would write most of each table again to save little.
    """
    for table in GROWING:
        [(pieces, filled)] = con.execute(_PIECES, {"table": table}).fetchall()
        if pieces > filled + MOST_PIECES:
            con.execute("RESET max_vacuum_tasks")


@contextmanager
def beside(con: duckdb.DuckDBPyConnection, last: RunFolder) -> Iterator[None]:
    """While the body runs the last run's tables are attached as ``before``, to be read."""
    con.execute(f"ATTACH {sql.text(str(last.tables))} AS before (READ_ONLY)")
    try:
        yield
    finally:
        con.execute("DETACH before")


def share(con: duckdb.DuckDBPyConnection, sources: Collection[str]) -> float:
    """Return the share of the records that are of the sources."""
    [(found,)] = con.execute(
        "SELECT coalesce(avg(list_contains($1, source)::INTEGER), 0) FROM records", [list(sources)]
    ).fetchall()
    return float(found)


def share_touched(con: duckdb.DuckDBPyConnection) -> float:
    """Return the share of the records that are touched."""
    [(touched,)] = con.execute(
        "SELECT coalesce((SELECT count(*) FROM touched) / (SELECT count(*) FROM records), 1)"
    ).fetchall()
    return float(touched)


def touch_nothing(con: duckdb.DuckDBPyConnection) -> None:
    """The temporary tables that say which records and places are made or told otherwise are empty.

    ``touched``, ``retold``, ``remade`` and ``restated`` (record_id), and ``readdressed``
    (address_id).
    """
    for name in ("touched", "retold", "remade", "restated"):
        con.execute(f"CREATE OR REPLACE TEMP TABLE {name} (record_id VARCHAR)")
    con.execute("CREATE OR REPLACE TEMP TABLE readdressed (address_id VARCHAR)")


def remade_everything(con: duckdb.DuckDBPyConnection) -> None:
    """``remade`` and ``restated`` hold every record of both runs, ``readdressed`` every place."""
    con.execute(
        "INSERT INTO remade SELECT record_id FROM records UNION"
        " SELECT record_id FROM before.records"
    )
    con.execute("INSERT INTO restated FROM remade")
    con.execute(
        "INSERT INTO readdressed SELECT address_id FROM addresses UNION"
        " SELECT address_id FROM before.addresses"
    )


def touch_judged(con: duckdb.DuckDBPyConnection, judgements: Sequence[Judgement]) -> None:
    """``touched`` holds the records of every verdict that was made, changed or withdrawn since."""
    names = ("record_l", "record_r", "verdict")
    columns = [[getattr(each, name) for each in judgements] for name in names]
    typed = [pa.array(column, pa.string()) for column in columns]
    con.register("now_judged", pa.table(typed, names))
    con.execute(_JUDGED)
    con.unregister("now_judged")


def touch_changed(con: duckdb.DuckDBPyConnection) -> None:
    """``retold`` holds every record that is new or gone, or of which something else is told.

    ``touched`` holds those, and every record that is compared or linked otherwise. Needs
    ``before``, ``restated`` (every record of which anything may be told otherwise),
    ``readdressed`` (every place that may be another), and what :func:`pei_graph.link.link_again`
    leaves.
    """
    con.execute(_SQL.text("retold").format(told=sql.digest(TOLD)))
    con.execute("DELETE FROM retold WHERE record_id IS NULL")
    con.execute(_CHANGED)


def change_members(con: duckdb.DuckDBPyConnection, coming: ComingGraph) -> None:
    """The copied graph is told who is who now; nothing else was delivered."""
    known = Known(alike=frozenset(OF_RECORDS), owners=_settled(con))
    coming.change(con, IDENTIFIED, known)


def change_records(con: duckdb.DuckDBPyConnection, coming: ComingGraph) -> None:
    """The copied graph is told of what was delivered, and who is who now.

    Needs what :func:`touch_changed` needs.
    """
    within = {"records": "SEMI JOIN remade USING (record_id)"}
    linked = {"links": "SELECT record_id AS record_l FROM relinked"}
    known = Known(within=within, owners={**linked, **_restated(con), **_settled(con)})
    coming.change(con, (*STANDARDISED, *LINKED, *IDENTIFIED), known)


def _restated(con: duckdb.DuckDBPyConnection) -> Mapping[str, str]:
    """Return what says whose facts and identifiers differ; none where that may be everybody's."""
    [(many,)] = con.execute(
        "SELECT (SELECT count(*) FROM restated) > $1 * (SELECT count(*) FROM records)", [MOST]
    ).fetchall()
    return {} if many else dict.fromkeys(RESTATED, "FROM restated")


def change_homes(
    con: duckdb.DuckDBPyConnection, coming: ComingGraph, asking: Sequence[Question] = ()
) -> None:
    """The copied graph is told of the people's homes, families and kin, and is asked."""
    coming.change(con, HOUSED, Known(owners=_settled(con)), asking)


def _settled(con: duckdb.DuckDBPyConnection) -> Mapping[str, str]:
    """Return what says whose rows of the tables of people differ; none where all may."""
    standing = _standing(con)
    return {table: f"FROM {other}" for table, other in OF_SETTLED.items() if other in standing}


def _standing(con: duckdb.DuckDBPyConnection) -> set[str]:
    """Return the names of the temporary tables."""
    query = "SELECT table_name FROM duckdb_tables() WHERE temporary"
    return {name for (name,) in con.execute(query).fetchall()}


def ask_few(
    con: duckdb.DuckDBPyConnection, coming: ComingGraph, *, as_of: date, last_as_of: date
) -> criteria.Few | None:
    """Return what is found of those whom the change or the day concerns; None where of all.

    The copied graph goes on taking in what it was told meanwhile.
    """
    packs = criteria.read_packs()
    criteria.note_aged(con, packs, as_of=as_of, last_as_of=last_as_of)
    with coming.near(con) as few:
        found = criteria.ask_few(few, packs, as_of=as_of, last_as_of=last_as_of) if few else None
    return found and replace(found, families=_note_families(con))


def _note_families(con: duckdb.DuckDBPyConnection) -> bool:
    """``other_family`` names families in whom there is somebody else or a record; False of all."""
    if not {"other_families", "other_member"} <= _standing(con):
        return False
    con.execute(_OTHER_FAMILIES)
    return True


def change_findings(con: duckdb.DuckDBPyConnection, coming: ComingGraph) -> None:
    """The copied graph is told of this run's findings."""
    coming.change(con, FINDINGS, NOTHING_KNOWN)
