"""A small council of invented people, given as contracts and rows, put through standardise()."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from pei_graph import sql
from pei_graph.contract import Contract
from pei_graph.settings import Settings
from pei_graph.standardise import standardise
from pei_graph.tables import DELIVERIES, ISSUES, QUARANTINE
from pei_graph.workspace import connect

Row = Mapping[str, str | None]

HEAD = """
title: Invented system
agency: Invented agency
owner: Testa Example
contact: {team: Invented team}
freshness: {every: day, since: always, covers: Inventon}
"""


@dataclass(frozen=True)
class Delivery:
    """Rows of one list, delivered on a day; ``latest`` as extract would have marked it."""

    list: str
    rows: Sequence[Row]
    on: date = date(2026, 11, 1)
    latest: bool = True


def contract(text: str, *, source: str = "lcs") -> Contract:
    """Return a contract whose lists, codes and dates are those of the YAML text."""
    whole = yaml.safe_load(HEAD) | {"id": source} | yaml.safe_load(text)
    return Contract.model_validate(whole)


class Council:
    """A run's database with what extract makes; ``read`` answers questions about the rest."""

    def __init__(self, file: Path) -> None:
        self.con = connect(file, Settings(threads=2))
        self.contracts: dict[str, Contract] = {}
        for table in (DELIVERIES, ISSUES, QUARANTINE):
            self.con.execute(table.ddl)
        self.con.execute("CREATE SCHEMA raw")

    def deliver(self, contract: Contract, *deliveries: Delivery) -> "Council":
        """The deliveries stand in RAW and DELIVERIES."""
        self.contracts[contract.id] = contract
        for sequence, delivery in enumerate(deliveries, start=1):
            self._deliver(contract.id, delivery, sequence)
        return self

    def _deliver(self, source: str, delivery: Delivery, sequence: int) -> None:
        identity = f"{source}-{delivery.list}-{sequence}"
        columns = list(dict.fromkeys(column for row in delivery.rows for column in row))
        table = sql.raw_table(source, delivery.list)
        shape = ", ".join(f"{sql.name(column)} VARCHAR" for column in columns)
        self.con.execute(
            f"CREATE TABLE IF NOT EXISTS {table} (_delivery VARCHAR, _row BIGINT, {shape})"
        )
        for number, row in enumerate(delivery.rows, start=2):
            names = ", ".join(sql.name(column) for column in row)
            marks = ", ".join("?" for _ in row)
            self.con.execute(
                f"INSERT INTO {table} (_delivery, _row, {names}) VALUES (?, ?, {marks})",
                [identity, number, *row.values()],
            )
        self.con.execute(
            "INSERT INTO deliveries BY NAME SELECT ? AS delivery_id, ? AS source, ? AS list,"
            " ? AS file, 'abc' AS sha256, 1 AS bytes, ? AS delivered_on, ? AS sequence,"
            " ? AS latest, 'loaded' AS status, ? AS rows_in",
            [identity, source, delivery.list, f"{identity}.csv", delivery.on, sequence,
             delivery.latest, len(delivery.rows)],
        )  # fmt: skip

    def standardise(self) -> "Council":
        """The stage has run."""
        standardise(self.con, self.contracts)
        return self

    def read(self, query: str) -> list[tuple[Any, ...]]:
        """Return the rows that answer a query."""
        return self.con.execute(query).fetchall()

    def record(self, record_id: str) -> dict[str, Any]:
        """Return one record by column."""
        found = self.con.execute("SELECT * FROM records WHERE record_id = ?", [record_id])
        names = [column[0] for column in found.description or ()]
        rows = found.fetchall()
        assert len(rows) == 1
        return dict(zip(names, rows[0], strict=True))

    def issues(self) -> set[tuple[Any, ...]]:
        """Return the issues' rules, columns, first rows and counts."""
        return set(self.read('SELECT rule, "column", row, rows FROM issues'))


@pytest.fixture
def council(tmp_path: Path) -> Callable[..., Council]:
    """Return a maker of councils: ``council(contract, *deliveries)`` has run the stage."""
    made: list[Council] = []

    def make(contract: Contract, *deliveries: Delivery) -> Council:
        made.append(Council(tmp_path / f"{len(made)}.duckdb"))
        return made[-1].deliver(contract, *deliveries).standardise()

    return make
