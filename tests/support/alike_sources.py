"""A handful of sources that know the same invented people, and what is told of their columns."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import duckdb
import pyarrow as pa

from pei_graph.contract import Contract
from pei_graph.misread import tell_misread
from pei_graph.tables import DELIVERIES, ISSUES, MEMBERS, RECORD_ROWS, RECORDS

ABOUT: Mapping[str, Any] = {
    "agency": "Invented",
    "owner": "Nobody",
    "contact": {"team": "Nobody"},
    "freshness": {"every": "never", "since": "invented", "covers": "nobody"},
}
READ: Mapping[str, Any] = {
    "forename": "Given",
    "surname": "Family",
    "birth_date": "Born",
    "sex": {"from": "Gender", "codes": "sex"},
}
CODES = {"sex": {"M": "M", "F": "F"}}

Row = dict[str, Any]


SAME = 10_000
"""Numbers that differ by it stand for records of one person."""


def example(number: int) -> Row:
    """Return what every source should say of a person; every other day could be a month too."""
    month = 1 + number % 12
    day = 1 + (number + 5) % 12 if number % 2 else 13 + number % 16
    return {
        "forename": f"given{number}",
        "surname": f"family{number}",
        "birth_date": date(1990 + number % 30, month, day),
        "sex": "MF"[number // 2 % 2],
    }


class Sources:
    """RECORDS, MEMBERS and DELIVERIES under construction, and what is told of them."""

    def __init__(self, con: duckdb.DuckDBPyConnection) -> None:
        """Start with empty tables and no contract."""
        self.con = con
        self.contracts: dict[str, Contract] = {}
        for table in (RECORDS, RECORD_ROWS, MEMBERS, DELIVERIES, ISSUES):
            con.execute(table.ddl)

    def contract(self, source: str, **lists: Mapping[str, Any]) -> None:
        """Each list of the source reads a person of one role from the fields given."""
        read = {
            name: {
                "title": name,
                "files": f"{name}.csv",
                "people": [{"role": "person", "key": "Id", "fields": fields}],
            }
            for name, fields in (lists or {"people": READ}).items()
        }
        about = {"id": source, "title": source, **ABOUT, "codes": CODES, "lists": read}
        self.contracts[source] = Contract.model_validate(about)
        self._add(
            DELIVERIES.name,
            [
                {"delivery_id": f"{source}.{name}", "source": source, "list": name, "file": name,
                 "sha256": "0", "delivered_on": date(2026, 1, 1), "sequence": 1,
                 "status": "loaded", "rows_in": 1}
                for name in read
            ],
        )  # fmt: skip

    def say(self, source: str, people: Mapping[int, Row], *, list_id: str = "people") -> None:
        """The source says this of people, in a list."""
        self._add(
            RECORDS.name,
            [
                {"record_id": f"{source}:{number}", "source": source, "source_key": str(number),
                 "role": "person", "forenames": [], "surnames": [], "birth_date_quality": "exact",
                 "delivery_id": f"{source}.{list_id}", "in_latest": True, "sealed": False, **said}
                for number, said in people.items()
            ],
        )  # fmt: skip
        self._add(
            MEMBERS.name,
            [
                {"record_id": f"{source}:{number}", "person_id": f"P-{number % SAME}",
                 "state": "accepted"}
                for number in people
            ],
        )  # fmt: skip

    def _add(self, table: str, rows: list[Row]) -> None:
        self.con.register("rows_of_table", pa.Table.from_pylist(rows))
        self.con.execute(f"INSERT INTO {table} BY NAME FROM rows_of_table")
        self.con.unregister("rows_of_table")

    def told(self) -> list[Row]:
        """Return what is told of the sources' columns."""
        tell_misread(self.con, self.contracts)
        names = ("source", "list", "column", "rule", "severity", "rows", "advice")
        columns = ", ".join(f'"{name}"' for name in names)
        found = self.con.execute(f"SELECT {columns} FROM issues ORDER BY ALL").fetchall()
        return [dict(zip(names, row, strict=True)) for row in found]


def examples(numbers: Iterable[int] = range(40)) -> dict[int, Row]:
    """Return what every source should say of people."""
    return {number: example(number) for number in numbers}
