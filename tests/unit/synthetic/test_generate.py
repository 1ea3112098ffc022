"""A council is made again byte for byte, grows without change, and needs no more memory."""

import tracemalloc
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pei_graph.synthetic import generate


def _files(out: Path) -> dict[str, bytes]:
    return {str(f.relative_to(out)): f.read_bytes() for f in out.rglob("*") if f.is_file()}


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A council of 150 people."""
    out = tmp_path_factory.mktemp("small")
    generate(out, people=150, seed=5)
    return out


def test_one_seed_gives_one_council(small: Path, tmp_path: Path) -> None:
    """The same number and seed give byte-identical files, workbooks and database included."""
    generate(tmp_path, people=150, seed=5)
    assert _files(tmp_path) == _files(small)


def test_another_seed_gives_other_people(small: Path, tmp_path: Path) -> None:
    """Another seed gives the same files with other content."""
    generate(tmp_path, people=150, seed=6)
    other, one = _files(tmp_path), _files(small)
    assert set(other) == set(one)
    assert other["sources/capita_one/roll.txt"] != one["sources/capita_one/roll.txt"]


def test_more_people_change_nobody(small: Path, tmp_path: Path) -> None:
    """A larger council begins with the smaller one: families come one by one, each from itself."""
    generate(tmp_path, people=300, seed=5)
    larger = _files(tmp_path)
    text = {name: body for name, body in _files(small).items() if name.endswith((".csv", ".txt"))}
    assert {name for name, body in text.items() if not larger[name].startswith(body)} == set()
    assert larger["truth/persons.csv"] != text["truth/persons.csv"]


def _peak(out: Path, *, people: int) -> int:
    tracemalloc.start()
    generate(out, people=people, seed=5)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak


def test_memory_does_not_grow_with_the_council(small: Path, tmp_path: Path) -> None:
    """Five times the people take hardly more memory: families are written and forgotten."""
    fewer = _peak(tmp_path / "fewer", people=150)
    assert _peak(tmp_path / "more", people=750) < 1.5 * fewer


def test_it_says_how_much_was_made(tmp_path: Path) -> None:
    """The number of people asked for is reached with whole families, and records are counted."""
    made = generate(tmp_path, people=100, seed=2)
    persons = (tmp_path / "truth" / "persons.csv").read_text("utf-8").splitlines()[1:]
    assert 100 <= made.people < 115
    assert made.records == len(persons) == len(set(persons))


def test_files_bear_the_day_of_the_extract(small: Path) -> None:
    """Each file's own date is the day on which the systems, or the year's returns, were drawn."""
    days = {
        datetime.fromtimestamp(file.stat().st_mtime, tz=UTC).date().isoformat()
        for file in small.rglob("*")
        if file.is_file()
    }
    assert days == {"2026-03-31", "2026-09-30"}
