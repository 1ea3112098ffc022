"""Many deliveries of a list are read some at a time, and say what they say when read at once."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pei_graph.extract import rounds
from pei_graph.extract.arrivals import Arrival
from pei_graph.extract.find import DeliveredFile
from pei_graph.extract.lanes import FileToRead
from pei_graph.extract.page import Wanted
from tests.unit.extract.conftest import contract_of

PEOPLE = {
    "files": ["people_*.csv"],
    "reader": {"format": "csv"},
    "delivered_on": {"pattern": r"(?P<year>\d{4})_(?P<month>\d\d)"},
}
HEAD = "id,name\n"
FIRST = datetime(2025, 1, 1, tzinfo=UTC)
MONTHS = [f"{year}_{month:02}" for year in (2021, 2022, 2023, 2024) for month in range(1, 13)]
CONTRACT = contract_of(people=PEOPLE, schools={**PEOPLE, "files": ["school_*.csv"]})


def _months() -> dict[str, str | bytes]:
    """Return a file a month: one row and one broken row as ever, one of its year, one its own."""
    return {
        f"people_{month}.csv": f"{HEAD}1,Testa\n2,Tim {month[:4]}\n3,Tom {month}\nbroken\n"
        for month in MONTHS
    }


def test_a_row_of_many_rounds_stands_once(delivered: Any) -> None:
    """It stands in the newest delivery, since the first; all counts add up, a file refused too."""
    made = delivered({**_months(), "people_2024_13.csv": "nothing,of,it\n"}, people=PEOPLE)
    assert made.raw("min(_row), count(*)") == [(2, 1 + 4 + len(MONTHS))]
    [(since,)] = made.rows("_since", "raw.\"s.people\" WHERE id = '1'")
    assert since.isoformat() == "2021-01-31"
    assert made.rows("count(*)", "quarantine") == [(1,)]
    assert made.deliveries("sum(rows_in), sum(repeated), max(sequence), count(*)") == [
        (4 * len(MONTHS), 2 * (len(MONTHS) - 1) + len(MONTHS) - 4, len(MONTHS) + 1, len(MONTHS) + 1)
    ]
    assert made.adds_up("people")


@pytest.mark.parametrize("most", [1, 5])
def test_what_is_read_in_rounds_is_what_is_read_at_once(
    delivered: Any, con: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    """Rows, rows set aside and deliveries are the same, however few days a round has."""

    def told(days: int) -> list[Any]:
        monkeypatch.setattr("pei_graph.extract.intake.in_rounds", lambda f: _rounds(f, days))
        delivered(_months(), people=PEOPLE)
        tables = ('raw."s.people"', "quarantine", "(SELECT * EXCLUDE (changed) FROM deliveries)")
        return [con.execute(f"FROM {table} ORDER BY ALL").fetchall() for table in tables]

    assert told(most) == told(len(MONTHS))


def _rounds(files: Any, days: int) -> list[list[FileToRead]]:
    return rounds.in_rounds(files, most_days=days)


def _file(name: str, day: int) -> FileToRead:
    list_id = "schools" if name.startswith("school") else "people"
    changed = FIRST + timedelta(days=day)
    return FileToRead(
        DeliveredFile(Path(name), name, 1, Arrival(changed)), [Wanted(CONTRACT, list_id)]
    )


def test_a_round_has_some_days_of_every_list() -> None:
    """However a list's files come before those of another, and however many make up a day."""
    nights = [_file(f"people_{night}.csv", night) for night in range(10)]
    schools = [_file(f"school_{number}.csv", 0) for number in range(300)]
    later = [_file("school_again.csv", 9)]
    found = rounds.in_rounds([*nights, *schools, *later], most_days=4)
    assert found == [[*nights[:4], *schools, *later], nights[4:8], nights[8:]]
