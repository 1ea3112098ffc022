"""Pieces of work that share nothing are done side by side, so that every core has some.

In: a DuckDB connection and the pieces, the longest first. Each piece gets a cursor of its own, for
one connection serves one thread at a time; the connection itself is free for what the pieces share.
"""

from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from typing import TypeVar

import duckdb

Piece = TypeVar("Piece")


def side_by_side(
    con: duckdb.DuckDBPyConnection,
    pieces: Sequence[Piece],
    do: Callable[[duckdb.DuckDBPyConnection, Piece], None],
) -> None:
    """Every piece is done, as many at a time as DuckDB may use threads.

    What ``do`` raises is raised once all have stopped. While there is a piece for every thread,
    each statement runs on one: statements that share threads take turns in the same caches, which
    costs a tenth more.
    """
    with con.cursor() as own:
        _side_by_side(own, [(con.cursor(), piece) for piece in pieces], do)


def _side_by_side(
    own: duckdb.DuckDBPyConnection,
    pieces: Sequence[tuple[duckdb.DuckDBPyConnection, Piece]],
    do: Callable[[duckdb.DuckDBPyConnection, Piece], None],
) -> None:
    [(threads,)] = own.execute("SELECT current_setting('threads')").fetchall()
    with ThreadPoolExecutor(max_workers=int(threads)) as pool:
        _use(own, 1 if len(pieces) >= threads else threads)
        try:
            done = [pool.submit(_with_own, con, piece, do) for con, piece in pieces]
            _free_threads(own, done, threads=threads)
        finally:
            _use(own, threads)
    for piece in done:
        piece.result()


def _free_threads(
    own: duckdb.DuckDBPyConnection, done: Sequence[Future[None]], *, threads: int
) -> None:
    """Statements use every thread again once pieces are too few to keep all of them busy."""
    for finished, _ in enumerate(as_completed(done), start=1):
        if len(done) - finished == threads - 1:
            _use(own, threads)


def _use(con: duckdb.DuckDBPyConnection, threads: int) -> None:
    con.execute(f"SET threads = {int(threads)}")


def _with_own(
    con: duckdb.DuckDBPyConnection,
    piece: Piece,
    do: Callable[[duckdb.DuckDBPyConnection, Piece], None],
) -> None:
    with con:
        do(con, piece)
