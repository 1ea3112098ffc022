"""An invented town: records and links made by hand, resolved through the stage's front door."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pei_graph import tables
from pei_graph.resolve import Judgement, resolve, settle_homes, settle_people, write_register

AS_OF = date(2026, 11, 1)

NEEDED = (
    tables.RECORDS, tables.LINKS, tables.FACTS, tables.ADDRESSES, tables.ISSUES,
)  # fmt: skip

STANDS_FOR_COMPARABLES = """
CREATE VIEW comparables AS
SELECT row_number() OVER (ORDER BY record_id) AS n, *
FROM records
"""

STANDS_FOR_VETO = """
CREATE MACRO pair_veto(l, r) AS
CASE
    WHEN l.forename <> r.forename THEN 'forename'
    WHEN l.sex <> r.sex THEN 'sex'
END
"""


@dataclass
class Town:
    """A database with the tables that the stage reads, and the register of its last run."""

    con: duckdb.DuckDBPyConnection
    register: Path
    run: int = 0
    day: date = AS_OF
    last_day: date = AS_OF
    judgements: list[Judgement] = field(default_factory=list)

    def _add(self, table: tables.Table, row: dict[str, Any]) -> None:
        columns = ", ".join(f'"{name}"' for name in row)
        marks = ", ".join("?" for _ in row)
        self.con.execute(
            f'INSERT INTO "{table.name}" ({columns}) VALUES ({marks})', list(row.values())
        )

    def record(self, record_id: str, **given: Any) -> None:
        """A record stands, of Testa Example unless said otherwise."""
        source, key = record_id.split(":")
        self._add(
            tables.RECORDS,
            {
                "record_id": record_id, "source": source, "source_key": key, "role": "person",
                "forename": "testa", "forename_given": "Testa", "surname": "example",
                "surname_given": "Example", "forenames": [], "surnames": [], "in_latest": True,
                "sealed": False, "first_seen": date(2026, 1, 1), "last_seen": AS_OF, **given,
            },
        )  # fmt: skip

    def records(self, *record_ids: str) -> None:
        """Several records of Testa Example stand."""
        for record_id in record_ids:
            self.record(record_id)

    def link(self, left: str, right: str, weight: float = 10.0, **given: Any) -> None:
        """A scored pair stands, accepted by the model unless said otherwise."""
        low, high = sorted((left, right))
        bits = dict.fromkeys(
            ("forename", "surname", "birth_date", "sex", "address", "identifier", "household",
             "age_band"), 0.0,
        )  # fmt: skip
        self._add(
            tables.LINKS,
            {
                "record_l": low, "record_r": high, "weight": weight,
                "probability": 1 / (1 + 2**-weight), "reason": "model", "match_key": "+forename",
                "state": "accepted", "bits": bits, **given,
            },
        )  # fmt: skip

    def address(self, address_id: str, kind: str = "dwelling", **given: Any) -> None:
        """A place stands."""
        place = {"address_id": address_id, "kind": kind, "sealed": False, **given}
        self._add(tables.ADDRESSES, place)

    def fact(self, record_id: str, kind: str, **given: Any) -> None:
        """A fact about a record stands."""
        [(number,)] = self.con.execute("SELECT count(*) FROM facts").fetchall()
        self._add(
            tables.FACTS,
            {
                "fact_id": number, "record_id": record_id, "kind": kind, "type": kind,
                "source": record_id.partition(":")[0], "delivery_id": "d", "row": 2, **given,
            },
        )  # fmt: skip

    def lives(self, record_id: str, address_id: str, **given: Any) -> None:
        """A source says where a record's person lives or lived."""
        self.fact(record_id, "address", address_id=address_id, **given)

    def judge(self, left: str, right: str, verdict: Any) -> None:
        """A person's verdict stands."""
        self.judgements.append(Judgement(left, right, verdict))

    def forget(self, table: str, condition: str = "true") -> None:
        """Rows of a table are gone."""
        self.con.execute(f"DELETE FROM {table} WHERE {condition}")

    def resolve(self, contracts: Any = None, *, everyone: str = "records") -> None:
        """The next run has resolved the town, and its register is written."""
        self.run += 1
        resolve(
            self.con,
            contracts or {},
            run=self.run,
            as_of=self.day,
            register=self.register,
            judgements=self.judgements,
            everyone=everyone,
        )
        self.last_day = self.day
        write_register(self.con, self.register)

    def settle(self, *touched: str, linked: Collection[str] = ()) -> None:
        """The next run has settled again what these records touch, and its register is written.

        Of those that are only ``linked`` otherwise nothing else is told.
        """
        self.run += 1
        for name, those in {"touched": {*touched, *linked}, "retold": touched}.items():
            self.con.execute(f"CREATE OR REPLACE TEMP TABLE {name} (record_id VARCHAR)")
            rows = [[each] for each in those or "-"]
            self.con.executemany(f"INSERT INTO {name} VALUES (?)", rows)
        days = {"run": self.run, "as_of": self.day, "last_as_of": self.last_day}
        settle_people(self.con, register=self.register, judgements=self.judgements, **days)
        settle_homes(self.con, {}, **days)
        self.last_day = self.day
        write_register(self.con, self.register)

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """Return the rows of a query."""
        return self.con.execute(query).fetchall()

    def people(self) -> set[frozenset[str]]:
        """Return who is one person, as sets of record ids."""
        rows = self.rows(
            "SELECT list(record_id) FROM members WHERE state = 'accepted' GROUP BY person_id"
        )
        return {frozenset(row[0]) for row in rows}

    def ids(self) -> dict[str, str]:
        """Return each record's person id."""
        return dict(self.rows("SELECT record_id, person_id FROM members WHERE state = 'accepted'"))

    def log(self) -> set[tuple[Any, ...]]:
        """Return what the last run did to ids: id, event, heir."""
        return set(self.rows("SELECT id, event, heir FROM identity_log"))

    def families(self) -> dict[str, set[str]]:
        """Return the person ids of each family id."""
        rows = self.rows("SELECT family_id, list(person_id) FROM families GROUP BY family_id")
        return {family: set(people) for family, people in rows}


MakeTown = Callable[[], Town]


@pytest.fixture
def make_town(tmp_path: Path) -> Iterator[MakeTown]:
    """Give what makes an empty town; every town of a test is closed at its end."""
    towns: list[Town] = []

    def make() -> Town:
        con = duckdb.connect(config={"threads": 1, "preserve_insertion_order": False})
        for table in NEEDED:
            con.execute(table.ddl)
        con.execute(STANDS_FOR_COMPARABLES)
        con.execute(STANDS_FOR_VETO)
        towns.append(Town(con, tmp_path / f"{len(towns)}.parquet"))
        return towns[-1]

    yield make
    for town in towns:
        town.con.close()


@pytest.fixture
def town(make_town: MakeTown) -> Town:
    """Give an empty town."""
    return make_town()


@pytest.fixture
def couple(town: Town) -> Sequence[str]:
    """Give two linked records of one person."""
    town.records("police:1", "schools:1")
    town.link("police:1", "schools:1")
    return "police:1", "schools:1"
