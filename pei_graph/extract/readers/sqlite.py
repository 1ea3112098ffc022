"""SQLite files: a table or the result of a query, read only."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

from pei_graph import sql
from pei_graph.extract.batches import batches
from pei_graph.extract.page import Note, Page, Refusal, Row, Wanted


def read_sqlite(path: Path, wanted: Sequence[Wanted]) -> Iterator[Page]:
    """Yield a page for each list: its table, or what its query returns."""
    with closing(sqlite3.connect(f"file:{quote(str(path))}?mode=ro", uri=True)) as database:
        database.text_factory = bytearray
        for want in wanted:
            yield _page(database, want)


def _page(database: sqlite3.Connection, want: Wanted) -> Page:
    reader = want.source_list.reader
    table = reader.table or want.list_id
    try:
        cursor = database.execute(reader.query or f"SELECT * FROM {sql.name(table)}")
    except sqlite3.Error:
        asked = "the query of the contract" if reader.query else f"the table {table}"
        advice = f"The file is no SQLite database, or {asked} cannot be read from it"
        return Page(want, (), part=table, refused=Note("missing_table", "error", advice))
    page = Page(want, [column[0] for column in cursor.description], part=table)
    page.tables = batches(_rows(cursor), len(page.header), rejected=page.rejected)
    return page


def _rows(cursor: sqlite3.Cursor) -> Iterator[Row]:
    try:
        yield from enumerate(cursor, start=1)
    except sqlite3.Error:
        raise Refusal("damaged_file", "The database is damaged: ask for it again") from None
