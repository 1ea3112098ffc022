"""Delimited text: DuckDB reads a plain file, and any other is read line by line with care.

Both ways give the same rows for a file that both can read. The careful way also says which line
holds a row that cannot be read, and goes on after it.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from shutil import copyfileobj
from tempfile import TemporaryDirectory

from pei_graph import sql
from pei_graph.contract import Reader
from pei_graph.extract.batches import batches
from pei_graph.extract.page import CELL_LIMIT, Note, Page, Refusal, Wanted
from pei_graph.extract.readers.careful import CarefulRows
from pei_graph.extract.readers.lines import CHUNK, scan


def read_delimited(path: Path, wanted: Sequence[Wanted]) -> Iterator[Page]:
    """Yield one page for each list that the text file feeds.

    Raises ``Refusal`` where the file is empty or has no header.
    """
    if not path.stat().st_size:
        raise Refusal("empty_file", "The file holds nothing: ask for it again")
    for want in wanted:
        yield from read_text(path, want, want.source_list.reader)


def read_text(path: Path, want: Wanted, reader: Reader) -> Iterator[Page]:
    """Yield the one page of a text file, read as ``reader`` says."""
    facts = scan(path, reader.encoding)
    rows = CarefulRows(path, reader, facts.encoding)
    tables = batches(rows, len(rows.header), rejected=rows.rejected)
    page = Page(want, rows.header, tables=tables, rejected=rows.rejected, notes=rows.notes)
    if not facts.decodes:
        page.notes.append(_encoding_note(reader))
    with _in_utf8(path, facts.encoding) as readable:
        if facts.decodes and facts.plain and not reader.not_rows:
            page.sql = _query(readable, reader, rows)
            page.sql_rows = facts.lines - rows.header_end
        yield page


def _encoding_note(reader: Reader) -> Note:
    tried = ", ".join(reader.encoding)
    return Note(
        "encoding",
        "warning",
        f"Some bytes are not valid in {tried}, and their rows are set aside:"
        " ask for UTF-8, or add the right encoding (often cp1252) to reader.encoding",
    )


def _query(path: Path, reader: Reader, rows: CarefulRows) -> str:
    """Return a query for the rows of a plain file.

    One thread reads it, as other lanes have work for the rest: rows then reach RAW in whole row
    groups, where several threads leave small ones that the next checkpoint writes a second time.
    """
    columns = ", ".join(f"'c{at}': 'VARCHAR'" for at in range(len(rows.header)))
    quote = sql.text(reader.quote)
    return f"""
        SELECT row_number() OVER () + {rows.header_end} AS _row, *
        FROM read_csv(
            {sql.text(str(path))},
            columns = {{{columns}}},
            auto_detect = false,
            header = false,
            skip = {rows.header_end},
            delim = {sql.text(reader.delimiter)},
            quote = {quote},
            escape = {quote},
            strict_mode = true,
            parallel = false,
            max_line_size = {CELL_LIMIT}
        )
        """


@contextmanager
def _in_utf8(path: Path, encoding: str) -> Iterator[Path]:
    """Give a file with the same text in UTF-8: the file itself where it is that already."""
    if encoding.startswith("utf-"):
        yield path
        return
    with TemporaryDirectory(prefix="pei-") as scratch:
        copy = Path(scratch) / "utf-8.txt"
        with (
            path.open(encoding=encoding, errors="surrogateescape", newline="") as source,
            copy.open("w", encoding="utf-8", errors="backslashreplace", newline="") as target,
        ):
            copyfileobj(source, target, CHUNK)
        yield copy
