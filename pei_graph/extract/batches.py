"""Rows that Python reads become Arrow tables, batch by batch, so that no file is held whole."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from itertools import islice
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from pei_graph.extract.cells import as_text
from pei_graph.extract.page import CELL_LIMIT, CONTENT_LIMIT, Reject, Row

REPEATED = (bool, int, float, date, datetime)
"""Types of which equal cells have equal texts, so that one is worked out for all. A text equals
none of them."""

BATCH = 20_000
"""Rows a batch: some tens of megabytes for the widest lists."""

PIECE = 2_000
"""Rows made into columns at a time: while they are still in a core's own cache that takes half."""


def batches(rows: Iterable[Row], width: int, *, rejected: list[Reject]) -> Iterator[pa.Table]:
    """Yield the rows as tables of ``_row``, ``c0``, ``c1`` ..., cells as ``as_text`` gives them.

    Rows with a cell over the limit, or with text that no encoding allows, go to ``rejected``.
    """
    waiting = iter(rows)
    while pieces := list(islice(_pieces(waiting, width, rejected), BATCH // PIECE)):
        yield pa.concat_tables(pieces)


def _pieces(rows: Iterator[Row], width: int, rejected: list[Reject]) -> Iterator[pa.Table]:
    while piece := list(islice(rows, PIECE)):
        yield table_of(piece, width, rejected=rejected)


def table_of(batch: Sequence[Row], width: int, *, rejected: list[Reject]) -> pa.Table:
    """Return one batch as a table, without the rows that it cannot hold."""
    table = _sound(batch, width)
    if table is not None:
        return table
    texts = [(number, [as_text(cell) for cell in cells]) for number, cells in batch]
    broken = [(row, _broken_rule(row[1])) for row in texts]
    rejected += [Reject(row[0], rule, _content(row[1])) for row, rule in broken if rule]
    return _arrow([row for row, rule in broken if not rule], width)


class _LongCellError(Exception):
    """A cell is over the limit."""


def _sound(batch: Sequence[Row], width: int) -> pa.Table | None:
    try:
        return _arrow(batch, width)
    except (UnicodeEncodeError, pa.ArrowInvalid, _LongCellError):
        return None


def _arrow(batch: Sequence[Row], width: int) -> pa.Table:
    columns = list(zip(*(cells for _, cells in batch), strict=True)) or [()] * width
    numbers = pa.array([number for number, _ in batch], pa.int64())
    return pa.table([numbers, *map(_text_array, columns)], names(width))


def _text_array(cells: Sequence[Any]) -> pa.Array:
    """Return the cells of a column as text, empty ones as nothing."""
    kinds = set(map(type, cells)) - {type(None)}
    if kinds <= {str} or kinds == {bytearray}:
        return _judged(pa.array(cells, pa.string()))
    if kinds - {str} <= set(REPEATED) and len(kinds - {str}) == 1:
        known = {cell: as_text(cell) for cell in set(cells)}
        return _judged(pa.array(list(map(known.__getitem__, cells)), pa.string()))
    return _judged(pa.array(list(map(as_text, cells)), pa.string()))


def _judged(texts: pa.Array) -> pa.Array:
    """Return texts with the empty ones as nothing; raise ``_LongCellError`` for one over the limit.

    Bytes are counted first, as that is cheap: no text has more characters.
    """
    lengths = pc.binary_length(texts)
    bounds = pc.min_max(lengths).as_py()
    if (bounds["max"] or 0) > CELL_LIMIT and pc.max(pc.utf8_length(texts)).as_py() > CELL_LIMIT:
        raise _LongCellError
    if bounds["min"] != 0:
        return texts
    return pc.if_else(pc.equal(lengths, 0), pa.scalar(None, pa.string()), texts)


def names(width: int) -> list[str]:
    """Return the column names of a table of that many cells."""
    return ["_row", *(f"c{at}" for at in range(width))]


def _broken_rule(cells: Sequence[str | None]) -> str | None:
    if any(len(cell or "") > CELL_LIMIT for cell in cells):
        return "cell_too_long"
    return None if all(_encodes(cell or "") for cell in cells) else "encoding"


def _encodes(cell: str) -> bool:
    try:
        cell.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _content(cells: Sequence[str | None]) -> str:
    return printable(" | ".join((cell or "")[:CONTENT_LIMIT] for cell in cells)[:CONTENT_LIMIT])


def printable(content: str) -> str:
    """Return text that any table can hold: NUL and bytes that could not be decoded as escapes."""
    return content.encode("utf-8", "backslashreplace").decode("utf-8").replace("\0", "\\x00")
