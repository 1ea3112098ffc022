"""A file too odd for YAML passes through a function, and still nothing is lost."""

import sys
from collections.abc import Callable
from types import ModuleType
from typing import Any

import duckdb
import pytest

Deliver = Callable[..., Any]
"""A fixture of the folder's conftest: what it gives stands there."""

PEOPLE = {"files": ["*.csv"], "transform": "invented"}
ODD = "who\n1:Testa\n2:Tim\n# end of report\n"


@pytest.fixture
def transform(monkeypatch: pytest.MonkeyPatch) -> Deliver:
    """Give a function that sets the list's transform."""

    def install(function: object) -> None:
        module = ModuleType("loaders.transforms.invented")
        module.transform = function  # type: ignore[attr-defined]
        monkeypatch.setitem(sys.modules, module.__name__, module)

    return install


def _split(relation: duckdb.DuckDBPyRelation) -> duckdb.DuckDBPyRelation:
    halves = "_row, split_part(who, ':', 1) AS id, split_part(who, ':', 2) AS name"
    return relation.filter("who NOT LIKE '#%'").project(halves)


def test_a_transform_makes_the_columns_of_the_contract(
    delivered: Deliver, transform: Deliver
) -> None:
    """Its rows load, and those it leaves out are set aside with their text."""
    transform(_split)
    found = delivered({"p.csv": ODD}, people=PEOPLE)
    assert found.raw() == [(2, "1", "Testa"), (3, "2", "Tim")]
    assert found.quarantined("row, rule, content") == [(4, "transform", "# end of report")]
    assert found.adds_up("people")


def _fail(relation: duckdb.DuckDBPyRelation) -> duckdb.DuckDBPyRelation:
    return relation.project("nonsense")


def _double(relation: duckdb.DuckDBPyRelation) -> duckdb.DuckDBPyRelation:
    return _split(relation).union(_split(relation))


@pytest.mark.parametrize("function", [_fail, _double])
def test_a_transform_that_fails_refuses_its_delivery(
    delivered: Deliver, transform: Deliver, function: object
) -> None:
    """An error or repeated row numbers refuse the delivery; no cell is told."""
    transform(function)
    found = delivered({"p.csv": ODD}, people=PEOPLE)
    assert found.deliveries() == [("people", "refused", 0)]
    assert found.issues() == [("transform", "error")]
