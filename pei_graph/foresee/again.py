"""What judgements touch is resolved again, in memory, by the stage's own functions."""

import tempfile
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from importlib.resources import files
from itertools import count
from pathlib import Path

import duckdb
import pyarrow as pa

from pei_graph import sql
from pei_graph.contract import Contract
from pei_graph.errors import PeiError
from pei_graph.foresee.told import Foreseen, Side, read_records, read_side
from pei_graph.resolve import Judgement, resolve
from pei_graph.resolve.judgements import Judged
from pei_graph.scripts import Scripts
from pei_graph.workspace import in_memory, looking_in

_SQL = Scripts(files(__package__))

MOST = 2_000
"""Records that may be resolved again while somebody waits; a component or a home has far fewer."""

_NUMBERS = count(1)
"""Of the databases in memory of one process, each for whoever waits."""


class TooMuch(PeiError):  # noqa: N818 - reads as what is true
    """The judgements touch more records than can be resolved while somebody waits."""


def foresee(
    con: duckdb.DuckDBPyConnection,
    contracts: Mapping[str, Contract],
    *,
    register: Path,
    as_of: date,
    judged: Sequence[Judged],
    proposals: Sequence[Sequence[Judged]],
    hidden: Collection[str] = (),
) -> list[Foreseen]:
    """Return for each of ``proposals`` the persons and families it touches, before and after.

    A proposal is some judgements made together. ``con`` has a run's file attached as ``run``, and
    no temporary tables: what is made here is gone with it. ``register`` is the file of ids that the
    run wrote. ``judged`` is what counts already,
    whether or not the run shows it: it stands on both sides. Records in ``hidden`` are left out as
    if there were none. Raises ``TooMuch``.
    """
    every = [*judged, *(judgement for proposal in proposals for judgement in proposal)]
    start = _records(judgement for proposal in proposals for judgement in proposal)
    with _apart(con), tempfile.TemporaryDirectory() as folder:
        _copy(con, judged=every, start=start, hidden=hidden)
        known = Path(folder) / "register.parquet"
        remembered = con.sql(_SQL.text("register"), params={"register": str(register)})
        remembered.write_parquet(str(known))
        pinned = _pinned(con)

        def side(judgements: Sequence[Judged], before: Side | None = None) -> Side:
            counting = [*pinned, *_of_copied(con, judgements)]
            resolved = resolve(
                con, contracts, run=0, as_of=as_of, register=known, judgements=counting,
                others=lambda: before is None or not before.is_of(read_records(con)),
                everyone="run.records",
            )  # fmt: skip
            return read_side(con) if resolved or before is None else before

        before = side(judged)
        return [Foreseen(before, side(_over(judged, each), before)) for each in proposals]


@contextmanager
def _apart(con: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """While the body runs ``con`` makes tables in memory, and finds the run's macros."""
    name = f"foreseen_{next(_NUMBERS)}"
    with in_memory(con, name), looking_in(con, name, "run"):
        yield


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
    _touch(con, set(start) - set(hidden))
    _find_persons(con, "touched")
    _SQL.run(con, "copy")
    _copy_habits(con)
    _refuse_too_much(con, "copied")


def _touch(con: duckdb.DuckDBPyConnection, start: Collection[str]) -> None:
    """``touched`` holds the start, and every record that can end in one person with any of it."""
    for table in ("touched", "newly", "unasked"):
        _give(con, table, {"record_id": sorted(start)})
    while True:
        while _reach(con):
            pass
        if not _adds(con, "back"):
            break


def _reach(con: duckdb.DuckDBPyConnection) -> bool:
    """What an index finds of those reached last is touched too; return whether anything was."""
    _find_persons(con, "newly")
    return _adds(con, "reach")


def _find_persons(con: duckdb.DuckDBPyConnection, these: str) -> None:
    """``one_person`` holds the persons of ``these`` records, ``held`` the records of those."""
    con.execute(_SQL.text("one_person").format(these=these))


def _adds(con: duckdb.DuckDBPyConnection, way: str) -> bool:
    """What is reached this way is touched too; return whether anything was."""
    _SQL.run(con, way)
    [(more,)] = _SQL.run(con, "newly").fetchall()
    _refuse_too_much(con, "touched")
    return bool(more)


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
    [(records,)] = con.execute(f"SELECT count(*) FROM {sql.name(table)}").fetchall()
    if records > MOST:
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
