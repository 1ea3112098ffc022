"""What a contract has removed from cells is removed as its regular expression says."""

from collections.abc import Callable
from typing import Any

import pytest

Deliver = Callable[..., Any]
"""A fixture of the folder's conftest: what it gives stands there."""

CELLS = ("1.0", "1.0.0", ".0", "a.0b", "10", "é.0", "$.0$", "a", "aa", "A")


@pytest.mark.parametrize(
    ("clean", "replace"),
    [
        ([r"\.0$"], {}),
        ([r"\.0"], {}),
        (["a"], {}),
        (["a$"], {}),
        ([r"\$"], {}),
        ([], {r"\.0$": r"[\0]"}),
        ([], {"a": "bb"}),
        (["[a]+"], {}),
        (["(?i)a"], {}),
        ([r"\.0$", "b"], {"a": "c"}),
    ],
)
def test_a_cell_is_cleaned_as_the_regular_expression_says(
    delivered: Deliver, clean: list[str], replace: dict[str, str]
) -> None:
    """A pattern of plain characters takes a shorter way, and gives what any other would."""
    rows = "".join(f"{number},{cell}\n" for number, cell in enumerate(CELLS, start=1))
    found = delivered(
        {"p.csv": f"id,name\n{rows}"},
        people={"files": ["*.csv"]},
        cleaned={"files": ["*.csv"], "reader": {"clean": clean, "replace": replace}},
    )
    cell = "name"
    for pattern, instead in {**dict.fromkeys(clean, ""), **replace}.items():
        cell = f"regexp_replace({cell}, '{pattern}', '{instead}', 'g')"
    expected = found.rows(f"_row, nullif({cell}, '')", 'raw."s.people"')
    assert found.raw("_row, name", "cleaned") == expected
    assert len(expected) == len(CELLS)


def test_columns_that_differ_in_case_alone_are_one(delivered: Deliver) -> None:
    """A column that a later delivery shouts is the column that an earlier one brought."""
    files = {
        "p1.csv": "id,name,Town\n",
        "p2.csv": "id,name,TOWN\n1,Testa,Mockford\n",
        "p3.csv": "id,name,town\n2,Tim,Mockford\n",
    }
    found = delivered(files, people={"files": ["p*.csv"]})
    assert found.raw('id, "Town"') == [("1", "Mockford"), ("2", "Mockford")]
    assert found.adds_up("people")
