"""What came later from one place, of one day, takes the place of what came before."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pei_graph.contract import Contract
from pei_graph.extract import Arrival, extract, is_one_place

MORNING, NOON = (datetime(2026, 1, 31, hour, tzinfo=UTC) for hour in (8, 12))
PEOPLE = {"files": ["invented/*.csv"], "reader": {"format": "csv"}}


def _extracted(
    con: duckdb.DuckDBPyConnection, contract: Contract, came: Mapping[Path, datetime | None]
) -> list[tuple[Any, ...]]:
    """Return of every delivery its file, whether it counts, and what was noted of it."""
    kept = {top: Arrival(MORNING, moment) for top, moment in came.items()}
    extract(con, {"s": contract}, kept)
    return con.execute(
        "SELECT d.file, d.rows_in, latest, rule FROM deliveries AS d"
        " LEFT JOIN issues USING (delivery_id) ORDER BY sequence"
    ).fetchall()


@pytest.fixture
def delivered(tmp_path: Path) -> Any:
    """Give a function that writes a file in a folder of its own, and returns what holds it."""

    def deliver(folder: str, name: str, rows: int) -> Path:
        file = tmp_path / folder / name
        file.parent.mkdir(parents=True)
        file.write_text("id,name\n" + "".join(f"{row},Testa\n" for row in range(rows)))
        return tmp_path / folder / Path(name).parts[0]

    return deliver


@pytest.mark.parametrize("name", ["sources/invented/people.csv", "invented/people.csv"])
def test_a_correction_of_the_same_day_counts(
    con: duckdb.DuckDBPyConnection, contract_of: Any, delivered: Any, name: str
) -> None:
    """Of two files from one place the later counts, whatever their digests, and it is told."""
    first = delivered("a", "sources/invented/people.csv", 1)
    for broken, right in ((3, 2), (2, 3)):
        wrong = delivered(f"b{broken}", name, broken)
        mended = delivered(f"c{right}", name, right)
        came = {first: None, wrong: MORNING, mended: NOON}
        assert _extracted(con, contract_of(people=PEOPLE), came) == [
            ("sources/invented/people.csv", 1, False, "superseded"),
            (name, broken, False, "superseded"),
            (name, right, True, None),
        ]


def test_the_last_of_the_same_content_counts(
    con: duckdb.DuckDBPyConnection, contract_of: Any, delivered: Any
) -> None:
    """A file that was put back on the same day outdoes what came in between."""
    came = {
        delivered("a", "invented/people.csv", 2): None,
        delivered("b", "invented/people.csv", 1): MORNING,
        delivered("c", "invented/people.csv", 2): NOON,
    }
    assert _extracted(con, contract_of(people=PEOPLE), came) == [
        ("invented/people.csv", 1, False, "superseded"),
        ("invented/people.csv", 2, True, None),
    ]


@pytest.mark.parametrize(
    ("names", "moments", "mode"),
    [
        (("invented/a.csv", "invented/b.csv"), (MORNING, NOON), "snapshot"),
        (("north/invented/a.csv", "south/invented/a.csv"), (MORNING, NOON), "snapshot"),
        (("invented/a.csv", "invented/a.csv"), (MORNING, MORNING), "snapshot"),
        (("invented/a.csv", "invented/a.csv"), (MORNING, NOON), "append"),
    ],
    ids=["another file", "another folder", "at one time", "added to"],
)
def test_parts_of_one_day_all_count(
    *,
    con: duckdb.DuckDBPyConnection,
    contract_of: Any,
    delivered: Any,
    names: tuple[str, str],
    moments: tuple[datetime, datetime],
    mode: str,
) -> None:
    """Files of two places, of one moment, or of a list that adds, take nothing from each other."""
    tops = [delivered(str(number), name, number) for number, name in enumerate(names, start=1)]
    contract = contract_of(people={**PEOPLE, "mode": mode})
    found = _extracted(con, contract, dict(zip(tops, moments, strict=True)))
    assert {(latest, rule) for _, _, latest, rule in found} == {(True, None)}


@pytest.mark.parametrize(
    ("rows", "told"),
    [((100, 49), 51), ((100, 50), None), ((30, 11), None), ((49, 100), None)],
    ids=["cut off", "half", "short", "grown"],
)
@pytest.mark.parametrize("same_day", [True, False])
def test_a_list_that_was_cut_off_is_told_of(
    *,
    con: duckdb.DuckDBPyConnection,
    contract_of: Any,
    delivered: Any,
    rows: tuple[int, int],
    told: int | None,
    same_day: bool,
) -> None:
    """Where less than half of a list is there, of the same day or another, a warning says so."""
    kept = {
        delivered("a", "invented/people.csv", rows[0]): Arrival(MORNING, MORNING),
        delivered("b", "invented/people.csv", rows[1]): Arrival(
            NOON if same_day else NOON + timedelta(days=1), NOON
        ),
    }
    extract(con, {"s": contract_of(people=PEOPLE)}, kept)
    found = con.execute("SELECT rows, severity FROM issues WHERE rule = 'fewer_rows'").fetchall()
    assert found == ([(told, "warning")] if told else [])


@pytest.mark.parametrize(
    ("names", "days", "mode", "past"),
    [
        (("invented/a.csv", "invented/b.csv"), (0, 1), "snapshot", True),
        (("invented/a.csv", "invented/a.csv"), (0, 0), "snapshot", True),
        (("invented/a.csv", "invented/b.csv"), (0, 0), "snapshot", False),
        (("invented/a.csv", "invented/b.csv"), (1, 0), "snapshot", False),
        (("invented/a.csv", "invented/b.csv"), (0, 1), "append", False),
    ],
    ids=["the next day", "put right", "another part", "after the last that was read", "added to"],
)
def test_what_was_refused_is_past_once_another_counts(
    *,
    con: duckdb.DuckDBPyConnection,
    contract_of: Any,
    delivered: Any,
    names: tuple[str, str],
    days: tuple[int, int],
    mode: str,
    past: bool,
) -> None:
    """A refused delivery needs nobody's eye where a later one, or its own correction, was read."""
    refused, read = (delivered(str(at), name, 1) for at, name in enumerate(names))
    (refused / Path(names[0]).name).write_text("name\nTesta\n")
    came = {
        refused: Arrival(MORNING + timedelta(days=days[0]), MORNING),
        read: Arrival(MORNING + timedelta(days=days[1]), NOON),
    }
    extract(con, {"s": contract_of(people={**PEOPLE, "mode": mode})}, came)
    found = con.execute("SELECT status, overtaken FROM deliveries ORDER BY status DESC").fetchall()
    assert found == [("refused", past), ("loaded", False)]


def test_a_list_that_adds_is_never_cut_off(
    con: duckdb.DuckDBPyConnection, contract_of: Any, delivered: Any
) -> None:
    """A quiet month of a list that adds to what it said is no loss."""
    kept = {
        delivered("a", "invented/january.csv", 100): Arrival(MORNING, MORNING),
        delivered("b", "invented/february.csv", 3): Arrival(MORNING + timedelta(days=28), NOON),
    }
    extract(con, {"s": contract_of(people={**PEOPLE, "mode": "append"})}, kept)
    assert con.execute("SELECT rule FROM issues").fetchall() == []


_PARTS = st.lists(st.sampled_from(["a", "b", "c.csv"]), min_size=1, max_size=4).map("/".join)


@given(_PARTS, _PARTS)
def test_a_place_is_known_by_the_end_of_its_name(one: str, other: str) -> None:
    """Two names are of one place where one is the end of the other, with a folder at least."""
    shorter, longer = sorted((one, other), key=len)
    expected = "/" in shorter and f"/{longer}".endswith(f"/{shorter}")
    assert is_one_place(one, other) is is_one_place(other, one) is expected
