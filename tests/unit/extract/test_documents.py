"""XML and JSON: repeated elements at any depth are rows, and harmful files are refused."""

import json
from collections.abc import Callable
from typing import Any

import pytest

Deliver = Callable[..., Any]
"""A fixture of the folder's conftest: what it gives stands there."""

XML = """<?xml version="1.0"?>
<M xmlns="urn:invented"><H><On>2024-03-31</On></H><Cs>
  <C><Id>1</Id><Name> Testa </Name>
    <R n="a"><F>3A</F><F>4B</F></R><R n="b"><On>2024-01-02</On></R></C>
  <C><Id>2</Id><Name>Tim</Name></C>
  <C><Name>Tam</Name><R n="c"><F>1A</F></R></C>
</Cs></M>"""
CHILD = {"role": "child", "key": "id", "fields": {"forename": "name"}}


def _list(record: str, key: str, name: str, **extra: object) -> dict[str, object]:
    person = {"role": "child", "key": key, "fields": {"forename": name}}
    reader = {"format": "xml", "record": record}
    return {"files": ["*.xml"], "reader": reader, "people": [person], **extra}


def test_elements_at_any_depth_are_rows_that_reach_what_holds_them(delivered: Deliver) -> None:
    """One file feeds lists of children, their referrals and the factors of those."""
    found = delivered(
        {"m.xml": XML},
        people=_list("M/Cs/C", "Id", "Name", ignore={"R": "its own list"}),
        referrals=_list(
            "M/Cs/C/R", "../Id", "@n", optional=["F", "On"], ignore={"F": "x", "On": "x"}
        ),
        factors=_list("M/Cs/C/R/F", "../../Id", ".", constants={}),
        heads=_list("M/Cs/C", "/M/H/On", "Name", ignore={"R": "x", "Id": "x"}),
    )
    assert found.raw('_row, "Id", "Name"') == [(1, "1", "Testa"), (2, "2", "Tim")]
    assert found.raw('_row, "../Id", "@n"', "referrals") == [(1, "1", "a"), (2, "1", "b")]
    assert found.raw('"../../Id", "."', "factors") == [("1", "3A"), ("1", "4B")]
    assert found.raw('DISTINCT "/M/H/On"', "heads") == [("2024-03-31",)]
    assert found.quarantined("list, row, rule") == [
        ("factors", 3, "missing_key"),
        ("people", 3, "missing_key"),
        ("referrals", 3, "missing_key"),
    ]
    assert found.adds_up("people", "referrals", "factors", "heads")


def test_what_a_list_does_not_know_is_told_of(delivered: Deliver) -> None:
    """A leaf that is neither used nor ignored is kept in RAW and raises a warning."""
    found = delivered({"m.xml": XML}, people=_list("M/Cs/C", "Id", "Name"))
    assert found.issues('rule, "column"') == [
        ("unknown_column", "R/@n"),
        ("unknown_column", "R/F"),
        ("unknown_column", "R/On"),
    ]
    assert found.raw('"R/F"') == [("3A; 4B",), (None,)]


def test_a_list_whose_element_never_stands_is_empty(delivered: Deliver) -> None:
    """A return without a single plan is sound: the list loads with no row."""
    found = delivered({"m.xml": XML}, people=_list("M/Cs/C/Plan", "../Id", "From"))
    assert found.deliveries() == [("people", "loaded", 0)]
    assert found.issues() == [("no_rows", "note")]


def test_the_file_can_state_its_date(delivered: Deliver) -> None:
    """A date in the head of the file goes before the file's name."""
    rule = {"path": "/M/H/On", "pattern": r"(?P<year>20\d\d)"}
    people = _list("M/Cs/C", "Id", "Name", ignore={"R": "x"}, delivered_on=rule)
    found = delivered({"m_2019.xml": XML}, people=people)
    assert found.deliveries("delivered_on::VARCHAR") == [("2024-03-31",)]


