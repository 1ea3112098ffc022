"""Why two records are one person, in sentences that an investigator can put in a report."""

from collections.abc import Iterator
from typing import Any

import duckdb
import pytest

from pei_graph.explain import explain_pair
from pei_graph.tables import LINKS, MEMBERS

LINK: dict[str, Any] = {
    "record_l": "health:1",
    "record_r": "schools:1",
    "weight": 5.0,
    "probability": 0.97,
    "reason": "model",
    "state": "accepted",
    "bits": {"forename": -4.0, "birth_date": 9.0},
}


@pytest.fixture
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    """A run in which two records are one person, and no link yet."""
    with duckdb.connect() as opened:
        for table in (LINKS, MEMBERS):
            opened.execute(table.ddl)
        opened.executemany(
            "INSERT INTO members (record_id, person_id, state) VALUES (?, 'P-1', 'accepted')",
            [("health:1",), ("schools:1",)],
        )
        yield opened


def _sentences(con: duckdb.DuckDBPyConnection, **link: Any) -> str:
    row = {**LINK, **link}
    bits = dict.fromkeys(
        ("forename", "surname", "birth_date", "sex", "address", "identifier", "household",
         "age_band"), 0.0,
    )  # fmt: skip
    row["bits"] = bits | row["bits"]
    marks = ", ".join(f"${name}" for name in row)
    con.execute(f"INSERT INTO links ({', '.join(row)}) VALUES ({marks})", row)
    return " ".join(explain_pair(con, "schools:1", "health:1").sentences)


def test_two_names_of_one_child_are_explained(con: duckdb.DuckDBPyConnection) -> None:
    """Where a twin was ruled out, the explanation says by what."""
    said = _sentences(con, match_key="-forename +surname +birth_date +address +no_twin")
    assert "one person of two names" in said


def test_nothing_is_said_of_twins_elsewhere(con: duckdb.DuckDBPyConnection) -> None:
    """A pair of one forename needs no word about twins."""
    said = _sentences(con, match_key="+forename +surname +birth_date +address")
    assert "two names" not in said


def test_a_veto_is_named(con: duckdb.DuckDBPyConnection) -> None:
    """What forbids a pair is said in words."""
    said = _sentences(con, match_key="-birth_date", state="refused", veto="birth_date")
    assert "A veto stands against the pair: birth date." in said
