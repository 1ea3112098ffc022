"""Work side by side: all of it is done, and the connection is left as it was."""

from collections.abc import Iterator
from pathlib import Path
from threading import Lock

import duckdb
import pytest

from pei_graph.lanes import side_by_side
from pei_graph.settings import Settings
from pei_graph.workspace import connect


@pytest.fixture
def con(tmp_path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection that may use two threads."""
    with connect(tmp_path / "run.duckdb", Settings(threads=2)) as opened:
        opened.execute("CREATE TABLE done (piece INTEGER)")
        yield opened


def _do(con: duckdb.DuckDBPyConnection, piece: int) -> None:
    if piece < 0:
        raise ValueError("a piece cannot be negative")
    con.execute("INSERT INTO done VALUES (?)", [piece])


def _threads(con: duckdb.DuckDBPyConnection) -> int:
    return int(con.execute("SELECT current_setting('threads')").fetchall()[0][0])


@pytest.mark.parametrize("pieces", [0, 1, 2, 7])
def test_every_piece_is_done_and_threads_are_as_before(
    con: duckdb.DuckDBPyConnection, pieces: int
) -> None:
    """However many pieces there are, each is done once; statements may use all threads again."""
    side_by_side(con, range(pieces), _do)
    assert con.execute("SELECT piece FROM done ORDER BY piece").fetchall() == [
        (piece,) for piece in range(pieces)
    ]
    assert _threads(con) == 2


def test_what_one_piece_raises_is_raised_once_the_others_are_done(
    con: duckdb.DuckDBPyConnection,
) -> None:
    """A piece that fails takes none of the others with it, and leaves the threads as they were."""
    with pytest.raises(ValueError, match="negative"):
        side_by_side(con, [1, -1, 2], _do)
    assert con.execute("SELECT piece FROM done ORDER BY piece").fetchall() == [(1,), (2,)]
    assert _threads(con) == 2


def test_pieces_may_share_the_connection_itself(con: duckdb.DuckDBPyConnection) -> None:
    """What all pieces write to one place goes through the connection, one piece at a time."""
    alone = Lock()

    def note(_: duckdb.DuckDBPyConnection, piece: int) -> None:
        for _again in range(20):
            with alone:
                con.execute("INSERT INTO done VALUES (?)", [piece])

    side_by_side(con, range(12), note)
    assert con.execute("SELECT count(*) FROM done").fetchall() == [(240,)]
