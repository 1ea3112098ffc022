"""Invented records for linking: each test says only what matters to it."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pei_graph.link import link
from pei_graph.settings import Settings
from pei_graph.tables import ADDRESSES, FACTS, IDENTIFIERS, LINKS, RECORDS
from pei_graph.workspace import connect

HOME = "home"
"""The dwelling where a record stands unless its test says otherwise."""

USUAL: dict[str, Any] = {
    "role": "child",
    "forename": None,
    "middle_names": None,
    "surname": None,
    "birth_date": None,
    "sex": None,
    "address_id": HOME,
    "postcode": "IN1 1AA",
    "born_from": None,
    "born_to": None,
}


class Council:
    """RECORDS, IDENTIFIERS and ADDRESSES under construction, and what linking makes of them."""

    def __init__(self, con: duckdb.DuckDBPyConnection) -> None:
        """Start with empty tables."""
        self.con = con
        for table in (RECORDS, IDENTIFIERS, ADDRESSES, FACTS):
            con.execute(table.ddl)

    def record(self, record_id: str, **given: Any) -> str:
        """Add a record with the id ``source:key``; return the id."""
        row = {**USUAL, **given}
        source, key = record_id.split(":")
        row |= {"record_id": record_id, "source": source, "source_key": key}
        row.setdefault("forenames", [row["forename"]] if row["forename"] else [])
        row.setdefault("surnames", [row["surname"]] if row["surname"] else [])
        row.setdefault("birth_date_quality", "exact" if row["birth_date"] else None)
        row |= {"in_latest": True, "sealed": False}
        self._insert(RECORDS.name, row)
        return record_id

    def crowd(self, number: int, *, source: str = "schools", **columns: str) -> None:
        """Add ``number`` records of a source; each column is SQL over ``i``."""
        fixed = {
            "record_id": f"printf('{source}:%04d', i)",
            "source": f"'{source}'",
            "source_key": "printf('%04d', i)",
            "role": "'child'",
            "forenames": f"[{columns['forename']}]",
            "surnames": f"[{columns['surname']}]",
            "birth_date_quality": "'exact'",
            "address_id": "'home ' || i",
            "postcode": "'IN' || i || ' 1AA'",
            "in_latest": "true",
            "sealed": "false",
        }
        chosen = ", ".join(f"{text} AS {name}" for name, text in {**fixed, **columns}.items())
        self.con.execute(
            f"INSERT INTO records BY NAME SELECT {chosen} FROM range($number) AS rows (i)",
            {"number": number},
        )

    def identifier(self, record_id: str, scheme: str, value: str) -> None:
        """The record carries a valid identifier."""
        self._insert(
            IDENTIFIERS.name,
            {"record_id": record_id, "scheme": scheme, "value": value, "valid": True},
        )

    def _insert(self, table: str, row: dict[str, Any]) -> None:
        columns = ", ".join(row)
        marks = ", ".join(f"${name}" for name in row)
        self.con.execute(f"INSERT INTO {table} ({columns}) VALUES ({marks})", row)

    def linked(self) -> dict[tuple[str, str], dict[str, Any]]:
        """Return LINKS by pair of record ids, after linking."""
        self.con.execute(
            "INSERT INTO addresses (address_id, kind, sealed)"
            " SELECT DISTINCT address_id, 'dwelling', false FROM records"
            " WHERE address_id IS NOT NULL AND address_id NOT IN (FROM addresses SELECT address_id)"
        )
        link(self.con, {})
        names = list(LINKS.columns)
        rows = self.con.execute(f"SELECT {', '.join(names)} FROM links").fetchall()
        return {(row[0], row[1]): dict(zip(names, row, strict=True)) for row in rows}

    def states(self) -> dict[tuple[str, str], str]:
        """Return the state of every pair that linking kept."""
        return {pair: row["state"] for pair, row in self.linked().items()}

    def veto(self, left: str, right: str) -> str | None:
        """Return the veto between two records, by the macro that linking leaves."""
        rows = self.con.execute(
            "SELECT pair_veto(l, r) FROM comparables AS l, comparables AS r"
            " WHERE l.record_id = ? AND r.record_id = ?",
            [left, right],
        ).fetchall()
        return rows[0][0] if rows else None


@pytest.fixture
def council(tmp_path: Path) -> Iterator[Council]:
    """Give an empty council in a DuckDB file of its own."""
    with connect(tmp_path / "run.duckdb", Settings(threads=2)) as con:
        yield Council(con)


@pytest.fixture
def testa() -> dict[str, Any]:
    """Give what most sources say of Testa Example."""
    return {
        "forename": "testa",
        "surname": "example",
        "birth_date": date(2015, 3, 14),
        "sex": "F",
    }
