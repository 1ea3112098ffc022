"""What was read once is not read again, and the tables say what they would if it were."""

from collections.abc import Collection, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pei_graph.contract import Contract
from pei_graph.extract import Arrival, extract, extract_again

NOON = datetime(2026, 1, 31, 12, tzinfo=UTC)
PEOPLE = {"files": ["invented/*.csv"], "reader": {"format": "csv"}}

Kept = Mapping[Path, Arrival]


@pytest.fixture
def contract(contract_of: Any) -> Contract:
    """Give a contract of one list, fed by every file of a folder."""
    made: Contract = contract_of(people=PEOPLE)
    return made


@pytest.fixture
def kept(tmp_path: Path) -> dict[Path, Arrival]:
    """Give three nights of one file, the second with a broken row and the third refused."""
    contents = ("id,name\n1,Testa\n2,Tim\n", "id,name\n1,Testa\n2\n", "name\nTim\n")
    return {
        _write(tmp_path / str(night), content): _night(night)
        for night, content in enumerate(contents)
    }


def _write(folder: Path, content: str) -> Path:
    file = folder / "invented" / "people.csv"
    file.parent.mkdir(parents=True)
    file.write_text(content)
    return file.parent


def _night(number: int) -> Arrival:
    return Arrival(NOON + timedelta(days=number), NOON + timedelta(days=number, hours=1))


def _tables(con: duckdb.DuckDBPyConnection) -> dict[str, list[tuple[Any, ...]]]:
    """Return what extract made, a cell that is an id or a place included."""
    names = ("deliveries", "quarantine", "issues", 'raw."s.people"')
    return {name: con.execute(f"FROM {name} ORDER BY ALL").fetchall() for name in names}


def _made_anew(contract: Contract, kept: Kept) -> dict[str, list[tuple[Any, ...]]]:
    with duckdb.connect() as con:
        extract(con, {"s": contract}, kept)
        return _tables(con)


def _again(
    con: duckdb.DuckDBPyConnection, contract: Contract, kept: Kept, known: Collection[Path]
) -> dict[str, list[tuple[Any, ...]]]:
    files = {file for top in known for file in top.iterdir()}
    extract_again(con, {"s": contract}, kept, changed={"s"}, known=files)
    return _tables(con)


def test_known_files_are_not_read(
    con: duckdb.DuckDBPyConnection, contract: Contract, kept: dict[Path, Arrival], tmp_path: Path
) -> None:
    """Only the new file is opened; rows set aside and a refusal stand as they did."""
    extract(con, {"s": contract}, kept)
    con.execute("INSERT INTO issues (source, file, rule, severity, advice) VALUES"
                " ('s', 'x', 'of a later stage', 'note', 'It is told anew')")  # fmt: skip
    with_new = kept | {_write(tmp_path / "new", "id,name\n3,Testo\n"): _night(3)}
    expected = _made_anew(contract, with_new)
    for top in kept:
        (top / "people.csv").write_text("what is known is not opened")
    found = _again(con, contract, with_new, kept)
    for table, rows in found.items():
        if table != "deliveries":  # which tells how large a file is
            assert rows == expected[table], table
    assert [row[0] for row in found["deliveries"]] == [row[0] for row in expected["deliveries"]]
    assert len(found["quarantine"]) == 1
    assert "of a later stage" not in str(found["issues"])


@pytest.mark.parametrize("gone", [0, 1, 2])
def test_where_something_has_gone_all_is_read(
    con: duckdb.DuckDBPyConnection, contract: Contract, kept: dict[Path, Arrival], gone: int
) -> None:
    """A withdrawn delivery leaves nothing: what was read with it is read again."""
    extract(con, {"s": contract}, kept)
    left = {top: each for number, (top, each) in enumerate(kept.items()) if number != gone}
    assert _again(con, contract, left, left) == _made_anew(contract, left)


def test_where_a_day_was_put_right_all_is_read(
    con: duckdb.DuckDBPyConnection, contract: Contract, kept: dict[Path, Arrival]
) -> None:
    """A file of another day is not known any more, though it lies where it did."""
    extract(con, {"s": contract}, kept)
    [first, *others] = kept
    moved = kept | {first: _night(9)}
    assert _again(con, contract, moved, others) == _made_anew(contract, moved)


def test_files_that_cannot_be_told_apart_are_read(
    con: duckdb.DuckDBPyConnection, contract: Contract, tmp_path: Path
) -> None:
    """Two areas' files of one name, changed and received at once, are read whenever one comes."""
    kept = {_write(tmp_path / area, f"id,name\n1,{area}\n"): _night(0) for area in ("a", "b")}
    extract(con, {"s": contract}, kept)
    with_new = kept | {_write(tmp_path / "new", "id,name\n3,Testo\n"): _night(3)}
    assert _again(con, contract, with_new, kept) == _made_anew(contract, with_new)


def test_night_after_night_the_tables_are_those_of_one_reading(
    con: duckdb.DuckDBPyConnection, contract: Contract, kept: dict[Path, Arrival], tmp_path: Path
) -> None:
    """What stands is carried from each run to the next, issues of files that were told among it."""
    extract(con, {"s": contract}, kept)
    known = dict(kept)
    for night in (3, 4, 5):
        new = _write(tmp_path / f"new{night}", f"id,name,shoes\n{night},Testo,4\n")
        found = _again(con, contract, known | {new: _night(night)}, known)
        known |= {new: _night(night)}
    assert found == _made_anew(contract, known)


def test_a_row_that_is_said_again_is_set_aside_again(
    con: duckdb.DuckDBPyConnection, contract: Contract, kept: dict[Path, Arrival], tmp_path: Path
) -> None:
    """A row that a later stage set aside stands in QUARANTINE for the newest delivery alone.

    That stage sets it aside there, for it has come anew.
    """
    extract(con, {"s": contract}, kept)
    con.execute("UPDATE raw.\"s.people\" SET _aside = TRUE WHERE id = '2'")
    con.execute("INSERT INTO quarantine BY NAME SELECT _delivery AS delivery_id, 's' AS source,"
                " 'people' AS list, 'f' AS file, _row AS row, 'missing_key' AS rule, 'a' AS advice,"
                " '' AS content FROM raw.\"s.people\" WHERE _aside")  # fmt: skip
    with_new = kept | {_write(tmp_path / "new", "id,name\n2,Tim\n"): _night(3)}
    found = _again(con, contract, with_new, kept)
    assert found == _made_anew(contract, with_new)
    assert [row[5] for row in found["quarantine"]] != ["missing_key"]
