"""Delimited text: whatever is wrong with a file, sound rows load and the rest says why not."""

import os
from collections.abc import Callable
from typing import Any

import pytest

Deliver = Callable[..., Any]
"""A fixture of the folder's conftest: what it gives stands there."""

PEOPLE = {"files": ["people*.csv"]}


def test_rows_are_numbered_as_a_person_sees_them(delivered: Deliver) -> None:
    """A row's number is its line, also below a name that spans two lines and a blank line."""
    found = delivered({"people.csv": 'id,name\n1,"Testa\nMaria"\n\n2,Tim\n'}, people=PEOPLE)
    assert found.raw() == [(2, "1", "Testa\nMaria"), (5, "2", "Tim")]
    assert found.adds_up("people")


def test_a_plain_file_is_numbered_too(delivered: Deliver) -> None:
    """The fast way gives the same numbers as the careful one."""
    found = delivered({"people.csv": 'id,name\n1,"Example, Testa"\n2,Tim\n'}, people=PEOPLE)
    assert found.raw() == [(2, "1", "Example, Testa"), (3, "2", "Tim")]


@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize(("rest", "row"), [("2|Tim\n", 2), ("\n2|Tim\n", 3)])
def test_a_file_without_column_names_is_read_by_those_of_the_contract(
    delivered: Deliver, mark: str, rest: str, row: int
) -> None:
    """Its first line is a row, whether it is read fast or, for a blank line, with care."""
    reader = {"delimiter": "|", "columns": ["id", "name"]}
    file = f"{mark}1|Testa\n{rest}"
    found = delivered({"people.csv": file}, people={**PEOPLE, "reader": reader})
    assert found.raw() == [(1, "1", "Testa"), (row, "2", "Tim")]
    assert found.issues() == []


@pytest.mark.parametrize("trailer", ["T|1\n", "T|1|\n", "T|1|20260930|Testa\n"])
def test_a_trailer_is_no_row(delivered: Deliver, trailer: str) -> None:
    """Whatever its width: it is neither read nor set aside, and a note tells of it."""
    reader = {"delimiter": "|", "not_rows": ["^T$"]}
    file = f"id|name\n1|Testa\n{trailer}T2|Tim\n"
    found = delivered({"people.csv": file}, people={**PEOPLE, "reader": reader})
    assert found.raw() == [(2, "1", "Testa"), (4, "T2", "Tim")]
    assert found.quarantined() == []
    assert found.issues("rule, severity, rows") == [("not_rows", "note", 1)]
    assert found.adds_up("people")


def test_a_title_may_stand_above_rows_without_column_names(delivered: Deliver) -> None:
    """The rows then begin in the line that the contract says."""
    people = {**PEOPLE, "reader": {"columns": ["id", "name"], "header_row": 2}}
    found = delivered({"people.csv": "Invented report\n1,Testa\n"}, people=people)
    assert found.raw() == [(2, "1", "Testa")]


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        (b"2", "ragged"),
        (b"2,Tim,Example", "ragged"),
        (b'2,"Tim', "quotes"),
        (b'2,"Tim"x', "quotes"),
        (b"2,T\0m", "nul"),
        (b"2,T\xefm", "encoding"),
        (b"2," + b"x" * 1_000_001, "cell_too_long"),
        (b"2," + b"x" * 10_000_000, "line_too_long"),
        (b",Tim", "missing_key"),
        (b" N/A ,Tim", "missing_key"),
        (b"1.2E+11 ,Tim", "rounded_key"),
        (b"2, ", "missing_value"),
        (b"1,Tim", "duplicate_key"),
    ],
)
def test_a_broken_row_is_set_aside_by_rule(delivered: Deliver, line: bytes, rule: str) -> None:
    """A row that cannot be read or kept is set aside with its line; those around it load."""
    people = {**PEOPLE, "required": ["name"], "unique": True}
    found = delivered({"people.csv": b"id,name\n1,Testa\n" + line + b"\n3,Tam\n"}, people=people)
    assert found.raw() == [(2, "1", "Testa"), (4, "3", "Tam")]
    assert found.quarantined() == [(3, rule)]
    assert found.deliveries() == [("people", "loaded", 3)]
    assert found.adds_up("people")


def test_what_is_set_aside_can_be_found_again(delivered: Deliver) -> None:
    """QUARANTINE names file, row, column and rule, says what to do, and keeps the row's text."""
    found = delivered({"people.csv": "id,name\n,Tim\n"}, people=PEOPLE)
    assert found.quarantined('source, list, file, row, "column", rule, content') == [
        ("s", "people", "delivered/people.csv", 2, "id", "missing_key", " | Tim")
    ]
    assert all(advice for (advice,) in found.quarantined("advice"))


