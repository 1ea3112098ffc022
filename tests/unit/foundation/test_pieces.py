"""Runs upon one another leave a run's tables in few pieces."""

from pathlib import Path

import duckdb
import pytest

from pei_graph import refresh
from pei_graph.settings import Settings
from pei_graph.workspace import connect


def _pieces(con: duckdb.DuckDBPyConnection, table: str) -> int:
    query = "SELECT count(DISTINCT row_group_id) FROM pragma_storage_info($table)"
    [(pieces,)] = con.execute(query, {"table": table}).fetchall()
    return int(pieces)


def _night(con: duckdb.DuckDBPyConnection, number: int) -> None:
    """Some rows of a table are taken out, as many come, and it is written."""
    for table in refresh.GROWING:
        con.execute(f"DELETE FROM {table} WHERE id % 50 = $1", [number])
        con.execute(f"INSERT INTO {table} SELECT range * 50 + $1 FROM range(20)", [number])
    con.execute("CHECKPOINT")


@pytest.mark.parametrize(("nights", "pieces"), [(10, 12), (40, 1)], ids=["few", "many"])
def test_many_pieces_are_put_together(tmp_path: Path, nights: int, pieces: int) -> None:
    """A table in a few pieces has one more; one in many is whole again; no row is lost."""
    with connect(tmp_path / "tables.duckdb", Settings()) as con:
        for table in refresh.GROWING:
            con.execute(f"CREATE TABLE {table} AS SELECT range AS id FROM range(1000)")
        con.execute("CHECKPOINT")
        for number in range(nights):
            _night(con, number)
        assert _pieces(con, "links") == nights + 1
        refresh.pack(con)
        _night(con, nights)
        assert [_pieces(con, table) for table in refresh.GROWING] == [pieces] * 2
        rows = con.execute("SELECT count(DISTINCT id), count(*) FROM links").fetchall()
    assert rows == [(1000, 1000)]
