"""Keys that lost the zeros before them in one list of their source are told of."""

from pathlib import Path

import pytest
from alike_sources import ABOUT

from pei_graph.check import Checked, check_sources
from pei_graph.contract import Contract

NAMES = {"forename": "Name", "birth_date": "Born"}


def contract(*, key_digits: int | None = None) -> Contract:
    """Return a contract of children, their visits and who is related to whom."""
    child = {"role": "child", "key": "Id", "fields": NAMES}
    pair = [{"role": role, "key": column} for role, column in (("one", "Id"), ("other", "Other"))]
    lists = {
        "children": {"people": [child], "optional": ["Born"]},
        "visits": {"people": [child], "optional": ["Name", "Born"]},
        "related": {"people": pair},
    }
    named = {name: {"title": name, "files": f"{name}.csv", **each} for name, each in lists.items()}
    about = {"id": "centre", "title": "Centre", **ABOUT, "key_digits": key_digits, "lists": named}
    return Contract.model_validate(about)


def told(folder: Path, *, key_digits: int | None = None, **lists: str) -> list[Checked]:
    """Return what a check says of files beside that they are fine, rows parted by blanks."""
    for name, rows in lists.items():
        (folder / f"{name}.csv").write_text("\n".join(rows.split()) + "\n")
    found = check_sources({"centre": contract(key_digits=key_digits)}, [folder])
    return [each for each in found if each.severity != "fine"]


CHILDREN = "Id,Name 0012345,Testa 0012346,Testo 1012347,Tester"


@pytest.mark.parametrize("end", ["", ".0"])
def test_a_list_that_lost_zeros_is_told_of(tmp_path: Path, end: str) -> None:
    """With its column, how many people that concerns, and what to write in the contract."""
    visits = f"Id 12345{end} 12346{end} 1012347{end}"
    [found] = told(tmp_path, children=CHILDREN, visits=visits)
    assert (found.severity, found.where, found.rows) == ("warning", "centre.visits, column Id", 2)
    assert "2 people of this list stand with zeros" in found.says
    assert "in the list children" in found.says
    assert "write `key_digits: 7`" in found.says


def test_the_list_that_names_people_may_be_the_one(tmp_path: Path) -> None:
    """Others then have the zeros that it lost."""
    [found] = told(tmp_path, children="Id,Name 12345,Testa", visits="Id 0012345")
    assert found.where == "centre.children, column Id"
    assert "in the list visits" in found.says


def test_one_column_of_two_may_be_the_one(tmp_path: Path) -> None:
    """The list has the same people with and without zeros then."""
    [found] = told(tmp_path, children=CHILDREN, related="Id,Other 0012345,12346 0012346,12345")
    assert found.where == "centre.related, column Id, Other"
    assert "in the list children," in found.says


def test_zeros_that_tell_people_apart_are_left_alone(tmp_path: Path) -> None:
    """Where two numbers that differ in zeros alone are of people of other names or births."""
    children = "Id,Name,Born 012,Testa,04/05/2015 12,Testo,04/05/2015"
    assert told(tmp_path, children=children, visits="Id 012 12") == []


def test_what_the_contract_says_of_digits_mends_it(tmp_path: Path) -> None:
    """With seven digits a key is the same with and without the zeros before it."""
    visits = "Id 12345.0 12346 1012347"
    assert told(tmp_path, children=CHILDREN, visits=visits, key_digits=7) == []
