"""Workbooks that would fill the machine when opened are refused before anything opens them.

A workbook is a zip of XML. Two things in it can be far larger than the file: what an entry unpacks
to, and the rectangle that one far-away cell spans, which a reader holds in memory.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from zipfile import BadZipFile, ZipFile, ZipInfo
from zlib import error as ZlibError  # noqa: N812

from pei_graph.extract.page import Refusal

UNPACKED_LIMIT = 1 << 30
"""Most bytes that a workbook may unpack to: a million rows of thirty columns stay below it."""

RATIO_LIMIT = 150
"""Honest sheets shrink five- to thirtyfold; text that shrinks more than this is filler."""

SMALL = 20 << 20
"""Bytes below which the ratio does not matter."""

AREA_LIMIT = 50_000_000
"""Most cells of a sheet's rectangle: all of Excel's rows by 47 columns."""

CHUNK = 1 << 20
CELL = re.compile(rb'r="([A-Z]{1,3})([0-9]{1,7})"')
"""A cell's place. What else is written so in a workbook is a cell's place too, or a formula's."""

NEAR = (
    (re.compile(rb'r="(?:[A-Z]{2,3}[0-9]|[A-Z][0-9]{6})'), 26 * 99_999),
    (re.compile(rb'r="(?:[A-Z]{3}[0-9]|[A-Z]{1,2}[0-9]{5})'), 702 * 9_999),
)
"""Most sheets are long and narrow, or wide and short: how a cell outside either is written, and the
cells of the rectangle within. To find no such cell costs a third of taking down every place."""

SEAM = 20
"""Bytes of one chunk looked at again with the next, more than the longest match of ``CELL``."""


def refuse_bomb(path: Path) -> None:
    """The workbook unpacks to an honest size; otherwise ``Refusal`` is raised.

    Every entry is unpacked once in passing, because the sizes that a zip states can lie.
    """
    if not path.stat().st_size:
        raise Refusal("empty_file", "The file holds nothing: ask for it again")
    try:
        with ZipFile(path) as archive:
            _measure(archive)
    except (BadZipFile, ZlibError, EOFError, NotImplementedError, RuntimeError, OSError):
        raise Refusal(
            "damaged_file",
            "The file is not a workbook, only part of one, or has a password: ask for it again",
        ) from None


def _measure(archive: ZipFile) -> None:
    entries = archive.infolist()
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    if unpacked > UNPACKED_LIMIT or (unpacked > SMALL and unpacked > RATIO_LIMIT * packed):
        raise Refusal(
            "zip_bomb",
            "The file would unpack to far more than a delivery holds, and was not opened:"
            " find out who made it",
        )
    for entry in entries:
        if _area(archive, entry) > AREA_LIMIT:
            raise Refusal(
                "far_cell",
                "A cell stands so far out that the sheet would not fit in memory:"
                " delete the empty rows and columns and save it again",
            )


def _area(archive: ZipFile, entry: ZipInfo) -> int:
    """Return the cells of the rectangle from the first cell to the farthest, or somewhat more."""
    near = list(NEAR)
    for chunk in _chunks(archive, entry):
        near = [(outside, area) for outside, area in near if not outside.search(chunk)]
    return min(area for _, area in near) if near else _exact_area(archive, entry)


def _exact_area(archive: ZipFile, entry: ZipInfo) -> int:
    columns: set[bytes] = set()
    rows: set[bytes] = set()
    for chunk in _chunks(archive, entry):
        found = CELL.findall(chunk)
        columns.update(column for column, _ in found)
        rows.update(row for _, row in found)
    return max(map(int, rows), default=0) * max(map(_number, columns), default=0)


def _chunks(archive: ZipFile, entry: ZipInfo) -> Iterator[bytes]:
    before = b""
    with archive.open(entry) as content:
        while chunk := content.read(CHUNK):
            yield before + chunk
            before = chunk[-SEAM:]


def _number(column: bytes) -> int:
    """Return a column's number from its letters: A is 1, Z is 26, AA is 27."""
    number = 0
    for letter in column:
        number = number * 26 + letter - ord("A") + 1
    return number
