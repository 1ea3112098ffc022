"""Whatever bytes come, nothing is lost: rows in are rows kept and rows set aside."""

import csv
import io
import tempfile
from pathlib import Path

import duckdb
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pei_graph.contract import Contract
from pei_graph.extract import extract

FORMATS = ("csv", "xlsx", "xml", "json", "parquet", "sqlite")
QUICK = settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
CELLS = st.text(st.sampled_from("aé ,;\"'|\n\r\t\u00a0"), max_size=6)
BYTES = st.text(st.sampled_from('ab,"\n\r\0 é{}[]<>/:1'), max_size=120).map(str.encode)

DATABASE = duckdb.connect(config={"threads": 1})
"""One database for all examples: extract makes its tables anew each time."""


def _contract(kind: str, **extra: object) -> Contract:
    reader = {"format": kind, "record": "a/b"} if kind == "xml" else {"format": kind}
    person = {"role": "child", "key": "id", "fields": {"forename": "name"}}
    people = {"title": "people", "files": [f"*.{kind}"], "people": [person], "reader": reader}
    return Contract.model_validate(
        {
            "id": "s",
            "title": "Invented",
            "agency": "Invented",
            "owner": "Invented",
            "contact": {"team": "Invented"},
            "freshness": {"every": "daily", "since": "2020", "covers": "Invented Town"},
            "lists": {"people": {**people, **extra}},
        }
    )


def _extracted(
    content: bytes, kind: str, **extra: object
) -> tuple[list[tuple[object, ...]], int, int]:
    """Return the rows kept, how many were set aside, and how many were counted in."""
    con = DATABASE
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / f"f.{kind}").write_bytes(content)
        extract(con, {"s": _contract(kind, **extra)}, [Path(folder)])
        kept = con.execute('SELECT _row, id, name FROM raw."s.people" ORDER BY _row').fetchall()
        aside = con.execute("SELECT count(*) FROM quarantine").fetchall()[0][0]
        counted = con.execute("SELECT sum(rows_in)::BIGINT FROM deliveries").fetchall()[0][0]
    return kept, aside, counted


@QUICK
@given(content=BYTES, kind=st.sampled_from(FORMATS))
def test_garbage_is_refused_or_adds_up(content: bytes, kind: str) -> None:
    """No bytes break a run, in whatever format they are said to be."""
    kept, aside, counted = _extracted(content, kind)
    assert counted == len(kept) + aside


@QUICK
@given(content=BYTES)
def test_garbage_under_a_header_adds_up(content: bytes) -> None:
    """Every row under a sound header is kept or set aside."""
    kept, aside, counted = _extracted(b"id,name\n" + content, "csv")
    assert counted == len(kept) + aside


@QUICK
@given(rows=st.lists(st.tuples(st.just("1"), CELLS), max_size=8))
def test_sound_rows_come_through_as_written(rows: list[tuple[str, str]]) -> None:
    """What a writer of sound CSV wrote is what is read, whatever the cells hold."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerows([("id", "name"), *rows])
    kept, aside, _ = _extracted(text.getvalue().encode(), "csv")
    assert [row[1:] for row in kept] == [(key, name or None) for key, name in rows]
    assert aside == 0


@QUICK
@given(rows=st.lists(st.tuples(st.just("1"), CELLS), max_size=8))
def test_the_fast_and_the_careful_way_agree(rows: list[tuple[str, str]]) -> None:
    """A damaged last line makes the file be read with care; the rows before it stay the same."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows([("id", "name"), *rows])
    fast, _, _ = _extracted(text.getvalue().encode(), "csv")
    careful, aside, _ = _extracted(text.getvalue().encode() + b"2,\0\n", "csv")
    assert careful == fast
    assert aside == 1