BOMB = '<!DOCTYPE M [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><M><Cs><C><Id>&b;</Id></C></Cs></M>'
OUTSIDE = '<!DOCTYPE M [<!ENTITY x SYSTEM "file:///etc/hostname">]><M><C><Id>&x;</Id></C></M>'


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        ("", "empty_file"),
        (BOMB, "xml_declarations"),
        (BOMB.encode("utf-16"), "xml_declarations"),
        (OUTSIDE, "xml_declarations"),
        (XML[:-40], "damaged_file"),
        ("id,name", "damaged_file"),
        ("<M><Cs><C><Id>" + "1" * 11_000_000 + "</Id></C></Cs></M>", "damaged_file"),
        ("<M><Cs><C><Id>&nbsp;</Id></C></Cs></M>", "damaged_file"),
    ],
    ids=["empty", "bomb", "utf-16 bomb", "outside", "truncated", "no xml", "huge", "entity"],
)
def test_a_harmful_or_broken_xml_is_refused(
    delivered: Deliver, content: str | bytes, rule: str
) -> None:
    """Nothing of the file is loaded, the reason is told and other files load."""
    found = delivered(
        {"m.xml": content, "q.csv": "id,name\n1,Testa\n"},
        people=_list("M/Cs/C", "Id", "Name"),
        others={"files": ["*.csv"]},
    )
    assert found.deliveries("list, status, rows_in") == [
        ("others", "loaded", 1),
        ("people", "refused", 0),
    ]
    assert found.issues() == [(rule, "error")]


def test_a_long_text_in_xml_is_set_aside(delivered: Deliver) -> None:
    """A cell over the limit is quarantined with its element's number."""
    text = XML.replace("Tim", "x" * 1_500_000)
    found = delivered({"m.xml": text}, people=_list("M/Cs/C", "Id", "Name", ignore={"R": "x"}))
    assert found.quarantined() == [(2, "cell_too_long"), (3, "missing_key")]


PEOPLE = {"files": ["*.json"], "reader": {"format": "json"}}


@pytest.mark.parametrize(
    "content",
    [
        json.dumps([{"id": 1, "name": "Testa"}, {"id": 2, "name": None}]),
        '{"id": 1, "name": "Testa"}\n\n{"id": 2}\n',
    ],
    ids=["array", "lines"],
)
def test_json_is_read_as_an_array_or_line_by_line(delivered: Deliver, content: str | bytes) -> None:
    """Objects are rows, in an array or one to a line."""
    found = delivered({"p.json": content}, people=PEOPLE)
    assert found.raw() == [(1, "1", "Testa"), (2, "2", None)]


def test_a_broken_line_of_json_is_set_aside(delivered: Deliver) -> None:
    """Of a file with an object to each line only the broken line is lost."""
    content = '{"id": 1, "name": "Testa"}\n{"id": 2,\n{"id": 3, "name": "Tim"}\n'
    found = delivered({"p.json": content}, people=PEOPLE)
    assert found.raw() == [(1, "1", "Testa"), (3, "3", "Tim")]
    assert found.quarantined() == [(2, "not_json")]
    assert found.adds_up("people")


def test_json_within_json(delivered: Deliver) -> None:
    """A record path leads to objects in arrays, which reach what holds them."""
    family = {"case": 7, "members": [{"name": {"first": "Testa"}}, {"name": {"first": "Tim"}}]}
    person = {"role": "child", "key": ["../case", "name/first"]}
    reader = {"format": "json", "record": "members"}
    found = delivered(
        {"p.json": json.dumps({"case": 7} | family)},
        people={"files": ["*.json"], "reader": reader, "people": [person]},
    )
    assert found.raw('_row, "../case", "name/first"') == [(1, "7", "Testa"), (2, "7", "Tim")]


@pytest.mark.parametrize("content", ["", "{", "[" * 100_000, "hello"])
def test_what_is_not_json_is_refused(delivered: Deliver, content: str | bytes) -> None:
    """The delivery is refused with a reason."""
    found = delivered({"p.json": content}, people=PEOPLE)
    assert found.deliveries() == [("people", "refused", 0)]
