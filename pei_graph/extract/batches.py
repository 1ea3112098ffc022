"""Rows that Python reads reach DuckDB in Arrow batches, so that no file is held whole."""

from collections.abc import Iterator, Sequence
from itertools import islice

import pyarrow as pa
import pyarrow.compute as pc

from pei_graph.extract.page import CELL_LIMIT, CONTENT_LIMIT, Page, Reject, Row

BATCH = 20_000
"""Rows a batch: some tens of megabytes for the widest lists."""


def batches(page: Page) -> Iterator[pa.Table]:
    """Yield the page's rows as tables of ``_row``, ``c0``, ``c1`` ...

    Rows with a cell over the limit, or with text that no encoding allows, are rejected.
    """
    width = len(page.header)
    rows = iter(page.rows)
    while batch := list(islice(rows, BATCH)):
        table = _sound(batch, width)
        if table is None:
            table = _sound([row for row in batch if _fits(page, row)], width)
        if table is not None and table.num_rows:
            yield table


def _sound(batch: Sequence[Row], width: int) -> pa.Table | None:
    """Return the batch as a table, or None where a cell cannot be text or is too long."""
    try:
        cells = [pa.array([row[1][at] for row in batch], pa.string()) for at in range(width)]
    except UnicodeEncodeError:
        return None
    if any((pc.max(pc.utf8_length(column)).as_py() or 0) > CELL_LIMIT for column in cells):
        return None
    numbers = pa.array([row[0] for row in batch], pa.int64())
    return pa.table([numbers, *cells], ["_row", *(f"c{at}" for at in range(width))])


def _fits(page: Page, row: Row) -> bool:
    number, cells = row
    longest = max(len(cell or "") for cell in cells)
    content = " | ".join(cell or "" for cell in cells)[:CONTENT_LIMIT]
    valid = content.encode("utf-8", "backslashreplace").decode("utf-8")
    broken = any(not _encodes(cell or "") for cell in cells)
    if longest > CELL_LIMIT or broken:
        rule = "encoding" if broken else "cell_too_long"
        page.rejected.append(Reject(number, rule, valid))
        return False
    return True


def _encodes(cell: str) -> bool:
    try:
        cell.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True
