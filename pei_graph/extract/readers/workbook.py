"""Excel workbooks: each wanted sheet is a page; formulas give the values last worked out."""

from collections.abc import Iterable, Iterator, Sequence
from fnmatch import fnmatchcase
from itertools import islice
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from pei_graph.extract.batches import batches
from pei_graph.extract.cells import as_text
from pei_graph.extract.page import Note, Page, Refusal, Row, Wanted
from pei_graph.extract.readers.merged import fill_merged
from pei_graph.extract.readers.not_rows import NotRows
from pei_graph.extract.readers.zipped import refuse_bomb


def read_workbook(path: Path, wanted: Sequence[Wanted]) -> Iterator[Page]:
    """Yield a page for each wanted sheet.

    Raises ``Refusal`` where the file is no workbook or would not fit in memory unpacked.
    """
    refuse_bomb(path)
    try:
        book = CalamineWorkbook.from_path(path)
    except CalamineError:
        raise Refusal(
            "damaged_file", "The workbook cannot be opened: ask for it again, without a password"
        ) from None
    with book:
        for want in wanted:
            sheets = [name for name in book.sheet_names if _is_wanted(name, want)]
            yield from (_page(book, name, want) for name in sheets)
            if not sheets:
                yield Page(want, (), refused=_no_sheet(want))


def _is_wanted(name: str, want: Wanted) -> bool:
    globs = want.source_list.reader.sheet
    return not globs or any(fnmatchcase(name.strip().casefold(), g.casefold()) for g in globs)


def _no_sheet(want: Wanted) -> Note:
    names = ", ".join(want.source_list.reader.sheet)
    advice = f"The workbook has no sheet called {names}: ask for it, or add its name to `sheet`"
    return Note("missing_sheet", "error", advice)


def _page(book: CalamineWorkbook, name: str, want: Wanted) -> Page:
    try:
        sheet = book.get_sheet_by_name(name)
    except CalamineError:
        advice = "The sheet cannot be read: save it again from Excel"
        return Page(want, (), part=name, refused=Note("damaged_file", "error", advice))
    header_row, given = want.source_list.reader.header_row, want.source_list.reader.columns
    header = list(given) or _header(sheet, header_row)
    page = Page(want, header, part=name)
    rows = _rows(sheet, header_row - bool(given), len(header))
    if patterns := want.source_list.reader.not_rows:
        rows = _without(rows, NotRows(patterns), notes=page.notes)
    if merged := sheet.merged_cell_ranges:
        rows = fill_merged(rows, merged, notes=page.notes)
    page.tables = batches(rows, len(header), rejected=page.rejected)
    if not header:
        advice = f"Row {header_row} of the sheet is empty: set reader.header_row, or remove it"
        page.refused = Note("no_header", "error", advice, row=header_row)
    if not given and _is_merged(sheet, header_row):
        advice = "Cells are merged in or above the header: ask for one name to each column"
        page.notes.append(Note("merged_header", "warning", advice, row=header_row))
    return page


def _header(sheet: CalamineSheet, header_row: int) -> list[str]:
    cells = next(islice(_numbered(sheet), header_row - 1, None), (0, ()))[1]
    header = [as_text(cell) or "" for cell in cells]
    while header and not header[-1].strip():
        header.pop()
    return header


def _is_merged(sheet: CalamineSheet, header_row: int) -> bool:
    """Return whether cells are merged in the header or right above it; a title's say nothing."""
    merged = sheet.merged_cell_ranges or ()
    return any(first[0] < header_row <= last[0] + 2 for first, last in merged)


def _numbered(sheet: CalamineSheet) -> Iterator[Row]:
    """Yield every row from row 1, leading empty rows and columns included."""
    if sheet.start is None:
        return
    yield from ((number, ()) for number in range(1, sheet.start[0] + 1))
    first = sheet.start[0] + 1
    if not sheet.start[1]:
        yield from enumerate(sheet.iter_rows(), start=first)
        return
    indent = [None] * sheet.start[1]
    for number, cells in enumerate(sheet.iter_rows(), start=first):
        yield number, [*indent, *cells]


def _rows(sheet: CalamineSheet, header_row: int, width: int) -> Iterator[Row]:
    for number, cells in islice(_numbered(sheet), header_row, None):
        if any(cells) or cells.count("") + cells.count(None) < len(cells):
            yield number, _of_width(cells, width)


def _without(rows: Iterable[Row], not_rows: NotRows, *, notes: list[Note]) -> Iterator[Row]:
    yield from (row for row in rows if not not_rows.met(row[1]))
    notes += not_rows.notes()


def _of_width(cells: Sequence[Any], width: int) -> Sequence[Any]:
    if len(cells) == width:
        return cells
    return [*cells[:width], *[None] * (width - len(cells))]
