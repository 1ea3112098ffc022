"""Delimited text: a plain file is read whole by DuckDB, any other line by line with care.

Both ways give the same rows for a file that both can read. The careful way also says which line
holds a row that cannot be read, and goes on after it.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from shutil import copyfileobj

import duckdb

from pei_graph import sql
from pei_graph.contract import Reader
from pei_graph.extract.page import CELL_LIMIT, Note, Page, Refusal, Wanted
from pei_graph.extract.readers.careful import CarefulRows
from pei_graph.extract.readers.lines import CHUNK, TextFacts, scan


def read_delimited(
    con: duckdb.DuckDBPyConnection, path: Path, wanted: Sequence[Wanted], *, scratch: Path
) -> Iterator[Page]:
    """Yield one page for each list that the text file feeds.

    Raises ``Refusal`` where the file is empty or has no header.
    """
    if not path.stat().st_size:
        raise Refusal("empty_file", "The file holds nothing: ask for it again")
    for want in wanted:
        reader = want.source_list.reader
        facts = scan(path, reader.encoding)
        rows = CarefulRows(path, reader, facts.encoding)
        page = Page(want, rows.header, rows=rows, rejected=rows.rejected)
        if not facts.decodes:
            page.notes.append(_encoding_note(reader))
        elif facts.plain and _land(con, path, reader, rows=rows, facts=facts, scratch=scratch):
            page.sql = "FROM landing"
        yield page


def _encoding_note(reader: Reader) -> Note:
    tried = ", ".join(reader.encoding)
    return Note(
        "encoding",
        "warning",
        f"Some bytes are not valid in {tried}, and their rows are set aside:"
        " ask for UTF-8, or add the right encoding (often cp1252) to reader.encoding",
    )


def _land(
    con: duckdb.DuckDBPyConnection,
    path: Path,
    reader: Reader,
    *,
    rows: CarefulRows,
    facts: TextFacts,
    scratch: Path,
) -> bool:
    """Return whether DuckDB read one row from every line under the header into ``landing``."""
    readable = path
    if not facts.encoding.startswith("utf-8"):
        readable = _in_utf8(path, facts.encoding, scratch)
    try:
        con.execute(_landing(readable, reader, rows))
    except duckdb.Error:
        return False
    counted = con.execute("SELECT count(*) FROM landing").fetchone()
    return counted == (facts.lines - rows.header_end,)


def _landing(path: Path, reader: Reader, rows: CarefulRows) -> str:
    columns = ", ".join(f"'c{at}': 'VARCHAR'" for at in range(len(rows.header)))
    escape = f"quote = {sql.text(reader.quote)}, escape = {sql.text(reader.quote)}"
    return f"""
        CREATE OR REPLACE TEMP TABLE landing AS
        SELECT row_number() OVER () + {rows.header_end} AS _row, *
        FROM read_csv(
            {sql.text(str(path))},
            columns = {{{columns}}},
            auto_detect = false,
            header = false,
            skip = {rows.header_end},
            delim = {sql.text(reader.delimiter)},
            {escape},
            strict_mode = true,
            max_line_size = {CELL_LIMIT}
        )
        """


def _in_utf8(path: Path, encoding: str, scratch: Path) -> Path:
    copy = scratch / "utf-8.txt"
    with (
        path.open(encoding=encoding, newline="") as source,
        copy.open("w", encoding="utf-8", newline="") as target,
    ):
        copyfileobj(source, target, CHUNK)
    return copy
