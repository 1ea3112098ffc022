"""What judgements touch is resolved again, in memory, by the stage's own functions."""

import tempfile
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from importlib.resources import files
from pathlib import Path

import duckdb
import pyarrow as pa

from pei_graph import sql
from pei_graph.contract import Contract
from pei_graph.errors import PeiError
from pei_graph.foresee.told import Foreseen, Side, read_side
from pei_graph.resolve import Judgement, resolve
from pei_graph.resolve.judgements import Judged
from pei_graph.scripts import Scripts
from pei_graph.settings import Settings
from pei_graph.workspace import connect

_SQL = Scripts(files(__package__))

MOST = 2_000
"""Records that may be resolved again while somebody waits; a component or a home has far fewer."""

IN_MEMORY = Path(":memory:")


class TooMuch(PeiError):  # noqa: N818 - reads as what is true
    """The judgements touch more records than can be resolved while somebody waits."""


def foresee(
    tables: Path,
    contracts: Mapping[str, Contract],
    *,
    as_of: date,
    judged: Sequence[Judged],
    proposals: Sequence[Sequence[Judged]],
    settings: Settings,
    hidden: Collection[str] = (),
) -> list[Foreseen]:
    """Return for each of ``proposals`` the persons and families it touches, before and after.

    A proposal is some judgements made together. ``tables`` is a run's file. ``judged`` is what
    counts already, whether or not the run shows it: it stands on both sides. Records in ``hidden``
    are left out as if there were none. Raises ``TooMuch``.
    """
    every = [*judged, *(judgement for proposal in proposals for judgement in proposal)]
    start = _records(judgement for proposal in proposals for judgement in proposal)
    with _apart(tables, settings) as con, tempfile.TemporaryDirectory() as folder:
        _copy(con, judged=every, start=start, hidden=hidden)
        register = Path(folder) / "register.parquet"
        con.sql(_SQL.text("register")).write_parquet(str(register))
        pinned = _pinned(con)

        def side(judgements: Sequence[Judged]) -> Side:
            counting = [*pinned, *_of_copied(con, judgements)]
            resolve(con, contracts, run=0, as_of=as_of, register=register, judgements=counting)
            return read_side(con)

        before = side(judged)
        return [Foreseen(before, side(_over(judged, proposal))) for proposal in proposals]


@contextmanager
def _apart(tables: Path, settings: Settings) -> Iterator[duckdb.DuckDBPyConnection]:
    """Give a database in memory that reads the run and finds its macros."""
    with connect(IN_MEMORY, settings) as con:
        con.execute(f"ATTACH {sql.text(str(tables))} AS run (READ_ONLY)")
        con.execute("SET search_path = 'memory.main,run.main'")
        yield con


def _copy(
    con: duckdb.DuckDBPyConnection,
    *,
    judged: Sequence[Judged],
    start: Iterable[str],
    hidden: Collection[str],
) -> None:
    """The tables that resolving reads stand, of all that the start can reach."""
    _give(con, "hidden", {"record_id": sorted(hidden)})
    same = [judgement for judgement in judged if judgement.verdict == "same"]
    _give(
        con,
        "judged_same",
        {"record_l": [one.record_l for one in same], "record_r": [one.record_r for one in same]},
    )
    _give(con, "touched", {"record_id": sorted(set(start) - set(hidden))})
    while int(con.execute(_SQL.text("reach")).fetchall()[0][0]):
        _refuse_too_much(con, "touched")
    con.execute(_SQL.text("copy"))
    _copy_habits(con)
    _refuse_too_much(con, "copied")


def _copy_habits(con: duckdb.DuckDBPyConnection) -> None:
    """What the run learnt of its sources stands, so that a few records do not teach otherwise."""
    query = (
        "SELECT table_name FROM duckdb_tables()"
        " WHERE database_name = 'run' AND table_name LIKE 'source\\_%' ESCAPE '\\'"
    )
    for (name,) in con.execute(query).fetchall():
        con.execute(f"CREATE TABLE {sql.name(name)} AS SELECT * FROM run.{sql.name(name)}")


def _give(con: duckdb.DuckDBPyConnection, name: str, columns: Mapping[str, list[str]]) -> None:
    texts = {column: pa.array(values, pa.string()) for column, values in columns.items()}
    con.register("given", pa.table(texts))
    con.execute(f"CREATE TABLE {sql.name(name)} AS SELECT * FROM given")
    con.unregister("given")


def _refuse_too_much(con: duckdb.DuckDBPyConnection, table: str) -> None:
    [(count,)] = con.execute(f"SELECT count(*) FROM {sql.name(table)}").fetchall()
    if count > MOST:
        raise TooMuch(
            "This touches more records than can be worked out while you wait",
            do="Judge it if you are sure; the next run shows what became of it",
        )


def _records(judgements: Iterable[Judged]) -> set[str]:
    return {record for one in judgements for record in (one.record_l, one.record_r)}


def _pinned(con: duckdb.DuckDBPyConnection) -> list[Judgement]:
    """Return verdicts that keep the people next door the persons they are."""
    query = "SELECT list(record_id ORDER BY record_id) FROM bystander GROUP BY person_id"
    return [
        Judgement(first, other, "same")
        for ((first, *others),) in con.execute(query).fetchall()
        for other in others
    ]


def _of_copied(con: duckdb.DuckDBPyConnection, judgements: Sequence[Judged]) -> list[Judged]:
    rows = con.execute("SELECT record_id FROM touched").fetchall()
    there = {record for (record,) in rows}
    return [one for one in judgements if {one.record_l, one.record_r} <= there]


def _over(judged: Sequence[Judged], proposed: Sequence[Judged]) -> list[Judged]:
    """Return all verdicts, those proposed in place of earlier ones on the same pairs."""
    pairs = {(one.record_l, one.record_r) for one in proposed}
    return [*(one for one in judged if (one.record_l, one.record_r) not in pairs), *proposed]
