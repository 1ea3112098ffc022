"""Only what may weigh otherwise is compared and scored again, and the outcome is that of all."""

import random
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pytest

from pei_graph.link import Model, link, link_again
from pei_graph.settings import Settings
from pei_graph.workspace import connect

pytestmark = pytest.mark.long

RECORDS = [f"{source}:{number:02}" for source in "abc" for number in range(24)]
FILLED = ("records", "identifiers", "facts", "addresses")
SIGNS = {
    ("one child", "one name"): 4.0,
    ("one child", "two names"): 5.0,
    ("only other", "a child"): 3.0,
    ("only other", "b child"): 1.0,
    ("only other", "c child in one source"): 3.0,
    ("holds one", ""): 2.0,
    ("holds both", ""): -6.0,
    ("born", ""): 0.5,
    ("one sex", ""): 1.0,
    ("two sexes", ""): -9.0,
}
"""What a model has learnt of twins, of parents of one child and of who can be meant at a home."""

NAMES: list[list[str]] = [
    ["testa"], ["tim"], ["mona"], ["testa", "mona"], ["tim", "zed"], ["qui lla"], ["quilla"], [],
    ["x6"], ["example"],
]  # fmt: skip
COMMON = {("surname", "example"): 90, ("forename", "testa"): 90, ("forename", "mona"): 90}
"""In how many records a model has seen a name in either field."""

ASKED = {
    "comparables": "FROM comparables ORDER BY record_id",
    "identifier_pairs": "FROM identifier_pairs ORDER BY ALL",
    "company": "FROM company ORDER BY ALL",
    "links": "FROM links ORDER BY record_l, record_r",
}


HOMES = {"crowded": 6, "scattered": 24}
"""Where everybody bears on everybody, and where most records are out of each other's reach."""


CROWDS = (12, 3, 5)
"""Most records of a household that is no crowd: with few, households become one and cease to be."""


