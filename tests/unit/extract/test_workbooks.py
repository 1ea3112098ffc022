"""Excel workbooks: values come through as a person sees them, and traps are refused."""

import io
import re
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import openpyxl
import pytest

Deliver = Callable[..., Any]
"""A fixture of the folder's conftest: what it gives stands there."""

PEOPLE = {"files": ["*.xlsx"], "reader": {"format": "xlsx"}}
Fill = Callable[[openpyxl.Workbook], None]


def _workbook(*rows: list[object], sheet: str = "Sheet", then: Fill | None = None) -> bytes:
    book = openpyxl.Workbook()
    book.active.title = sheet
    for row in rows:
        book.active.append(row)
    if then:
        then(book)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _repacked(content: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    """Return a workbook with entries changed; a run of equal bytes packs a thousandfold."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for entry in old.infolist():
            new.writestr(entry.filename, change(entry.filename, old.read(entry)), 8)
    return out.getvalue()


def test_cells_become_text_as_a_person_sees_them(delivered: Deliver) -> None:
    """Whole numbers have no point, dates are ISO, empty rows are passed over but counted."""
    content = _workbook(
        ["id", "name", "on", "at", "yes"],
        [9212044, "Testa", date(2015, 1, 25), datetime(2015, 1, 25, 9, 30), True],  # noqa: DTZ001
        [None, None, None, None, None],
        [2.5, "Tim", None, None, None],
    )
    ignore = {"ignore": {"on": "a date", "at": "a time", "yes": "an answer"}}
    found = delivered({"p.xlsx": content}, people={**PEOPLE, **ignore})
    assert found.raw('_row, id, name, "on", "at", "yes"') == [
        (2, "9212044", "Testa", "2015-01-25", "2015-01-25T09:30:00", "true"),
        (4, "2.5", "Tim", None, None, None),
    ]
    assert found.adds_up("people")


def test_sheets_feed_lists_by_name(delivered: Deliver) -> None:
    """A list takes the sheets it names; a sheet that is not there refuses that list alone."""
    content = _workbook(["id", "name"], [1, "Testa"], sheet="List 1 ")
    one, ten = ({"format": "xlsx", "sheet": [f"list {n}", f"List {n}[!0-9]*"]} for n in (1, 10))
    found = delivered(
        {"p.xlsx": content}, people={**PEOPLE, "reader": one}, others={**PEOPLE, "reader": ten}
    )
    assert found.raw() == [(2, "1", "Testa")]
    assert found.deliveries("list, file, status") == [
        ("others", "delivered/p.xlsx", "refused"),
        ("people", "delivered/p.xlsx#List 1 ", "loaded"),
    ]
    assert found.issues() == [("missing_sheet", "error")]


def test_every_sheet_of_a_list_is_a_delivery(delivered: Deliver) -> None:
    """Without a sheet name every sheet is read, and rows keep their own sheet's numbers."""

    def more(book: openpyxl.Workbook) -> None:
        other = book.create_sheet("Other")
        other.append(["name", "id"])
        other.append(["Tim", 2])

    content = _workbook(["id", "name"], [1, "Testa"], then=more)
    found = delivered({"p.xlsx": content}, people=PEOPLE)
    assert found.raw() == [(2, "1", "Testa"), (2, "2", "Tim")]
    assert found.raw("count(DISTINCT _delivery)") == [(2,)]
    assert found.adds_up("people")


def test_formulas_give_values_and_a_merged_header_is_told_of(delivered: Deliver) -> None:
    """The value last worked out is read; merged cells in or above the header raise a warning."""

    def merged(book: openpyxl.Workbook) -> None:
        book.active.insert_rows(1)
        book.active["A1"] = "Report"
        book.active.merge_cells("A1:B1")

    content = _workbook(["id", "name"], ["=2*3", "Testa"], then=merged)
    worked_out = _repacked(content, lambda _, part: re.sub(rb"<v ?/>|<v></v>", b"<v>6</v>", part))
    reader = {"format": "xlsx", "header_row": 2}
    found = delivered({"p.xlsx": worked_out}, people={**PEOPLE, "reader": reader})
    assert found.raw() == [(3, "6", "Testa")]
    assert found.issues() == [("merged_header", "warning")]


def test_a_merged_title_well_above_the_header_says_nothing(delivered: Deliver) -> None:
    """Only what stands right above column names may be part of them."""

    def merged(book: openpyxl.Workbook) -> None:
        book.active.merge_cells("A1:B1")

    content = _workbook(["Report", None], [], ["id", "name"], [1, "Testa"], then=merged)
    reader = {"format": "xlsx", "header_row": 3}
    found = delivered({"p.xlsx": content}, people={**PEOPLE, "reader": reader})
    assert found.raw() == [(4, "1", "Testa")]
    assert found.issues() == []


def test_totals_below_a_table_are_no_rows(delivered: Deliver) -> None:
    """They are told by the first cell that is filled, wherever that is."""
    content = _workbook(["id", "name"], [1, "Testa"], [None, "Total: 1"], ["Confidential"])
    reader = {"format": "xlsx", "not_rows": ["^Total", "^Confidential"]}
    found = delivered({"p.xlsx": content}, people={**PEOPLE, "reader": reader})
    assert found.raw() == [(2, "1", "Testa")]
    assert found.quarantined() == []
    assert found.issues("rule, severity, rows") == [("not_rows", "note", 2)]


def test_cells_merged_over_rows_say_the_same_in_each(delivered: Deliver) -> None:
    """As a family's address beside its children; an empty row stays none, and a note tells of it.

    What is merged sideways says nothing of the other column, and what begins anew is of its own.
    """

    def merged(book: openpyxl.Workbook) -> None:
        for cells in ("C2:C4", "C5:D6", "C7:C8", "F2:F5"):
            book.active.merge_cells(cells)

    content = _workbook(
        ["id", "name", "home", "town"],
        [1, "Testa", "1 Invented Road", "Inventon", None, "beside the columns"],
        [2, "Tim", None, None],
        [None, None, None, None],
        [3, "Tam", None, None],
        [4, "Tom", None, None],
        [5, "Tess", "2 Invented Road", None],
        [6, "Theo", None, None],
        [7, "Thea", None, None],
        then=merged,
    )
    ignore = {"ignore": {"home": "invented", "town": "invented"}}
    found = delivered({"p.xlsx": content}, people={**PEOPLE, **ignore})
    assert found.raw("_row, home, town") == [
        (2, "1 Invented Road", "Inventon"),
        (3, "1 Invented Road", None),
        (5, None, None),
        (6, None, None),
        (7, "2 Invented Road", None),
        (8, "2 Invented Road", None),
        (9, None, None),
    ]
    assert found.issues("rule, severity, rows") == [("merged_cells", "note", 2)]


def test_a_merged_header_in_the_wrong_row_is_refused(delivered: Deliver) -> None:
    """Where the title stands for the header, the columns that are missing are named."""
    content = _workbook(["Report", None], ["id", "name"], [1, "Testa"])
    found = delivered({"p.xlsx": content}, people=PEOPLE)
    assert found.issues('rule, "column", row') == [("no_header", None, 1)]
    [(advice,)] = found.issues("advice")
    assert "hardly any of id, name:" in advice


def test_a_sheet_without_column_names_is_read_by_those_of_the_contract(delivered: Deliver) -> None:
    """Its first row is one of people, below a title where there is one."""
    content = _workbook(["Report", None], [1, "Testa"], [2, "Tim"])
    reader = {"format": "xlsx", "columns": ["id", "name"], "header_row": 2}
    found = delivered({"p.xlsx": content}, people={**PEOPLE, "reader": reader})
    assert found.raw() == [(2, "1", "Testa"), (3, "2", "Tim")]


def test_a_cell_of_two_million_characters_is_set_aside(delivered: Deliver) -> None:
    """A cell over the limit takes its row with it, and no other."""

    def change(name: str, part: bytes) -> bytes:
        return part.replace(b">Tim<", b">" + b"x" * 2_000_000 + b"<") if "xl/" in name else part

    content = _repacked(_workbook(["id", "name"], [1, "Tim"], [2, "Testa"]), change)
    found = delivered({"p.xlsx": content}, people=PEOPLE)
    assert found.raw() == [(3, "2", "Testa")]
    assert found.quarantined() == [(2, "cell_too_long")]


@pytest.mark.parametrize("place", ["C120000", "ZZ2", "ABC3", "AA12000"])
def test_a_cell_somewhat_far_out_does_no_harm(delivered: Deliver, place: str) -> None:
    """A long or a wide sheet is opened: what counts is the rectangle that its cells span."""

    def change(name: str, part: bytes) -> bytes:
        number = place.strip("ABCZ").encode()
        cell = b'<row r="%s"><c r="%s"><v>1</v></c></row></sheetData>' % (number, place.encode())
        return part.replace(b"</sheetData>", cell) if "sheet1" in name else part

    content = _repacked(_workbook(["id", "name"], [1, "Testa"]), change)
    found = delivered({"p.xlsx": content}, people=PEOPLE)
    assert (2, "1", "Testa") in found.raw()
    assert found.deliveries("status") == [("loaded",)]


def _bomb(name: str, part: bytes) -> bytes:
    return part + b" " * 30_000_000 if "sheet1" in name else part


def _far(name: str, part: bytes) -> bytes:
    far = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    return part.replace(b"</sheetData>", far) if "sheet1" in name else part


def _lying(content: bytes) -> bytes:
    """Return a zip whose directory says that every entry unpacks to ten bytes."""
    out = bytearray(content)
    at = -1
    while (at := out.find(b"PK\x01\x02", at + 1)) >= 0:
        out[at + 24 : at + 28] = (10).to_bytes(4, "little")
    return bytes(out)


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        (b"", "empty_file"),
        (b"id,name\n1,Testa\n", "damaged_file"),
        (_workbook(["id", "name"], [1, "Testa"])[:-200], "damaged_file"),
        (_repacked(_workbook(["id", "name"]), _bomb), "zip_bomb"),
        (_repacked(_workbook(["id", "name"], [1, "T"]), _far), "far_cell"),
        (_lying(_repacked(_workbook(["id", "name"]), _bomb)), "damaged_file"),
        (_workbook(), "no_header"),
    ],
    ids=["empty", "no zip", "truncated", "bomb", "far cell", "lying bomb", "empty sheet"],
)
def test_a_workbook_that_cannot_be_opened_is_refused(
    delivered: Deliver, content: str | bytes, rule: str
) -> None:
    """The reason is told, nothing is opened that would fill the machine, and others load."""
    found = delivered(
        {"p.xlsx": content, "q.csv": "id,name\n1,Testa\n"},
        people=PEOPLE,
        others={"files": ["*.csv"]},
    )
    assert found.deliveries("list, status") == [("others", "loaded"), ("people", "refused")]
    assert found.issues() == [(rule, "error")]