def test_a_truncated_last_line_is_set_aside(delivered: Deliver) -> None:
    """A file cut off within a quoted cell loses only the row that was cut."""
    found = delivered({"people.csv": 'id,name\n1,Testa\n2,"Ti'}, people=PEOPLE)
    assert found.raw() == [(2, "1", "Testa")]
    assert found.quarantined() == [(3, "quotes")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_encodings_are_tried_in_order(delivered: Deliver, encoding: str) -> None:
    """Text in any encoding that the contract allows, or that marks itself, is read right."""
    people = {**PEOPLE, "reader": {"encoding": ["utf-8", "cp1252"]}}
    found = delivered({"people.csv": "id,name\n1,Zoë\n".encode(encoding)}, people=people)
    assert found.raw() == [(2, "1", "Zoë")]
    assert found.issues() == []


def test_a_wrong_encoding_is_explained(delivered: Deliver) -> None:
    """Rows with bytes that the encoding lacks are set aside and the issue names the remedy."""
    found = delivered({"people.csv": "id,name\n1,Zoë\n2,Tim\n".encode("cp1252")}, people=PEOPLE)
    assert found.raw() == [(3, "2", "Tim")]
    assert found.quarantined() == [(2, "encoding")]
    assert found.issues() == [("encoding", "warning")]


@pytest.mark.parametrize(
    ("content", "status", "rule"),
    [
        ("", "refused", "empty_file"),
        ("\n", "refused", "no_header"),
        ("id,name\n", "loaded", "no_rows"),
        ("id,title\n1,Testa\n", "refused", "missing_column"),
        ("id,name,shoes\n1,Testa,4\n", "loaded", "unknown_column"),
        ("id,name,name\n1,Testa,Tim\n", "loaded", "column_twice"),
    ],
)
def test_a_wrong_header_is_refused_or_noted_and_others_load(
    delivered: Deliver, content: str | bytes, status: str, rule: str
) -> None:
    """One file's fault is told of that file, and another file still loads."""
    files = {"people_1.csv": content, "people_2.csv": "id,name\n9,Tam\n"}
    found = delivered(files, people=PEOPLE)
    assert (9, "Tam") in found.raw("id::INTEGER, name")
    assert [rule] == [issue for (issue,) in found.issues("DISTINCT rule") if issue in rule]
    statuses = dict(found.deliveries("file, status"))
    assert statuses["delivered/people_1.csv"] == status
    assert found.adds_up("people")


def test_headers_are_matched_whatever_their_spelling(delivered: Deliver) -> None:
    """Case, blanks, no-break spaces and byte-order marks do not hide a column; renames hold."""
    people = {
        "files": ["*.csv"],
        "headers": {"name": ["First  Name"]},
        "layouts": [{"id": "old", "has": ["Number"], "rename": {"Number": "id"}}],
    }
    files = {"a.csv": "\ufeff ID ,FIRST\u00a0name\n1,Testa\n", "b.csv": "number,Name\n2,Tim\n"}
    found = delivered(files, people=people)
    assert found.raw("id, name") == [("1", "Testa"), ("2", "Tim")]
    assert found.deliveries("file, layout") == [
        ("delivered/a.csv", None),
        ("delivered/b.csv", "old"),
    ]


def test_other_delimiters_and_header_rows(delivered: Deliver) -> None:
    """Pipes, tabs and a header below a title are said in the contract."""
    found = delivered(
        {"people.txt": "Report of today\nid|name\n1|Testa, Ms\n", "more.txt": "id\tname\n2\tTim\n"},
        people={
            "files": ["people.txt"],
            "reader": {"delimiter": "|", "header_row": 2, "quote": ""},
        },
        more={"files": ["more.txt"], "reader": {"delimiter": "\t"}},
    )
    assert found.raw() == [(3, "1", "Testa, Ms")]
    assert found.raw(list_id="more") == [(2, "2", "Tim")]


def test_cells_can_be_cleaned(delivered: Deliver) -> None:
    """What a contract removes or replaces in every cell is gone before anything is judged."""
    reader = {"clean": [r"^[a-z]\) "], "replace": {"\u00a0": " "}}
    files = {"people.csv": "id,name\na) ,b) Tim\u00a0Example\n1,\n"}
    found = delivered(files, people={**PEOPLE, "reader": reader})
    assert found.raw() == [(3, "1", None)]
    assert found.quarantined("content") == [(" | Tim Example",)]


def test_deliveries_are_dated_and_ordered_by_name(delivered: Deliver) -> None:
    """The name tells the date where the contract says how; the newest is the latest."""
    files = {
        "people_2025_spring.csv": "id,name\n1,Testa\n",
        "people_2024_autumn.csv": "id,name\n2,Tim\n",
        "people_2025_03.csv": "id,name\n3,Tam\n",
    }
    rule = {
        "pattern": r"(?P<year>20\d\d)_(?:(?P<month>\d\d)|(?P<term>[a-z]+))",
        "terms": {"autumn": "12-31", "spring": "04-30"},
    }
    found = delivered(files, people={**PEOPLE, "delivered_on": rule})
    assert found.deliveries("sequence, delivered_on::VARCHAR, latest") == [
        (1, "2024-12-31", False),
        (2, "2025-03-31", False),
        (3, "2025-04-30", True),
    ]


def test_columns_come_from_the_name_and_date(delivered: Deliver) -> None:
    """A column can be taken from the file's name, as it is or as a term's date."""
    pattern = r"(?P<year>20\d\d)_(?P<term>autumn)"
    constants = {
        "school": r"_(\w+)\.csv$",
        "start": {"pattern": pattern, "terms": {"autumn": "09-01"}},
        "on": {"delivered_on": True},
    }
    people = {
        **PEOPLE,
        "constants": constants,
        "delivered_on": {"pattern": pattern, "terms": {"autumn": "12-31"}},
    }
    found = delivered({"people 2024_autumn-_Invented.csv": "id,name\n1,Testa\n"}, people=people)
    assert found.raw('school, "start", "on"') == [("Invented", "2024-09-01", "2024-12-31")]


def test_unknown_files_are_told_of(delivered: Deliver) -> None:
    """A file that no contract speaks of is not read, and an issue says so."""
    found = delivered({"people.csv": "id,name\n1,Testa\n", "notes.txt": "hello"}, people=PEOPLE)
    assert found.issues("file, rule") == [("delivered/notes.txt", "unknown_file")]


def test_a_file_that_cannot_be_read_is_told_of(
    delivered: Deliver, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that the account may not read is told of, and the others are read."""
    readable = os.access
    monkeypatch.setattr(
        os, "access", lambda path, how: path.stem != "people_b" and readable(path, how)
    )
    files = {"people_a.csv": "id,name\n1,Testa\n", "people_b.csv": "id,name\n2,Testo\n"}
    found = delivered(files, people=PEOPLE)
    assert found.raw() == [(2, "1", "Testa")]
    assert found.issues("file, rule") == [("delivered/people_b.csv", "unreadable_file")]


def test_one_content_is_loaded_once(delivered: Deliver) -> None:
    """The same file under two names on one day adds nothing, and a note says so."""
    rule = {"pattern": r"(?P<year>20\d\d)"}
    files = {"a/people_2024.csv": "id,name\n1,Testa\n", "b/people_2024.csv": "id,name\n1,Testa\n"}
    found = delivered(files, people={**PEOPLE, "delivered_on": rule})
    assert found.raw() == [(2, "1", "Testa")]
    assert found.issues() == [("same_file", "note")]


def test_globs_match_the_end_of_the_path(delivered: Deliver) -> None:
    """A list can ask for a folder's file, case ignored, and one file can feed two lists."""
    found = delivered(
        {"S/People.CSV": "id,name\n1,Testa\n", "t/people.csv": "id,name\n2,Tim\n"},
        people={"files": ["s/people.csv"]},
        again={"files": ["S/*.csv"]},
    )
    assert found.raw("id") == found.raw("id", "again") == [("1",)]


def test_expectations_that_fail_are_told_with_their_reason(delivered: Deliver) -> None:
    """Too few rows or too few filled cells raise warnings that give the contract's reason."""
    expect = {"rows": [3, 9], "filled": {"name": 0.9}, "why": "Invented Town has three children"}
    found = delivered({"people.csv": "id,name\n1,\n2,Tim\n"}, people={**PEOPLE, "expect": expect})
    assert found.issues() == [("expect_filled", "warning"), ("expect_rows", "warning")]
    assert all("three children" in advice for (advice,) in found.issues("advice"))


def test_a_row_of_two_people_needs_one_key(delivered: Deliver) -> None:
    """A row counts if either of its people has a key."""
    parent = {"role": "parent", "key": ["parent"], "fields": {"surname": "name"}}
    child = {"role": "child", "key": ["id"], "fields": {"forename": "name"}}
    files = {"people.csv": "id,parent,name\n,7,Tim\n1,,Testa\n,,Tam\n"}
    found = delivered(files, people={**PEOPLE, "people": [child, parent]})
    assert found.raw("_row") == [(2,), (3,)]
    assert found.quarantined() == [(4, "missing_key")]


def test_ten_deliveries_of_one_list_keep_their_rows_apart(delivered: Deliver) -> None:
    """Every delivery has its own id, and columns that only some have are empty in the others."""
    files = {f"people_{n}.csv": f"id,name,x{n % 2}\n{n},Testa,1\n" for n in range(10)}
    found = delivered(files, people={**PEOPLE, "ignore": {"x*": "invented"}})
    assert found.raw("count(DISTINCT _delivery), count(x0), count(x1)") == [(10, 5, 5)]
    assert found.issues() == []