def _draw(council: Any, record: str, draw: random.Random, homes: int) -> None:
    """A record stands, with numbers that others hold too, and children whom others know."""
    names = draw.choice(NAMES)
    surname = draw.choice(
        ["example", "tim", "tim", "testa", "mona", None, *(f"x{n}" for n in range(6, homes))]
    )
    grown_up = draw.random() < 0.4
    council.record(
        record,
        forename=names[0] if names else None,
        forenames=names,
        birth_order=None if names else draw.choice([None, 1, 2]),
        surname=surname,
        sex=draw.choice(["F", "M", None]),
        birth_date=draw.choice(_born(grown_up)),
        birth_date_quality=draw.choice(["exact"] * 5 + ["partial", "expected"]),
        address_id=f"home {draw.randrange(homes)}" if draw.random() < 0.8 else None,
        case_family=draw.choice([f"a:{draw.randrange(9)}", None]),
    )
    for scheme in draw.sample(["nhs_number", "upn", "nino"], draw.choice([0, 0, 1, 2])):
        council.identifier(record, scheme, f"99900{draw.randrange(homes + 3)}")
    if grown_up and draw.random() < 0.6:
        for child in draw.sample(RECORDS, 36 // homes):
            _fact(council, record, child, draw.choice(["parent", "parent", "sibling"]))


def _born(grown_up: bool) -> list[date | None]:
    if grown_up:
        return [date(1980, 1, 2), date(1984, 1, 9), None, None]
    return [date(2012, 1, 2), date(2015, 1, 9), None]


def _fact(council: Any, record: str, other: str, kind: str) -> None:
    council.con.execute(
        "INSERT INTO facts (fact_id, record_id, other_record_id, source, kind, type)"
        " VALUES (hash($1 || $2) // 4, $1, $2, $1[1], 'relationship', $3)",
        [record, other, kind],
    )


def _begin(council: Any, seed: int, homes: int) -> None:
    draw = random.Random(seed)  # noqa: S311 - invented people need no secret
    for home in range(homes):
        council.con.execute(
            "INSERT INTO addresses (address_id, kind, sealed) VALUES (?, 'dwelling', false)",
            [f"home {home}"],
        )
    for record in RECORDS[:62]:
        _draw(council, record, draw, homes)


def _change(council: Any, seed: int, homes: int) -> list[str]:
    """Some records are gone, changed or new, and one home is of another kind; return the first."""
    draw = random.Random(seed)  # noqa: S311
    council.con.execute(
        "UPDATE addresses SET kind = ? WHERE address_id = ?",
        [draw.choice(["dwelling", "communal"]), f"home {draw.randrange(homes)}"],
    )
    remade = draw.sample(RECORDS, 6)
    for record in remade:
        for table in ("records", "identifiers", "facts"):
            council.con.execute(f"DELETE FROM {table} WHERE record_id = ?", [record])
        if draw.random() < 0.8:
            _draw(council, record, draw, homes)
    return remade


@contextmanager
def _opened(council: Any, file: Path) -> Iterator[Any]:
    with connect(file, Settings(threads=2)) as con:
        opened = object.__new__(type(council))
        opened.con = con
        yield opened


def _model(council: Any, homes: int) -> Model:
    """Return a model of some records, which knows besides what is told of twins."""
    _begin(council, 0, homes)
    model = link(council.con, {})
    sign, value = zip(*SIGNS, strict=True)
    return model.with_tables(
        {
            "twin_signs": pa.table({"sign": sign, "value": value, "bits": list(SIGNS.values())}),
            "commonness": _seen(model.tables["commonness"]),
        }
    )


def _seen(commonness: pa.Table) -> pa.Table:
    """Return the table with what ``COMMON`` says in the place of what it says of those names."""
    counts = {(row["part"], row["value"]): row["records"] for row in commonness.to_pylist()}
    rows = [
        {"part": part, "value": value, "records": records}
        for (part, value), records in (counts | COMMON).items()
    ]
    return pa.Table.from_pylist(rows, schema=commonness.schema)


def _said(con: duckdb.DuckDBPyConnection) -> dict[str, list[tuple[Any, ...]]]:
    return {table: con.execute(query).fetchall() for table, query in ASKED.items()}


def _anew(council: Any, file: Path, of: Path, model: Model) -> dict[str, list[tuple[Any, ...]]]:
    """Return what linking all that stands in ``of`` makes, in a file that held nothing."""
    with _opened(council, file) as whole:
        whole.con.execute(f"ATTACH '{of}' AS of (READ_ONLY)")
        for table in FILLED:
            whole.con.execute(f"CREATE TABLE {table} AS FROM of.{table}")
        whole.con.execute("DETACH of")
        link(whole.con, {}, model=model)
        return _said(whole.con)


@pytest.mark.parametrize("seed", range(len(CROWDS)))
@pytest.mark.parametrize("homes", HOMES.values(), ids=HOMES)
def test_linking_again_is_linking_anew(
    council: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, homes: int, seed: int
) -> None:
    """Over three deliveries each row compared, each pair and each link is that of a run anew."""
    monkeypatch.setattr("pei_graph.link.company.CROWD", CROWDS[seed])
    model, now = _model(council, homes), tmp_path / "now.duckdb"
    with _opened(council, now) as first:
        type(council).__init__(first, first.con)
        _begin(first, seed, homes)
        link(first.con, {}, model=model)
    for step in range(3):
        shutil.copyfile(now, tmp_path / "last.duckdb")
        with _opened(council, now) as again:
            again.con.execute(f"ATTACH '{tmp_path / 'last.duckdb'}' AS before (READ_ONLY)")
            remade = _change(again, 100 * seed + step, homes)
            again.con.execute(
                "CREATE TEMP TABLE restated AS SELECT unnest(?) AS record_id", [remade]
            )
            again.con.execute("CREATE TEMP TABLE readdressed AS SELECT address_id FROM addresses")
            link_again(again.con, model)
            said = _said(again.con)
        wanted = _anew(council, tmp_path / f"anew{step}.duckdb", now, model)
        for table, rows in wanted.items():
            assert said[table] == rows, f"{table} at step {step}"
