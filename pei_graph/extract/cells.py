"""A typed cell of a workbook, database or document becomes text, the same way for every format."""

from datetime import date, datetime, time
from decimal import Decimal
from math import isfinite


def as_text(cell: object) -> str | None:
    """Return a cell as text: whole numbers without a point, dates and times in ISO form.

    Nothing, and empty text, are None; bytes are hexadecimal. A ``bytearray`` is text as a database
    stores it: what of it is not UTF-8 becomes lone surrogates.

    >>> as_text(9212044.0), as_text(datetime(2015, 1, 25)), as_text(True)
    ('9212044', '2015-01-25', 'true')
    """
    if cell is None or isinstance(cell, str):
        return cell or None
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float | Decimal):
        return str(int(cell)) if isfinite(cell) and cell == int(cell) else str(cell)
    if isinstance(cell, datetime) and cell.time() == time():
        return cell.date().isoformat()
    if isinstance(cell, date | time):
        return cell.isoformat()
    return _bytes_as_text(cell) if isinstance(cell, bytes | bytearray | memoryview) else str(cell)


def _bytes_as_text(cell: bytes | bytearray | memoryview) -> str | None:
    if isinstance(cell, bytearray):
        return cell.decode("utf-8", "surrogateescape") or None
    return bytes(cell).hex()
