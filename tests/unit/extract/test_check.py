"""`pei check` tells a person what is wrong, and never what stands in a cell."""

import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from pei_graph.check import Checked, check_sources

Deliver = Callable[..., Any]
"""A fixture of the folder's conftest: what it gives stands there."""

MARK = "Unmistakable"


@pytest.fixture
def checked(tmp_path: Path, contract_of: Deliver) -> Deliver:
    """Give a function that checks files against lists."""

    def check(files: dict[str, str | bytes], **lists: dict[str, object]) -> list[Checked]:
        for name, content in files.items():
            path = Path(tmp_path) / name
            path.write_bytes(content.encode() if isinstance(content, str) else content)
        return check_sources({"s": contract_of(**lists)}, [tmp_path])

    return check


def test_a_sound_delivery_is_told_as_what_it_is(checked: Deliver) -> None:
    """List, title, date, layout, rows and unused columns of a delivery are told."""
    layout = {"id": "of 2024", "has": ["shoes"]}
    people = {"files": ["*.csv"], "ignore": {"shoes": "invented"}, "layouts": [layout]}
    [found] = checked({"p.csv": "id,name,shoes\n1,Testa,4\n"}, people=people)
    assert (found.severity, found.where, found.rows) == ("fine", "s.people", 1)
    assert "layout of 2024" in found.says
    assert "1 columns are not used" in found.says


@pytest.mark.parametrize("seconds", [0, 315_532_800, 32_000_000_000])
def test_a_file_of_a_day_that_cannot_be_is_of_today(
    checked: Deliver, tmp_path: Path, seconds: int
) -> None:
    """By a file's own time of 1970, of a zip archive without times or of 2984, it came today."""
    (tmp_path / "p.csv").write_text("id,name\n1,Testa\n")
    os.utime(tmp_path / "p.csv", (seconds, seconds))
    today = {datetime.now(UTC).date()}
    [found] = checked({}, people={"files": ["*.csv"]})
    today |= {datetime.now(UTC).date()}
    assert any(f"delivered on {day}" in found.says for day in today)


def test_whatever_is_wrong_is_told_with_what_to_do(checked: Deliver) -> None:
    """Each fault is told once with its place and remedy, and no cell is repeated."""
    files = {
        "a.csv": f"id,shoes\n1,{MARK}\n",
        "b.csv": f"id,name,shoes\n,{MARK},\n,{MARK},\n1\n",
        "c.csv": "",
        "d.doc": MARK,
    }
    found = checked(files, people={"files": ["*.csv"]})
    told = {(each.severity, each.says.split(":")[0].split(".")[0]) for each in found}
    assert {each for each in told if each[0] != "fine"} == {
        ("error", "missing column"),
        ("error", "empty file"),
        ("warning", "unknown column"),
        ("warning", "unknown file"),
        ("warning", "2 rows would be set aside (missing_key)"),
        ("warning", "1 rows would be set aside (ragged)"),
    }
    assert not any(MARK in each.says + each.where for each in found)


def test_values_that_a_run_would_not_understand_are_told(checked: Deliver) -> None:
    """Before anything is loaded, in one line for a column, with how many rows; never a value."""
    child = {
        "role": "child",
        "key": "id",
        "fields": {"forename": "name", "birth_date": "born", "sex": "sex"},
    }
    rows = "".join(f"{number},Testa,{MARK},{MARK}\n" for number in range(150))
    found = checked(
        {"p.csv": f"id,name,born,sex\n{rows}"},
        people={"files": ["*.csv"], "people": [child]},
    )
    told = {(each.severity, each.where, each.rows, each.says.split(":")[0]) for each in found}
    assert {each for each in told if each[0] != "fine"} == {
        ("warning", "s.people, row 2, column born", 150, "bad date"),
        ("warning", "s.people, row 2, column sex", 150, "unknown sex"),
    }
    assert not any(MARK in each.says + each.where for each in found)


def test_what_a_delivery_states_is_counted(checked: Deliver) -> None:
    """People, and each kind of fact that its list can state, also where a condition never holds."""
    child = {"role": "child", "key": "id", "fields": {"forename": "name"}}
    parent = {"role": "parent", "key": "parent"}
    facts = [
        {"type": kind, "about": "child", "when": [{"column": "plan", "is": [plan]}]}
        for kind, plan in (("child_in_need", "cin"), ("child_protection_plan", "yes"))
    ]
    related = [{"person": "parent", "of": "child", "kind": {"constant": "parent"}}]
    people = {"files": ["*.csv"], "people": [child, parent], "facts": facts}
    [found] = checked(
        {"p.csv": "id,name,parent,plan\n1,Testa,9,CIN\n2,Testo,9,CIN\n"},
        people={**people, "relationships": related},
    )
    says = "people 3, child in need 2, child protection plan 0, relationship 2"
    assert says in found.says


def test_rows_without_a_person_are_told(checked: Deliver) -> None:
    """A condition that no row meets is seen before a run sets every row aside."""
    child = {"role": "child", "key": "id", "when": [{"column": "name", "is": ["nobody"]}]}
    found = checked(
        {"p.csv": "id,name\n1,Testa\n2,Testo\n"},
        people={"files": ["*.csv"], "people": [child]},
    )
    assert any("2 rows would be set aside (no_person)" in each.says for each in found)


def test_values_by_a_pattern_that_is_wrong_are_not_looked_at(checked: Deliver) -> None:
    """What is wrong with the contract is told in its stead."""
    child = {"role": "child", "key": "id", "fields": {"forename": {"from": "name", "pattern": "("}}}
    found = checked(
        {"p.csv": "id,name\n1,Testa\n"},
        people={"files": ["*.csv"], "people": [child]},
    )
    assert {each.severity for each in found} == {"fine", "warning"}
    assert any("no regular expression" in each.says for each in found)
    assert not any("people 0" in each.says for each in found)


def test_a_row_of_people_in_place_of_column_names_is_not_repeated(checked: Deliver) -> None:
    """A file without column names is refused by naming the columns it should have, and no cell."""
    fields = {each: each for each in ("forename", "surname", "birth_date", "sex", "ethnicity")}
    child = {"role": "child", "key": "id", "fields": fields}
    # One of its values happens to be a column's name.
    file = f"1,{MARK},{MARK} too,sex,{MARK}\n2,Testa,Example,F,WBRI\n"
    [found] = checked({"p.csv": file}, people={"files": ["*.csv"], "people": [child]})
    assert (found.severity, found.where) == ("error", "s.people, row 1")
    assert "hardly any of birth_date, ethnicity," in found.says
    assert "reader.columns" in found.says
    assert MARK not in found.says


def test_a_contract_that_cannot_work_is_told_of(checked: Deliver) -> None:
    """Wrong patterns and names that lead nowhere are found before any file comes."""
    wife = {"person": "child", "of": "child", "kind": {"constant": "wife"}}
    people = {
        "relationships": [wife],
        "reader": {"format": "xml", "clean": ["("], "columns": ["id"]},
        "optional": ["shoes"],
        "delivered_on": {"pattern": "("},
    }
    found = checked({}, people=people)
    assert {each.severity for each in found} == {"warning"}
    assert len(found) == 7
    assert any("the relationship wife is none of" in each.says for each in found)
