"""SQLite files: a table or query, read only."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

import duckdb

from pei_graph import sql
from pei_graph.extract.page import Page, Refusal, Row, Wanted


def read_sqlite(
    _con: duckdb.DuckDBPyConnection, path: Path, wanted: Sequence[Wanted], *, scratch: Path
) -> Iterator[Page]:
    """Yield a page for each list: its table, or what its query returns.

    Raises ``Refusal`` where the file is no database, or lacks the table.
    """
    del scratch
    with closing(sqlite3.connect(f"file:{quote(str(path))}?mode=ro", uri=True)) as database:
        database.text_factory = _decoded
        for want in wanted:
            yield _page(database, want)


def _decoded(stored: bytes) -> str:
    return stored.decode("utf-8", "surrogateescape")


def _page(database: sqlite3.Connection, want: Wanted) -> Page:
    reader = want.source_list.reader
    query = reader.query or f"SELECT * FROM {sql.name(reader.table or want.list_id)}"
    try:
        cursor = database.execute(query)
    except sqlite3.Error:
        asked = "query" if reader.query else f"table {reader.table or want.list_id}"
        raise Refusal(
            "missing_table", f"The file is no SQLite database or its {asked} cannot be read"
        ) from None
    header = [column[0] for column in cursor.description]
    return Page(want, header, rows=_rows(cursor))


def _rows(cursor: sqlite3.Cursor) -> Iterator[Row]:
    for number, cells in enumerate(cursor, start=1):
        yield number, [_text(cell) for cell in cells]


def _text(cell: object) -> str | None:
    if cell is None or cell == "":
        return None
    if isinstance(cell, bytes):
        return cell.hex()
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)
